"""The pages of talks and of cases that were sent on: who is led there, and what stands on them."""

import pytest

from bot.core.dialogs import DialogRequest, slot_text
from bot.core.staff import StaffRole
from tests.web.conftest import PASSWORD


@pytest.fixture
def lea(accounts, log_in):
    """A browser in which a leader is logged in."""
    accounts.add("lea", "Lea Leder", StaffRole.LEADER, ("erhvervsservice", "bevilling"), PASSWORD)
    return log_in("lea")


def test_a_leader_finds_the_talks_that_were_booked(console, lea):
    assert "Der er ingen aftaler lige nu." in lea.get("/aftaler").text
    dialogs = console.services.dialogs
    slot = slot_text(dialogs.free("erhvervsservice")[0])
    dialogs.book(
        "erhvervsservice", DialogRequest(slot, "Åse", "Café <b>Ø</b>", "a@x.dk", "Skilte & borde"), "k"
    )
    page = lea.get("/aftaler")
    page.check()
    assert "Café <b>Ø</b>" in page.text
    assert "Skilte & borde" in page.text
    assert page.find("a", href="/aftaler").get("aria-current") == "page"


def test_a_leader_finds_the_cases_that_had_come_wrong_and_why(log_in, lea, case):
    browser = log_in("admin")
    page = browser.get(f"/sager/{case.id}")
    browser.submit(
        page,
        f"/sager/{case.id}/send-videre",
        unit="byggesag",
        misrouted="ja",
        text="Det er <b>byggeri</b>",
    )
    for address in ("/sendt-videre", "/sendt-videre?vis=forkert"):
        page = lea.get(address)
        page.check()
        assert "Det er <b>byggeri</b>" in page.text
        assert case.reference in page.text
        # It is another unit's now.
        assert page.all("a", href=f"/sager/{case.id}") == []
    assert browser.get("/sendt-videre").find("a", href=f"/sager/{case.id}") is not None


@pytest.mark.parametrize("address", ["/aftaler", "/sendt-videre"])
def test_staff_who_lead_nobody_are_neither_led_there_nor_let_in(log_in, address):
    browser = log_in("bo")
    assert browser.get("/").all("a", href=address) == []
    assert browser.get(address).status == 403
