"""A plan that a visitor keeps by its link."""

from dataclasses import dataclass
from datetime import date
from typing import FrozenSet, Mapping, Optional


@dataclass(frozen=True)
class KeptPlan:
    """The answers, the steps that are done, and the days wished for. The token is known only by its hash."""

    id: str
    plan: str
    answers: Mapping[str, str]
    done: FrozenSet[str] = frozenset()
    start: Optional[date] = None
    opening: Optional[date] = None
