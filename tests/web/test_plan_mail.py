"""A visitor mails a plan to herself: its address, the PDF and the calendar, and nobody else's mailbox is filled."""

import email
import email.policy
import io
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from bot.notify.delivery import as_message
from tests.web.strict_browser import StrictBrowser, words

ANSWERS = "form=aps&ny_anvendelse=ja&koekken=ja&alkohol=ja&nat=nej&ude=facade&musik=ja&skilt=nej&ansatte=nej"


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


@pytest.fixture
def page(browser):
    return browser.get(f"/plan/cafe?{ANSWERS}&start=2026-12-01")


def mails(web):
    """Return what waits for delivery, as a mail server gets it."""
    waiting = web.services.waiting.due(web.services.clock())
    sent = [as_message(one.item, "genvej@x.dk", web.services.clock).as_bytes() for one in waiting]
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in sent]


def files(mail):
    return {part.get_filename(): part.get_content() for part in mail.iter_attachments()}


def test_the_mail_brings_the_address_the_pdf_and_the_calendar(page, browser, web):
    after = browser.submit(page, "/plan/cafe/mail", email="Mette@Firma.dk")
    assert "Planen er på vej" in after.text
    [mail] = mails(web)
    assert (mail["To"], mail["Subject"]) == ("mette@firma.dk", "Din plan: Åbn en café eller restaurant")
    text = mail.get_body(("plain",)).get_content()
    assert f"{web.services.settings.web_address}/plan/cafe?form=aps" in text
    assert "Du kan tidligst åbne" in text
    assert 'lang="da"' in mail.get_body(("html",)).get_content()
    found = files(mail)
    assert set(found) == {"plan-cafe.pdf", "plan-cafe.ics"}
    assert "Åbn en café" in PdfReader(io.BytesIO(found["plan-cafe.pdf"])).pages[0].extract_text()
    assert "BEGIN:VCALENDAR" in str(found["plan-cafe.ics"])


def test_a_kept_plan_is_mailed_with_its_own_address(page, browser, web):
    kept = browser.submit(page, "/plan/cafe", "csrf")
    path = urlsplit(kept.address).path
    ticked = browser.submit(kept, f"{path}/trin", step="lokale", done="1")
    browser.submit(ticked, f"{path}/mail", email="mette@firma.dk")
    [mail] = mails(web)
    assert f"{web.services.settings.web_address}{path}" in mail.get_body(("plain",)).get_content()
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(files(mail)["plan-cafe.pdf"])).pages)
    assert "Gjort:" in " ".join(text.split())


@pytest.mark.parametrize(
    "address", ["", " ", "mette", "mette@", "a@b.dk, c@d.dk", "a@b.dk\nBcc: c@d.dk", "x" * 300 + "@firma.dk"]
)
def test_what_is_no_address_is_asked_for_again_and_nothing_is_sent(page, browser, web, address):
    again = browser.submit(page, "/plan/cafe/mail", email=address)
    assert "Mailadressen ser ikke rigtig ud" in words(again.find(id="email-fejl"))
    assert again.find(id="email").get("aria-invalid") == "true"
    assert mails(web) == []


def test_a_form_from_elsewhere_sends_nothing(browser, web):
    data = dict(pair.split("=") for pair in ANSWERS.split("&"))
    reply = browser.http.post(
        f"{web.address}/plan/cafe/mail", {**data, "email": "mette@firma.dk"}, timeout=20
    )
    assert reply.status_code == 400
    assert mails(web) == []


def test_a_plan_that_is_not_answered_is_asked_on_and_not_sent(page, browser, web):
    token = page.find(name="csrf").get("value")
    reply = browser.http.post(
        f"{web.address}/plan/cafe/mail", {"csrf": token, "email": "mette@firma.dk", "form": "aps"}, timeout=20
    )
    assert urlsplit(reply.url).path == "/plan/cafe"
    assert mails(web) == []
