"""The lists of cases that staff see, a page at a time, each their own."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Dict, Optional, Protocol, Sequence, Tuple

from bot.core.case_filter import CaseFilter
from bot.core.cases import OPEN_STATES, Case, CaseState, Contact
from bot.core.ports import Clock
from bot.core.staff import StaffMember, StaffRole

PAGE_ROWS = 50


@dataclass(frozen=True)
class CasePage:
    """Some rows of a list, and how many there are in all, of which `late` are over time. Pages count from 1."""

    cases: Tuple[Case, ...]
    total: int = 0
    late: int = 0
    number: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(-(-self.total // PAGE_ROWS), 1)


class CaseLister(Protocol):
    """Reads lists; see bot/storage/case_lists.py."""

    def page(
        self,
        units: Optional[Sequence[str]],
        wanted: CaseFilter,
        staff_id: Optional[int],
        today: date,
        rows: int,
    ) -> CasePage:
        """Return a page of the cases of some units (None: of all), without their transcripts.

        The open ones first, by promised date, then the ended ones, the last ended first. A page after the last is the
        last.
        """

    def counts(self, states: Sequence[CaseState]) -> Dict[str, int]:
        """Return how many cases in some states each unit has; units without any are left out."""


class CaseLists:
    """What each member of staff may list."""

    def __init__(self, lister: CaseLister, clock: Clock):
        self._lister = lister
        self._clock = clock

    def page(self, staff: StaffMember, wanted: CaseFilter) -> CasePage:
        """Return a page of the cases that a staff member may know of, narrowed to what they want.

        A chief gets those of other units without the words of the business.
        """
        units = None if staff.role in (StaffRole.ADMIN, StaffRole.CHIEF) else list(staff.units)
        if wanted.unit:
            units = [wanted.unit] if units is None or wanted.unit in units else []
        found = self._lister.page(units, wanted, staff.id, self._clock().date(), PAGE_ROWS)
        seen = tuple(case if staff.may_see(case) else without_words(case) for case in found.cases)
        return replace(found, cases=seen)

    def open_by_unit(self) -> Dict[str, int]:
        """Return how many open cases each unit has."""
        return self._lister.counts(OPEN_STATES)


def without_words(case: Case) -> Case:
    """Return the case without what the business wrote and who they are; its company stays, a public register has it."""
    return replace(case, summary="", transcript=(), contact=Contact(name="", company=case.contact.company))
