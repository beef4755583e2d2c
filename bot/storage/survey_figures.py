"""What became of invitations, what was answered, and the calls that leaders owe."""

from datetime import datetime
from typing import Any, Dict, List, Optional, Sequence

from sqlalchemy import delete, select, update

from bot.core.errors import Conflict, NotFound
from bot.core.satisfaction import Sent
from bot.core.survey_answers import Answer, Callback, Sending, Solved
from bot.storage.database import Database
from bot.storage.outbox import SENT, SET_ASIDE, SETTLED
from bot.storage.survey_tables import (
    DELIVERED,
    FAILED,
    survey_addresses,
    survey_answers,
    survey_callbacks,
    survey_invitations,
)
from bot.storage.tables import cases, outbox, staff

_ANSWER, _CALL, _INVITED = survey_answers.c, survey_callbacks.c, survey_invitations.c
_FROM_OUTBOX = {SENT: DELIVERED, SET_ASIDE: FAILED, SETTLED: FAILED}


class SurveyFigures:
    """Counts what the survey gave, by unit."""

    def __init__(self, database: Database):
        self._database = database

    def sent(self, since: datetime) -> Dict[str, Sent]:
        """Return what became of each unit's invitations whose time to go out was at `since` or later."""
        query = (
            select(
                _INVITED.unit,
                _INVITED.delivery,
                _INVITED.answered_at,
                _INVITED.stopped_at,
                outbox.c.state,
            )
            .outerjoin(outbox, outbox.c.message_id == _INVITED.message_id)
            .where(_INVITED.send_at >= since)
        )
        counts: Dict[str, Dict[str, int]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                unit = counts.setdefault(row.unit, dict.fromkeys(vars(Sent()), 0))
                unit["invited"] += 1
                unit["answered"] += row.answered_at is not None
                unit["stopped"] += row.stopped_at is not None
                unit[_fate(row)] += 1
        return {unit: Sent(**found) for unit, found in counts.items()}

    def answers(self, since: datetime) -> Dict[str, List[Answer]]:
        """Return each unit's answers given at `since` or later, the newest first; no case is read for it."""
        query = (
            select(survey_answers).where(_ANSWER.answered_at >= since).order_by(_ANSWER.answered_at.desc())
        )
        found: Dict[str, List[Answer]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                answer = Answer(row.service, Solved(row.solved), row.comment, row.wants_contact, row.scores)
                found.setdefault(row.unit, []).append(answer)
        return found

    def sendings(self, units: Optional[Sequence[str]], most: int) -> List[Sending]:
        """Return the newest invitations of some units (None: of all), and what became of each."""
        query = (
            select(survey_invitations, cases.c.reference, outbox.c.state)
            .outerjoin(cases, cases.c.id == _INVITED.case_id)
            .outerjoin(outbox, outbox.c.message_id == _INVITED.message_id)
            .order_by(_INVITED.send_at.desc(), _INVITED.id)
            .limit(most)
        )
        if units is not None:
            query = query.where(_INVITED.unit.in_(list(units)))
        with self._database.reading() as connection:
            return [
                Sending(
                    row.unit,
                    row.reference or "",
                    row.case_id,
                    row.way,
                    row.send_at,
                    _fate(row),
                    row.reminded_at,
                )
                for row in connection.execute(query)
            ]

    def callbacks(self, units: Optional[Sequence[str]], done: bool = False) -> List[Callback]:
        """Return the calls that some units (None: all) owe or, with `done`, have made; the next due first."""
        query = (
            select(
                survey_callbacks,
                _ANSWER.service,
                _ANSWER.solved,
                _ANSWER.comment,
                _ANSWER.wants_contact,
                cases.c.reference,
                staff.c.name.label("staff_name"),
            )
            .join(survey_answers, _ANSWER.id == _CALL.answer_id)
            .outerjoin(cases, cases.c.id == _CALL.case_id)
            .outerjoin(staff, staff.c.id == _CALL.done_by)
            .where(_CALL.done_at.is_not(None) if done else _CALL.done_at.is_(None))
            .order_by(_CALL.due, _CALL.id)
        )
        if units is not None:
            query = query.where(_CALL.unit.in_(list(units)))
        with self._database.reading() as connection:
            return [_callback(row) for row in connection.execute(query)]

    def finish(
        self, callback_id: int, units: Optional[Sequence[str]], staff_id: int, note: str, at: datetime
    ) -> None:
        """Remember that somebody called; NotFound when it is another unit's, Conflict when it was done before."""
        own = _CALL.id == callback_id
        if units is not None:
            own &= _CALL.unit.in_(list(units))
        change = (
            update(survey_callbacks)
            .where(own, _CALL.done_at.is_(None))
            .values(done_at=at, done_by=staff_id, note=note)
        )
        with self._database.writing(durable=True) as connection:
            if connection.execute(change).rowcount:
                return
            if connection.execute(select(_CALL.id).where(own)).first() is None:
                raise NotFound("no such call")
            raise Conflict("somebody called before")

    def settle(self) -> int:
        """Keep what became of invitations whose message was sent or set aside; return how many."""
        fates = select(_INVITED.id, outbox.c.state).join(outbox, outbox.c.message_id == _INVITED.message_id)
        fates = fates.where(_INVITED.delivery == "", outbox.c.state.in_(list(_FROM_OUTBOX)))
        with self._database.writing() as connection:
            rows = connection.execute(fates).all()
            for row in rows:
                connection.execute(
                    update(survey_invitations)
                    .where(_INVITED.id == row.id, _INVITED.delivery == "")
                    .values(delivery=_FROM_OUTBOX[row.state])
                )
        return len(rows)

    def report(self, message_id: str, arrived: bool) -> bool:
        """Keep what a gateway says became of an SMS; False when it is no invitation's."""
        with self._database.writing() as connection:
            # A gateway's word counts more than that it took the message, but not more than an answer.
            own = (_INVITED.message_id == message_id) & _INVITED.answered_at.is_(None)
            change = update(survey_invitations).where(own)
            return bool(connection.execute(change.values(delivery=DELIVERED if arrived else FAILED)).rowcount)

    def anonymise(self, before: datetime, at: datetime, most: int) -> int:
        """Cut at most `most` answers given before a time from their invitations, cases and words; return how many.

        Unit, topic, scores and the counts of the delivery stay. Addresses that want no more letters stay, as hashes.
        """
        self.settle()
        old = (
            select(_ANSWER.id)
            .where(_ANSWER.answered_at < before, _ANSWER.anonymised_at.is_(None))
            .limit(most)
        )
        gone = select(_INVITED.id).where(_INVITED.expires_at < before)
        with self._database.writing(durable=True) as connection:
            ids = [row.id for row in connection.execute(old)]
            connection.execute(
                delete(survey_callbacks).where(_CALL.answer_id.in_(ids), _CALL.done_at.is_not(None))
            )
            connection.execute(
                update(survey_answers)
                .where(_ANSWER.id.in_(ids))
                .values(invitation_id=None, comment="", anonymised_at=at)
            )
            connection.execute(update(survey_callbacks).where(_CALL.answer_id.in_(ids)).values(case_id=None))
            connection.execute(delete(survey_addresses).where(survey_addresses.c.invitation_id.in_(gone)))
            connection.execute(
                update(survey_invitations)
                .where(_INVITED.expires_at < before)
                .values(business="", case_id=None)
            )
        return len(ids)


def _fate(row: Any) -> str:
    fate = row.delivery or _FROM_OUTBOX.get(row.state, "waiting")
    # Taken back before it went out: it waits for nothing.
    return FAILED if fate == "waiting" and row.stopped_at is not None else fate


def _callback(row: Any) -> Callback:
    return Callback(
        id=row.id,
        unit=row.unit,
        case_id=row.case_id,
        reference=row.reference or "",
        service=row.service,
        solved=Solved(row.solved),
        comment=row.comment,
        wants_contact=row.wants_contact,
        created_at=row.created_at,
        due=row.due,
        done_at=row.done_at,
        done_by=row.staff_name or "",
        note=row.note,
    )
