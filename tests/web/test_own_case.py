"""A visitor's own case by its secret link: what it shows, a message, and taking it back."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.case_status import LASTS
from bot.core.cases import CaseState, Outcome
from bot.core.handoff import HandoffRequest
from bot.core.staff import StaffRole
from bot.storage.tables import case_events, case_links, outbox
from bot.web.accounts import Accounts
from tests.web.strict_browser import StrictBrowser

NASTY = '<script>alert(1)</script> "><img src=x onerror=alert(1)> {{ 7*7 }}'


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


@pytest.fixture
def receipt(web):
    return open_case(web)


def open_case(web, **changes):
    told = {
        "summary": "Må jeg have et skilt?",
        "name": "Mette Holm",
        "email": "mette@cafe.dk",
        "consent": True,
    }
    return web.services.handoff.submit(HandoffRequest(**{**told, **changes}))


def address(receipt):
    return f"/sag/{receipt.token}"


def now(web, receipt):
    return web.services.cases.get(receipt.case.id)


def worker(web, receipt):
    """Let a case worker of the case's unit take it."""
    Accounts(web.services).add("anna", "Anna Ås", StaffRole.STAFF, (receipt.case.unit,), "x" * 20)
    staff, _ = web.services.staff.by_login("anna")
    web.services.casework.claim(staff, receipt.case)
    return staff


def written(web):
    with web.services.database.reading() as connection:
        found = connection.execute(select(case_events.c.text).where(case_events.c.kind == "visitor_message"))
        return [row.text for row in found]


def send(browser, receipt, text):
    page = browser.get(address(receipt))
    return browser.submit(page, f"{address(receipt)}/besked", text=text)


def test_the_receipt_page_leads_to_the_case(browser, web):
    page = browser.submit(
        browser.get("/kontakt"),
        "/kontakt",
        summary="Må jeg have et skilt?",
        name="Mette Holm",
        phone="49282828",
        consent="1",
    )
    [link] = {href for href in page.links() if "/sag/" in href}
    own = browser.get(link[len(web.address) :])
    assert own.status == 200
    assert "Må jeg have et skilt?" in own.text
    assert "Gem siden som et bogmærke" in page.text


def test_the_mail_has_the_link_and_nothing_else_knows_it(browser, web, receipt):
    with web.services.database.reading() as connection:
        mails = connection.execute(select(outbox).where(outbox.c.recipient == "mette@cafe.dk")).all()
        stored = str(connection.execute(select(case_links)).all())
    [mail] = mails
    [link] = re.findall(rf"{web.services.settings.web_address}(/sag/\S+)", mail.body)
    assert link == address(receipt)
    assert receipt.token not in stored
    assert mail.subject == f"Vi har fået din henvendelse {receipt.case.reference}"
    assert "skilt" not in mail.body
    assert web.services.content.units.get(receipt.case.unit).mailbox == mail.reply_to
    assert browser.get(link).status == 200


def test_the_page_says_who_has_the_case_and_until_when(browser, web, receipt):
    page = browser.get(address(receipt))
    assert "har fået din sag, men er ikke gået i gang med den endnu." in page.text
    assert re.search(r"Vi sigter efter at svare senest \w+dag den \d+\. \w+ 20\d\d", page.text)
    worker(web, receipt)
    assert "er gået i gang med din sag" in browser.get(address(receipt)).text


def test_what_the_unit_wrote_stands_there_and_its_notes_do_not(browser, web, receipt):
    staff = worker(web, receipt)
    web.services.casework.note(staff, now(web, receipt), "Husk chefen")
    web.services.casework.reply(staff, now(web, receipt), "Ja, du må gerne.", "close", Outcome.ANSWERED.value)
    text = browser.get(address(receipt)).text
    assert "Ja, du må gerne." in text
    assert "lukkede sagen" in text
    assert "Husk chefen" not in text
    assert "Anna Ås" not in text


def test_a_message_reaches_the_unit_and_is_shown(browser, web, receipt):
    page = send(browser, receipt, "Skiltet er 2 m². CPR 010190-1234")
    assert page.status == 200
    assert "Din besked er sendt." in page.text
    assert written(web) == ["Skiltet er 2 m². CPR [CPR-nummer fjernet]"]
    assert "Skiltet er 2 m²." in page.text


def test_a_message_sent_twice_is_kept_once(browser, web, receipt):
    page = browser.get(address(receipt))
    for _ in range(2):
        browser.submit(page, f"{address(receipt)}/besked", text="Hej igen")
    assert written(web) == ["Hej igen"]


