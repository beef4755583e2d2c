"""What is known of an inquiry before somebody reads it, and what of it decides where it goes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Iterable, Optional, Tuple

from bot.core.calculations import Mention
from bot.core.places import Area

# What bot/understanding/entities calls them.
_AMOUNT, _TRADE, _AREAS = "beloeb", "branche", ("sted", "postnummer")
_PLACES = ("adresse", *_AREAS)
_SURE_OF = (Area.INSIDE.value, Area.PARTLY.value, Area.OUTSIDE.value)


@dataclass(frozen=True)
class Inquiry:
    """What a case is routed by.

    Attributes:
        topics: what it is about, what matters most first.
        plan: the plan that it comes from, or empty.
        amount: in kroner, or None.
        place: addresses and places in the visitor's own words; areas of the municipality are found in it.
        area: whether they lie in the municipality: a value of `Area`, or empty.
        trade: an id of data/trades.yml, or empty.
        language: the code of the visitor's language when it is not Danish, or empty.
        wish: the unit that the visitor asks for, or empty.
    """

    topics: Tuple[str, ...] = ()
    plan: str = ""
    amount: Optional[float] = None
    place: str = ""
    area: str = ""
    trade: str = ""
    language: str = ""
    wish: str = ""


@dataclass(frozen=True)
class Told:
    """What a visitor's words name that a case can be routed by; fields as in `Inquiry`."""

    amount: Optional[float] = None
    place: str = ""
    area: str = ""
    trade: str = ""


def told_in(mentions: Iterable[Mention]) -> Told:
    """Return what the mentions of a text say; of several amounts and trades the last counts.

    A place inside the municipality outweighs one outside: »my shop in Hillerød opens one in Helsingør«.
    """
    found = list(mentions)
    amounts = [
        item.value for item in found if item.kind == _AMOUNT and isinstance(item.value, (int, float, Decimal))
    ]
    areas = {item.extra.get("area") for item in found if item.kind in _AREAS}
    trades = [str(item.value) for item in found if item.kind == _TRADE]
    return Told(
        amount=float(amounts[-1]) if amounts else None,
        place=", ".join(str(item.value) for item in found if item.kind in _PLACES),
        area=next((area for area in _SURE_OF if area in areas), ""),
        trade=trades[-1] if trades else "",
    )
