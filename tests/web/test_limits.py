"""How much one conversation and one address may do in a minute, and who tells the address."""

import pytest
import requests

from bot.bootstrap import now
from tests.web.visitor import Visitor


@pytest.fixture
def limited(make_web):
    """Serve the web with its limits on. They count in real time, so the clock must be real too."""
    return lambda **settings: make_web(at=now, rate_limit=1, **settings)


@pytest.fixture
def too_many(sentence):
    """Check the answer to one call too many."""

    def check(reply):
        assert (reply.status_code, reply.json()["error"]) == (429, "too_many")
        wait = int(reply.headers["Retry-After"])
        assert 1 <= wait <= 60
        assert reply.json()["message"] == sentence("too_many", seconds=str(wait))

    return check


def open_from(web, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return requests.post(f"{web.address}/chat/conversations", json={}, headers=headers, timeout=20)


def test_a_conversation_takes_thirty_messages_a_minute(too_many, limited, rasa):
    visitor = Visitor(limited().address)
    statuses = [visitor.send({"text": f"nr {number}"}).status_code for number in range(30)]
    assert statuses == [200] * 30
    too_many(visitor.send({"text": "nr 31"}))
    assert len(rasa.received) == 30
    assert len(visitor.messages()) == 61


def test_the_limit_of_one_conversation_is_not_that_of_another(limited):
    web = limited()
    anna, bo = Visitor(web.address), Visitor(web.address)
    while anna.send({"text": "Hej"}).status_code == 200:
        pass
    assert bo.say("Hej")


def test_reading_is_not_limited(limited):
    visitor = Visitor(limited().address)
    assert {visitor.get("messages").status_code for _ in range(60)} == {200}


def test_an_address_opens_twenty_conversations_a_minute(too_many, limited):
    web = limited()
    assert [open_from(web).status_code for _ in range(20)] == [201] * 20
    too_many(open_from(web))


def test_without_a_trusted_proxy_nobody_chooses_an_address(too_many, limited):
    web = limited()
    assert {open_from(web, f"203.0.113.{number}").status_code for number in range(20)} == {201}
    too_many(open_from(web, "203.0.113.99"))


def test_behind_a_trusted_proxy_each_client_has_a_limit_of_its_own(too_many, limited):
    web = limited(trusted_proxies=1)
    assert {open_from(web, "203.0.113.1").status_code for _ in range(20)} == {201}
    too_many(open_from(web, "203.0.113.1"))
    assert open_from(web, "203.0.113.2").status_code == 201


def test_behind_a_trusted_proxy_only_what_the_proxy_added_counts(too_many, limited):
    web = limited(trusted_proxies=1)
    assert {open_from(web, f"198.51.100.{number}, 203.0.113.1").status_code for number in range(20)} == {201}
    too_many(open_from(web, "198.51.100.99, 203.0.113.1"))


def test_behind_two_trusted_proxies_the_one_before_the_last_counts(too_many, limited):
    web = limited(trusted_proxies=2)
    assert {
        open_from(web, f"10.0.0.{number}, 203.0.113.1, 192.0.2.7").status_code for number in range(20)
    } == {201}
    too_many(open_from(web, "203.0.113.1, 192.0.2.7"))
    assert open_from(web, "203.0.113.2, 192.0.2.7").status_code == 201


@pytest.mark.parametrize("header", ["Forwarded", "X-Real-IP", "X-Scheme", "X-Forwarded-Host"])
def test_other_headers_do_not_choose_an_address(too_many, limited, header):
    web = limited(trusted_proxies=1)
    for number in range(20):
        headers = {header: f"for=203.0.113.{number}"}
        assert requests.post(f"{web.address}/chat/conversations", json={}, headers=headers, timeout=20).ok
    too_many(open_from(web))


def test_the_limits_can_be_switched_off(make_web):
    web = make_web(rate_limit=0)
    assert {open_from(web).status_code for _ in range(25)} == {201}


def test_a_refused_body_counts_too(too_many, limited):
    visitor = Visitor(limited().address)
    assert {visitor.send([]).status_code for _ in range(30)} == {400}
    too_many(visitor.send({"text": "Hej"}))
