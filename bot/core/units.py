"""The municipality and its units."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Iterable, List, Mapping, Optional, Tuple

from bot.core.errors import NotFound


@dataclass(frozen=True)
class Absence:
    """Days on which a unit reads nothing (both ends included); `deputy` takes its cases, or the unit's usual one."""

    first: date
    last: date
    deputy: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether the unit is away on `day`."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Unit:
    """A municipal unit that answers businesses; `working_days` is within how many it aims to do so.

    Attributes:
        called: its name as it stands in a sentence.
        called_in_full: the same, with what it belongs to.
        hours: opening hours in words, for a page.
        opening: when somebody reads cases, by weekday (0 is Monday): from and to. Empty: nobody has told.
        capacity: how many open cases it can hold; None: nobody has told.
        full: what happens beyond that: `deputy` takes new cases, or the visitor is told that it may take longer.
        deputy: the unit that takes its cases while it is away.
        absences: when it is away.
        known_as: what else visitors call it, or whom they ask for there.
    """

    id: str
    name: str
    for_whom: str
    mailbox: str
    phone: str
    working_days: int
    goal_agreed: bool
    topics: Tuple[str, ...]
    hours: str = ""
    called: str = ""
    called_in_full: str = ""
    opening: Mapping[int, Tuple[time, time]] = field(default_factory=dict)
    capacity: Optional[int] = None
    full: str = "tell"
    deputy: str = ""
    absences: Tuple[Absence, ...] = ()
    known_as: Tuple[str, ...] = ()

    def absence_on(self, day: date) -> Optional[Absence]:
        """Return the absence that `day` lies in, or None."""
        return next((absence for absence in self.absences if absence.covers(day)), None)

    def is_full(self, open_cases: int) -> bool:
        """Tell whether it has as many open cases as it can hold, or more."""
        return self.capacity is not None and open_cases >= self.capacity


class Units:
    """All units, found by id or by topic."""

    def __init__(self, units: Iterable[Unit]):
        self._units = {unit.id: unit for unit in units}
        self._by_topic = {topic: unit for unit in self._units.values() for topic in unit.topics}

    def all(self) -> List[Unit]:
        """Return every unit, by name."""
        return sorted(self._units.values(), key=lambda unit: unit.name)

    def has(self, unit_id: str) -> bool:
        """Tell whether there is such a unit."""
        return unit_id in self._units

    def get(self, unit_id: str) -> Unit:
        """Return the unit; NotFound for an unknown id."""
        if unit_id not in self._units:
            raise NotFound(f"no unit {unit_id}")
        return self._units[unit_id]

    def covers(self, topic: str) -> bool:
        """Tell whether some unit has the topic."""
        return topic in self._by_topic

    def for_topic(self, topic: Optional[str]) -> Optional[Unit]:
        """Return the unit that has the topic, or None."""
        return self._by_topic.get(topic or "")


@dataclass(frozen=True)
class Municipality:
    """What differs from one municipality to the next; `place` is how people name it in a sentence: "i Helsingør"."""

    id: str
    name: str
    genitive: str
    place: str
    url: str
    phone: str
    address: str
    case_prefix: str
    default_unit: str
    accessibility_contact: str
    suggestions: Tuple[str, ...] = ()
