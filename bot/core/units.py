"""The municipality and its units."""

from dataclasses import dataclass
from typing import Iterable, List, Optional, Tuple

from bot.core.errors import NotFound


@dataclass(frozen=True)
class Unit:
    """A municipal unit that answers businesses; `working_days` is within how many it aims to do so.

    `called` and `called_in_full` are its name as it stands in a sentence.
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
