"""Who has seen, exported or erased what. The log tells of people, so it holds none of their words."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import List, Mapping, Optional, Protocol, Sequence, Union

from bot.core.cases import Case
from bot.core.staff import StaffMember

Detail = Union[str, int]


class AuditKind(Enum):
    """What was done."""

    # A case page was opened.
    READ = "read"
    # Somebody looked up what is held about a person.
    SEARCHED = "searched"
    # What is held about a person was handed out.
    EXPORTED = "exported"
    # A case's records were taken out, for the archive or for access to documents.
    RECORDS = "records"
    # What is held about a person was deleted.
    ERASED = "erased"


@dataclass(frozen=True)
class AuditEntry:
    """One line of the log. `details` holds codes and counts only: never an address, a name or a text.

    `case_id` and `reference` are of the case it is about; they stay when the case is deleted.
    """

    at: datetime
    kind: AuditKind
    staff_id: int
    staff: str = ""
    case_id: Optional[str] = None
    reference: Optional[str] = None
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """Somebody who has opened a case: how often, and when first and last."""

    staff: str
    times: int
    first: datetime
    last: datetime


class AuditLog(Protocol):
    """Where the log is kept; it can be added to and read, and nothing in it changed. See bot/storage/audit.py."""

    def add(self, entries: Sequence[AuditEntry]) -> None:
        """Add lines, all or none."""

    def of_case(self, case_id: str) -> List[AuditEntry]:
        """Return what was done about a case, oldest first."""

    def listed(self, reference: str = "", most: int = 200) -> List[AuditEntry]:
        """Return the newest lines, of one case or of all, newest first."""


def seen_by(staff: StaffMember, cases: Sequence[Case], at: datetime) -> List[AuditEntry]:
    """Return the lines that say that a staff member has seen some cases."""
    return [AuditEntry(at, AuditKind.READ, staff.id, staff.name, case.id, case.reference) for case in cases]


def readers(entries: Sequence[AuditEntry]) -> List[Reader]:
    """Return who has opened a case, whoever did so last on top."""
    by_staff: dict = {}
    for entry in entries:
        if entry.kind is AuditKind.READ:
            by_staff.setdefault(entry.staff_id, []).append(entry)
    found = [Reader(own[0].staff, len(own), own[0].at, own[-1].at) for own in by_staff.values()]
    return sorted(found, key=lambda one: one.last, reverse=True)
