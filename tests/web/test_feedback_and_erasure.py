"""A reply can be judged, and a conversation can be erased everywhere at once, save the text of a case."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from bot.core.handoff import HandoffRequest
from bot.storage.database import Database
from bot.storage.tables import messages
from tests.web.rasa_stand_in import ANSWER
from tests.web.visitor import Visitor


@pytest.fixture
def tracker(web):
    """Rasa's working memory, as Rasa itself lays it out."""
    database = Database(web.services.settings.tracker_database)
    with database.writing() as connection:
        connection.execute(
            sql("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), data TEXT)")
        )
    yield database
    database.close()


def remember(tracker, visitor, data):
    with tracker.writing() as connection:
        connection.execute(
            sql("INSERT INTO events (sender_id, data) VALUES (:id, :data)"), {"id": visitor.id, "data": data}
        )


def remembered(tracker):
    with tracker.reading() as connection:
        return connection.execute(sql("SELECT data FROM events ORDER BY id")).scalars().all()


def stored_feedback(web, visitor):
    query = select(messages.c.number, messages.c.useful, messages.c.comment)
    query = query.where(messages.c.conversation_id == visitor.id, messages.c.useful.is_not(None))
    with web.services.database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"useful": True}, (3, True, "")),
        ({"useful": False, "comment": "Prisen mangler"}, (3, False, "Prisen mangler")),
        ({"useful": True, "comment": None}, (3, True, "")),
        ({"useful": False, "comment": "x" * 3000}, (3, False, "x" * 1000)),
        ({"useful": False, "comment": " \u200b\ud800\x00 "}, (3, False, "")),
    ],
    ids=["useful", "with a comment", "null comment", "long comment", "nothing to see"],
)
def test_what_a_visitor_thinks_of_a_reply_is_remembered(web, visitor, rasa, body, expected):
    rasa.says(*ANSWER)
    visitor.say("øl")
    reply = visitor.post("messages/3/feedback", json=body)
    assert (reply.status_code, reply.content) == (204, b"")
    assert stored_feedback(web, visitor) == [expected]


def test_a_visitor_may_think_again(web, visitor):
    for useful in (True, False):
        assert visitor.post("messages/1/feedback", json={"useful": useful}).status_code == 204
    assert stored_feedback(web, visitor) == [(1, False, "")]


@pytest.mark.parametrize("number", ["2", "4", "0", "999999999", "1234567890", "x", "-1", "1.0", "%00", "१"])
def test_only_a_reply_that_is_there_can_be_judged(web, visitor, number):
    visitor.say("Hej")  # 2 is the visitor's own
    reply = visitor.post(f"messages/{number}/feedback", json={"useful": True})
    assert (reply.status_code, reply.json()["error"]) == (404, "not_found")
    assert stored_feedback(web, visitor) == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"useful": None},
        {"useful": "true"},
        {"useful": 1},
        {"useful": []},
        {"useful": True, "comment": 5},
        [],
    ],
)
def test_a_feedback_that_does_not_say_yes_or_no_is_refused(web, visitor, body):
    reply = visitor.post("messages/1/feedback", json=body)
    assert (reply.status_code, reply.json()["error"]) == (400, "bad_json")
    assert stored_feedback(web, visitor) == []


def test_nobody_judges_the_replies_of_another_conversation(web):
    anna, bo = Visitor(web.address), Visitor(web.address)
    anna.say("Hej")
    assert bo.post("messages/3/feedback", json={"useful": True}).status_code == 404
    assert stored_feedback(web, anna) == []


def test_erasing_takes_the_conversation_out_of_the_database_and_of_rasas_memory(web, tracker):
    anna, bo = Visitor(web.address), Visitor(web.address)
    for visitor in (anna, bo):
        visitor.say(f"Jeg er {visitor.id}")
        remember(tracker, visitor, visitor.id)
    reply = anna.erase()
    assert (reply.status_code, reply.content) == (204, b"")
    with web.services.database.reading() as connection:
        assert anna.id not in str(connection.execute(select(messages)).all())
    assert remembered(tracker) == [bo.id]
    assert len(bo.messages()) == 3


def test_erasing_works_before_rasa_has_ever_run(visitor):
    assert visitor.erase().status_code == 204


def test_the_token_of_an_erased_conversation_opens_nothing(visitor):
    visitor.erase()
    replies = [
        visitor.get("messages"),
        visitor.get("events"),
        visitor.get("transcript"),
        visitor.send({"text": "Hej"}),
        visitor.post("messages/1/feedback", json={"useful": True}),
        visitor.erase(),
    ]
    assert {(reply.status_code, reply.json()["error"]) for reply in replies} == {(401, "unauthorized")}


def test_a_case_keeps_its_own_text_when_the_conversation_is_erased(web, visitor, rasa):
    rasa.says(*ANSWER)
    visitor.say("Må jeg sælge øl?")
    request = HandoffRequest(
        "Øl på fortovet", "Anna Holm", email="anna@firma.dk", consent=True, conversation=visitor.id
    )
    case = web.services.handoff.submit(request).case
    visitor.erase()
    kept = web.services.cases.get(case.id)
    assert kept.summary == "Øl på fortovet"
    assert [turn.text for turn in kept.transcript][1] == "Må jeg sælge øl?"
    assert kept.contact.email == "anna@firma.dk"


def test_a_conversation_erased_while_the_bot_thinks_leaves_nothing_in_rasas_memory(
    web, visitor, rasa, tracker
):
    """As when another web process erases it: the lock of this one does not help then."""
    rasa.hangs()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(visitor.send, {"text": "Hej"})
        rasa.await_message()
        web.services.conversations.erase(visitor.id)
        remember(tracker, visitor, "Hej")
        rasa.release()
        assert waiting.result().status_code == 404
    assert remembered(tracker) == []


def test_erasing_waits_for_the_answer_that_is_on_its_way(web, visitor, rasa, tracker):
    rasa.hangs()
    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(visitor.send, {"text": "Hej"})
        rasa.await_message()
        erasing = pool.submit(visitor.erase)
        remember(tracker, visitor, "Hej")
        rasa.release()
        assert waiting.result().status_code == 200
        assert erasing.result().status_code == 204
    assert remembered(tracker) == []
    assert visitor.get("messages").status_code == 401
