"""The event stream gives each message once, in order, and goes on where it was broken off."""

import itertools

import pytest

from bot.core.conversations import Reply, Role
from tests.web.rasa_stand_in import ANSWER
from tests.web.visitor import Visitor


def first(stream, count):
    """Return the next events of a stream."""
    return list(itertools.islice(stream, count))


def ids(events):
    return [event["id"] for event in events]


def test_the_stream_begins_with_what_has_been_said(visitor, rasa):
    rasa.says(*ANSWER)
    visitor.say("øl")
    with visitor.events() as stream:
        events = first(stream, 3)
    assert ids(events) == ["1", "2", "3"]
    assert {event["event"] for event in events} == {"message"}
    assert [event["data"] for event in events] == visitor.messages()


def test_the_stream_is_said_to_be_one(visitor):
    with visitor.events() as stream:
        assert stream.response.status_code == 200
        assert stream.response.headers["Content-Type"] == "text/event-stream"
        assert stream.response.headers["Cache-Control"] == "no-store"


def test_a_message_said_while_the_stream_is_open_comes_too(visitor):
    with visitor.events() as stream:
        events = iter(stream)
        assert next(events)["id"] == "1"
        visitor.say("Hej")
        assert [next(events)["data"]["text"], next(events)["id"]] == ["Hej", "3"]


def test_what_staff_write_while_the_stream_is_open_comes_too(web, visitor, clock):
    with visitor.events("?after=1") as stream:
        reply = Reply(role=Role.STAFF, text="Jeg ringer i morgen.")
        web.services.conversations.add_replies(visitor.id, [reply], 1, clock())
        [event] = first(stream, 1)
    assert (event["data"]["role"], event["data"]["text"]) == ("staff", "Jeg ringer i morgen.")


@pytest.mark.parametrize(
    ("query", "headers", "expected"),
    [
        ("?after=1", {}, ["2", "3"]),
        ("", {"Last-Event-ID": "2"}, ["3"]),
        (
            "?after=0",
            {"Last-Event-ID": "2"},
            ["3"],
        ),  # where the browser was broken off counts, not where it began
        ("?after=2", {"Last-Event-ID": ""}, ["3"]),
    ],
)
def test_the_stream_goes_on_where_it_was_broken_off(visitor, query, headers, expected):
    visitor.say("Hej")
    with visitor.events(query, **headers) as stream:
        assert ids(first(stream, len(expected))) == expected


def test_a_stream_broken_off_and_resumed_misses_nothing_and_repeats_nothing(visitor):
    with visitor.events() as stream:
        last = first(stream, 1)[-1]["id"]
    visitor.say("et")
    visitor.say("to")
    with visitor.events(**{"Last-Event-ID": last}) as stream:
        assert ids(first(stream, 4)) == ["2", "3", "4", "5"]


@pytest.mark.parametrize("number", ["x", "-1", "1.0", "1" * 30, "१"])
def test_a_last_event_id_that_is_no_number_is_refused(visitor, number):
    with visitor.events(**{"Last-Event-ID": number.encode("utf-8")}) as stream:
        assert (stream.response.status_code, stream.response.json()["error"]) == (400, "bad_json")


def test_line_breaks_in_a_message_do_not_break_the_stream(visitor):
    text = "en\n\ndata: falsk\nid: 99\n\nto\u2028tre\u2029fire"
    visitor.say(text)
    with visitor.events("?after=1") as stream:
        [event] = first(stream, 1)
    assert (event["id"], event["data"]["text"]) == ("2", text)


def test_two_streams_of_one_conversation_get_the_same_and_another_conversation_nothing(web):
    anna, bo = Visitor(web.address), Visitor(web.address)
    with anna.events("?after=1") as here, anna.events("?after=1") as there, bo.events() as other:
        anna.say("Jeg er Anna")
        assert first(here, 2) == first(there, 2)
        bo.say("Jeg er Bo")
        assert "Anna" not in str(first(other, 3))
