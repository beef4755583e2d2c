"""Which unit a case goes to, and why."""

from dataclasses import dataclass
from typing import Optional

from bot.core.units import Municipality, Unit, Units


@dataclass(frozen=True)
class Route:
    """The unit a case goes to; `reason` is a key of the phrases under `routing`."""

    unit: Unit
    reason: str


def route(topic: Optional[str], units: Units, municipality: Municipality) -> Route:
    """Choose the unit that has the topic, else the municipality's default unit: nothing is refused."""
    unit = units.for_topic(topic)
    if unit:
        return Route(unit, "topic")
    return Route(units.get(municipality.default_unit), "default")
