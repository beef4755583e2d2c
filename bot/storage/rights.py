"""Everything held about one person, found by what they gave, and deleted when they ask for it."""

import hashlib
from contextlib import suppress
from datetime import datetime
from typing import Any, Dict, List, Protocol, Sequence, Set

from sqlalchemy import delete, false, func, or_, select
from sqlalchemy.engine import Connection

from bot.core.cases import OPEN_STATES
from bot.core.conversations import Role
from bot.core.errors import Conflict
from bot.core.records import case_record, stamp
from bot.core.rights import Bar, By, Decide, Held, HeldCase, Person, says
from bot.storage.audit import add_audit
from bot.storage.cases import CaseRepository
from bot.storage.database import Database
from bot.storage.retention import delete_cases, not_exported
from bot.storage.tables import cases, conversations, messages, outbox, outbox_log, plans
from bot.storage.tracker import TrackerMemory

# How often to begin again when somebody changed what was to be deleted.
_TRIES = 3
_OPEN = [state.value for state in OPEN_STATES]


class Holding(Protocol):
    """Another kind of thing that is held about people, with tables of its own: answers to surveys, dialogues."""

    name: str

    def held(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> List[Dict[str, Any]]:
        """Return what is held about the person or these cases of theirs, ready for JSON."""

    def erase(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> int:
        """Delete it, or take the person out of it, within the transaction; return how many. The cases go after it."""


class RightsRepository:
    """Finds and deletes across the tables.

    Args:
        database: where everything is.
        tracker: Rasa's memory of conversations.
        others: what has tables of its own.
    """

    def __init__(self, database: Database, tracker: TrackerMemory, others: Sequence[Holding] = ()):
        self._database = database
        self._tracker = tracker
        self._others = others
        self._cases = CaseRepository(database)

    def held(self, person: Person, now: datetime) -> Held:
        """Return all that is held; `now` gives the zone of the times in it."""
        with self._database.reading() as connection:
            ids = _case_ids(connection, person)
            talks = sorted(_conversation_ids(connection, person, ids))
            parts = {
                "conversations": [_conversation(connection, talk, now) for talk in talks],
                "mails": [mail_record(row, now) for row in connection.execute(_mails(person, ids))],
                "plans": [_plan(row, now) for row in connection.execute(_plans(person))],
                **{other.name: other.held(connection, person, ids) for other in self._others},
            }
            bars = _bars(connection, ids)
        found = [case_record(self._cases.get(one), self._cases.events(one), now) for one in ids]
        return Held({"cases": found, **parts}, bars)

    def mails_of(self, case_id: str, now: datetime) -> List[Dict[str, Any]]:
        """Return what has gone out about a case or waits to, oldest first."""
        query = select(outbox).where(outbox.c.case_id == case_id).order_by(outbox.c.id)
        with self._database.reading() as connection:
            return [mail_record(row, now) for row in connection.execute(query)]

    def erase(self, person: Person, decide: Decide, at: datetime) -> Dict[str, int]:
        """Delete it, save the cases that are to be kept, and log that; return how much of each kind went.

        What is decided on, deleted and logged is what one reading found: a case that is opened meanwhile is not
        touched, and one that changes meanwhile is looked at anew. Conflict when that happens again and again.

        What Rasa remembers goes first: when it cannot be reached, nothing else is gone either.
        """
        for _ in range(_TRIES - 1):
            with suppress(Conflict):
                return self._erase(person, decide, at)
        return self._erase(person, decide, at)

    def _erase(self, person: Person, decide: Decide, at: datetime) -> Dict[str, int]:
        with self._database.writing(durable=True, frozen=True) as connection:
            found = _case_ids(connection, person)
            but, entries = decide(_held_cases(connection, found), _bars(connection, found))
            ids = [case_id for case_id in found if case_id not in but]
            talks = sorted(_conversation_ids(connection, person, found))
            sent = [row.id for row in connection.execute(_mails(person, ids)) if row.case_id not in but]
            kept_plans = [row.id for row in connection.execute(_plans(person))]
            shared = connection if self._tracker.shares(self._database) else None
            for talk in talks:
                self._tracker.erase(talk, shared)
            gone = {other.name: other.erase(connection, person, ids) for other in self._others}
            connection.execute(delete(outbox_log).where(outbox_log.c.outbox_id.in_(sent)))
            connection.execute(delete(outbox).where(outbox.c.id.in_(sent)))
            connection.execute(delete(messages).where(messages.c.conversation_id.in_(talks)))
            connection.execute(delete(conversations).where(conversations.c.id.in_(talks)))
            connection.execute(delete(plans).where(plans.c.id.in_(kept_plans)))
            delete_cases(connection, ids, at)
            add_audit(connection, entries)
        self._database.settle()
        counts = {"cases": ids, "conversations": talks, "mails": sent, "plans": kept_plans}
        return {**{name: len(rows) for name, rows in counts.items()}, **gone}


def mail_record(row: Any, now: datetime) -> Dict[str, Any]:
    """Return a row of the outbox as a document; `text` is empty when it went out too long ago to be kept."""
    return {
        "channel": row.channel,
        "message_id": row.message_id,
        "recipient": row.recipient,
        "subject": row.subject,
        "text": row.body,
        "attachments": [file["name"] for file in row.attachments],
        "state": row.state,
        "created_at": stamp(row.created_at, now),
        "sent_at": stamp(row.sent_at, now) if row.sent_at else None,
    }


def _case_ids(connection: Connection, person: Person) -> List[str]:
    column = {By.PHONE: cases.c.phone, By.CVR: cases.c.cvr, By.REFERENCE: cases.c.reference}.get(person.by)
    condition = column == person.value if column is not None else false()
    if person.by is By.EMAIL:
        condition = func.lower(cases.c.email) == person.value
    if person.by is By.REFERENCE:
        # A person knows the reference of the whole alone; what other units have of it is theirs too.
        whole = select(cases.c.id).where(condition)
        condition = or_(condition, cases.c.parent_id.in_(whole))
    query = select(cases.c.id).where(condition).order_by(cases.c.created_at, cases.c.id)
    return list(connection.execute(query).scalars())


def _held_cases(connection: Connection, ids: Sequence[str]) -> List[HeldCase]:
    query = select(cases.c.id, cases.c.reference, cases.c.parent_id).where(cases.c.id.in_(list(ids)))
    found = {row.id: row for row in connection.execute(query)}
    return [HeldCase(one, found[one].reference, found[one].parent_id or one) for one in ids]


def _bars(connection: Connection, ids: Sequence[str]) -> Dict[str, Bar]:
    query = select(cases.c.id).where(cases.c.id.in_(list(ids)), cases.c.state.in_(_OPEN))
    still_open = set(connection.execute(query).scalars())
    bars = dict.fromkeys(not_exported(connection, ids), Bar.NOT_EXPORTED)
    return {**bars, **dict.fromkeys(still_open, Bar.OPEN)}


def _conversation_ids(connection: Connection, person: Person, case_ids: Sequence[str]) -> Set[str]:
    """Return those that led to the cases, and those in which the visitor wrote the address or number."""
    of_cases = select(conversations.c.id).join(cases, cases.c.conversation_id == conversations.c.id)
    found = set(connection.execute(of_cases.where(cases.c.id.in_(list(case_ids)))).scalars())
    if person.by in (By.EMAIL, By.PHONE):
        by_visitor = select(messages.c.conversation_id, messages.c.text).where(
            messages.c.role == Role.VISITOR.value
        )
        if person.by is By.EMAIL:
            by_visitor = by_visitor.where(func.lower(messages.c.text).contains(person.value, autoescape=True))
        found |= {row.conversation_id for row in connection.execute(by_visitor) if says(person, row.text)}
    return found


def _conversation(connection: Connection, talk: str, now: datetime) -> Dict[str, Any]:
    head = connection.execute(select(conversations).where(conversations.c.id == talk)).one()
    lines = connection.execute(
        select(messages).where(messages.c.conversation_id == talk).order_by(messages.c.number)
    )
    return {
        "page": head.page,
        "created_at": stamp(head.created_at, now),
        "last_at": stamp(head.last_at, now),
        "messages": [
            {
                "number": row.number,
                "at": stamp(row.at, now),
                "role": row.role,
                "text": row.text,
                "topic": row.topic,
                "aspect": row.aspect,
                "useful": row.useful,
                "comment": row.comment,
            }
            for row in lines
        ],
    }


def _mails(person: Person, case_ids: Sequence[str]):
    """Return the query for what belongs to the cases or went to the person."""
    condition = outbox.c.case_id.in_(list(case_ids))
    if person.by is By.EMAIL:
        condition = or_(condition, func.lower(outbox.c.recipient) == person.value)
    if person.by is By.PHONE:
        condition = or_(condition, outbox.c.recipient.in_([person.value, f"+45{person.value}"]))
    return select(outbox).where(condition).order_by(outbox.c.id)


def _plans(person: Person):
    token_hash = hashlib.sha256(person.value.encode(errors="replace")).hexdigest()
    found = plans.c.token_hash == token_hash if person.by is By.PLAN else false()
    return select(plans).where(found)


def _plan(row: Any, now: datetime) -> Dict[str, Any]:
    return {
        "plan": row.plan,
        "answers": row.answers,
        "done": row.done,
        "start": row.start.isoformat() if row.start else None,
        "opening": row.opening.isoformat() if row.opening else None,
        "created_at": stamp(row.created_at, now),
        "last_at": stamp(row.last_at, now),
    }
