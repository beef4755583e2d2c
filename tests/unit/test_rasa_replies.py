"""What Rasa's REST channel returns becomes replies, and a reply becomes what the contract says."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.core.assistant import Assistant, as_buttons, as_custom
from bot.core.conversations import CaseLine, Choice, FactLine, Message, Reply, Role, SourceLine, UnitLine
from bot.web.message_json import message_json
from bot.web.rasa_replies import replies_from

WHOLE = Reply(
    role=Role.BOT,
    text="Du skal søge.",
    topic="skiltning_facade",
    aspect="pris",
    clarify=("a", "b"),
    choices=(Choice("Tid?", '/skiltning_facade{"aspekt":"tid"}', "skiltning_facade"), Choice("Nej", "/nej")),
    sources=(SourceLine("Loven", "https://lov.example", "2026-11-01"),),
    unit=UnitLine("byggesag", "Byggesag"),
    facts=(FactLine("gebyr", "670 kr.", "2026-01-01", None),),
    case=CaseLine("HEL-2026-000001", "Byggesag", "2026-11-27"),
)


def through_rasa(reply):
    """Return the items as Rasa's channel sends them: text and buttons first, what stands beside them next."""
    items = [{"recipient_id": "x", "text": reply.text, "buttons": as_buttons(reply.choices)}]
    custom = as_custom(reply)
    return items + ([{"recipient_id": "x", "custom": custom}] if custom else [])


def test_a_reply_comes_through_rasa_whole():
    assert replies_from(through_rasa(WHOLE)) == [WHOLE]


def test_a_bare_text_is_a_reply():
    assert replies_from([{"text": "Hej"}]) == [Reply(role=Role.BOT, text="Hej")]


def test_what_stands_beside_a_text_goes_to_the_text_before_it():
    first, second = Reply(role=Role.BOT, text="Et", topic="moms"), Reply(role=Role.BOT, text="To")
    assert replies_from(through_rasa(second) + through_rasa(first) + through_rasa(second)) == [
        second,
        first,
        second,
    ]


def test_every_real_answer_comes_through_rasa_unchanged(content):
    assistant = Assistant(content.knowledge, content.units, content.aspects, content.phrases["answer"])
    for topic in content.knowledge.topics:
        reply = assistant.answer(topic, "pris", date(2026, 11, 22))
        assert replies_from(through_rasa(reply)) == [reply]


@pytest.mark.parametrize(
    "items", [[], [{}], [{"text": ""}], [{"custom": {"topic": "moms"}}], [{"image": "x"}]]
)
def test_what_has_no_text_is_no_reply(items):
    assert replies_from(items) == []


@pytest.mark.parametrize(
    "custom",
    [
        {"sources": [{"title": "Loven"}]},
        {"sources": [{"title": "Loven", "url": "u", "checked": "c", "more": 1}]},
        {"sources": 5},
        {"facts": ["gebyr"]},
        {"unit": {"id": "x"}},
        {"case": {"reference": "x"}},
        {"case": "x"},
        [1, 2],
        "text",
    ],
)
def test_an_unknown_shape_is_refused(custom):
    with pytest.raises(ValueError):
        replies_from([{"text": "Hej"}, {"custom": custom}])


@pytest.mark.parametrize("buttons", [[{"title": "Ja"}], [{"payload": "/ja"}], ["ja"], 5])
def test_a_button_without_title_or_payload_is_refused(buttons):
    with pytest.raises(ValueError):
        replies_from([{"text": "Hej", "buttons": buttons}])


@pytest.mark.parametrize("items", [["text"], [None], [5]])
def test_items_that_are_no_objects_are_refused(items):
    with pytest.raises(ValueError):
        replies_from(items)


# the contract


def test_a_message_has_every_field_of_the_contract():
    at = datetime(2026, 11, 22, 9, 15, 30, 999, tzinfo=timezone.utc)
    assert message_json(Message(7, at, WHOLE), ZoneInfo("Europe/Copenhagen")) == {
        "id": 7,
        "role": "bot",
        "text": "Du skal søge.",
        "at": "2026-11-22T10:15:30+01:00",
        "topic": "skiltning_facade",
        "aspect": "pris",
        "clarify": ["a", "b"],
        "choices": [
            {"title": "Tid?", "payload": '/skiltning_facade{"aspekt":"tid"}', "topic": "skiltning_facade"},
            {"title": "Nej", "payload": "/nej", "topic": None},
        ],
        "sources": [{"title": "Loven", "url": "https://lov.example", "checked": "2026-11-01"}],
        "unit": {"id": "byggesag", "name": "Byggesag"},
        "facts": [{"id": "gebyr", "value": "670 kr.", "valid_from": "2026-01-01", "valid_to": None}],
        "case": {"reference": "HEL-2026-000001", "unit": "Byggesag", "answer_by": "2026-11-27"},
    }


def test_an_empty_message_has_every_field_too():
    at = datetime(2026, 7, 1, 12, 0, tzinfo=timezone.utc)
    assert message_json(Message(1, at, Reply(Role.VISITOR, "hej")), ZoneInfo("Europe/Copenhagen")) == {
        "id": 1,
        "role": "visitor",
        "text": "hej",
        "at": "2026-07-01T14:00:00+02:00",
        "topic": None,
        "aspect": None,
        "clarify": [],
        "choices": [],
        "sources": [],
        "unit": None,
        "facts": [],
        "case": None,
    }
