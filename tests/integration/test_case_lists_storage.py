"""Lists of cases as the database filters, searches, orders and pages them: what staff find must be what is there."""

from datetime import date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.core.case_filter import CaseFilter
from bot.core.cases import CaseState, Contact
from bot.core.staff import StaffRole
from bot.storage.case_lists import CaseListReader
from bot.storage.database import MIGRATIONS
from bot.storage.tables import cases as table

NOON = datetime(2026, 11, 23, 11, tzinfo=timezone.utc)
TODAY = date(2026, 11, 23)
CLOSED, WITHDRAWN = CaseState.CLOSED, CaseState.WITHDRAWN


@pytest.fixture
def me(staff):
    return staff.add("mette", "Mette", StaffRole.STAFF, ("plan",), "x").id


@pytest.fixture
def reader(database):
    return CaseListReader(database)


@pytest.fixture
def stored(cases, new_case, me):
    """Store five cases in as many states."""
    nobody = Contact("M")
    for number, changes in enumerate(
        (
            {
                "id": "late",
                "answer_by": TODAY - timedelta(days=1),
                "claimed_by": me,
                "state": CaseState.CLAIMED,
            },
            {
                "id": "soon",
                "answer_by": TODAY,
                "contact": Contact("M", company="CAFÉ Ø & Søn", cvr="10150817"),
            },
            {
                "id": "waits",
                "answer_by": TODAY - timedelta(days=9),
                "claimed_by": me,
                "state": CaseState.WAITING,
                "unit": "havn",
            },
            {
                "id": "old",
                "state": CLOSED,
                "closed_at": NOON - timedelta(days=2),
                "reference": "HEL-2025-123456",
                "unit": "havn",
            },
            {"id": "newer", "state": WITHDRAWN, "closed_at": NOON},
        ),
        1,
    ):
        cases.open(new_case(number, **{"contact": nobody, "created_at": NOON, **changes}), [], None)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (CaseFilter(), "waits late soon"),
        (CaseFilter(ended=True), "newer old"),
        (CaseFilter(mine=True), "waits late"),
        (CaseFilter(overdue=True), "late"),
        (CaseFilter(mine=True, overdue=True), "late"),
        (CaseFilter(state="waiting"), "waits"),
        (CaseFilter(state="merged"), ""),
        (CaseFilter(text="hel-"), "waits late soon newer old"),
        (CaseFilter(text="café ø"), "soon"),
        (CaseFilter(text="ØL"), ""),
        (CaseFilter(text="søn café"), "soon"),
        (CaseFilter(text="10150817"), "soon"),
        (CaseFilter(text="hel-2025-"), "old"),
        (CaseFilter(text="hel-2025-", state="new"), ""),
        (CaseFilter(text="  "), "waits late soon"),
        (CaseFilter(text="%"), ""),
        (CaseFilter(text="_"), ""),
        (CaseFilter(text="\\"), ""),
        (CaseFilter(text="' OR 1=1 --"), ""),
        (CaseFilter(text="\x00"), "waits late soon"),
    ],
)
def test_a_list_shows_what_was_asked_for_with_the_first_promised_on_top_and_the_last_ended_last(
    reader, stored, me, wanted, ids
):
    page = reader.page(None, wanted, me, TODAY, 50)
    assert [case.id for case in page.cases] == ids.split()
    assert page.total == len(ids.split())
    assert page.late == ("late" in ids.split())


@pytest.mark.parametrize(
    ("units", "ids"),
    [(["havn"], "waits old"), (["havn", "bevilling"], "waits late soon newer old"), ([], "")],
)
def test_a_list_holds_the_cases_of_the_units_alone(reader, stored, me, units, ids):
    page = reader.page(units, CaseFilter(text="HEL"), me, TODAY, 50)
    assert [case.id for case in page.cases] == ids.split()


def test_every_case_is_on_one_page_and_a_page_after_the_last_is_the_last(reader, stored, me):
    pages = [reader.page(None, CaseFilter(text="hel", page=number), me, TODAY, 2) for number in range(6)]
    assert [[case.id for case in page.cases] for page in pages[1:4]] == [
        ["waits", "late"],
        ["soon", "newer"],
        ["old"],
    ]
    assert [page.number for page in pages] == [1, 1, 2, 3, 3, 3]
    assert {(page.total, page.late) for page in pages} == {(5, 1)}


def test_a_row_has_who_has_the_case_and_no_transcript(reader, stored, cases, me):
    [found] = reader.page(None, CaseFilter(overdue=True), me, TODAY, 50).cases
    assert found == cases.get("late")
    assert found.claimed_name == "Mette"


def test_cases_from_before_the_search_are_found_too(reader, stored, database, me):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect().execution_options(genvej_writes=True) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0012")
    database.migrate()
    with database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).where(table.c.sought == "")).scalar_one() == 0
    assert [case.id for case in reader.page(None, CaseFilter(text="søn"), me, TODAY, 50).cases] == ["soon"]
