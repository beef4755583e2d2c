"""What is set aside or stuck in the outbox, as staff see it, and what they did about it."""

from datetime import datetime, timedelta
from typing import Dict, List, Optional

from sqlalchemy import and_, func, insert, or_, select, update

from bot.core.errors import Cause, Conflict, NotFound
from bot.core.undelivered import STUCK_AFTER, STUCK_TIME, Action, Figures, Handled, Undelivered
from bot.storage.database import Database
from bot.storage.outbox import SET_ASIDE, SETTLED, WAITING
from bot.storage.tables import cases, outbox, outbox_log, staff

_SHOWN = (
    outbox.c.id,
    outbox.c.channel,
    outbox.c.recipient,
    outbox.c.subject,
    outbox.c.attempts,
    outbox.c.state,
    outbox.c.due_at,
    outbox.c.next_at,
    outbox.c.cause,
    outbox.c.last_error,
    outbox.c.case_id,
    cases.c.reference,
    cases.c.unit,
)
_WITH_CASE = outbox.outerjoin(cases, cases.c.id == outbox.c.case_id)


class UndeliveredRepository:
    """Reads what did not get through and stores what staff decide."""

    def __init__(self, database: Database):
        self._database = database

    def listed(self, at: datetime) -> List[Undelivered]:
        """Return what is set aside or stuck at a time, the oldest first."""
        query = (
            select(*_SHOWN)
            .select_from(_WITH_CASE)
            .where(_troubled(at))
            .order_by(outbox.c.due_at, outbox.c.id)
        )
        with self._database.reading() as connection:
            return [_undelivered(row) for row in connection.execute(query)]

    def counts(self, at: datetime) -> Dict[Optional[str], int]:
        """Return how much of it each unit has; None stands for what belongs to no case."""
        query = (
            select(cases.c.unit, func.count())
            .select_from(_WITH_CASE)
            .where(_troubled(at))
            .group_by(cases.c.unit)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def get(self, item_id: int) -> Undelivered:
        """Return one of them; NotFound when there is no such thing, or it is out or settled."""
        query = (
            select(*_SHOWN)
            .select_from(_WITH_CASE)
            .where(outbox.c.id == item_id, outbox.c.state.in_((WAITING, SET_ASIDE)))
        )
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFound("nothing like that waits in the outbox")
        return _undelivered(row)

    def act(self, item_id: int, action: Action, staff_id: int, at: datetime) -> None:
        """Try it again, or take it off the list, and log who did; Conflict when it changed first.

        What a worker is delivering at this moment cannot be tried again: it would go out twice. It may be settled;
        should the delivery succeed after all, it counts as sent.
        """
        condition = and_(outbox.c.id == item_id, outbox.c.state.in_((WAITING, SET_ASIDE)))
        values: dict = {"state": SETTLED}
        if action is Action.RETRIED:
            condition &= or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= at)
            values = {"state": WAITING, "attempts": 0, "refusals": 0, "next_at": at}
        with self._database.writing(durable=True) as connection:
            if connection.execute(update(outbox).where(condition).values(**values)).rowcount == 0:
                raise Conflict("a worker or a colleague was first")
            connection.execute(
                insert(outbox_log).values(outbox_id=item_id, at=at, kind=action.value, staff_id=staff_id)
            )

    def log(self, most: int = 50) -> List[Handled]:
        """Return what was done, the newest first."""
        query = (
            select(outbox_log.c.at, outbox_log.c.kind, staff.c.name.label("staff_name"), *_SHOWN)
            .select_from(
                outbox_log.join(outbox, outbox.c.id == outbox_log.c.outbox_id)
                .join(staff, staff.c.id == outbox_log.c.staff_id)
                .outerjoin(cases, cases.c.id == outbox.c.case_id)
            )
            .order_by(outbox_log.c.id.desc())
            .limit(most)
        )
        with self._database.reading() as connection:
            return [
                Handled(row.at, Action(row.kind), row.staff_name, _undelivered(row))
                for row in connection.execute(query)
            ]

    def figures(self, at: datetime) -> Figures:
        """Return how the outbox stands."""
        due = select(func.count(), func.min(outbox.c.due_at)).where(
            outbox.c.state == WAITING, outbox.c.due_at <= at
        )
        aside = select(func.count()).where(outbox.c.state == SET_ASIDE)
        with self._database.reading() as connection:
            waiting, oldest = connection.execute(due).one()
            set_aside = connection.execute(aside).scalar_one()
        age = (at - oldest) / timedelta(seconds=1) if oldest else 0.0
        return Figures(waiting, age, set_aside)


def _troubled(at: datetime):
    stuck = or_(outbox.c.attempts >= STUCK_AFTER, outbox.c.next_at <= at - STUCK_TIME)
    return or_(outbox.c.state == SET_ASIDE, and_(outbox.c.state == WAITING, stuck))


def _undelivered(row) -> Undelivered:
    return Undelivered(
        id=row.id,
        channel=row.channel,
        recipient=row.recipient,
        subject=row.subject,
        attempts=row.attempts,
        set_aside=row.state == SET_ASIDE,
        due_at=row.due_at,
        next_at=row.next_at,
        cause=Cause(row.cause) if row.cause else None,
        error=row.last_error,
        case_id=row.case_id,
        reference=row.reference,
        unit=row.unit,
    )
