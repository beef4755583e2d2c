"""Cases, their history, and the mails that follow from them."""

import dataclasses
from datetime import datetime
from typing import Callable, List, Optional, Sequence, Tuple

from sqlalchemy import insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.core.case_filter import sought
from bot.core.case_states import Change, check
from bot.core.cases import Case, CaseEvent, CaseState, Contact, EventKind, Outcome
from bot.core.conversations import Role, SourceLine, Turn
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Outgoing
from bot.core.ports import ReceiptChoice
from bot.storage.database import Database
from bot.storage.outbox import put_in_outbox
from bot.storage.receipts import add_receipt, has_receipt
from bot.storage.tables import case_events, case_links, cases, staff

# A transcript is by far the largest part of a case, and no list shows it.
LISTED = [column for column in cases.c if column is not cases.c.transcript and column is not cases.c.sought]
# What an act may change; the rest of a case stays as it was opened.
_CHANGED = (
    "unit",
    "answer_by",
    "claimed_by",
    "closed_at",
    "merged_into",
    "misrouted",
    "waiting_since",
    "follow_up",
    "reminded_for",
    "escalated_for",
    "version",
)
Watcher = Callable[[Connection, Change], None]
"""Is told of a change within its transaction, and may write to its own tables and the outbox; an error undoes all."""


class CaseRepository:
    """Stores cases; every change is checked against the state and version it was made from."""

    def __init__(self, database: Database, watchers: Sequence[Watcher] = ()):
        self._database = database
        self._watchers = watchers

    def open(
        self,
        case: Case,
        mails: Sequence[Outgoing],
        request_key: Optional[str],
        parts: Sequence[Tuple[Case, Sequence[Outgoing]]] = (),
        *,
        link: str = "",
        receipt: Optional[ReceiptChoice] = None,
    ) -> Case:
        """Store case, transcript, mails and the hash of the visitor's link, and so its parts; return the case.

        All in one transaction, in which `receipt` chooses what goes to the visitor.

        With a `request_key` that was used before, nothing is stored and the first case is returned.
        Conflict when the reference is taken: choose another.
        """
        try:
            with self._database.writing(durable=True) as connection:
                _insert(connection, case, mails, request_key)
                if link:
                    _add_link(connection, case.id, link, case.created_at)
                for part, own in parts:
                    _insert(connection, part, own, None)
                if receipt:
                    add_receipt(connection, case, receipt)
            return case
        except IntegrityError as error:
            first = self._by_request_key(request_key)
            if first is None:
                raise Conflict("the reference is taken") from error
            return first

    def has_receipt(self, case_id: str) -> bool:
        """Tell whether a receipt of the case was mailed, or waits to be."""
        with self._database.reading() as connection:
            return has_receipt(connection, case_id)

    def parts(self, case_id: str) -> List[Case]:
        """Return the parts of a case in the order of their references, without their transcripts."""
        return sorted(self._select(cases.c.parent_id == case_id, LISTED), key=_number)

    def add_link(self, case_id: str, link: str, at: datetime) -> None:
        """Store the hash of one more link to a case."""
        with self._database.writing(durable=True) as connection:
            _add_link(connection, case_id, link, at)

    def by_link(self, link: str) -> Case:
        """Return the case of a link, given its hash; NotFound for an unknown one."""
        found = self._select(
            cases.c.id.in_(select(case_links.c.case_id).where(case_links.c.token_hash == link))
        )
        if not found:
            raise NotFound("unknown link")
        return found[0]

    def by_reference(self, reference: str) -> Optional[Case]:
        """Return the case with a reference, without its transcript; None for an unknown one."""
        found = self._select(cases.c.reference == reference, LISTED)
        return found[0] if found else None

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
        return self._select(condition, LISTED)

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
                CaseEvent(
                    row.at, EventKind(row.kind), row.staff_name or "", row.text, row.staff_id, row.details
                )
                for row in connection.execute(query)
            ]

    def of_visitor(self, contact: Contact) -> List[Case]:
        """Return the cases that share an address or number with a contact, without their transcripts."""
        same = [
            getattr(cases.c, name) == getattr(contact, name)
            for name in ("email", "cvr", "phone")
            if getattr(contact, name)
        ]
        return self._select(or_(*same), LISTED) if same else []

    def merged_into(self, case_id: str) -> List[Case]:
        """Return the cases that were merged into a case, with their transcripts."""
        return self._select(cases.c.merged_into == case_id)

    def apply(self, *changes: Change) -> None:
        """Store changes with their history and mails in one transaction.

        IllegalTransition when one is not possible; Conflict when somebody changed one of the cases since it was read.
        """
        for change in changes:
            check(change)
        with self._database.writing(durable=True) as connection:
            # Always in the same order, so that two who merge the same cases do not wait for each other.
            for change in sorted(changes, key=lambda one: one.before.id):
                _write(connection, change)
                for watcher in self._watchers:
                    watcher(connection, change)

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
            return [case_of(row) for row in connection.execute(query)]


