"""The places that visitors name, and whether they lie in the municipality."""

from dataclasses import dataclass
from enum import Enum
from typing import Tuple


class Area(Enum):
    """Where a place lies. A postcode can cross the border: then only the address tells."""

    INSIDE = "inside"
    PARTLY = "partly"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Postcode:
    """A postcode and the name of its postal district."""

    code: str
    name: str
    area: Area


@dataclass(frozen=True)
class Place:
    """A town, village or neighbour.

    `exact`: with a letter wrong it would be an ordinary word, so it is known only with its own letters, and with a
    capital or a word of place before it.
    """

    name: str
    area: Area
    postcode: str = ""
    spellings: Tuple[str, ...] = ()
    exact: bool = False
