"""Deletes what has been kept long enough. What is counted of a case stays, without the person."""

from datetime import datetime
from typing import Dict, List, Sequence, Set

from sqlalchemy import and_, delete, func, insert, or_, select, update

from bot.core.audit import AuditKind
from bot.core.cases import ENDED_STATES, CaseState
from bot.storage.case_histories import kept_days
from bot.storage.database import Database
from bot.storage.outbox import SENT, SETTLED
from bot.storage.rights_tables import audit_log, case_figures
from bot.storage.tables import case_events, cases, outbox, outbox_log

# Every column by which a case names another: what it was merged into, what it is a part of.
_LINKS = tuple(column for column in cases.c if any(key.column is cases.c.id for key in column.foreign_keys))
_BATCH = 200


def delete_cases(connection, ids: Sequence[str], at: datetime) -> None:
    """Delete cases with all that hangs on them, within the caller's transaction; their figures stay.

    `at` gives the zone in which days are counted.
    """
    rows = connection.execute(select(cases).where(cases.c.id.in_(list(ids)))).all()
    for row in rows:
        connection.execute(
            insert(case_figures).values(**_figures(row, at), days=kept_days(connection, row, at))
        )
    for link in _LINKS:
        # Another case may live longer; it must neither keep this one nor go with it.
        others = and_(link.in_(list(ids)), cases.c.id.not_in(list(ids)))
        connection.execute(update(cases).where(others).values({link.name: None}))
    sent = select(outbox.c.id).where(outbox.c.case_id.in_(list(ids)))
    connection.execute(delete(outbox_log).where(outbox_log.c.outbox_id.in_(sent)))
    connection.execute(delete(outbox).where(outbox.c.case_id.in_(list(ids))))
    connection.execute(delete(case_events).where(case_events.c.case_id.in_(list(ids))))
    connection.execute(delete(cases).where(cases.c.id.in_(list(ids))))


def not_exported(connection, ids: Sequence[str]) -> Set[str]:
    """Return which of these cases nobody has taken the records out of since they ended."""
    query = select(cases.c.id).where(
        cases.c.id.in_(list(ids)),
        ~select(audit_log.c.id)
        .where(
            audit_log.c.case_id == cases.c.id,
            audit_log.c.kind == AuditKind.RECORDS.value,
            audit_log.c.at >= cases.c.closed_at,
        )
        .exists(),
    )
    return set(connection.execute(query).scalars())


class RetentionRepository:
    """Finds and deletes what is old enough; done again, it finds nothing."""

    def __init__(self, database: Database):
        self._database = database

    def expired_cases(self, before: datetime) -> List[List[str]]:
        """Return the ids of cases that ended before a time, those that hang together in one list.

        A case stays as long as one that it was merged into, or is a part of, or the other way round.
        """
        ended = [state.value for state in ENDED_STATES]
        query = select(cases.c.id, cases.c.state, cases.c.closed_at, *_LINKS).where(
            or_(cases.c.state.in_(ended), *[link.is_not(None) for link in _LINKS])
        )
        query = query.order_by(cases.c.id)
        with self._database.reading() as connection:
            rows = {row.id: row for row in connection.execute(query)}
        groups: Dict[str, List[str]] = {}
        roots = _roots(rows)
        for case_id, root in roots.items():
            groups.setdefault(root, []).append(case_id)

        def old(case_id: str) -> bool:
            row = rows.get(case_id)
            return (
                row is not None
                and row.state in ended
                and row.closed_at is not None
                and row.closed_at < before
            )

        return [sorted(group) for group in groups.values() if all(map(old, group))]

    def delete_group(self, group: Sequence[str], before: datetime, at: datetime) -> int:
        """Delete cases that hang together, in one transaction, if all ended before a time; return how many."""
        with self._database.writing() as connection:
            # Somebody may have opened one again since it was found; from here on nobody can.
            still = connection.execute(
                select(cases.c.id)
                .where(cases.c.id.in_(group), cases.c.closed_at < before)
                .where(cases.c.state.in_([state.value for state in ENDED_STATES]))
                .with_for_update()
            ).all()
            if len(still) != len(group):
                return 0
            delete_cases(connection, group, at)
        return len(group)

    def count_not_exported(self, ids: Sequence[str]) -> int:
        """Return of how many of these cases nobody has taken the records out since they ended."""
        with self._database.reading() as connection:
            return sum(
                len(not_exported(connection, ids[start : start + _BATCH]))
                for start in range(0, len(ids), _BATCH)
            )

    def count_mails(self, before: datetime) -> int:
        """Return how many mails went out before a time and still have their text, or belong to no case."""
        with self._database.reading() as connection:
            query = select(func.count()).select_from(outbox).where(_spent(before))
            return connection.execute(query).scalar_one()

    def empty_mails(self, before: datetime, most: int) -> int:
        """Empty what went out before a time, at most `most` of it; return how many.

        That something went to an address stays with its case. What belongs to no case is deleted.
        """
        with self._database.writing() as connection:
            ids = list(connection.execute(select(outbox.c.id).where(_spent(before)).limit(most)).scalars())
            empty = {"body": "", "html": "", "attachments": []}
            connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(**empty))
            homeless = and_(outbox.c.id.in_(ids), outbox.c.case_id.is_(None))
            theirs = outbox_log.c.outbox_id.in_(select(outbox.c.id).where(homeless))
            connection.execute(delete(outbox_log).where(theirs))
            connection.execute(delete(outbox).where(homeless))
        return len(ids)


def _roots(rows) -> Dict[str, str]:
    """Return for each case one that stands for all that hang together with it."""
    roots = {case_id: case_id for case_id in rows}

    def root(case_id: str) -> str:
        while roots.setdefault(case_id, case_id) != case_id:
            case_id = roots[case_id]
        return case_id

    for case_id, row in rows.items():
        for link in _LINKS:
            other = row._mapping[link.name]
            if other is not None:
                roots[root(case_id)] = root(other)
    return {case_id: root(case_id) for case_id in list(roots)}


def _spent(before: datetime):
    over = or_(
        and_(outbox.c.state == SENT, outbox.c.sent_at < before),
        and_(outbox.c.state == SETTLED, outbox.c.due_at < before),
    )
    return and_(or_(outbox.c.body != "", outbox.c.case_id.is_(None)), over)


def _figures(row, at: datetime) -> dict:
    ended_on = row.closed_at.astimezone(at.tzinfo).date() if row.closed_at else None
    answered = row.state == CaseState.CLOSED.value and ended_on is not None
    return {
        "unit": row.unit,
        "topic": row.topic,
        "opened_on": row.created_at.astimezone(at.tzinfo).date(),
        "ended_on": ended_on,
        "answer_by": row.answer_by,
        "state": row.state,
        "outcome": row.outcome,
        "misrouted": row.misrouted,
        "kept_promise": ended_on <= row.answer_by if answered else None,
    }
