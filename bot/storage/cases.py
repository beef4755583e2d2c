"""Cases, their history, and the mails that follow from them."""

import dataclasses
from datetime import datetime
from typing import Dict, List, Optional, Sequence

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.cases import Case, CaseEvent, CaseState, Contact, EventKind, Outcome, check_transition
from bot.core.conversations import Role, SourceLine, Turn
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail
from bot.storage.database import Database
from bot.storage.outbox import put_in_outbox
from bot.storage.tables import case_events, cases, staff

# A transcript is by far the largest part of a case, and no list shows it.
_LISTED = [column for column in cases.c if column is not cases.c.transcript]


class CaseRepository:
    """Stores cases; every change is checked against the state and version it was made from."""

    def __init__(self, database: Database):
        self._database = database

    def open(self, case: Case, mails: Sequence[Mail], request_key: Optional[str]) -> Case:
        """Store case, transcript and mails in one transaction; return the case.

        With a `request_key` that was used before, nothing is stored and the first case is returned.
        Conflict when the reference is taken: choose another.
        """
        try:
            with self._database.writing(durable=True) as connection:
                connection.execute(insert(cases).values(request_key=request_key, **_row(case)))
                _add_event(connection, case.id, case.created_at, EventKind.OPENED, None, case.routed_because)
                for mail in mails:
                    put_in_outbox(connection, mail, case.created_at, case.id)
            return case
        except IntegrityError as error:
            first = self._by_request_key(request_key)
            if first is None:
                raise Conflict("the reference is taken") from error
            return first

    def get(self, case_id: str) -> Case:
        """Return a case with its transcript; NotFound for an unknown id."""
        found = self._select(cases.c.id == case_id)
        if not found:
            raise NotFound("no such case")
        return found[0]

    def listed(self, units: Optional[Sequence[str]], states: Sequence[CaseState]) -> List[Case]:
        """Return the cases of some units (None: of all) in some states, those promised first on top.

        They come without their transcripts.
        """
        condition = cases.c.state.in_([state.value for state in states])
        if units is not None:
            condition &= cases.c.unit.in_(list(units))
        return self._select(condition, _LISTED)

    def counts(self, states: Sequence[CaseState]) -> Dict[str, int]:
        """Return how many cases in some states each unit has; units without any are left out."""
        query = (
            select(cases.c.unit, func.count())
            .where(cases.c.state.in_([state.value for state in states]))
            .group_by(cases.c.unit)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def events(self, case_id: str) -> List[CaseEvent]:
        """Return the history of a case, oldest first."""
        query = (
            select(case_events, staff.c.name.label("staff_name"))
            .outerjoin(staff, staff.c.id == case_events.c.staff_id)
            .where(case_events.c.case_id == case_id)
            .order_by(case_events.c.id)
        )
        with self._database.reading() as connection:
            return [
                CaseEvent(row.at, EventKind(row.kind), row.staff_name or "", row.text)
                for row in connection.execute(query)
            ]

    def move(
        self,
        case: Case,
        state: CaseState,
        staff_id: int,
        kind: EventKind,
        at: datetime,
        text: str = "",
        outcome: Optional[Outcome] = None,
    ) -> None:
        """Take a case to another state.

        IllegalTransition when it cannot go there; Conflict when somebody changed it since `case` was read.
        """
        check_transition(case.state, state)
        change = (
            update(cases)
            .where(cases.c.id == case.id, cases.c.version == case.version)
            .values(
                state=state.value,
                claimed_by=None if state is CaseState.NEW else staff_id,
                outcome=outcome.value if outcome else None,
                closed_at=at if state is CaseState.CLOSED else None,
                version=case.version + 1,
            )
        )
        with self._database.writing(durable=True) as connection:
            if connection.execute(change).rowcount == 0:
                raise Conflict("somebody else changed the case first")
            _add_event(connection, case.id, at, kind, staff_id, text)

    def add_note(self, case_id: str, staff_id: int, text: str, at: datetime) -> None:
        """Add a staff member's note to the history."""
        with self._database.writing(durable=True) as connection:
            _add_event(connection, case_id, at, EventKind.NOTE, staff_id, text)

    def _by_request_key(self, request_key) -> Optional[Case]:
        found = self._select(cases.c.request_key == request_key) if request_key else []
        return found[0] if found else None

    def _select(self, condition, columns=tuple(cases.c)) -> List[Case]:
        query = (
            select(*columns, staff.c.name.label("claimed_name"))
            .outerjoin(staff, staff.c.id == cases.c.claimed_by)
            .where(condition)
            .order_by(cases.c.answer_by, cases.c.created_at)
        )
        with self._database.reading() as connection:
            return [_case(row) for row in connection.execute(query)]


def _add_event(connection, case_id, at, kind, staff_id, text) -> None:
    connection.execute(
        insert(case_events).values(case_id=case_id, at=at, kind=kind.value, staff_id=staff_id, text=text)
    )


def _row(case: Case) -> dict:
    return {
        "id": case.id,
        "reference": case.reference,
        "unit": case.unit,
        "topic": case.topic,
        "summary": case.summary,
        **dataclasses.asdict(case.contact),
        "routed_because": case.routed_because,
        "created_at": case.created_at,
        "answer_by": case.answer_by,
        "state": case.state.value,
        "version": case.version,
        "conversation_id": case.conversation,
        "transcript": [_turn_row(turn) for turn in case.transcript],
    }


def _turn_row(turn: Turn) -> dict:
    return {**dataclasses.asdict(turn), "role": turn.role.value, "at": turn.at.isoformat()}


def _turn(row: dict) -> Turn:
    return Turn(
        role=Role(row["role"]),
        text=row["text"],
        at=datetime.fromisoformat(row["at"]),
        topic=row["topic"],
        sources=tuple(SourceLine(**source) for source in row["sources"]),
    )


def _case(row) -> Case:
    return Case(
        id=row.id,
        reference=row.reference,
        unit=row.unit,
        topic=row.topic,
        summary=row.summary,
        contact=Contact(name=row.name, company=row.company, cvr=row.cvr, email=row.email, phone=row.phone),
        routed_because=row.routed_because,
        created_at=row.created_at,
        answer_by=row.answer_by,
        state=CaseState(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        claimed_by=row.claimed_by,
        claimed_name=row.claimed_name or "",
        version=row.version,
        conversation=row.conversation_id,
        transcript=tuple(_turn(turn) for turn in row._mapping.get("transcript", ())),
    )
