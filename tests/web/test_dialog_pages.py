"""Book en dialog over HTTP: choose a time, get an invitation, call it off."""

import pytest
import requests
from sqlalchemy import select

from bot.storage.leader_tables import dialogs
from tests.web.strict_browser import StrictBrowser, filled_in

UNIT = "/dialog/erhvervsservice"
FILLED = {"name": "Åse Holm", "company": "Café <Ø>", "email": "Aase@cafe.dk", "about": "Skilte & borde"}


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def first_slot(page):
    return page.all("input", name="slot")[0].get("value")


def book(browser, page=None, **changes):
    page = page or browser.get(UNIT)
    return browser.submit(page, UNIT, **{**FILLED, "slot": first_slot(page), **changes})


def stored(web):
    with web.services.database.reading() as connection:
        return connection.execute(select(dialogs)).all()


def test_the_contact_page_leads_to_the_leaders_and_on_to_their_times(browser, content):
    assert browser.get("/kontakt").all("a", href="/dialog")
    page = browser.get("/dialog")
    for offer in content.dialogs.offers:
        assert page.all("a", href=f"/dialog/{offer.unit}")
    assert "lederen af Erhvervsservice" in browser.get(UNIT).text


def test_a_talk_is_booked_and_its_time_is_not_shown_to_the_next(browser, web):
    page = browser.get(UNIT)
    slot = first_slot(page)
    done = book(browser, page)
    assert (done.status, "Du har en aftale" in done.text, "aase@cafe.dk" in done.text) == (200, True, True)
    [row] = stored(web)
    assert (row.company, row.about) == ("Café <Ø>", "Skilte & borde")
    assert slot not in [field.get("value") for field in browser.get(UNIT).all("input", name="slot")]


def test_of_two_who_saw_the_same_time_the_second_is_told_and_keeps_what_was_typed(web, browser, sentence):
    other = StrictBrowser(web.address)
    seen = other.get(UNIT)
    book(browser)
    page = book(other, seen, name="Bo Bang", about="Hegn")
    assert (page.status, sentence("dialog_taken") in page.alert()) == (409, True)
    assert page.find("textarea", name="about").text == "Hegn"
    assert page.find("input", name="name").get("value") == "Bo Bang"
    assert not [field for field in page.all("input", name="slot") if field.get("checked") is not None]
    assert book(other, page, name="Bo Bang").status == 200
    assert len(stored(web)) == 2


def test_a_form_sent_twice_books_once(web, browser):
    page = browser.get(UNIT)
    fields = {**filled_in(page.form(UNIT)), **FILLED, "slot": first_slot(page)}
    texts = [browser.post(UNIT, fields).text for _ in range(2)]
    assert all("Du har en aftale" in text for text in texts)
    assert "Så brug linket i mailen" in texts[1]
    assert len(stored(web)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slot": ""}, "dialog_slot_missing"),
        ({"slot": "2026-11-24T09:00"}, "dialog_slot_gone"),
        ({"name": ""}, "name_missing"),
        ({"email": "aase"}, "email_wrong"),
        ({"about": " "}, "dialog_about_missing"),
        ({"csrf": "x"}, "expired_form"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(browser, web, sentence, changes, code):
    page = book(browser, **changes)
    assert (page.status, sentence(code) in page.alert()) == (400, True)
    assert stored(web) == []


def test_the_link_calls_the_talk_off_once_and_only_by_the_button(browser, web):
    done = book(browser)
    [address] = [link.get("href") for link in done.all("a") if "/aftale/" in link.get("href")]
    page = browser.get(address)
    assert "Din aftale" in page.text
    assert stored(web)[0].cancelled_at is None
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    again = browser.submit(page, address)
    assert "Aftalen er aflyst" in again.text
    assert stored(web)[0].slot is None
    assert not again.all("form", action=address)
    # The page as it stood open in another tab.
    assert "Aftalen er aflyst" in browser.submit(page, address).text


def test_a_talk_that_has_begun_is_not_called_off(browser, web, clock):
    done = book(browser)
    [address] = [link.get("href") for link in done.all("a") if "/aftale/" in link.get("href")]
    page = browser.get(address)
    clock.at = stored(web)[0].starts_at
    assert "Samtalen er allerede begyndt" in browser.submit(page, address).alert()
    assert "Samtalen er holdt" in browser.get(address).text


@pytest.mark.parametrize("path", ["/dialog/findes_ikke", "/dialog/jura", "/dialog/aftale/x"])
def test_what_is_not_there_is_not_found(web, path):
    assert requests.get(f"{web.address}{path}", timeout=20).status_code == 404


def test_who_sends_many_forms_is_told_to_wait(make_web):
    browser = StrictBrowser(make_web(rate_limit=1).address)
    seen = [book(browser, name="").status for _ in range(6)]
    assert seen == [400] * 5 + [429]


def test_nobodys_mailbox_is_filled_with_invitations_from_however_many_places(make_web):
    web = make_web(rate_limit=1, trusted_proxies=1)

    def from_place(number, email):
        browser = StrictBrowser(web.address)
        browser.http.headers["X-Forwarded-For"] = f"192.0.2.{number}"
        return book(browser, email=email).status

    assert [from_place(number, "bo@cafe.dk") for number in range(5)] == [200] * 5
    assert from_place(6, "Bo@Cafe.dk") == 429
    assert from_place(7, "en.anden@cafe.dk") == 200
    assert len(stored(web)) == 6
