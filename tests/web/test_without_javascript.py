"""Asking, judging, keeping and erasing with nothing but forms."""

import re

import pytest
import requests
from sqlalchemy import select

from bot.bootstrap import now
from bot.storage.tables import cases, messages
from tests.web.rasa_stand_in import ANSWER
from tests.web.strict_browser import StrictBrowser, filled_in


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def rows(web, table):
    with web.services.database.reading() as connection:
        return connection.execute(select(table)).all()


def ask(browser, text):
    return browser.submit(browser.get("/"), "/samtale", "text", text=text)


def test_a_question_is_asked_and_answered_on_the_page(browser, rasa):
    rasa.says(*ANSWER)
    page = browser.get("/")
    assert page.messages("bot")[0].startswith("Hej.")
    page = browser.submit(page, "/samtale", "text", text="Må jeg sælge øl?")
    assert page.status == 200
    assert page.messages("visitor") == ["Må jeg sælge øl?"]
    assert page.messages("bot")[-1] == "Du skal have en alkoholbevilling. Den koster 1.050 kr."
    assert "https://example.dk/lov" in {link.get("href") for link in page.all("a")}
    assert browser.get("/").messages("visitor") == ["Må jeg sælge øl?"]


def test_the_answer_to_a_form_is_a_redirect_so_that_reloading_sends_nothing(browser, rasa):
    page = browser.get("/")
    fields = {**filled_in(page.form("/samtale", "text")), "text": "Hej"}
    reply = browser.post("/samtale", fields, follow=False)
    assert (reply.status_code, reply.headers["Location"]) == (302, "/#seneste")


def test_the_embedded_page_stays_embedded(browser):
    page = browser.get("/?indlejret=1")
    fields = {**filled_in(page.form("/samtale", "text")), "text": "Hej"}
    assert browser.post("/samtale", fields, follow=False).headers["Location"] == "/?indlejret=1#seneste"


def test_a_suggestion_is_a_question_that_can_be_tapped(browser, rasa, content):
    page = browser.get("/")
    suggestions = [button.get("value") for button in page.all("button", name="text")]
    assert suggestions == list(content.municipality.suggestions)
    browser.submit(page, "/samtale", "text", text=suggestions[0])
    assert rasa.messages == [suggestions[0]]
    assert not browser.get("/").all("button", name="text")


def test_a_choice_can_be_tapped(browser, rasa):
    rasa.says(*ANSWER)
    page = ask(browser, "øl")
    choice = page.find("button", name="payload")
    browser.submit(page, "/samtale", "payload", payload=choice.get("value"))
    assert rasa.messages == ["øl", '/alkoholbevilling{"aspekt":"pris"}']
    assert browser.get("/").messages("visitor") == ["øl", "Hvad koster det?"]


def test_the_same_form_sent_twice_is_one_message(browser, rasa, web):
    page = ask(browser, "først")
    fields = {**filled_in(page.form("/samtale", "text")), "text": "så"}
    browser.post("/samtale", fields)
    page = browser.post("/samtale", fields)
    assert page.messages("visitor") == ["først", "så"]
    assert rasa.messages == ["først", "så"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_missing"),
        (" \n ", "text_missing"),
        ("x" * 1001, "text_too_long"),
    ],
    ids=["empty", "blank", "long"],
)
def test_a_text_that_cannot_be_taken_is_said_so_and_kept(browser, sentence, text, code):
    page = ask(browser, text)
    assert page.status == 400
    assert sentence(code) in page.alert()
    assert (page.find("textarea", name="text").text or "").strip() == text.strip()


def test_when_the_bot_is_down_the_page_names_the_contact_form(browser, rasa):
    rasa.stop()
    page = ask(browser, "Må jeg sælge øl?")
    assert page.status == 503
    assert "kontaktformularen" in page.alert()
    assert page.messages("visitor") == ["Må jeg sælge øl?"]


