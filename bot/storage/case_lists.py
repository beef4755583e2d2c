"""Filters, searches and pages through cases in the database, so that a list takes as long with many as with few."""

from datetime import date
from typing import Dict, List, Optional, Sequence

from sqlalchemy import and_, case, func, literal, select
from sqlalchemy.sql import ColumnElement

from bot.core.case_filter import CaseFilter
from bot.core.case_lists import CasePage
from bot.core.cases import ENDED_STATES, OPEN_STATES, CaseState
from bot.storage.cases import LISTED, case_of
from bot.storage.database import Database
from bot.storage.tables import cases, staff

_OPEN = [state.value for state in OPEN_STATES]
_UNITS_TURN = [CaseState.NEW.value, CaseState.CLAIMED.value]


class CaseListReader:
    """Reads lists of cases."""

    def __init__(self, database: Database):
        self._database = database

    def page(
        self,
        units: Optional[Sequence[str]],
        wanted: CaseFilter,
        staff_id: Optional[int],
        today: date,
        rows: int,
    ) -> CasePage:
        """Return a page of the cases of some units (None: of all); see bot/core/case_lists.py."""
        condition = _condition(units, wanted, staff_id, today)
        late: ColumnElement = literal(0)
        if not set(wanted.states) <= set(ENDED_STATES):
            late = func.coalesce(func.sum(case((_late(today), 1), else_=0)), 0)
        with self._database.reading() as connection:
            total, overdue = connection.execute(select(func.count(), late).where(condition)).one()
            number = min(max(wanted.page, 1), max(-(-total // rows), 1))
            # First the rows, then what is shown of them: a transcript weighs much, also when it is only passed over.
            ids = select(cases.c.id).where(condition).order_by(*_order(wanted.states))
            shown = list(connection.execute(ids.limit(rows).offset((number - 1) * rows)).scalars())
            query = (
                select(*LISTED, staff.c.name.label("claimed_name"))
                .outerjoin(staff, staff.c.id == cases.c.claimed_by)
                .where(cases.c.id.in_(shown))
            )
            found = {row.id: case_of(row) for row in connection.execute(query)}
        return CasePage(tuple(found[one] for one in shown), total, overdue, number)

    def counts(self, states: Sequence[CaseState]) -> Dict[str, int]:
        """Return how many cases in some states each unit has; units without any are left out."""
        query = (
            select(cases.c.unit, func.count())
            .where(cases.c.state.in_([state.value for state in states]))
            .group_by(cases.c.unit)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}


def _condition(
    units: Optional[Sequence[str]], wanted: CaseFilter, staff_id: Optional[int], today: date
) -> ColumnElement:
    conditions: List[ColumnElement] = [cases.c.state.in_([state.value for state in wanted.states])]
    if units is not None:
        conditions.append(cases.c.unit.in_(list(units)))
    if wanted.mine:
        conditions.append(cases.c.claimed_by == staff_id)
    if wanted.overdue:
        conditions.append(_late(today))
    conditions += [cases.c.sought.contains(word, autoescape=True) for word in wanted.words]
    return and_(*conditions)


def _late(today: date) -> ColumnElement:
    return and_(cases.c.state.in_(_UNITS_TURN), cases.c.answer_by < today)


def _order(states: Sequence[CaseState]) -> List[ColumnElement]:
    """Return the order of a list; of ended cases alone in a form that an index serves."""
    by_promise = [cases.c.answer_by, cases.c.created_at, cases.c.id]
    by_end = [cases.c.closed_at.desc(), cases.c.id]
    if all(state in ENDED_STATES for state in states):
        return by_end
    if all(state in OPEN_STATES for state in states):
        return by_promise
    is_open = cases.c.state.in_(_OPEN)
    promised = [case((is_open, column)) for column in by_promise[:2]]
    return [case((is_open, 0), else_=1), *promised, *by_end]