def _insert(
    connection: Connection, case: Case, mails: Sequence[Outgoing], request_key: Optional[str]
) -> None:
    connection.execute(insert(cases).values(request_key=request_key, **_row(case)))
    opened = CaseEvent(case.created_at, EventKind.OPENED, text=case.routed_because)
    _add_event(connection, case.id, opened)
    for mail in mails:
        put_in_outbox(connection, mail, case.created_at, case.id)


def _number(part: Case) -> tuple:
    return len(part.reference), part.reference


def _write(connection: Connection, change: Change) -> None:
    before, after = change.before, change.after
    values = {name: getattr(after, name) for name in _CHANGED}
    values["state"] = after.state.value
    values["outcome"] = after.outcome.value if after.outcome else None
    unchanged = (cases.c.id == before.id) & (cases.c.version == before.version)
    # The state too: whoever made up a case with the right version must not get past the check of its state.
    unchanged &= cases.c.state == before.state.value
    if connection.execute(update(cases).where(unchanged).values(**values)).rowcount == 0:
        raise Conflict("somebody else changed the case first")
    for event in change.events:
        _add_event(connection, before.id, event)
    for mail in change.mails:
        put_in_outbox(connection, mail, change.events[0].at, before.id)


def _add_link(connection: Connection, case_id: str, link: str, at: datetime) -> None:
    connection.execute(insert(case_links).values(token_hash=link, case_id=case_id, created_at=at))


def _add_event(connection: Connection, case_id: str, event: CaseEvent) -> None:
    connection.execute(
        insert(case_events).values(
            case_id=case_id,
            at=event.at,
            kind=event.kind.value,
            staff_id=event.staff_id,
            text=event.text,
            details=dict(event.details),
        )
    )


def _row(case: Case) -> dict:
    return {
        "id": case.id,
        "reference": case.reference,
        "topic": case.topic,
        "summary": case.summary,
        **dataclasses.asdict(case.contact),
        "routed_because": case.routed_because,
        "created_at": case.created_at,
        "state": case.state.value,
        "outcome": case.outcome.value if case.outcome else None,
        **{name: getattr(case, name) for name in _CHANGED},
        "conversation_id": case.conversation,
        "transcript": [_turn_row(turn) for turn in case.transcript],
        "parent_id": case.parent,
        "sought": sought(case),
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


def case_of(row) -> Case:
    """Return the case of a row of LISTED or of all columns."""
    return Case(
        id=row.id,
        reference=row.reference,
        unit=row.unit,
        topic=row.topic,
        summary=row.summary,
        contact=Contact(row.name, row.company, row.cvr, row.email, row.phone, row.survey_by),
        routed_because=row.routed_because,
        created_at=row.created_at,
        answer_by=row.answer_by,
        state=CaseState(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        claimed_by=row.claimed_by,
        claimed_name=row.claimed_name or "",
        version=row.version,
        conversation=row.conversation_id,
        closed_at=row.closed_at,
        merged_into=row.merged_into,
        misrouted=row.misrouted,
        waiting_since=row.waiting_since,
        follow_up=row.follow_up,
        reminded_for=row.reminded_for,
        escalated_for=row.escalated_for,
        transcript=tuple(_turn(turn) for turn in row._mapping.get("transcript", ())),
        parent=row.parent_id,
    )
