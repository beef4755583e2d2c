"""A case: something a business handed over to a unit."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Mapping, Optional, Tuple

from bot.core.conversations import Turn


class CaseState(Enum):
    """Where a case stands; which way it may go is in bot/core/case_states.py."""

    NEW = "new"
    CLAIMED = "claimed"
    # The unit has asked the business something; the promised date stands still.
    WAITING = "waiting"
    CLOSED = "closed"
    # By the visitor.
    WITHDRAWN = "withdrawn"
    # Into another case, which is answered in its place.
    MERGED = "merged"


OPEN_STATES = (CaseState.NEW, CaseState.CLAIMED, CaseState.WAITING)
ENDED_STATES = (CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED)


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
    # The unit wrote to the business.
    ANSWERED = "answered"
    # The unit asked the business something, by mail or otherwise.
    ASKED = "asked"
    # The business has answered what it was asked.
    RESUMED = "resumed"
    FORWARDED = "forwarded"
    # The promised date was changed.
    PROMISED = "promised"
    CLOSED = "closed"
    REOPENED = "reopened"
    # What it is a part of, or a part of it, was opened again.
    REOPENED_WITH = "reopened_with"
    MERGED = "merged"
    # Another case was merged into this one.
    ABSORBED = "absorbed"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    VISITOR_MESSAGE = "visitor_message"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Contact:
    """Who handed the case over and how to reach them.

    `survey_by` is how they want to be asked afterwards: "mail", "sms", "none", or empty when they did not say.
    """

    name: str
    company: str = ""
    cvr: str = ""
    email: str = ""
    phone: str = ""
    survey_by: str = ""


@dataclass(frozen=True)
class CaseEvent:
    """One line of a case's history; `staff` is the name of who did it, empty for the system and the visitor.

    `details` holds what is counted: units and `misrouted` of a forward, dates of a promise, the other case of a merge,
    `reference` of the part or whole that it follows.
    """

    at: datetime
    kind: EventKind
    staff: str = ""
    text: str = ""
    staff_id: Optional[int] = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A case as it is stored. `version` counts its changes, so that two staff cannot overwrite each other.

    `misrouted` is whether it was ever forwarded because it had come to the wrong unit. While the unit waits for the
    business, `waiting_since` tells from when, and `follow_up` when the unit is reminded of it. `reminded_for` and
    `escalated_for` are the dates that the unit was reminded of and the leader told of: once for each.
    `closed_at` is when it was closed, withdrawn or merged.
    `parent` is the id of the case that this one is a part of, when a business handed over several things at once.
    """

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
    closed_at: Optional[datetime] = None
    merged_into: Optional[str] = None
    misrouted: bool = False
    waiting_since: Optional[date] = None
    follow_up: Optional[date] = None
    reminded_for: Optional[date] = None
    escalated_for: Optional[date] = None
    parent: Optional[str] = None

    @property
    def open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.state in OPEN_STATES

    def overdue(self, today: date) -> bool:
        """Tell whether the promised date has passed, and it is the unit's turn."""
        return self.state in (CaseState.NEW, CaseState.CLAIMED) and self.answer_by < today
