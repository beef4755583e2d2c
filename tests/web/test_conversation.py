"""The conversation over HTTP: what is said is stored once, masked, and answered with everything the contract names."""

import re
from datetime import datetime

import pytest
import requests
from rasa_sdk.executor import CollectingDispatcher

from actions.saying import say
from bot.core.conversations import Reply, Role
from tests.web.rasa_stand_in import ANSWER, CLARIFICATION, RECEIPT
from tests.web.visitor import Visitor

FIELDS = {
    "id", "role", "text", "at", "topic", "aspect", "clarify", "choices", "sources", "unit", "facts", "case",
}  # fmt: skip


def test_a_new_conversation_has_an_id_a_secret_token_and_a_greeting(web):
    reply = requests.post(f"{web.address}/chat/conversations", json={}, timeout=20)
    body = reply.json()
    assert reply.status_code == 201
    assert set(body) == {"conversation", "token", "messages"}
    assert body["conversation"] != body["token"]
    assert len(body["token"]) >= 43  # 256 bits
    [greeting] = body["messages"]
    assert (greeting["id"], greeting["role"], greeting["topic"]) == (1, "bot", "hils")
    assert "Skriv ikke CPR-nummer" in greeting["text"]


def test_a_conversation_can_say_which_page_it_stands_on(web):
    body = {"page": "https://www.helsingor.dk/erhverv"}
    assert requests.post(f"{web.address}/chat/conversations", json=body, timeout=20).status_code == 201


def test_no_two_conversations_share_an_id_or_a_token(web):
    visitors = [Visitor(web.address) for _ in range(5)]
    assert len({visitor.id for visitor in visitors}) == 5
    assert len({visitor.token for visitor in visitors}) == 5


def test_a_message_has_every_field_of_the_contract(visitor, rasa):
    rasa.says(*ANSWER)
    own, answer = visitor.send({"text": "Må jeg sælge øl?"}).json()["messages"]
    assert set(own) == set(answer) == FIELDS
    assert (own["id"], own["role"], own["text"]) == (2, "visitor", "Må jeg sælge øl?")
    assert (own["topic"], own["choices"], own["sources"], own["case"]) == (None, [], [], None)
    assert answer == {
        "id": 3,
        "role": "bot",
        "text": "Du skal have en alkoholbevilling. Den koster 1.050 kr.",
        "at": answer["at"],
        "topic": "alkoholbevilling",
        "aspect": "krav",
        "clarify": [],
        "choices": ANSWER[0]["buttons"],
        "sources": ANSWER[1]["custom"]["sources"],
        "unit": {"id": "bevilling", "name": "Bevillinger"},
        "facts": [{"id": "gebyr", "value": "1.050 kr.", "valid_from": "2026-01-01", "valid_to": None}],
        "case": None,
    }


def test_a_question_back_names_the_topics_it_is_between(visitor, rasa):
    rasa.says(*CLARIFICATION)
    [question] = visitor.say("skilt eller borde")
    assert question["clarify"] == ["skiltning_facade", "udeservering"]
    assert question["topic"] is None
    assert [choice["title"] for choice in question["choices"]] == ["Skilte", "Borde ude"]


def test_the_receipt_of_a_case_comes_with_the_message(visitor, rasa):
    rasa.says(*RECEIPT)
    [receipt] = visitor.say("ja")
    assert receipt["case"] == {
        "reference": "HEL-2026-123456",
        "unit": "Bevillinger",
        "answer_by": "2026-11-30",
    }


def test_each_utterance_of_the_bot_is_a_message_of_its_own_topic(visitor, rasa):
    rasa.says(*ANSWER, *CLARIFICATION)
    assert [reply["topic"] for reply in visitor.say("øl og skilt")] == ["alkoholbevilling", None]


def test_paragraphs_come_through_rasa_whole(visitor, rasa):
    dispatcher = CollectingDispatcher()
    say(dispatcher, Reply(Role.BOT, "Første.\n\nAndet\nmed linje.\n\nTredje.", topic="moms"))
    [said] = dispatcher.messages
    parts = [{"text": part} for part in said["text"].split("\n\n")]  # as Rasa's REST channel cuts a text
    rasa.says(*parts, {"custom": said["custom"]})
    [answer] = visitor.say("moms")
    assert (answer["text"], answer["topic"]) == ("Første.\n\nAndet\nmed linje.\n\nTredje.", "moms")


