"""The action that answers says what was worked out: text, sources and all."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.answer import ActionAnswer
from bot.bootstrap import DENMARK, build_services
from bot.core.deciding import Step
from bot.core.questions import QUESTIONS
from bot.core.understanding import UNDERSTOOD
from bot.settings import Settings
from bot.understanding.entities.dates import find
from bot.understanding.entities.entity import as_json

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=DENMARK)


@pytest.fixture
def say(tmp_path, content):
    """Run the action as after a message that was understood as `topic` and `aspect`; give what it says."""
    services = build_services(Settings(var_dir=tmp_path / "var"), content=content, clock=lambda: NOW)
    services.database.migrate()

    def said(text, topic, aspect, **more):
        understood = {"aspect": aspect, "topics": [topic], "step": Step.ANSWER.value}
        message = {
            "text": text,
            "intent": {"name": topic},
            "entities": [as_json(entity) for entity in find(text, NOW.date())],
            UNDERSTOOD: understood,
            **more,
        }
        tracker = Tracker("x", {}, message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        ActionAnswer(services).run(dispatcher, tracker, {})
        return [SimpleNamespace(text=item["text"], custom=item["custom"]) for item in dispatcher.messages]

    return said


def test_a_message_with_a_day_is_answered_with_the_last_day_first(say):
    (reply,) = say("jeg fik nej den 5. november, kan jeg klage?", "byggetilladelse", "klage")
    assert reply.text.startswith(
        "Fik du afgørelsen torsdag den 5. november 2026, skal klagen være fremme senest torsdag den 3. december 2026."
    )
    assert "Nævnenes Hus" in reply.text
    assert any("§ 24" in source["title"] for source in reply.custom["sources"])
    assert [fact["id"] for fact in reply.custom["facts"]] == ["byggetilladelse_klagefrist"]


def test_a_message_without_a_day_ends_with_the_way_to_the_page(say):
    (reply,) = say("kan jeg klage?", "byggetilladelse", "klage")
    assert reply.text.endswith("/frister?regel=byggetilladelse_klage.")


def test_a_button_ends_with_the_way_to_the_page(say):
    (reply,) = say('/byggetilladelse{"aspekt":"klage"}', "byggetilladelse", "klage")
    assert reply.text.endswith("/frister?regel=byggetilladelse_klage.")


def test_a_message_about_something_else_is_answered_as_before(say):
    (reply,) = say("hvad koster en byggetilladelse", "byggetilladelse", "pris")
    assert "frister" not in reply.text


def test_of_two_questions_each_is_worked_out_for_itself(say):
    questions = {
        QUESTIONS: [
            {"topic": "byggetilladelse", "aspect": "klage"},
            {"topic": "byggetilladelse", "aspect": "pris"},
        ]
    }
    first, second = say(
        "fik nej i går, kan jeg klage, og hvad koster det?", "byggetilladelse", "klage", **questions
    )
    assert first.text.startswith("Fik du afgørelsen onsdag den 25. november 2026")
    assert "Fik du" not in second.text