def test_a_reply_is_judged_and_the_page_says_thanks(browser, rasa, web):
    rasa.says(*ANSWER)
    page = browser.submit(ask(browser, "øl"), "/samtale/nyttigt", useful="1")
    assert "Tak. Godt, at det hjalp." in page.text
    assert not page.all("form", action="/samtale/nyttigt")
    assert [row.useful for row in rows(web, messages)] == [None, None, True]


@pytest.mark.parametrize("number", ["", "x", "99", "²", "1" * 30])
def test_a_reply_that_is_not_there_cannot_be_judged(browser, rasa, number):
    rasa.says(*ANSWER)
    page = ask(browser, "øl")
    assert browser.submit(page, "/samtale/nyttigt", useful="1", number=number).status == 404


def test_the_conversation_can_be_kept_as_a_file(browser):
    ask(browser, "Må jeg sælge øl?")
    reply = browser.http.get(f"{browser.address}/samtale/udskrift", timeout=20)
    assert reply.headers["Content-Disposition"] == 'attachment; filename="samtale.txt"'
    assert "Må jeg sælge øl?" in reply.text


def test_the_conversation_is_erased_and_the_page_says_so(browser, web, sentence):
    page = browser.submit(ask(browser, "Hej"), "/samtale/slet")
    assert sentence("erased") in page.text
    assert page.messages("visitor") == []
    assert rows(web, messages) == []
    assert browser.get("/").messages("visitor") == []


def test_the_page_and_the_api_show_the_same_conversation(browser):
    page = ask(browser, "Hej fra formularen")
    token = page.find("meta", name="genvej-token").get("content")
    headers = {"Authorization": f"Bearer {token}"}
    requests.post(
        f"{browser.address}/chat/messages", json={"text": "Hej fra API"}, headers=headers, timeout=20
    )
    assert browser.get("/").messages("visitor") == ["Hej fra formularen", "Hej fra API"]


@pytest.mark.parametrize("path", ["/samtale", "/samtale/nyttigt", "/samtale/slet", "/kontakt"])
@pytest.mark.parametrize("csrf", [None, "", "x", "0" * 64, "æøå"])
def test_a_form_that_did_not_come_from_our_own_page_is_refused(browser, web, rasa, sentence, path, csrf):
    rasa.says(*ANSWER)
    ask(browser, "øl")
    before = len(rows(web, messages))
    fields = {
        "summary": "Øl",
        "name": "Anna",
        "email": "anna@cafe.dk",
        "consent": "1",
        "text": "Hej",
        "number": "3",
        "useful": "1",
        **({} if csrf is None else {"csrf": csrf}),
    }
    page = browser.post(path, fields)
    assert page.status == 400
    assert sentence("expired_form") in page.text
    assert (len(rows(web, messages)), rows(web, cases)) == (before, [])


def test_the_form_of_one_visitor_is_no_use_to_another(web):
    anna, bo = StrictBrowser(web.address), StrictBrowser(web.address)
    bo.get("/")
    page = anna.get("/")
    assert bo.post("/samtale", {**filled_in(page.form("/samtale", "text")), "text": "Hej"}).status == 400


def test_a_cookie_that_was_made_up_opens_nothing(browser, web):
    ask(browser, "Hej")
    for made_up in ("x", "", "' OR 1=1", "x" * 3000):
        other = StrictBrowser(web.address)
        other.http.headers["Cookie"] = f"genvej={made_up}"
        assert other.get("/").messages("visitor") == []


def test_too_many_messages_are_told_how_long_to_wait_and_the_text_is_kept(make_web):
    browser = StrictBrowser(make_web(at=now, rate_limit=1).address)
    page = browser.get("/")
    for number in range(31):
        page = browser.submit(page, "/samtale", "text", text=f"nr {number}")
    assert page.status == 429
    assert re.search(r"Vent \d+ sekunder", page.alert())
    assert page.find("textarea", name="text").text == "nr 30"
