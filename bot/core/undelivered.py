"""What did not get through: who sees it, and what they do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Dict, List, Optional, Protocol

from bot.core.errors import Cause, NotAllowed
from bot.core.ports import Clock
from bot.core.staff import StaffMember, StaffRole

# Something is stuck when it has failed this often (about ten minutes), or nobody tried it for this long.
STUCK_AFTER = 5
STUCK_TIME = timedelta(minutes=15)


class Action(Enum):
    """What a staff member did about something that did not get through."""

    RETRIED = "retried"
    SETTLED = "settled"


@dataclass(frozen=True)
class Undelivered:
    """Something that did not get through; with `set_aside` it is not tried any more.

    `unit` and `reference` are those of its case, None when it belongs to none. `due_at` is when it was to go out,
    `next_at` when it is tried next. Without a `cause` nobody has tried it.
    """

    id: int
    channel: str
    recipient: str
    subject: str
    attempts: int
    set_aside: bool
    due_at: datetime
    next_at: datetime
    cause: Optional[Cause]
    error: str
    case_id: Optional[str] = None
    reference: Optional[str] = None
    unit: Optional[str] = None


@dataclass(frozen=True)
class Handled:
    """A line of the log: what a staff member did about what."""

    at: datetime
    action: Action
    staff: str
    item: Undelivered


@dataclass(frozen=True)
class Figures:
    """How the outbox stands: what waits and is due, the age of the oldest of it in seconds, what is set aside."""

    waiting: int
    oldest_seconds: float
    set_aside: int


class UndeliveredStore(Protocol):
    """Where it is kept; see bot/storage/undelivered.py."""

    def listed(self, at: datetime) -> List[Undelivered]:
        """Return what is set aside or stuck at a time, the oldest first."""

    def counts(self, at: datetime) -> Dict[Optional[str], int]:
        """Return how much of it each unit has; None stands for what belongs to no case."""

    def get(self, item_id: int) -> Undelivered:
        """Return one of them; NotFound when there is no such thing, or it is out."""

    def act(self, item_id: int, action: Action, staff_id: int, at: datetime) -> None:
        """Try it again, or take it off the list, and log who did; Conflict when it changed first."""

    def log(self, most: int = 50) -> List[Handled]:
        """Return what was done, the newest first."""


class UndeliveredDesk:
    """What staff see and do: an administrator everything, others what belongs to the cases of their units."""

    def __init__(self, store: UndeliveredStore, clock: Clock):
        self._store = store
        self._clock = clock

    def listed(self, staff: StaffMember) -> List[Undelivered]:
        """Return what the staff member has to see to, the oldest first."""
        return [item for item in self._store.listed(self._clock()) if _may_see(staff, item.unit)]

    def counts(self) -> Dict[Optional[str], int]:
        """Return how much each unit has to see to."""
        return self._store.counts(self._clock())

    def log(self, staff: StaffMember) -> List[Handled]:
        """Return what was done last about what the staff member may see."""
        return [line for line in self._store.log() if _may_see(staff, line.item.unit)]

    def act(self, staff: StaffMember, item_id: int, action: Action) -> None:
        """Try something again at once, or say that it is settled in another way.

        NotFound when it is out or settled, NotAllowed when it is another unit's, Conflict when a worker or a
        colleague was first.
        """
        item = self._store.get(item_id)
        if not _may_see(staff, item.unit):
            raise NotAllowed("it belongs to another unit's case")
        self._store.act(item_id, action, staff.id, self._clock())


def visible(counts: Dict[Optional[str], int], staff: StaffMember) -> int:
    """Return how much of what is counted by unit a staff member has to see to."""
    return sum(count for unit, count in counts.items() if _may_see(staff, unit))


def _may_see(staff: StaffMember, unit: Optional[str]) -> bool:
    return staff.role is StaffRole.ADMIN or unit in staff.units
