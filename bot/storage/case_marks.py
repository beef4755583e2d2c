"""Reads the marks of the cases of a page: one query for all of them, by indexes alone."""

from typing import Any, Dict, Optional, Sequence

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from bot.core.case_marks import FOLLOWED, TOLD, CaseMarks, News
from bot.core.cases import OPEN_STATES, EventKind
from bot.storage.database import Database
from bot.storage.tables import case_events, cases

_WROTE = case_events.c.kind == EventKind.VISITOR_MESSAGE.value
# A date that moved because that of a part did names the part.
_FOLLOWED = or_(
    case_events.c.kind.in_([kind.value for kind in FOLLOWED]),
    and_(
        case_events.c.kind == EventKind.PROMISED.value,
        case_events.c.details["reference"].as_string().is_not(None),
    ),
)
_SEEN_TO = and_(case_events.c.staff_id.is_not(None), ~_FOLLOWED)
_TOLD = case_events.c.kind.in_([kind.value for kind in TOLD])


class CaseMarkReader:
    """Reads marks; the rules are those of bot/core/case_marks.py."""

    def __init__(self, database: Database):
        self._database = database

    def of(self, case_ids: Sequence[str]) -> Dict[str, CaseMarks]:
        """Return the marks of some cases; those that are not there are left out."""
        if not case_ids:
            return {}
        ids = list(case_ids)
        # All at once and grouped: asked for one maximum at a time, PostgreSQL walks through every event there is.
        history = (
            select(
                case_events.c.case_id,
                _last(_WROTE).label("wrote"),
                _last(_SEEN_TO).label("seen_to"),
                _last(_TOLD).label("told"),
            )
            .where(case_events.c.case_id.in_(ids))
            .group_by(case_events.c.case_id)
            .subquery()
        )
        whole, part = cases.alias("whole"), cases.alias("part")
        query = (
            select(
                cases.c.id,
                cases.c.state.in_([state.value for state in OPEN_STATES]).label("is_open"),
                history.c.wrote,
                history.c.seen_to,
                history.c.told,
                whole.c.reference.label("whole"),
                select(func.count()).where(part.c.parent_id == cases.c.id).scalar_subquery().label("parts"),
            )
            .outerjoin(history, history.c.case_id == cases.c.id)
            .outerjoin(whole, whole.c.id == cases.c.parent_id)
            .where(cases.c.id.in_(ids))
        )
        with self._database.reading() as connection:
            return {
                row.id: CaseMarks(_news(row), row.whole or "", row.parts) for row in connection.execute(query)
            }


def _last(condition: ColumnElement) -> ColumnElement:
    """Return the number of the last such event of a case; they are numbered as they happened."""
    return func.max(case((condition, case_events.c.id)))


def _news(row: Any) -> Optional[News]:
    if not row.is_open or row.wrote is None or row.wrote < (row.seen_to or 0):
        return None
    return News.REPLY if row.told else News.MESSAGE
