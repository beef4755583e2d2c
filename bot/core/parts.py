"""A case about several things: one unit keeps it together, and other units answer a part each."""

from datetime import date
from typing import Iterable

from bot.core.cases import Case, CaseState


def may_close(parent: Case, parts: Iterable[Case]) -> bool:
    """Tell whether a case may be closed: not while one of its parts is open."""
    return not any(part.open for part in parts if part.parent == parent.id)


def latest(parts: Iterable[Case]) -> date:
    """Return by when every open part is answered; date.min when none is open."""
    return max((part.answer_by for part in parts if part.open), default=date.min)


def went_with(part: Case, whole: Case) -> bool:
    """Tell whether a part was withdrawn in the same act as the whole."""
    both = part.state is CaseState.WITHDRAWN is whole.state
    return both and part.closed_at == whole.closed_at


def part_reference(reference: str, number: int) -> str:
    """Return the reference of a part; the visitor knows only the whole case's."""
    return f"{reference}-{number}"


def same_family(one: Case, other: Case) -> bool:
    """Tell whether two cases are a case and its part, or parts of the same case."""
    return (one.parent or one.id) == (other.parent or other.id)
