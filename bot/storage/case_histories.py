"""Reads cases with what happened to them, and counts what the bot could not say: what figures are made of."""

from datetime import datetime
from typing import Dict, List, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from bot.core.case_figures import History
from bot.core.cases import Case, CaseEvent, CaseState, Contact, EventKind, Outcome
from bot.core.conversations import Role
from bot.core.deciding import OUTSIDE
from bot.core.unanswered import SaidCounts
from bot.storage.database import Database
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
    values = dict(row._mapping)
    values["state"] = CaseState(row.state)
    values["outcome"] = Outcome(row.outcome) if row.outcome else None
    return Case(summary="", contact=Contact(""), routed_because="", **values)
