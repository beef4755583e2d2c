"""Overblik: leaders see the figures of their units, the chief those of all, and nobody else any."""

import pytest
import requests

from bot.core.staff import StaffRole
from tests.web.conftest import PASSWORD


@pytest.fixture
def leaders(accounts):
    accounts.add("lea", "Lea", StaffRole.LEADER, ("bevilling", "byggesag"), PASSWORD)
    accounts.add("dir", "Dorte", StaffRole.CHIEF, (), PASSWORD)


def rows(page):
    return [row.text for table in page.all("tbody") for row in table.iter("th") if row.get("scope") == "row"]


def test_a_leader_sees_the_own_units_and_all_together(log_in, leaders, case, content):
    page = log_in("lea").get("/overblik")
    assert rows(page) == [
        "Alle tilsammen",
        *(content.units.get(unit).name for unit in ("bevilling", "byggesag")),
    ]
    assert page.all("a", href="/overblik")
    assert "27. oktober 2026 til 23. november 2026" in page.text


def test_the_chief_and_the_administrator_see_every_unit(log_in, leaders, case, content):
    for login in ("dir", "admin"):
        assert len(rows(log_in(login).get("/overblik"))) == 1 + len(content.units.all())


def test_nothing_that_a_business_wrote_stands_there(log_in, leaders, case):
    page = log_in("dir").get("/overblik")
    assert page.status == 200
    text = page.text
    assert "fortovet" not in text
    assert "Mette Holm" not in text


def test_others_neither_see_it_nor_a_way_to_it(log_in, ida):
    for browser in (log_in("anna"), ida):
        assert not browser.get("/").all("a", href="/overblik")
        assert browser.get("/overblik").status == 403


def test_without_a_login_nothing_is_shown(console):
    reply = requests.get(f"{console.address}/overblik", allow_redirects=False, timeout=20)
    assert reply.headers["Location"] == "/login"


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?fra=2026-11-16&til=2026-11-22", 200, "16. november 2026 til 22. november 2026"),
        ("?fra=2026-11-16&til=2026-11-16", 200, "16. november 2026 til 16. november 2026"),
        ("?fra=&til=", 200, "27. oktober 2026"),
        ("?fra=2026-11-22&til=2026-11-16", 400, "Vælg en første og en sidste dag"),
        ("?fra=2026-11-22", 400, "Vælg en første og en sidste dag"),
        ("?fra=2020-01-01&til=2026-01-01", 400, "Vælg en første og en sidste dag"),
        ("?fra=9999-12-31&til=9999-12-31", 400, "Vælg en første og en sidste dag"),
        ("?fra=igår&til=i+dag", 400, "Vælg en første og en sidste dag"),
    ],
)
def test_the_period_may_be_chosen(log_in, leaders, query, status, said):
    page = log_in("dir").get(f"/overblik{query}")
    assert (page.status, said in page.text) == (status, True)
