"""A case: something a business handed over to a unit."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Optional, Tuple

from bot.core.conversations import Turn
from bot.core.errors import IllegalTransition


class CaseState(Enum):
    """Where a case stands."""

    NEW = "new"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Outcome(Enum):
    """How a case ended."""

    ANSWERED = "answered"
    REFERRED = "referred"
    FACT_MISSING = "fact_missing"
    MISUNDERSTOOD = "misunderstood"
    NO_RESPONSE = "no_response"


class EventKind(Enum):
    """What happened to a case."""

    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    NOTE = "note"
    CLOSED = "closed"


_ALLOWED = {
    (CaseState.NEW, CaseState.CLAIMED),
    (CaseState.CLAIMED, CaseState.NEW),
    (CaseState.CLAIMED, CaseState.CLOSED),
}


def check_transition(before: CaseState, after: CaseState) -> None:
    """Raise IllegalTransition unless a case may go from `before` to `after`."""
    if (before, after) not in _ALLOWED:
        raise IllegalTransition(f"a case cannot go from {before.value} to {after.value}")


@dataclass(frozen=True)
class Contact:
    """Who handed the case over and how to reach them."""

    name: str
    company: str = ""
    cvr: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class CaseEvent:
    """One line of a case's history; `staff` is the name of who did it, empty for the system."""

    at: datetime
    kind: EventKind
    staff: str = ""
    text: str = ""


@dataclass(frozen=True)
class Case:
    """A case as it is stored. `version` counts its changes, so that two staff cannot overwrite each other."""

    id: str
    reference: str
    unit: str
    topic: Optional[str]
    summary: str
    contact: Contact
    routed_because: str
    created_at: datetime
    answer_by: date
    state: CaseState = CaseState.NEW
    outcome: Optional[Outcome] = None
    claimed_by: Optional[int] = None
    claimed_name: str = ""
    version: int = 1
    conversation: Optional[str] = None
    transcript: Tuple[Turn, ...] = ()

    def overdue(self, today: date) -> bool:
        """Tell whether the promised date has passed and the case is still open."""
        return self.state is not CaseState.CLOSED and self.answer_by < today
