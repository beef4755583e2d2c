"""The chat without JavaScript: nothing typed is lost or stored twice, and each day has its date."""

import pytest
from sqlalchemy import select

from bot.storage.tables import messages
from tests.web.strict_browser import StrictBrowser, filled_in


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def test_after_the_bot_was_away_the_same_form_asks_again_without_storing_twice(browser, rasa):
    rasa.stop()
    page = browser.submit(browser.get("/"), "/samtale", "text", text="Må jeg sælge øl?")
    assert page.status == 503
    draft = page.find("textarea", name="text").text
    assert draft == "Må jeg sælge øl?"
    other = browser.submit(page, "/samtale", "text", text="Noget andet")
    assert other.messages("visitor") == ["Må jeg sælge øl?", "Noget andet"]
    rasa.start()
    page = browser.submit(page, "/samtale", "text", text=draft)
    assert page.status == 200
    assert page.messages("visitor") == ["Må jeg sælge øl?", "Noget andet"]
    assert rasa.messages == ["Må jeg sælge øl?"]


def test_other_words_from_a_page_the_browser_went_back_to_are_another_message(browser):
    page = browser.get("/")
    for text in ("Først", "Så", "Først"):
        browser.submit(page, "/samtale", "text", text=text)
    assert browser.get("/").messages("visitor") == ["Først", "Så"]


@pytest.mark.parametrize("client_id", ["", "x" * 65, "æ", "1 2"])
def test_an_id_that_is_none_is_replaced(browser, web, client_id):
    browser.submit(browser.get("/"), "/samtale", "text", text="Hej", client_id=client_id)
    with web.services.database.reading() as connection:
        ids = [found for found in connection.execute(select(messages.c.client_id)).scalars() if found]
    assert [len(found) for found in ids] == [40]


def test_a_form_that_has_expired_comes_back_with_its_text(browser, sentence):
    fields = {**filled_in(browser.get("/?indlejret=1").form("/samtale", "text")), "text": "Øl?", "csrf": "x"}
    page = browser.post("/samtale", fields)
    assert (page.status, sentence("expired_form")) == (400, page.alert())
    assert filled_in(page.form("/samtale", "text"))["indlejret"] == "1"
    draft = page.find("textarea", name="text").text
    assert browser.submit(page, "/samtale", "text", text=draft).messages("visitor") == ["Øl?"]


def test_the_date_stands_where_a_new_day_begins(browser, clock):
    page = browser.submit(browser.get("/"), "/samtale", "text", text="Hej")
    times = [words(page, item) for item in page.all("time")]
    assert set(times[:-1]) == {"kl. 10.15"}
    clock.move(days=1)
    page = browser.get("/")
    assert [words(page, item) for item in page.all("time")][:2] == [
        "23. november 2026 kl. 10.15",
        "kl. 10.15",
    ]
    page = browser.submit(page, "/samtale", "text", text="Hej igen")
    shown = [words(page, item) for item in page.all("time")]
    assert shown.count("I dag kl. 10.15") == 1
    text = browser.http.get(f"{browser.address}/samtale/udskrift", timeout=20).text
    assert text.count("23. november 2026") == 1
    assert "\n\n24. november 2026\n\nDu kl. 10.15\nHej igen\n" in text


def words(page, item):
    return " ".join("".join(item.itertext()).split())
