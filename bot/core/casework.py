"""What staff do with cases, and who may do it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Dict, List, Optional, Protocol, Sequence

from bot.core.cases import Case, CaseEvent, CaseState, Contact, EventKind, Outcome
from bot.core.errors import IllegalTransition, InvalidInput, NotAllowed
from bot.core.ports import Clock
from bot.core.privacy import storable
from bot.core.staff import StaffMember, StaffRole

LONGEST_NOTE = 4000
OPEN_STATES = (CaseState.NEW, CaseState.CLAIMED)


class CaseDesk(Protocol):
    """Where cases are kept; see bot/storage/cases.py."""

    def get(self, case_id: str) -> Case:
        """Return a case; NotFound for an unknown id."""

    def listed(self, units: Optional[Sequence[str]], states: Sequence[CaseState]) -> List[Case]:
        """Return the cases of some units (None: of all) in some states, without their transcripts."""

    def counts(self, states: Sequence[CaseState]) -> Dict[str, int]:
        """Return how many cases in some states each unit has; units without any are left out."""

    def events(self, case_id: str) -> List[CaseEvent]:
        """Return the history of a case."""

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
        """Take a case to another state; Conflict when somebody changed it first."""

    def add_note(self, case_id: str, staff_id: int, text: str, at: datetime) -> None:
        """Add a note to the history."""


@dataclass(frozen=True)
class Possible:
    """What a staff member can do with a case as it stands."""

    claim: bool
    release: bool
    note: bool
    close: bool


class Casework:
    """Claim, release, note and close, each by somebody who may."""

    def __init__(self, desk: CaseDesk, clock: Clock):
        self._desk = desk
        self._clock = clock

    def listed(self, staff: StaffMember, unit: Optional[str], closed: bool) -> List[Case]:
        """Return the cases a staff member may know of, of one unit or of all; the closed ones or the open ones.

        A chief gets those of other units without the words of the business.
        """
        units = None if staff.role in (StaffRole.ADMIN, StaffRole.CHIEF) else list(staff.units)
        if unit:
            units = [unit] if units is None or unit in units else []
        found = self._desk.listed(units, (CaseState.CLOSED,) if closed else OPEN_STATES)
        return [case if staff.may_see(case) else without_words(case) for case in found]

    def open_by_unit(self) -> Dict[str, int]:
        """Return how many open cases each unit has."""
        return self._desk.counts(OPEN_STATES)

    def read(self, staff: StaffMember, case_id: str) -> Case:
        """Return a case; NotAllowed when it is another unit's."""
        case = self._desk.get(case_id)
        _check_may_see(staff, case)
        return case

    def history(self, case: Case) -> List[CaseEvent]:
        """Return what has happened to a case, oldest first."""
        return self._desk.events(case.id)

    def possible(self, staff: StaffMember, case: Case) -> Possible:
        """Return what the staff member can do now."""
        mine = case.state is CaseState.CLAIMED and case.claimed_by == staff.id
        return Possible(
            claim=case.state is CaseState.NEW,
            # By any colleague: who has claimed it may be ill or gone.
            release=case.state is CaseState.CLAIMED,
            note=case.state is not CaseState.CLOSED,
            close=mine,
        )

    def claim(self, staff: StaffMember, case: Case) -> None:
        """Take a new case."""
        _check_may_see(staff, case)
        self._desk.move(case, CaseState.CLAIMED, staff.id, EventKind.CLAIMED, self._clock())

    def release(self, staff: StaffMember, case: Case) -> None:
        """Put a claimed case back; the history shows who did."""
        _check_may_see(staff, case)
        if not self.possible(staff, case).release:
            raise IllegalTransition("nobody has claimed the case")
        self._desk.move(case, CaseState.NEW, staff.id, EventKind.RELEASED, self._clock())

    def note(self, staff: StaffMember, case: Case, text: str) -> None:
        """Add a note; InvalidInput `note_missing` for an empty one, `note_long` for a long one."""
        _check_may_see(staff, case)
        kept = _kept(text)
        if not kept:
            raise InvalidInput("note_missing", "text")
        if case.state is CaseState.CLOSED:
            raise IllegalTransition("a closed case takes no notes")
        self._desk.add_note(case.id, staff.id, kept, self._clock())

    def close(self, staff: StaffMember, case: Case, outcome: str, text: str) -> None:
        """Close one's own case with an outcome.

        InvalidInput `outcome_missing` for an unknown outcome, `note_long` for a long text.
        """
        self._check_own(staff, case)
        if outcome not in {item.value for item in Outcome}:
            raise InvalidInput("outcome_missing", "outcome")
        self._desk.move(
            case,
            CaseState.CLOSED,
            staff.id,
            EventKind.CLOSED,
            self._clock(),
            _kept(text),
            Outcome(outcome),
        )

    def _check_own(self, staff: StaffMember, case: Case) -> None:
        _check_may_see(staff, case)
        if not self.possible(staff, case).close:
            raise IllegalTransition("only who has claimed a case may close it")


def without_words(case: Case) -> Case:
    """Return the case without what the business wrote and who they are; its company stays, a public register has it."""
    return replace(case, summary="", transcript=(), contact=Contact(name="", company=case.contact.company))


def _kept(text: str) -> str:
    kept = storable(text)
    if len(kept) > LONGEST_NOTE:
        raise InvalidInput("note_long", "text")
    return kept


def _check_may_see(staff: StaffMember, case: Case) -> None:
    if not staff.may_see(case):
        raise NotAllowed("the case is another unit's")
