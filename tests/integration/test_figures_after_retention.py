"""The leaders' figures of a period are the same before and after the cases it was about were deleted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from bot.bootstrap.leaders import load_overviews
from bot.core.case_figures import days_from
from bot.core.cases import CaseState, EventKind, Outcome
from bot.core.staff import StaffRole
from bot.storage.retention import RetentionRepository
from bot.storage.rights_tables import case_figures
from bot.storage.tables import case_events

E = EventKind
# (day, kind, details) of what happened to a case opened on 2 March and promised for 6 March.
LIVES = [
    [(3, E.CLOSED, {"outcome": "answered"})],
    [(3, E.ANSWERED, {}), (20, E.CLOSED, {"outcome": "fact_missing"})],
    [(9, E.ANSWERED, {}), (20, E.CLOSED, {"outcome": "misunderstood"})],
    [(7, E.ESCALATED, {"of": "2026-03-06"}), (11, E.CLOSED, {"outcome": "answered"})],
    [(5, E.PROMISED, {"from": "2026-03-06", "to": "2026-03-13"}), (12, E.CLOSED, {"outcome": "answered"})],
    [
        (3, E.CLOSED, {"outcome": "fact_missing"}),
        (10, E.REOPENED, {"to": "2026-03-20"}),
        (18, E.CLOSED, {"outcome": "answered"}),
    ],
    [(3, E.ASKED, {}), (17, E.CLOSED, {"outcome": "no_response"})],
]
PERIODS = [(2, 1), (2, 7), (3, 1), (6, 1), (7, 1), (9, 7), (16, 7), (1, 31)]


@pytest.fixture
def overview(database, content, clock):
    overviews = load_overviews(database, content)

    def of(staff, first, days):
        period = days_from(date(2026, 3, first), days, clock())
        return overviews.of(staff, period, clock().date())

    return of


@pytest.fixture
def lives(cases, new_case, database, clock):
    """Store cases of two units that ended long ago, each with another life."""

    def moment(day):
        return clock().replace(year=2026, month=3, day=day, hour=11)

    for number, life in enumerate(LIVES, start=1):
        last_day, last, details = life[-1]
        moved = [more["to"] for _, kind, more in life if kind in (E.PROMISED, E.REOPENED)]
        case = new_case(
            number,
            unit="bevilling" if number % 2 else "byggesag",
            topic="alkoholbevilling" if number % 2 else "byggetilladelse",
            created_at=moment(2),
            answer_by=date.fromisoformat(moved[-1] if moved else "2026-03-06"),
            state=CaseState.CLOSED,
            outcome=Outcome(details["outcome"]),
            closed_at=moment(last_day),
            misrouted=number == 3,
        )
        cases.open(case, [], None)
        with database.writing() as connection:
            for day, kind, more in life:
                connection.execute(
                    insert(case_events).values(
                        case_id=case.id, at=moment(day), kind=kind.value, text="", details=more
                    )
                )


def delete(database, clock):
    keep, before = RetentionRepository(database), clock() - timedelta(days=90)
    return sum(keep.delete_group(group, before, clock()) for group in keep.expired_cases(before))


def test_no_figure_of_any_period_changes_when_its_cases_are_deleted(overview, lives, database, clock, staff):
    chief = staff.add("chief", "Chef", StaffRole.CHIEF, (), "x")
    before = [overview(chief, *period) for period in PERIODS]
    assert before[-1].whole.new == before[-1].whole.closed == len(LIVES)
    # The one that was opened again had two promises.
    assert before[-1].whole.kept.count == len(LIVES) + 1
    assert before[-1].whole.moved == 1
    assert before[-1].gaps.topics
    assert delete(database, clock) == len(LIVES)
    assert [overview(chief, *period) for period in PERIODS] == before


def test_what_was_deleted_before_days_were_kept_counts_by_what_is_known(
    overview, lives, database, clock, staff
):
    chief = staff.add("chief", "Chef", StaffRole.CHIEF, (), "x")
    delete(database, clock)
    with database.writing() as connection:
        connection.execute(update(case_figures).values(days=None))
    whole = overview(chief, 1, 31).whole
    assert (whole.new, whole.closed, whole.right.count) == (len(LIVES),) * 3
    assert whole.kept.count == len(LIVES)
