"""What the list of cases tells at a glance: who has written, what belongs together, and how old a case is."""

from datetime import date, datetime, timedelta

import pytest

from bot.bootstrap import DENMARK
from bot.core.cases import CaseState
from bot.core.handoff import HandoffRequest
from bot.core.staff import StaffRole
from bot.web.console_views import ConsoleViews
from tests.unit.fakes import a_case
from tests.web.conftest import PASSWORD
from tests.web.strict_browser import words
from tests.web.test_console_cases import act

TODAY = date(2026, 11, 23)


def row(page, case):
    """Return what a row of the list says."""
    [found] = [words(line) for line in page.all("tr") if f"{case.reference} " in f"{words(line)} "]
    return found


def write(console, case, text="Hvornår hører vi fra jer?"):
    console.services.visitor_acts.visitor_message(console.services.cases.get(case.id), text)


def test_a_business_that_has_answered_is_seen_in_the_list_and_on_the_case_until_staff_act(
    console, log_in, case
):
    browser = log_in("anna")
    act(browser, case, "tag")
    act(browser, case, "vent", text="Hvor stor er baren?")
    assert "Nyt svar" not in row(browser.get("/"), case)
    write(console, case, "<b>40</b> kvadratmeter")
    assert "Nyt svar" in row(browser.get("/"), case)
    page = browser.get(f"/sager/{case.id}")
    assert "Nyt svar Virksomheden skrev 23. november 2026 kl. 10.15" in page.text
    assert "<b>40</b> kvadratmeter" in words(page.find("li", id="nyt-fra-virksomheden"))
    # Looking at it is not enough.
    assert "Nyt svar" in row(browser.get("/"), case)
    page = act(browser, case, "note", text="Ringet")
    assert "Nyt svar" not in page.text
    assert page.all("li", id="nyt-fra-virksomheden") == []
    assert "Nyt svar" not in row(browser.get("/"), case)


def test_what_comes_before_anybody_has_written_is_a_message_and_no_answer(console, log_in, case):
    write(console, case)
    browser = log_in("anna")
    assert "Ny besked" in row(browser.get("/"), case)
    assert "Ny besked Virksomheden skrev" in browser.get(f"/sager/{case.id}").text


def test_an_ended_case_that_the_business_wrote_to_is_marked_and_one_that_it_took_back_is_not(
    console, log_in, case, hand_over
):
    other = hand_over("Tilbygning", "byggetilladelse")
    browser = log_in("anna")
    act(browser, case, "tag")
    act(browser, case, "luk", outcome="answered")
    write(console, case)
    write(console, other)
    console.services.visitor_acts.withdraw(console.services.cases.get(other.id))
    assert "Nyt svar" in row(browser.get("/"), case)
    ended = row(browser.get("/?tilstand=lukkede"), other)
    assert "Trukket tilbage" in ended
    assert "Ny besked" not in ended
    assert "Ny besked" not in browser.get(f"/sager/{other.id}").text


def test_who_sent_a_case_on_sees_the_message_but_is_not_told_to_act(console, log_in, case):
    browser = log_in("anna")
    act(browser, case, "send-videre", unit="jura", text="Jeres", misrouted="ja")
    write(console, case)
    page = browser.get(f"/sager/{case.id}")
    assert "Virksomheden skrev" in page.text
    assert "Mærket forsvinder" not in page.text
    assert "Mærket forsvinder" in log_in("carl").get(f"/sager/{case.id}").text


def test_a_chief_sees_that_a_business_wrote_and_none_of_its_words(console, accounts, log_in, case):
    accounts.add("chef", "Chef", StaffRole.CHIEF, (), PASSWORD)
    write(console, case)
    page = log_in("chef").get("/")
    assert "Ny besked" in row(page, case)
    assert "Hvornår hører vi" not in page.text


def test_the_list_says_of_what_a_case_is_a_part_and_how_many_parts_it_has(console, log_in):
    request = HandoffRequest(
        "Øl og borde", "Mette", email="m@x.dk", consent=True, topics=("alkoholbevilling", "udeservering")
    )
    whole = console.services.handoff.submit(request).case
    [part] = console.services.cases.parts(whole.id)
    page = log_in("admin").get("/")
    assert f"{whole.reference} · 1 del · modtaget" in page.text
    assert f"{part.reference} · del af {whole.reference} · modtaget" in page.text
    # Also where only the part is listed.
    assert f"del af {whole.reference}" in log_in("admin").get(f"/?enhed={part.unit}").text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "(i dag)"),
        (1, "(i går)"),
        (2, "(2 dage gammel)"),
        (13, "(13 dage gammel)"),
        (14, "(2 uger gammel)"),
        (20, "(2 uger gammel)"),
        (21, "(3 uger gammel)"),
    ],
)
def test_the_age_of_a_case_is_told_in_words_and_the_day_is_in_the_element(
    console, log_in, clock, case, days, said
):
    with console.services.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE cases SET answer_by = '2027-12-01'")
    clock.move(days=days)
    page = log_in("anna").get("/")
    assert f"modtaget 23. november 2026 kl. 10.15 {said}" in row(page, case)
    [at] = page.all("time")
    assert at.get("datetime") == "2026-11-23T10:15:00+01:00"
    assert at.get("title") == "mandag den 23. november 2026"


@pytest.mark.parametrize(
    ("changes", "age"),
    [
        ({"answer_by": TODAY + timedelta(days=2)}, 3),
        # A case that waits has no date that comes nearer.
        ({"answer_by": TODAY, "state": CaseState.WAITING}, 3),
        ({"answer_by": TODAY - timedelta(days=9), "state": CaseState.WAITING}, 3),
        # Its date says more.
        ({"answer_by": TODAY + timedelta(days=1)}, None),
        ({"answer_by": TODAY}, None),
        ({"answer_by": TODAY - timedelta(days=1)}, None),
        ({"answer_by": TODAY + timedelta(days=9), "state": CaseState.CLOSED}, None),
        # Days are those of Denmark, and a clock may be late.
        ({"answer_by": date.max, "created_at": datetime(2026, 11, 22, 23, 59, tzinfo=DENMARK)}, 1),
        ({"answer_by": date.max, "created_at": datetime(2026, 11, 24, 0, 1, tzinfo=DENMARK)}, 0),
    ],
)
def test_the_age_stands_where_the_date_does_not_say_more(console, changes, age):
    came = datetime(2026, 11, 20, 12, tzinfo=DENMARK)
    case = a_case(**{"created_at": came, **changes})
    assert ConsoleViews(console.services).line(case, TODAY)["age_days"] == age
