"""How a deadline is counted: which fact holds its length, from what day, which way, and what a closed day does to it.

Lengths are in calendar days, working days, weeks, months or years, as the unit of the fact says; a rule has no figure
of its own. A deadline that recurs on days the law names (moms) has those days instead of a length. The rules stand in
data/deadlines.yml with the paragraph each is counted by; bot/content/deadline_rules.py reads them.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Dict, Iterable, Iterator, NamedTuple, Optional, Pattern, Sequence, Tuple

from bot.core.danish import plain_letters, spellings
from bot.core.knowledge import Fact, Period, Source


class Unit(Enum):
    """What a length is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


# The units of facts, as editors write them in data/knowledge.
_UNITS: Dict[str, Unit] = {
    "dag": Unit.DAYS,
    "dage": Unit.DAYS,
    "kalenderdage": Unit.DAYS,
    "arbejdsdage": Unit.WORKING_DAYS,
    "hverdage": Unit.WORKING_DAYS,
    "uge": Unit.WEEKS,
    "uger": Unit.WEEKS,
    "måned": Unit.MONTHS,
    "måneder": Unit.MONTHS,
    "år": Unit.YEARS,
}
_LONGEST = 1000
# Who asks for one of these asks for no deadline, whatever words stand beside it.
_OTHER_SIDES = ("pris", "dokumenter", "kontakt")


class Length(NamedTuple):
    """How long a deadline is: a whole number of a unit."""

    number: int
    unit: Unit


class Direction(Enum):
    """Which way is counted: from a decision on, or back from an event."""

    AFTER = "after"
    BEFORE = "before"


class Move(Enum):
    """What happens to a last day on which nobody works.

    STAYS: nothing, and that is said. IGNORED: it makes no difference, as for the end of a period.
    """

    LATER = "later"
    EARLIER = "earlier"
    STAYS = "stays"
    IGNORED = "ignored"


@dataclass(frozen=True)
class YearlyDay:
    """A day of the year on which something is due, and what it is due for.

    `period` may hold {year} and {year_before}: the year of the due day and the one before it.
    """

    month: int
    day: int
    period: str


@dataclass(frozen=True)
class DeadlineRule:
    """One deadline of a topic.

    Attributes:
        id: its name in data/deadlines.yml and in addresses.
        topic: the topic it belongs to.
        title: what a business calls it: "Klage over en byggesag".
        fact: the topic's fact that holds the length; None for a calendar that no fact states.
        starts: the day it is counted from, in words: "den dag, du fik afgørelsen".
        sentence: what is said, with {start}, {day} and {length}.
        sources: where the way of counting stands, the law first.
        law: what the law says about it, in plain words.
        direction: from the start on, or back from it.
        move: what a weekend or holiday does to the last day.
        closed: month and day of further days that count as holidays here, such as 24 December.
        first_day_counts: the start is day one, not the day before day one.
        full_days: so many whole days lie between the last day and the start (backwards only).
        started: the start lies behind as a rule, so a date without a year is read as the last one.
        asks: the aspects it answers.
        words: what somebody writes who means this one of the topic's deadlines.
        judge: something about it is decided by a person; then `note` says what.
        note: what else a business has to know.
        afterwards: what follows when the last day has gone, with {next}: the day after it.
        calendar: the days of the year it falls on, when it has no length.
    """

    id: str
    topic: str
    title: str
    fact: Optional[str]
    starts: str
    sentence: str
    sources: Tuple[Source, ...]
    law: str
    direction: Direction = Direction.AFTER
    move: Move = Move.LATER
    closed: Tuple[Tuple[int, int], ...] = ()
    first_day_counts: bool = False
    full_days: bool = False
    started: bool = False
    asks: Tuple[str, ...] = ()
    words: Optional[Pattern[str]] = None
    judge: bool = False
    note: str = ""
    afterwards: str = ""
    calendar: Tuple[YearlyDay, ...] = ()

    def is_named_in(self, text: str) -> bool:
        """Tell whether a text points to this deadline by its words."""
        return self.words is not None and any(self.words.search(line) for line in spellings(text))


def pattern_of(words: Sequence[str]) -> Pattern[str]:
    """Return the pattern of a rule's words, whole words with any spelling of æ, ø and å; re.error for a wrong one."""
    return re.compile(plain_letters(rf"\b(?:{'|'.join(words)})(?!\w)"))


def length_of(fact: Fact, period: Period) -> Optional[Length]:
    """Return the length that a value of a fact stands for; None for what is no whole number of a known unit."""
    unit = _UNITS.get(fact.unit)
    number = period.value.strip()
    if unit is None or not number.isascii() or not number.isdigit() or not 0 < int(number) <= _LONGEST:
        return None
    return Length(int(number), unit)


class DeadlineRules:
    """All rules, in the order of the file."""

    def __init__(self, rules: Iterable[DeadlineRule]):
        self._rules = {rule.id: rule for rule in rules}

    def __iter__(self) -> Iterator[DeadlineRule]:
        return iter(self._rules.values())

    def get(self, rule_id: str) -> Optional[DeadlineRule]:
        """Return the rule, or None for an unknown id."""
        return self._rules.get(rule_id)

    def of(self, topic: str) -> Tuple[DeadlineRule, ...]:
        """Return the rules of a topic."""
        return tuple(rule for rule in self._rules.values() if rule.topic == topic)

    def wanted(self, topic: str, aspect: Optional[str], text: str) -> Tuple[DeadlineRule, ...]:
        """Return the rules a message about the topic asks for: those its words name, else those of the aspect."""
        rules = self.of(topic)
        asked = tuple(rule for rule in rules if aspect in rule.asks)
        named = tuple(rule for rule in rules if rule.is_named_in(text)) if aspect not in _OTHER_SIDES else ()
        return tuple(rule for rule in named if rule in asked) or named or asked


def year_less(day: date) -> date:
    """Return the same day a year before; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
