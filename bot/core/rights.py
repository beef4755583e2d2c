"""What people may ask for (GDPR art. 15, 20, 17): to see what is held, to take it along, to have it deleted."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Protocol, Sequence, Tuple

from bot.core import contacts
from bot.core.audit import AuditEntry, AuditKind, AuditLog, Detail
from bot.core.errors import InvalidInput, NotAllowed
from bot.core.ports import Clock
from bot.core.staff import StaffMember, StaffRole

SCHEMA = "genvej-person/1"
_REFERENCE = re.compile(r"[A-ZÆØÅ]{2,5}-\d{4}-[\w-]{4,14}")
_PLAN_LINK = re.compile(r"/min-plan/([\w-]{20,})")


class By(Enum):
    """By what a person is looked up."""

    EMAIL = "email"
    PHONE = "phone"
    CVR = "cvr"
    REFERENCE = "reference"
    # The link of a plan that they keep: nothing else leads to it.
    PLAN = "plan"


@dataclass(frozen=True)
class Person:
    """Whom it is about, as far as they can be told by one thing they gave."""

    by: By
    value: str


class Bar(Enum):
    """Why a case must be kept for now."""

    OPEN = "open"
    # It has ended, but its records have not been taken out since: it may not be in the archive.
    NOT_EXPORTED = "not_exported"
    # A case that it is a part of, or a part of it, must be kept.
    FAMILY = "family"


class Scope(Enum):
    """What to delete when something must be kept."""

    ALLOWED = "allowed"
    ALL = "all"


class Reason(Enum):
    """Why something is deleted; a code, since the log holds no words about people."""

    REQUEST = "request"
    MISTAKE = "mistake"
    DECISION = "decision"


@dataclass(frozen=True)
class Held:
    """Everything held about a person, ready to be written as JSON; `bars` has the ids of the cases to be kept.

    `parts` maps the name of each kind of thing to its rows: cases, mails, conversations, plans, and others.
    """

    parts: Mapping[str, Sequence[Mapping[str, Any]]]
    bars: Mapping[str, Bar]

    @property
    def counts(self) -> Dict[str, int]:
        """How many there are of each kind; kinds without any are left out."""
        return {name: len(rows) for name, rows in self.parts.items() if rows}

    @property
    def cases(self) -> Tuple[Tuple[str, str], ...]:
        """(id, reference) of the cases."""
        return tuple((case["id"], case["reference"]) for case in self.parts["cases"])


class HeldCase(NamedTuple):
    """A case of a person's; `whole` is the id of the case it is a part of, else its own."""

    id: str
    reference: str
    whole: str


Decide = Callable[[Sequence[HeldCase], Mapping[str, Bar]], Tuple[Sequence[str], Sequence[AuditEntry]]]
"""Told the cases and the bars of some of them: returns the ids to keep, and what to log; an error stops it."""


class RightsStore(Protocol):
    """Finds and deletes what is held about a person; see bot/storage/rights.py."""

    def held(self, person: Person, now: datetime) -> Held:
        """Return all that is held; `now` gives the zone of the times in it."""

    def mails_of(self, case_id: str, now: datetime) -> List[Dict[str, Any]]:
        """Return what has gone out about a case or waits to, oldest first."""

    def erase(self, person: Person, decide: Decide, at: datetime) -> Dict[str, int]:
        """Delete it, save the cases that are to be kept, and log that; return how much of each kind went.

        What is decided on, deleted and logged is what one reading in one transaction found. Conflict when others
        change it all the time.
        """


