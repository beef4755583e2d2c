"""What a visitor's business does."""

from dataclasses import dataclass
from typing import Tuple


@dataclass(frozen=True)
class Trade:
    """A trade and the words for it, written as in data/trades.yml.

    `never` are words that end as one of the trade does and are something else. `db07` and `db25` are the first digits
    of its code in Dansk Branchekode 2007 and 2025, or empty.
    """

    id: str
    title: str
    words: Tuple[str, ...]
    never: Tuple[str, ...] = ()
    db07: str = ""
    db25: str = ""
