"""A case about several things: one unit keeps it together, and other units answer a part each."""

from typing import Iterable

from bot.core.cases import Case


def may_close(parent: Case, parts: Iterable[Case]) -> bool:
    """Tell whether a case may be closed: not while one of its parts is open."""
    return not any(part.open for part in parts if part.parent == parent.id)


def part_reference(reference: str, number: int) -> str:
    """Return the reference of a part; the visitor knows only the whole case's."""
    return f"{reference}-{number}"


def same_family(one: Case, other: Case) -> bool:
    """Tell whether two cases are a case and its part, or parts of the same case."""
    return (one.parent or one.id) == (other.parent or other.id)
