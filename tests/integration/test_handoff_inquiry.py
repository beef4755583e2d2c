"""What a case is routed by is read from the conversation: topics, language, amounts, places and trades."""

from types import SimpleNamespace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff_inquiry import inquiry_of
from actions.handoff_questions import ActionAskCaseSummary
from bot.core.languages import LANGUAGE
from bot.core.questions import QUESTIONS


def line(text, **parsed):
    return {"event": "user", "text": text, "parse_data": parsed}


def tracker(*events, topic=None):
    return Tracker("sender", {"topic": topic}, {}, list(events), False, None, {}, "action_listen")


def mention(kind, value, **extra):
    return {"entity": kind, "value": value, "extra": extra}


HILLEROED = mention("sted", "Hillerød", area="outside")


def test_the_summary_weighs_more_than_what_was_said_before_and_after():
    found = inquiry_of(
        tracker(
            line("Frisør i Hillerød", entities=[mention("branche", "frisoer"), HILLEROED]),
            line(
                "det handler om skilt og borde til caféen i Nordhavnen for 5000 kr",
                entities=[mention("branche", "cafe"), mention("beloeb", 5000)],
                **{QUESTIONS: [{"topic": "skiltning_facade"}, {"topic": "udeservering"}], LANGUAGE: "en"},
            ),
            line("Anna Holm"),
        ),
        "skilt og borde til caféen i Nordhavnen for 5000 kr",
    )  # fmt: skip
    assert found == {
        "topics": ("skiltning_facade", "udeservering"), "language": "en",
        "amount": 5000.0, "place": "Hillerød", "area": "outside", "trade": "cafe",
    }  # fmt: skip


@pytest.mark.parametrize("events", [(), (line("x"),), ({"event": "user"},), (line("noget", entities=None),)])
def test_a_conversation_that_tells_nothing_gives_nothing(events):
    found = inquiry_of(tracker(*events), "noget")
    assert not any(found.values())


@pytest.fixture
def asked(content):
    """Begin the form; return what is said."""

    def say(topic, *events):
        handoff = SimpleNamespace(
            sent_on=lambda about, where: f"sent on with {about}" if about == "moms" else ""
        )
        dispatcher = CollectingDispatcher()
        ActionAskCaseSummary(SimpleNamespace(handoff=handoff)).run(
            dispatcher, tracker(*events, topic=topic), {}
        )
        return [message["text"] or message["response"] for message in dispatcher.messages]

    return say


def test_the_form_begins_by_saying_who_else_answers(asked):
    assert asked("moms") == ["sent on with moms", "utter_ask_summary"]
    assert asked("havn") == asked(None) == ["utter_ask_summary"]


def test_it_is_said_once(asked):
    assert asked("moms", {"event": "bot", "text": "sent on with moms"}) == ["utter_ask_summary"]
