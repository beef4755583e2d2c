"""Conditions on a visitor's answers: when a question is asked, and when a step belongs to the plan."""

from dataclasses import dataclass
from typing import Container, FrozenSet, Mapping, Optional, Tuple, Union

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Is:
    """The answer to a question is one of some values; never so while the question is not asked."""

    question: str
    values: Tuple[str, ...]


@dataclass(frozen=True)
class Every:
    """All parts hold; without parts it always holds."""

    parts: Tuple["Condition", ...] = ()


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: Tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Union[Is, Every, Some, Not]
ALWAYS = Every()


def truth(condition: Condition, answers: Answers, still_open: Container[str] = ()) -> Optional[bool]:
    """Tell whether a condition holds; None when it depends on one of the questions that are still open."""
    if isinstance(condition, Is):
        if condition.question in answers:
            return answers[condition.question] in condition.values
        return None if condition.question in still_open else False
    if isinstance(condition, Not):
        part = truth(condition.part, answers, still_open)
        return None if part is None else not part
    parts = [truth(part, answers, still_open) for part in condition.parts]
    # Some hold as soon as one does, every one fails as soon as one does: what decides, whatever else is open.
    deciding = isinstance(condition, Some)
    if deciding in parts:
        return deciding
    return None if None in parts else not deciding


def holds(condition: Condition, answers: Answers) -> bool:
    """Tell whether a condition holds when nothing more is answered."""
    return truth(condition, answers) is True


def mentioned(condition: Condition) -> FrozenSet[str]:
    """Return the questions that a condition is about."""
    if isinstance(condition, Is):
        return frozenset([condition.question])
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return frozenset().union(*(mentioned(part) for part in parts))
