"""What leaders see besides figures: the talks that were booked with them, and the cases that were sent on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import List, Optional, Protocol, Sequence, Tuple

from bot.core.dialogs import Dialog
from bot.core.errors import NotAllowed
from bot.core.ports import Clock
from bot.core.staff import StaffMember, StaffRole

FORWARDS_BACK = timedelta(days=90)
_TALKS_BACK = timedelta(days=30)
MOST_FORWARDS = 200


@dataclass(frozen=True)
class Forward:
    """A case that was sent from one unit to another, and why; `because` is why it had come to the first."""

    at: datetime
    case_id: str
    reference: str
    unit: str
    topic: Optional[str]
    because: str
    before: str
    after: str
    misrouted: bool
    reason: str
    staff: str


class LeaderLister(Protocol):
    """Reads these lists; see bot/storage/leader_lists.py."""

    def talks(self, units: Optional[Sequence[str]], after: datetime) -> List[Dialog]:
        """Return the talks of some units (None: of all) that begin after a moment, the earliest first."""

    def forwards(
        self, units: Optional[Sequence[str]], after: datetime, misrouted: bool, most: int
    ) -> List[Forward]:
        """Return what was sent from or to some units (None: any) since a moment, the last first."""


class LeaderLists:
    """Each leader sees those of their own units; the chief all, but not what businesses and staff wrote there."""

    def __init__(self, lister: LeaderLister, clock: Clock):
        self._lister = lister
        self._clock = clock

    def talks(self, staff: StaffMember) -> Tuple[List[Dialog], List[Dialog]]:
        """Return the talks to come, the next first, and those of the last 30 days, the last first."""
        now = self._clock()
        found = [
            talk if _reads(staff, talk.unit) else replace(talk, name="", email="", about="")
            for talk in self._lister.talks(_units(staff), now - _TALKS_BACK)
        ]
        coming = [talk for talk in found if talk.ends_at >= now]
        return coming, [talk for talk in reversed(found) if talk.ends_at < now]

    def forwards(self, staff: StaffMember, misrouted: bool = False) -> List[Forward]:
        """Return what was sent on in the last 90 days, the last first; with `misrouted` only what had come wrong."""
        found = self._lister.forwards(_units(staff), self._clock() - FORWARDS_BACK, misrouted, MOST_FORWARDS)
        return [
            one if _reads(staff, one.before) or _reads(staff, one.after) else replace(one, reason="")
            for one in found
        ]


def _reads(staff: StaffMember, unit: str) -> bool:
    return staff.role is StaffRole.ADMIN or unit in staff.units


def _units(staff: StaffMember) -> Optional[Sequence[str]]:
    if not staff.sees_figures:
        raise NotAllowed("these lists are the leaders'")
    return list(staff.units) if staff.role is StaffRole.LEADER else None
