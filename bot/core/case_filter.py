"""Which cases of a list somebody wants to see."""

from dataclasses import dataclass
from datetime import date
from typing import Iterable, List, Optional, Tuple

from bot.core.cases import ENDED_STATES, OPEN_STATES, Case, CaseState


@dataclass(frozen=True)
class CaseFilter:
    """What is asked for; what is left out does not narrow the list.

    `text` is part of a reference, a company's name or a CVR number. A search finds open and ended cases alike, unless
    a state is asked for.
    """

    unit: str = ""
    state: str = ""
    mine: bool = False
    overdue: bool = False
    ended: bool = False
    text: str = ""

    @property
    def states(self) -> Tuple[CaseState, ...]:
        """The states asked for; an unknown one is as none."""
        chosen = tuple(state for state in CaseState if state.value == self.state)
        if chosen or self.overdue:
            return chosen or OPEN_STATES
        if self.text.strip():
            return tuple(CaseState)
        return ENDED_STATES if self.ended else OPEN_STATES


def chosen(cases: Iterable[Case], wanted: CaseFilter, staff_id: Optional[int], today: date) -> List[Case]:
    """Return the cases that fit: the open ones first, by promised date, then the ended ones, the last ended first."""
    words = wanted.text.casefold().split()
    found = [
        case
        for case in cases
        if (not wanted.mine or case.claimed_by == staff_id)
        and (not wanted.overdue or case.overdue(today))
        and all(word in _searched(case) for word in words)
    ]
    open_ones = sorted(
        (case for case in found if case.open), key=lambda case: (case.answer_by, case.created_at)
    )
    ended = sorted(
        (case for case in found if not case.open),
        key=lambda case: case.closed_at or case.created_at,
        reverse=True,
    )
    return open_ones + ended


def _searched(case: Case) -> str:
    return f"{case.reference} {case.contact.company} {case.contact.cvr}".casefold()
