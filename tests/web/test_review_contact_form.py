"""The contact form keeps what was typed, sends the chat along only when asked to, and opens each matter once."""

import re

import pytest
import requests
from sqlalchemy import select

from bot.bootstrap import now
from bot.storage.tables import cases
from tests.web.strict_browser import Page, StrictBrowser, filled_in
from tests.web.visitor import Visitor

FILLED = {
    "summary": "Må jeg stille borde på fortovet?\nDet er i Stengade.",
    "topic": "udeservering",
    "company": "Café Øresund",
    "cvr": "10150817",
    "name": "Anna Holm",
    "email": "anna@cafe.dk",
    "phone": "49282828",
    "consent": "1",
}


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def stored(web):
    with web.services.database.reading() as connection:
        return connection.execute(select(cases).order_by(cases.c.created_at)).all()


def kept(page):
    return {name: filled_in(page.form("/kontakt")).get(name, "") for name in FILLED}


def test_a_chat_begun_in_another_tab_leaves_the_open_form_as_good_as_before(browser, web):
    page = browser.get("/kontakt")
    Visitor(web.address, browser.http).say("Hej")
    assert browser.submit(page, "/kontakt", **FILLED).status == 200
    assert [case.transcript for case in stored(web)] == [[]]


def test_an_expired_form_comes_back_with_what_was_typed_and_can_be_sent(browser, web, sentence):
    page = browser.get("/kontakt")
    browser.http.cookies.set("genvej_form", "another", domain="127.0.0.1", path="/")
    page = browser.submit(page, "/kontakt", **FILLED)
    assert (page.status, kept(page)) == (400, FILLED)
    assert sentence("expired_form") in page.alert()
    assert browser.submit(page, "/kontakt").status == 200
    assert len(stored(web)) == 1


@pytest.mark.parametrize("path", ["/kontakt", "/samtale"])
def test_a_browser_without_cookies_is_told_so_and_keeps_the_text(web, content, sentence, path):
    shown = Page(requests.get(f"{web.address}{path.replace('/samtale', '/')}", timeout=20))
    fields = {**filled_in(shown.form(path)), **FILLED, "text": "Må jeg sælge øl?"}
    page = Page(requests.post(f"{web.address}{path}", data=fields, timeout=20))
    assert page.status == 400
    assert sentence("cookies_needed") in page.alert()
    assert content.municipality.phone in page.alert()
    assert (page.find("textarea").text or "").strip() == (
        fields["text"] if path == "/samtale" else FILLED["summary"]
    )
    assert stored(web) == []


def test_the_button_of_a_topic_page_survives_a_chat_begun_elsewhere(browser, web, rasa):
    page = browser.get("/emner/alkoholbevilling")
    Visitor(web.address, browser.http).say("Hej")
    page = browser.submit(page, "/samtale")
    assert page.status == 200
    assert page.messages("visitor")[0] == "Hej"


def test_who_is_told_to_wait_keeps_the_text_and_mistakes_do_not_count(make_web):
    web = make_web(at=now, rate_limit=1)
    browser = StrictBrowser(web.address)
    for _ in range(8):
        assert browser.submit(browser.get("/kontakt"), "/kontakt", **{**FILLED, "cvr": "1"}).status == 400
    pages = [browser.submit(browser.get("/kontakt"), "/kontakt", **FILLED) for _ in range(6)]
    assert [page.status for page in pages] == [200] * 5 + [429]
    assert kept(pages[-1]) == FILLED
    assert 1 <= int(pages[-1].response.headers["Retry-After"]) <= 60
    assert re.search(r"Vent \d+ sekunder", pages[-1].alert())


def test_control_characters_are_taken_out_of_what_was_pasted(browser, web):
    fields = {**FILLED, "summary": "Øl\x00 på\x0b fortovet", "name": "Anna\x07 Holm"}
    assert browser.submit(browser.get("/kontakt"), "/kontakt", **fields).status == 200
    assert [(case.summary, case.name) for case in stored(web)] == [("Øl på fortovet", "Anna Holm")]


def test_a_summary_that_is_too_long_is_refused_and_kept_whole(browser, web, sentence):
    typed = {**FILLED, "summary": "x" * 4001}
    page = browser.submit(browser.get("/kontakt"), "/kontakt", **typed)
    assert (page.status, kept(page)) == (400, typed)
    assert sentence("summary_long") in page.alert()
    assert stored(web) == []


# the chat that goes along


def test_a_chat_in_which_nothing_was_asked_is_not_offered(browser, web):
    assert not browser.get("/kontakt").all(id="transcript")
    Visitor(web.address, browser.http)
    assert not browser.get("/kontakt").all(id="transcript")


@pytest.mark.parametrize("wanted", [True, False])
def test_the_chat_goes_along_only_with_a_tick(browser, web, wanted):
    Visitor(web.address, browser.http).say("Må jeg sælge øl?")
    page = browser.get("/kontakt")
    assert page.find("input", id="transcript").get("checked") is not None
    assert "Send samtalen fra chatten med (begyndt 23. november 2026 kl. 10.15)" in page.text
    fields = {**filled_in(page.form("/kontakt")), **FILLED, "cvr": "1"}
    if not wanted:
        del fields["transcript"]
    page = browser.post("/kontakt", fields)
    assert (page.find("input", id="transcript").get("checked") is not None) is wanted
    assert browser.submit(page, "/kontakt", cvr="").status == 200
    [case] = stored(web)
    assert (case.transcript != [], case.conversation_id is not None) == (wanted, wanted)


def test_a_tick_beside_one_chat_sends_no_other(browser, web):
    Visitor(web.address, browser.http).say("Først")
    page = browser.get("/kontakt")
    Visitor(web.address, browser.http).say("Så")
    browser.submit(page, "/kontakt", **FILLED)
    assert [case.transcript for case in stored(web)] == [[]]


# once and only once


def test_another_matter_from_the_same_page_is_another_case(browser, web):
    page = browser.get("/kontakt")
    texts = [
        browser.submit(page, "/kontakt", **{**FILLED, **changes}).text
        for changes in (
            {},
            {"summary": "Og et skilt?"},
            {"name": "Bo Holm"},
            {"phone": ""},
            {},
            {"name": "Bo Holm"},
        )
    ]
    assert len({case.reference for case in stored(web)}) == 4
    assert texts[0] == texts[4]
    assert texts[2] == texts[5]


@pytest.mark.parametrize("key", ["", "x" * 64, "a" * 41, "æ", "form:1", "'"])
def test_a_key_that_is_none_is_replaced(browser, web, key):
    assert browser.submit(browser.get("/kontakt"), "/kontakt", **FILLED, request_key=key).status == 200
    with web.services.database.reading() as connection:
        [stored_key] = connection.execute(select(cases.c.request_key)).scalars()
    assert re.fullmatch(r"form:[0-9a-f]{40}", stored_key)