class RightsDesk:
    """Answers requests of people about themselves. Only an administrator may, and every act is logged."""

    def __init__(self, store: RightsStore, audit: AuditLog, clock: Clock):
        self._store = store
        self._audit = audit
        self._clock = clock

    def search(self, staff: StaffMember, text: str) -> Held:
        """Return what is held about whom `text` names; InvalidInput `person_unclear` when it names nobody."""
        return self._found(staff, text, AuditKind.SEARCHED)

    def export(self, staff: StaffMember, text: str) -> Dict[str, Any]:
        """Return the same as a document; its form is described in docs/records.md."""
        held = self._found(staff, text, AuditKind.EXPORTED)
        person = person_of(text)
        return {
            "schema": SCHEMA,
            "made_at": self._clock().isoformat(timespec="seconds"),
            # The token of a plan is a key, and stays out.
            "person": {"by": person.by.value, "value": "" if person.by is By.PLAN else person.value},
            **held.parts,
        }

    def mails_of(self, case_id: str) -> List[Dict[str, Any]]:
        """Return what has gone out about a case or waits to, oldest first."""
        return self._store.mails_of(case_id, self._clock())

    def erase(self, staff: StaffMember, text: str, reason: str, scope: str) -> Dict[str, int]:
        """Delete it; return how much of each kind went.

        InvalidInput `erase_why`; `erase_open` or `erase_not_exported` when a case must be kept and no `scope` was
        chosen. Conflict when others change the cases all the time.
        """
        _check(staff)
        person = person_of(text)
        if reason not in {item.value for item in Reason}:
            raise InvalidInput("erase_why", "reason")

        def decide(
            cases: Sequence[HeldCase], bars: Mapping[str, Bar]
        ) -> Tuple[Sequence[str], Sequence[AuditEntry]]:
            bars = _with_families(cases, bars)
            if bars and scope not in {item.value for item in Scope}:
                worst = Bar.OPEN if Bar.OPEN in bars.values() else Bar.NOT_EXPORTED
                raise InvalidInput(f"erase_{worst.value}", "scope")
            kept = list(bars) if scope == Scope.ALLOWED.value else []
            own = [bar for bar in bars.values() if bar is not Bar.FAMILY]
            overruled = len(own) if scope == Scope.ALL.value else 0
            details: Dict[str, Detail] = {"by": person.by.value, "reason": reason, "kept": len(kept)}
            if overruled:
                details["overruled"] = overruled
            gone = [(case.id, case.reference) for case in cases if case.id not in kept]
            return kept, self._entries(staff, AuditKind.ERASED, gone, details)

        return self._store.erase(person, decide, self._clock())

    def _found(self, staff: StaffMember, text: str, kind: AuditKind) -> Held:
        _check(staff)
        person = person_of(text)
        held = self._store.held(person, self._clock())
        cases = [
            HeldCase(case["id"], case["reference"], case["parent"] or case["id"])
            for case in held.parts["cases"]
        ]
        held = replace(held, bars=_with_families(cases, held.bars))
        details: Dict[str, Detail] = {"by": person.by.value, **held.counts}
        self._audit.add(self._entries(staff, kind, held.cases, details))
        return held

    def _entries(
        self,
        staff: StaffMember,
        kind: AuditKind,
        cases: Sequence[Tuple[str, str]],
        details: Mapping[str, Detail],
    ) -> List[AuditEntry]:
        """Return a line for each case, so that each case's own page tells; one line when there are none."""
        about: Sequence[Tuple[Optional[str], Optional[str]]] = cases or [(None, None)]
        at = self._clock()
        return [
            AuditEntry(at, kind, staff.id, case_id=case_id, reference=reference, details=details)
            for case_id, reference in about
        ]


def person_of(text: str) -> Person:
    """Return whom a text names: an e-mail address, a telephone or CVR number, a reference, the link of a plan.

    Eight digits that pass the check of CVR numbers may be either: InvalidInput `person_either` asks for "CVR" or "tlf."
    before it. InvalidInput `person_unclear` for anything else.
    """
    found = " ".join(text.split())
    link = _PLAN_LINK.search(found)
    if link:
        return Person(By.PLAN, link.group(1))
    if _REFERENCE.fullmatch(found.upper()):
        return Person(By.REFERENCE, found.upper())
    try:
        if "@" in found:
            return Person(By.EMAIL, contacts.email(found))
        named = re.fullmatch(r"(cvr|tlf|telefon)\b[-. ]*(?:nr\.?|nummer)?[: ]*(.+)", found, re.I)
        number = named.group(2) if named else found
        as_cvr, as_phone = _taken(contacts.cvr, number), _taken(contacts.phone, number)
        if named:
            as_cvr, as_phone = (as_cvr, "") if named.group(1).lower() == "cvr" else ("", as_phone)
        if as_cvr and as_phone:
            raise InvalidInput("person_either", "person")
        if as_cvr or as_phone:
            return Person(By.CVR, as_cvr) if as_cvr else Person(By.PHONE, as_phone)
    except InvalidInput as error:
        if error.code == "person_either":
            raise
    raise InvalidInput("person_unclear", "person")


def says(person: Person, text: str) -> bool:
    """Tell whether a text holds the person's address or number as a whole; a longer one is somebody else's."""
    if person.by is By.EMAIL:
        return re.search(rf"(?<![\w.+-]){re.escape(person.value)}(?![\w-]|\.\w)", text, re.I) is not None
    digits = r"[\s.-]?".join(re.escape(char) for char in person.value.lstrip("+"))
    if person.by is By.PHONE:
        return re.search(rf"(?<!\d)(?:(?:\+|00)?45[\s.-]?)?{digits}(?!\d)", text) is not None
    return False


def _with_families(cases: Sequence[HeldCase], bars: Mapping[str, Bar]) -> Mapping[str, Bar]:
    """Return the bars with one on every case that hangs together with one that must be kept.

    Without its whole a part would lose the reference that the business knows; without its parts a whole would be one
    that nobody answers in full.
    """
    kept = {case.whole for case in cases if case.id in bars}
    return {**{case.id: Bar.FAMILY for case in cases if case.whole in kept}, **bars}


def _taken(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text) if not re.search(r"[^\W\d]", text) else ""
    except InvalidInput:
        return ""


def _check(staff: StaffMember) -> None:
    if staff.role is not StaffRole.ADMIN:
        raise NotAllowed("only an administrator answers requests of people about themselves")
