"""Which cases of a list somebody wants to see."""

from dataclasses import dataclass
from typing import List, Tuple

from bot.core.cases import ENDED_STATES, OPEN_STATES, Case, CaseState

# What is searched in stands in an index, which takes no text of any length.
LONGEST_SOUGHT = 300


@dataclass(frozen=True)
class CaseFilter:
    """What is asked for; what is left out does not narrow the list.

    `text` is part of a reference, a company's name or a CVR number. A search finds open and ended cases alike, unless
    a state is asked for. `page` counts from 1.
    """

    unit: str = ""
    state: str = ""
    mine: bool = False
    overdue: bool = False
    ended: bool = False
    text: str = ""
    page: int = 1

    @property
    def words(self) -> List[str]:
        """Every word that is searched for, as `sought` writes it."""
        return self.text.replace("\0", " ").casefold().split()

    @property
    def states(self) -> Tuple[CaseState, ...]:
        """The states asked for; an unknown one is as none."""
        chosen = tuple(state for state in CaseState if state.value == self.state)
        if chosen or self.overdue:
            return chosen or OPEN_STATES
        if self.words:
            return tuple(CaseState)
        return ENDED_STATES if self.ended else OPEN_STATES


def sought(case: Case) -> str:
    """Return what a case is found by, without regard to capitals; stored with it."""
    return f"{case.reference} {case.contact.cvr} {case.contact.company}".casefold()[:LONGEST_SOUGHT]