@pytest.mark.parametrize(
    ("text", "code"), [("", "visitor_message_missing"), ("x" * 4001, "visitor_message_long")]
)
def test_a_message_that_cannot_be_taken_is_named_and_kept_in_the_form(
    browser, web, receipt, sentence, text, code
):
    page = send(browser, receipt, text)
    assert page.status == 400
    assert sentence(code) in page.alert()
    assert page.find("textarea", id="text").get("aria-invalid") == "true"
    assert (page.find("textarea", id="text").text or "").strip() == text
    assert written(web) == []


def test_a_message_to_a_case_that_was_closed_opens_it_again(browser, web, receipt):
    staff = worker(web, receipt)
    web.services.casework.close(staff, now(web, receipt), Outcome.ANSWERED.value, "")
    assert "Sagen bliver åbnet igen" in browser.get(address(receipt)).text
    assert send(browser, receipt, "Jeg mangler noget").status == 200
    assert now(web, receipt).state is CaseState.NEW


def test_a_case_closed_long_ago_takes_no_message_and_the_page_says_so(browser, web, receipt, clock, sentence):
    form = browser.get(address(receipt))
    staff = worker(web, receipt)
    web.services.casework.close(staff, now(web, receipt), Outcome.ANSWERED.value, "")
    clock.move(days=31)
    page = browser.submit(form, f"{address(receipt)}/besked", text="Hallo?")
    assert page.status == 409
    assert sentence("message_ended") in page.alert()
    assert page.all("textarea") == []
    assert written(web) == []


def test_a_case_is_withdrawn_after_a_question(browser, web, receipt):
    asked = browser.get(f"{address(receipt)}/traek-tilbage")
    assert now(web, receipt).state is CaseState.NEW
    page = browser.submit(asked, f"{address(receipt)}/traek-tilbage")
    assert now(web, receipt).state is CaseState.WITHDRAWN
    assert "Sagen er trukket tilbage." in page.text
    assert "/traek-tilbage" not in str(page.links())


def test_withdrawing_twice_is_withdrawing_once(browser, web, receipt):
    asked = browser.get(f"{address(receipt)}/traek-tilbage")
    pages = [browser.submit(asked, f"{address(receipt)}/traek-tilbage") for _ in range(2)]
    assert [page.status for page in pages] == [200, 200]
    assert now(web, receipt).version == 2
    assert browser.get(f"{address(receipt)}/traek-tilbage").address.endswith(receipt.token)


def test_a_case_that_was_answered_meanwhile_is_not_withdrawn(browser, web, receipt, sentence):
    asked = browser.get(f"{address(receipt)}/traek-tilbage")
    staff = worker(web, receipt)
    web.services.casework.close(staff, now(web, receipt), Outcome.ANSWERED.value, "")
    page = browser.submit(asked, f"{address(receipt)}/traek-tilbage")
    assert page.status == 409
    assert sentence("withdraw_ended") in page.alert()
    assert now(web, receipt).state is CaseState.CLOSED


@pytest.mark.parametrize("path", ["besked", "traek-tilbage"])
def test_a_form_of_another_site_changes_nothing(browser, web, receipt, sentence, path):
    browser.get(address(receipt))
    reply = browser.http.post(
        f"{web.address}{address(receipt)}/{path}", data={"text": "Hej", "csrf": "forkert"}
    )
    assert reply.status_code == 400
    assert sentence("expired_form") in reply.text
    assert now(web, receipt) == receipt.case


def test_what_was_written_is_shown_as_text(browser, web):
    receipt = open_case(web, summary=NASTY)
    page = send(browser, receipt, NASTY)
    assert page.text.count("<script>alert(1)</script>") == 2
    assert "{{ 7*7 }}" in page.text
    assert page.all("img") == []


@pytest.mark.parametrize("path", ["", "/traek-tilbage"])
def test_an_unknown_link_is_a_page_that_is_not_there(browser, receipt, path):
    assert browser.get(f"/sag/{'x' * 43}{path}").status == 404
    assert browser.get(f"{address(receipt)[:-1]}{path}").status == 404


def test_a_link_runs_out_some_time_after_the_end(browser, web, receipt, clock):
    web.services.visitor_acts.withdraw(receipt.case)
    clock.move(days=LASTS.days)
    assert browser.get(address(receipt)).status == 200
    clock.move(seconds=timedelta(seconds=1).total_seconds())
    assert browser.get(address(receipt)).status == 404


@pytest.mark.parametrize("path", ["", "/traek-tilbage"])
def test_the_page_is_kept_from_search_engines_other_sites_and_memories(browser, receipt, path):
    headers = browser.get(f"{address(receipt)}{path}").response.headers
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
