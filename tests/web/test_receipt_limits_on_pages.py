"""Who types a stranger's address fills no mailbox, and still gets the receipt on the page."""

import pytest
from sqlalchemy import select

from bot.bootstrap import now
from bot.core.handoff import HandoffRequest
from bot.core.staff import StaffRole
from bot.storage.tables import outbox
from bot.web.accounts import Accounts
from tests.web.strict_browser import StrictBrowser

FORM = {"summary": "Må jeg have et skilt?", "name": "Mette Holm", "email": "mette@cafe.dk", "consent": "1"}


@pytest.fixture
def limited(make_web):
    """The web with its limits on; they count in real time."""
    return make_web(at=now, rate_limit=1)


def open_case(web, number):
    told = HandoffRequest(f"Skilt nummer {number}", "Mette Holm", email="mette@cafe.dk", consent=True)
    return web.services.handoff.submit(told)


def mails_to(web, part):
    query = select(outbox.c.id).where(
        outbox.c.recipient == "mette@cafe.dk", outbox.c.message_id.contains(part)
    )
    with web.services.database.reading() as connection:
        return len(connection.execute(query).all())


def test_the_receipt_page_says_that_no_mail_follows_and_keeps_the_link(limited):
    for number in range(5):
        open_case(limited, number)
    browser = StrictBrowser(limited.address)
    page = browser.submit(browser.get("/kontakt"), "/kontakt", **FORM)
    assert page.status == 200
    text = " ".join(page.response.text.split())
    assert "Vi sender ikke en kvittering på mail denne gang" in text
    assert "Vi sender dig også linket i en mail" not in text
    assert "Du har ikke givet os en mailadresse" not in text
    assert "/sag/" in text
    assert mails_to(limited, ".receipt@") == 5


def test_opening_an_ended_case_again_and_again_writes_to_its_address_five_times_an_hour(limited):
    receipt = open_case(limited, 1)
    Accounts(limited.services).add("anna", "Anna Ås", StaffRole.STAFF, (receipt.case.unit,), "x" * 20)
    staff, _ = limited.services.staff.by_login("anna")
    browser, statuses = StrictBrowser(limited.address), []
    for number in range(6):
        case = limited.services.cases.get(receipt.case.id)
        limited.services.casework.claim(staff, case)
        limited.services.casework.close(staff, limited.services.cases.get(case.id), "answered", "")
        page = browser.get(f"/sag/{receipt.token}")
        sent = browser.submit(page, f"/sag/{receipt.token}/besked", text=f"Mere {number}")
        statuses.append(sent.status)
    assert statuses == [200] * 5 + [429]
    assert not limited.services.cases.get(receipt.case.id).open
