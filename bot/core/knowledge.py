"""What the bot knows: answers, their figures, their sources, and who decides."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import FrozenSet, Iterable, Mapping, Optional, Tuple

ASPECTS = ("krav", "pris", "tid", "ansoeg", "dokumenter", "klage", "kontakt")


class Confidence(Enum):
    """How sure the editors are of a figure."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Source:
    """A public page that backs an answer; `checked` is the day somebody last read it."""

    id: str
    title: str
    url: str
    checked: date


@dataclass(frozen=True)
class Period:
    """One value of a fact and the days on which it holds (both ends included)."""

    value: str
    valid_from: Optional[date] = None
    valid_to: Optional[date] = None
    known: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether the value holds on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class Fact:
    """A figure (amount, age, date, paragraph) with its unit, source and periods."""

    id: str
    label: str
    unit: str
    source: Source
    confidence: Confidence
    periods: Tuple[Period, ...]

    def on(self, day: date) -> Optional[Period]:
        """Return the period that covers `day`, or None when no value holds on that day."""
        return next((period for period in self.periods if period.covers(day)), None)

    def shown(self, period: Period) -> str:
        """Return the value with its unit, as it stands in a sentence: `20.000 kr.`."""
        return f"{period.value} {self.unit}".strip()


@dataclass(frozen=True)
class Authority:
    """Who decides in a matter: the municipality itself or a state authority; `phone` is empty where nobody has told."""

    id: str
    name: str
    url: str
    phone: str = ""


@dataclass(frozen=True)
class Topic:
    """Everything the bot may say about one subject.

    Texts hold `{fact_id}` where a figure belongs; see bot/core/answering.py. `off` is what is said instead while an
    editor has switched the topic off; empty otherwise. `file` is where an editor finds it in the release.
    """

    id: str
    theme: str
    title: str
    description: str
    goals: Tuple[str, ...]
    owner: str
    authority: Authority
    review_by: date
    short: str
    aspects: Mapping[str, str] = field(default_factory=dict)
    steps: Tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Tuple[Source, ...] = ()
    related: Tuple[str, ...] = ()
    full: bool = True
    off: str = ""
    file: str = ""


@dataclass(frozen=True)
class Knowledge:
    """All topics of the municipality, by id; `elsewhere` are those that only other municipalities have."""

    topics: Mapping[str, Topic]
    elsewhere: FrozenSet[str] = frozenset()

    def get(self, topic_id: Optional[str]) -> Optional[Topic]:
        """Return the topic, or None for an id without an answer."""
        return self.topics.get(topic_id or "")

    def title(self, topic_id: str) -> str:
        """Return what a button for the topic says."""
        topic = self.topics.get(topic_id)
        return topic.title if topic else topic_id

    def due_for_review(self, day: date) -> Iterable[Topic]:
        """Return the topics whose review date is `day` or earlier, oldest first."""
        due = [topic for topic in self.topics.values() if topic.review_by <= day]
        return sorted(due, key=lambda topic: (topic.review_by, topic.id))
