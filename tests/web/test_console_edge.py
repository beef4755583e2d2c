"""The console's listener: forms only from its own pages, nothing of its insides, and the metrics."""

import logging

import pytest
import requests
from sqlalchemy import text as sql

from tests.web.conftest import PASSWORD
from tests.web.strict_browser import StrictBrowser, filled_in
from tests.web.visitor import Visitor, raw

OPEN_CASES = "Åbne sager"


@pytest.fixture
def browser(log_in):
    return log_in("anna")


@pytest.mark.parametrize("path", ["/login", "/logud", "/sager/x/tag", "/sager/x/luk"])
@pytest.mark.parametrize("csrf", [None, "", "x", "0" * 64, "æøå"])
def test_a_form_that_did_not_come_from_our_own_page_is_refused(browser, sentence, path, csrf):
    fields = {
        "login": "anna",
        "password": PASSWORD,
        "version": "1",
        **({} if csrf is None else {"csrf": csrf}),
    }
    page = browser.post(path, fields)
    assert page.status == 400
    assert sentence("expired_form") in page.text
    assert OPEN_CASES in browser.get("/").text  # still logged in


def test_the_form_of_one_session_is_no_use_in_another(console, browser):
    other = StrictBrowser(console.address)
    fields = filled_in(other.get("/login").form("/login"))
    assert browser.post("/login", {**fields, "login": "anna", "password": PASSWORD}).status == 400


def test_the_console_cannot_be_framed(console):
    for path in ("/login", "/", "/findes-ikke"):
        reply = requests.get(f"{console.address}{path}", allow_redirects=False, timeout=20)
        assert reply.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/findes-ikke", "/login/x", "/sager/"])
def test_what_is_not_there_is_said_on_a_page_of_the_console(browser, path):
    page = browser.get(path)
    assert page.status == 404
    assert "Tilbage til sagerne" in page.text


def test_pages_with_cases_are_not_kept_by_browsers(browser):
    assert browser.get("/").response.headers["Cache-Control"] == "no-store"


def test_every_link_of_the_console_leads_somewhere(browser):
    links = {link for path in ("/", "/?tilstand=lukkede", "/login") for link in browser.get(path).links()}
    statuses = {link: browser.http.get(link, timeout=20).status_code for link in sorted(links)}
    assert any(link.endswith("/static/console.css") for link in statuses)
    assert {
        link: status for link, status in statuses.items() if status != 200 and not link.endswith("/logud")
    } == {}


def test_the_console_serves_nothing_of_the_public_web(console):
    for method, path in (("POST", "/chat/conversations"), ("GET", "/kontakt"), ("GET", "/privatliv")):
        assert raw(console.address, method, path).status == 404


def test_the_public_web_serves_nothing_of_the_console(web):
    for path in ("/metrics", "/login", "/sager/x", "/logud"):
        assert raw(web.address, "GET", path).status == 404


def test_the_metrics_count_what_happens_on_both_listeners(web, console, rasa):
    def total(line):
        text = requests.get(f"{console.address}/metrics", timeout=20).text
        found = [row for row in text.splitlines() if row.startswith(line)]
        return float(found[0].rpartition(" ")[2]) if found else 0.0

    answered, failed = (
        'genvej_messages_total{outcome="answered"}',
        'genvej_messages_total{outcome="bot_unavailable"}',
    )
    before = [total(line) for line in ("genvej_conversations_total", answered, failed)]
    visitor = Visitor(web.address)
    visitor.say("Hej")
    rasa.drops()
    visitor.send({"text": "Hej"})
    after = [total(line) for line in ("genvej_conversations_total", answered, failed)]
    assert [new - old for new, old in zip(after, before)] == [1, 1, 1]
    reply = requests.get(f"{console.address}/metrics", timeout=20)
    assert reply.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_no_password_and_no_session_is_in_the_log(console, browser, case, caplog):
    caplog.set_level(logging.DEBUG)
    browser.submit(browser.get("/login"), "/login", login="anna", password="hemmelig rabarber")
    with console.services.database.writing() as connection:
        connection.execute(sql("UPDATE cases SET outcome = 'rabarber'"))
    assert browser.get("/").status == 500
    assert "unexpected" in caplog.text
    for secret in ("rabarber", PASSWORD, browser.http.cookies["genvej_console"]):
        assert secret not in caplog.text


def test_a_database_that_fails_shows_nothing_of_the_insides(console, browser, sentence):
    with console.services.database.writing() as connection:
        connection.execute(sql("ALTER TABLE cases RENAME TO gone"))
    page = browser.get("/")
    assert page.status == 503
    assert sentence("storage_unavailable") in page.text
    for inside in ("sanic", "sqlalchemy", "traceback", "sqlite", "cases."):
        assert inside not in page.response.text.lower()
