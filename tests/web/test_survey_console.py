"""Målinger in the console: figures by unit, who sees what, and calls that are made."""

import pytest
from sqlalchemy import select

from bot.core.staff import StaffRole
from bot.core.survey_answers import Answer, Solved
from bot.storage.survey_tables import survey_invitations
from tests.web.conftest import PASSWORD
from tests.web.strict_browser import words
from tests.web.survey_invites import close_a_case, links


@pytest.fixture
def answer(console):
    """Close a case and answer its invitation."""

    def give(number=1, service=4, solved=Solved.YES, comment="", scores=None, topic="alkoholbevilling"):
        services = console.services
        close_a_case(services, number, topic)
        token = links(services)[-1].rpartition("/")[2]
        invitation = services.surveys.find(token)
        key = services.surveys.answer(invitation, Answer(service, solved, comment))
        if scores:
            services.surveys.add_scores(services.surveys.find(token), key, scores)

    return give


@pytest.fixture
def leader(console, accounts, log_in):
    accounts.add("lise", "Lise Lund", StaffRole.LEADER, ("bevilling",), PASSWORD)
    return log_in("lise")


@pytest.fixture
def chief(console, accounts, log_in):
    accounts.add("chef", "Chefen", StaffRole.CHIEF, (), PASSWORD)
    return log_in("chef")


def row(page, unit):
    """Return the cells of a unit's row."""
    for line in page.find("tbody").iter("tr"):
        if words(line.find("th")) == unit:
            return [words(cell) for cell in line.iter("td")]
    return None


def test_nobody_asked_yet(leader):
    page = leader.get("/maalinger")
    assert page.status == 200
    assert "Ingen virksomheder er spurgt endnu" in page.text


def test_few_answers_show_counts_but_no_content(leader, answer):
    answer(1, service=3, comment="Hemmeligt")
    page = leader.get("/maalinger")
    cells = row(page, "Bevillinger")
    assert cells[0] == "1"
    assert cells[3] == "1"
    assert cells[6:] == ["for få svar"] * 3
    assert "Hemmeligt" not in page.text


def test_enough_answers_show_means_with_intervals_areas_index_and_comments(leader, answer):
    scores = {"kompetence": 10, "tilfredshed": 8, "forventning": 8, "ideal": 5}
    for number in range(5):
        answer(number, service=4 if number else 5, comment=f"Kommentar {number}", scores=scores)
    page = leader.get("/maalinger")
    cells = row(page, "Bevillinger")
    assert cells[1:6] == ["5", "0", "5", "0", "100 % (57–100 %)"]
    assert cells[6] == "4,2 (3,6–4,8)"
    assert cells[7] == "100 % (57–100 %)"
    assert cells[8] == "67 (alle ens)"
    assert "Kommentar 3" in page.text
    assert "Kompetence100 (alle ens)" in page.text
    assert "24 % svar" in page.text


def test_a_case_worker_sees_their_own_units_and_a_chief_all_but_no_calls(answer, log_in, chief):
    answer(1, service=1, comment="Ring til mig")
    assert row(log_in("anna").get("/maalinger"), "Bevillinger") is not None
    assert "Ingen virksomheder er spurgt endnu" in log_in("carl").get("/maalinger").text
    page = chief.get("/maalinger")
    assert row(page, "Bevillinger") is not None
    assert "Ring til mig" not in page.text


def test_a_call_is_shown_with_its_deadline_marked_when_late_and_done_with_a_note(leader, answer, clock):
    answer(1, service=1, solved=Solved.NO, comment="Ring til mig")
    page = leader.get("/maalinger")
    assert "Senest 26. november 2026" in page.text
    assert "Ring til mig" in page.text
    assert "Over tid" not in page.text
    clock.at = clock.at.replace(day=27)
    page = leader.submit(leader.get("/login"), "/login", login="lise", password=PASSWORD)
    page = leader.get("/maalinger")
    assert "Over tid" in page.text
    action = next(form.get("action") for form in page.all("form") if "/opkald/" in (form.get("action") or ""))
    empty = leader.submit(page, action)
    assert (empty.status, "Skriv noten først." in empty.alert()) == (400, True)
    done = leader.submit(page, action, text="Vi talte om ventetiden")
    assert "Der er ingen, I skal kontakte lige nu" in done.text
    assert "Vi talte om ventetiden (Lise Lund)" in done.text
    again = leader.submit(page, action, text="Ringet igen")
    assert (again.status, "En kollega har lige skrevet" in again.alert()) == (409, True)


def test_calls_are_another_units_leaders_business(console, accounts, log_in, answer, leader):
    answer(1, service=1)
    accounts.add("ole", "Ole", StaffRole.LEADER, ("jura",), PASSWORD)
    ole = log_in("ole")
    assert "Ring" not in ole.get("/maalinger").text
    token = ole.get("/maalinger").find("input", name="csrf").get("value")
    assert ole.post("/maalinger/opkald/1", {"csrf": token, "text": "Ringet"}).status == 404
    assert ole.post("/maalinger/opkald/x", {"csrf": token, "text": "Ringet"}).status == 404


def test_a_note_typed_while_the_login_ended_is_not_lost(leader, answer, clock):
    answer(1, service=1)
    page = leader.get("/maalinger")
    clock.move(hours=11)
    asked = leader.submit(page, "/maalinger/opkald/1", text="Vi talte om ventetiden")
    assert asked.status == 401
    back = leader.submit(asked, "/login", login="lise", password=PASSWORD)
    assert "Vi talte om ventetiden" in back.text
    assert words(back.find("h1")) == "Målinger"


def test_without_a_login_the_page_leads_to_it(console, leader):
    leader.http.cookies.clear()
    assert leader.get("/maalinger").address.endswith("/login")


def test_the_log_tells_what_was_sent_and_not_who_answered(console, leader, answer):
    case = close_a_case(console.services, 1)
    assert "sendt endnu" in leader.get("/maalinger").text
    console.services.survey_figures.report(sent_as(console), False)
    answer(2)
    page = leader.get("/maalinger")
    lines = [words(line) for line in page.all("li") if "mail" in words(line) and "HEL-" in words(line)]
    assert len(lines) == 2
    [failed] = [line for line in lines if case.reference in line]
    assert "Bevillinger" in failed
    assert failed.endswith("ikke nået frem")
    assert not any("svar" in line for line in lines)


def test_the_log_shows_a_chief_the_sendings_but_leads_to_no_case(console, chief):
    case = close_a_case(console.services, 1)
    page = chief.get("/maalinger")
    assert case.reference in page.text
    assert page.all("a", href=f"/sager/{case.id}") == []


def test_the_log_of_another_units_leader_has_nothing_of_ours(console, accounts, log_in):
    case = close_a_case(console.services, 1)
    accounts.add("bodil", "Bodil", StaffRole.LEADER, ("havn",), PASSWORD)
    assert case.reference not in log_in("bodil").get("/maalinger").text


def sent_as(console):
    """Return the id of the message that the newest invitation went out with."""
    with console.services.database.reading() as connection:
        return connection.execute(select(survey_invitations.c.message_id)).scalars().one()
