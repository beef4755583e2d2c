"""What is found in a text, and which of two finds counts when they overlap."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Dict, Iterable, List, Mapping, Set

AMOUNT = "beloeb"
DATE = "dato"
INVALID_DATE = "invalid_date"
CVR = "cvr"
INVALID_CVR = "invalid_cvr"
POSTCODE = "postnummer"
PLACE = "sted"
TRADE = "branche"
ADDRESS = "adresse"
EMAIL = "email"
PHONE = "telefon"

# Of two finds equally sure and long, the earlier kind counts: eight digits that pass modulus 11 are a CVR number.
KINDS = (
    EMAIL, CVR, INVALID_CVR, PHONE, DATE, INVALID_DATE, AMOUNT, ADDRESS, POSTCODE, PLACE, TRADE,
)  # fmt: skip


@dataclass(frozen=True)
class Entity:
    """Something found in a text.

    `value` is normalised, its type depends on `kind` and is told by the module that finds it. `text` is what stands
    from `start` to `end`. `sure`: the words themselves say what it is ("cvr 64502018", "500 kr").
    """

    kind: str
    value: Any
    text: str
    start: int
    end: int
    extra: Mapping[str, Any] = field(default_factory=dict)
    sure: bool = True


def without_overlaps(found: Iterable[Entity]) -> List[Entity]:
    """Return the entities in the order of the text; of those that overlap the sure one, then the longest, stays."""
    kept: List[Entity] = []
    taken: Set[int] = set()
    for entity in sorted(found, key=_weight):
        places = range(entity.start, entity.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)


def as_json(entity: Entity) -> Dict[str, Any]:
    """Return the entity as JSON can hold it: dates as 2026-11-25, amounts as numbers."""
    return {
        "entity": entity.kind,
        "value": _plain(entity.value),
        "start": entity.start,
        "end": entity.end,
        "text": entity.text,
        "sure": entity.sure,
        "extra": {name: _plain(value) for name, value in entity.extra.items()},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _weight(entity: Entity) -> tuple:
    return (not entity.sure, entity.start - entity.end, KINDS.index(entity.kind), entity.start)
