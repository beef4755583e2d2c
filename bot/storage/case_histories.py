"""Reads cases with what happened to them, and counts what the bot could not say: what figures are made of."""

from datetime import datetime, timedelta
from typing import Any, Dict, List, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from bot.core.case_figures import History, Past
from bot.core.cases import Case, CaseEvent, CaseState, Contact, EventKind, Outcome
from bot.core.conversations import Role
from bot.core.deciding import OUTSIDE
from bot.core.past_cases import BOTS_FAULT, days_of, past_days
from bot.core.unanswered import SaidCounts
from bot.storage.database import Database
from bot.storage.rights_tables import case_figures
from bot.storage.tables import case_events, cases, messages

# Figures need no name and nothing that somebody wrote.
_COUNTED = [
    cases.c[name]
    for name in (
        "id", "reference", "unit", "topic", "created_at", "answer_by", "state", "outcome", "closed_at", "merged_into",
        "misrouted", "waiting_since", "follow_up",
    )
]  # fmt: skip


class CaseHistoryReader:
    """Reads for figures.

    Args:
        database: where it stands.
        misses: the replies that say that nothing was understood, or that there is no answer; word for word.
        without_figure: what replies say that lack a figure; a part of the reply.
    """

    def __init__(self, database: Database, misses: Sequence[str], without_figure: Sequence[str]):
        self._database = database
        self._misses = list(misses)
        self._without_figure = list(without_figure)

    def of(self, start: datetime, end: datetime) -> List[History]:
        """Return every case that had not ended before `start`, with its history; also those that came after `end`."""
        wanted = or_(cases.c.closed_at.is_(None), cases.c.closed_at >= start)
        of_these = select(cases.c.id).where(wanted)
        history = select(
            case_events.c.case_id, case_events.c.at, case_events.c.kind, case_events.c.details
        ).where(case_events.c.case_id.in_(of_these))
        events: Dict[str, List[CaseEvent]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(history.order_by(case_events.c.id)):
                event = CaseEvent(row.at, EventKind(row.kind), details=row.details)
                events.setdefault(row.case_id, []).append(event)
            rows = connection.execute(select(*_COUNTED).where(wanted)).all()
        return [History(_case(row), tuple(events.get(row.id, ()))) for row in rows]

    def past(self, start: datetime, end: datetime) -> List[Past]:
        """Return the deleted cases that were opened before `end` and had not ended before `start`."""
        figures = case_figures.c
        wanted = select(case_figures).where(
            figures.opened_on < end.date(), or_(figures.ended_on.is_(None), figures.ended_on >= start.date())
        )
        with self._database.reading() as connection:
            return [_past(row) for row in connection.execute(wanted)]

    def said(self, start: datetime, end: datetime) -> SaidCounts:
        """Return what the bot could not say from `start` up to `end`; deleted chats are not counted any more."""
        by_bot = (messages.c.role == Role.BOT.value) & (messages.c.at >= start) & (messages.c.at < end)
        lacking = or_(*(messages.c.text.contains(part, autoescape=True) for part in self._without_figure))
        with self._database.reading() as connection:
            return SaidCounts(
                _count(connection, by_bot & messages.c.text.in_(self._misses)),
                _count(connection, by_bot & (messages.c.topic == OUTSIDE)),
                _by_topic(connection, by_bot & lacking),
                _by_topic(connection, by_bot & messages.c.useful.is_(False)),
            )


def kept_days(connection: Connection, case: Any, at: datetime) -> Dict[str, Any]:
    """Return what stays of the history of a case, given its row, that is deleted at a moment, in its transaction."""
    query = select(case_events.c.at, case_events.c.kind, case_events.c.details)
    events = connection.execute(query.where(case_events.c.case_id == case.id).order_by(case_events.c.id))
    history = [CaseEvent(row.at, EventKind(row.kind), details=row.details) for row in events]
    counted = Case(summary="", contact=Contact(""), routed_because="", **_values(case))
    return days_of(History(counted, history), at)


def _past(row: Any) -> Past:
    ended, promise = row.ended_on, row.kept_promise
    days: Dict[str, Any] = {
        # From before days were kept: what the row itself tells.
        "closed": (ended,) if ended and row.state == CaseState.CLOSED.value else (),
        "at_fault": (ended,) if ended and row.outcome in BOTS_FAULT else (),
        "verdicts": ((ended if promise else row.answer_by + timedelta(days=1), promise),)
        if promise is not None
        else (),
    }
    merged = row.state == CaseState.MERGED.value
    return Past(
        row.unit,
        row.topic,
        merged,
        row.misrouted,
        row.opened_on,
        **(days if row.days is None else past_days(row.days)),
    )


def _count(connection: Connection, condition) -> int:
    return connection.execute(select(func.count()).select_from(messages).where(condition)).scalar_one()


def _by_topic(connection: Connection, condition) -> Dict[str, int]:
    query = (
        select(messages.c.topic, func.count())
        .where(condition, messages.c.topic.is_not(None), messages.c.topic != OUTSIDE)
        .group_by(messages.c.topic)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _case(row) -> Case:
    return Case(summary="", contact=Contact(""), routed_because="", **_values(row))


def _values(row: Any) -> Dict[str, Any]:
    values = {column.name: row._mapping[column.name] for column in _COUNTED}
    values["state"] = CaseState(row.state)
    values["outcome"] = Outcome(row.outcome) if row.outcome else None
    return values
