"""The bot being down, slow or silent is an answer too; and a message sent twice is stored and answered once."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.settings import Settings
from tests.web.rasa_stand_in import ANSWER, GREETING
from tests.web.visitor import Visitor

WAYS_TO_FAIL = {
    "drops the connection": lambda rasa: rasa.drops(),
    "refuses the connection": lambda rasa: rasa.stop(),
    "says 500": lambda rasa: rasa.sends(500, "Internal Server Error"),
    "says 404": lambda rasa: rasa.sends(404, "[]"),
    "says nothing": lambda rasa: rasa.says(),
    "says only an image": lambda rasa: rasa.says({"image": "https://example.dk/x.png"}),
    "says an empty text": lambda rasa: rasa.says({"text": ""}),
    "sends a page": lambda rasa: rasa.sends(200, "<html></html>", "text/html"),
    "sends half an answer": lambda rasa: rasa.sends(200, '[{"text": "Du skal'),
    "sends an object": lambda rasa: rasa.sends(200, '{"text": "Hej"}'),
    "sends null": lambda rasa: rasa.sends(200, "null"),
    "sends a list of texts": lambda rasa: rasa.sends(200, '["Hej"]'),
    "sends a number for a text": lambda rasa: rasa.says({"text": 5}),
    "sends a choice without payload": lambda rasa: rasa.says({"text": "Hej", "buttons": [{"title": "A"}]}),
    "sends half a source": lambda rasa: rasa.says(GREETING, {"custom": {"sources": [{"title": "A"}]}}),
    "sends a text for the custom part": lambda rasa: rasa.says(GREETING, {"custom": "A"}),
}


def unavailable(reply, web):
    """Check the answer when there is no bot: the code, and the way to a person that does not need one."""
    assert (reply.status_code, reply.json()["error"]) == (503, "bot_unavailable")
    sentence = reply.json()["message"]
    assert "din besked er gemt" in sentence
    assert "kontaktformularen" in sentence
    assert f"{web.services.settings.web_address}/kontakt" in sentence


@pytest.mark.parametrize("way", WAYS_TO_FAIL)
def test_a_bot_that_does_not_answer_is_said_so_and_the_message_is_kept(web, rasa, visitor, way):
    WAYS_TO_FAIL[way](rasa)
    unavailable(visitor.send({"text": "Må jeg sælge øl?"}), web)
    assert [message["text"] for message in visitor.messages(1)] == ["Må jeg sælge øl?"]


def test_a_slow_bot_is_given_up_before_five_seconds_have_passed(make_web, rasa):
    assert Settings().bot_timeout < 5
    web = make_web()
    visitor = Visitor(web.address)
    rasa.hangs()
    begun = time.monotonic()
    unavailable(visitor.send({"text": "Hej"}), web)
    assert time.monotonic() - begun < 5


def test_messages_that_queue_behind_a_slow_one_are_given_up_in_time_too(make_web, rasa):
    web = make_web(bot_timeout=1.0)
    visitor = Visitor(web.address)
    rasa.hangs()
    begun = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda number: visitor.send({"text": f"besked {number}"}), range(4)))
    assert time.monotonic() - begun < 3.5  # each for itself would make four
    for reply in replies:
        unavailable(reply, web)
    assert len(visitor.messages(1)) == 4


def test_the_contact_form_can_be_had_while_the_bot_is_down(web, rasa):
    rasa.stop()
    assert Visitor(web.address).http.get(f"{web.address}/kontakt", timeout=20).status_code == 200


def test_a_conversation_can_be_opened_read_and_erased_while_the_bot_is_down(web, rasa):
    rasa.stop()
    visitor = Visitor(web.address)
    assert visitor.messages()
    assert visitor.erase().status_code == 204


def test_one_visitor_waiting_for_the_bot_holds_up_nobody_else(web, rasa):
    slow, quick = Visitor(web.address), Visitor(web.address)
    rasa.hangs()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slow.send, {"text": "langsom"})
        rasa.await_message()
        assert quick.messages()
        assert not waiting.done()
        rasa.release()
        assert waiting.result().status_code == 200


def test_the_same_client_id_asks_again_once_the_bot_is_back(web, rasa, visitor):
    rasa.stop()
    body = {"text": "Må jeg sælge øl?", "client_id": "0b4f2c1e-0000-4000-8000-000000000001"}
    unavailable(visitor.send(body), web)
    rasa.start()
    rasa.says(*ANSWER)
    reply = visitor.send(body)
    assert [message["role"] for message in reply.json()["messages"]] == ["visitor", "bot"]
    assert [message["id"] for message in visitor.messages()] == [1, 2, 3]
    assert rasa.received[-1]["metadata"] == {"message": 2}


def test_the_same_client_id_stores_nothing_new_and_gets_the_same_reply(visitor, rasa):
    rasa.says(*ANSWER)
    body = {"text": "Må jeg sælge øl?", "client_id": "a-1"}
    first = visitor.send(body)
    rasa.says({"text": "Noget helt andet"})
    second = visitor.send(body)
    assert first.json() == second.json()
    assert len(rasa.received) == 1
    assert len(visitor.messages()) == 3


def test_the_same_client_id_with_another_text_is_still_the_first_message(visitor):
    first = visitor.send({"text": "først", "client_id": "a-1"})
    assert visitor.send({"text": "en anden", "client_id": "a-1"}).json() == first.json()


def test_the_same_client_id_at_the_same_time_is_stored_and_asked_once(visitor, rasa):
    rasa.hangs()
    body = {"text": "Må jeg sælge øl?", "client_id": "a-1"}
    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(visitor.send, body) for _ in range(6)]
        rasa.await_message()
        rasa.release()
        replies = [json.dumps(one.result().json(), sort_keys=True) for one in sent]
    assert len(set(replies)) == 1
    assert len(rasa.received) == 1
    assert [message["id"] for message in visitor.messages()] == [1, 2, 3]


def test_the_same_tapped_choice_is_stored_once(visitor, rasa):
    rasa.says(*ANSWER)
    visitor.say("øl")
    body = {"payload": "/tal_med_medarbejder", "client_id": "a-2"}
    assert visitor.send(body).json() == visitor.send(body).json()
    assert len(rasa.received) == 2


def test_a_client_id_belongs_to_its_own_conversation(web):
    anna, bo = Visitor(web.address), Visitor(web.address)
    body = {"text": "Hej", "client_id": "a-1"}
    assert anna.send(body).json()["messages"][0]["text"] == "Hej"
    assert bo.send({**body, "text": "Dav"}).json()["messages"][0]["text"] == "Dav"


def test_messages_without_a_client_id_are_each_stored(visitor):
    visitor.say("Hej")
    visitor.say("Hej")
    assert len(visitor.messages(1)) == 4


@pytest.mark.parametrize("client_id", ["a", "A-9", "0b4f2c1e-0000-4000-8000-000000000001", "x" * 64])
def test_a_client_id_of_letters_digits_and_hyphens_is_taken(visitor, client_id):
    assert visitor.send({"text": "Hej", "client_id": client_id}).status_code == 200


def test_messages_sent_at_the_same_time_are_answered_one_after_the_other(visitor, rasa):
    rasa.says_about(lambda text: [{"text": f"svar på {text}"}])
    with ThreadPoolExecutor(8) as pool:
        replies = list(
            pool.map(lambda number: visitor.send({"text": f"nr {number}"}).json()["messages"], range(8))
        )
    for own, answer in replies:
        assert answer["text"] == f"svar på {own['text']}"
    assert [message["id"] for message in visitor.messages()] == list(range(1, 18))


@pytest.mark.parametrize(("rasa_up", "status"), [(True, 200), (False, 503)])
def test_readyz_says_which_part_is_not_ready(web, rasa, visitor, rasa_up, status):
    if not rasa_up:
        rasa.stop()
    reply = visitor.http.get(f"{web.address}/readyz", timeout=20)
    assert reply.status_code == status
    assert reply.json() == {"ready": rasa_up, "database": True, "rasa": rasa_up, "actions": rasa_up}
    assert visitor.http.get(f"{web.address}/healthz", timeout=20).status_code == 200


def test_readyz_says_when_the_database_is_away(web, tmp_path, visitor):
    web.services.database.close()
    for path in (tmp_path / "var").glob("genvej.db*"):
        path.unlink()
    (tmp_path / "var/genvej.db").mkdir()
    reply = visitor.http.get(f"{web.address}/readyz", timeout=20)
    assert reply.status_code == 503
    assert (reply.json()["database"], reply.json()["rasa"]) == (False, True)
    assert visitor.http.get(f"{web.address}/healthz", timeout=20).status_code == 200


def test_a_visitor_who_leaves_while_the_bot_thinks_finds_the_answer_later(web, visitor, rasa):
    rasa.hangs()
    gone = threading.Thread(target=_send_and_hang_up, args=(visitor,))
    gone.start()
    rasa.await_message()
    gone.join(10)
    body = {"text": "Hej", "client_id": "a-1"}
    rasa.release()
    assert [message["role"] for message in visitor.send(body).json()["messages"]] == ["visitor", "bot"]
    assert len(visitor.messages(1)) == 2


def _send_and_hang_up(visitor):
    try:
        visitor.http.post(
            f"{visitor.address}/chat/messages",
            json={"text": "Hej", "client_id": "a-1"},
            headers=visitor.headers,
            timeout=0.3,
        )
    except OSError:
        return
    raise AssertionError("the bot was not asked to hang")