def test_times_carry_the_offset_of_denmark(visitor, clock):
    [own, answer] = visitor.send({"text": "Hej"}).json()["messages"]
    assert own["at"] == "2026-11-23T10:15:00+01:00"
    assert datetime.fromisoformat(answer["at"]) == clock()


def test_rasa_is_told_the_conversation_and_the_number_of_the_message(visitor, rasa):
    visitor.say("Hej")
    assert rasa.received == [{"sender": visitor.id, "message": "Hej", "metadata": {"message": 2}}]


def test_messages_are_in_order_and_numbered_without_gaps(visitor):
    for text in ("et", "to", "tre"):
        visitor.say(text)
    messages = visitor.messages()
    assert [message["id"] for message in messages] == [1, 2, 3, 4, 5, 6, 7]
    assert [message["text"] for message in messages if message["role"] == "visitor"] == ["et", "to", "tre"]


@pytest.mark.parametrize(
    ("after", "expected"), [(0, [1, 2, 3]), (1, [2, 3]), (2, [3]), (3, []), (999999999, [])]
)
def test_only_messages_after_the_number_are_given(visitor, after, expected):
    visitor.say("Hej")
    assert [message["id"] for message in visitor.messages(after)] == expected


def test_all_messages_are_given_where_no_number_is(visitor):
    assert visitor.get("messages").json() == {"messages": visitor.greeting}


@pytest.mark.parametrize("after", ["-1", "1.5", "x", "1e3", "٣", "1234567890", "0x1", " ", "%00", "%FF"])
def test_an_after_that_is_no_number_is_refused(visitor, after):
    reply = visitor.get(f"messages?after={after}")
    assert (reply.status_code, reply.json()["error"]) == (400, "bad_json")


def test_two_conversations_do_not_see_each_other(web, rasa):
    anna, bo = Visitor(web.address), Visitor(web.address)
    rasa.says(*ANSWER)
    anna.say("Jeg hedder Anna og vil sælge øl")
    bo.say("Jeg hedder Bo")
    assert "Anna" not in str(bo.messages())
    assert "Bo" not in str(anna.messages())
    assert "Anna" not in bo.get("transcript").text
    bo.erase()
    assert len(anna.messages()) == 3


def test_the_same_conversation_asks_rasa_under_its_own_id_only(web, rasa):
    anna, bo = Visitor(web.address), Visitor(web.address)
    anna.say("et")
    bo.say("to")
    assert [body["sender"] for body in rasa.received] == [anna.id, bo.id]


def test_the_transcript_is_a_text_file_of_the_whole_conversation(visitor, rasa):
    rasa.says(*ANSWER)
    visitor.say("Må jeg sælge øl & <b>vin</b>?")
    reply = visitor.get("transcript")
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="samtale.txt"'
    for part in (
        "Må jeg sælge øl & <b>vin</b>?",
        "Du skal have en alkoholbevilling.",
        "https://example.dk/lov",
    ):
        assert part in reply.text


@pytest.mark.parametrize(
    "text",
    ["x" * 1000, "å" * 1000, "😀" * 1000, " " * 50 + "y" * 1000 + "\n\n"],
    ids=["ascii", "danish", "emoji", "with space around"],
)
def test_a_text_of_a_thousand_characters_is_taken(visitor, text):
    own = visitor.send({"text": text}).json()["messages"][0]
    assert own["text"] == text.strip()


@pytest.mark.parametrize(
    "text", ["😀", "👩‍👩‍👧", "?", "!!!", "1", "\U0001f1e9\U0001f1f0", "مرحبا", "你好", "a\u0301"]
)
def test_a_message_without_a_danish_word_is_still_a_message(visitor, rasa, text):
    assert visitor.say(text)
    assert rasa.messages[0].strip()


def test_line_breaks_and_quotes_are_kept_as_written(visitor, rasa):
    text = 'Første linje\nanden "linje"\tmed \\ og <script>alert(1)</script>'
    assert visitor.send({"text": text}).json()["messages"][0]["text"] == text
    assert rasa.messages == [text]


def test_a_message_can_be_had_as_the_fragment_the_page_puts_in(visitor, rasa):
    rasa.says(*ANSWER)
    reply = visitor.http.post(
        f"{visitor.address}/chat/messages",
        json={"text": "Må jeg <b>sælge</b> øl?"},
        headers={**visitor.headers, "Accept": "text/html"},
        timeout=20,
    )
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Må jeg &lt;b&gt;sælge&lt;/b&gt; øl?" in reply.text
    assert re.search(r'href="https://example\.dk/lov"', reply.text)
