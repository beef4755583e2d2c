"""The shape of data/deadlines.yml."""

from typing import Dict, List, Literal, Optional

from pydantic import StrictBool, conlist, constr

from bot.content.schema import Identifier, Line, Pattern, SourceFile, Strict
from bot.core.counting import CLOSED
from bot.core.knowledge import ASPECTS


class WayFile(Strict):
    """A way of counting that several rules share."""

    starts: Optional[Line]
    sentence: Optional[Line]
    sources: List[Identifier] = []
    law: Line
    counts: Literal["after", "before"] = "after"
    moves: Literal["later", "earlier", "stays", "ignored"]
    closed: List[Literal[tuple(CLOSED)]] = []
    first_day_counts: StrictBool = False
    full_days: StrictBool = False
    started: StrictBool = False
    asks: List[Literal[ASPECTS]] = []
    words: List[Pattern] = []


class YearlyDayFile(Strict):
    """A day of the year, and what it is due for."""

    day: constr(regex=r"^\d\d-\d\d$", strict=True)
    period: Line


class RuleFile(Strict):
    """A deadline of a topic; what it says itself counts before what its way says."""

    topic: Identifier
    title: constr(min_length=2, max_length=70)
    way: Identifier
    fact: Optional[Identifier]
    starts: Optional[Line]
    sentence: Optional[Line]
    asks: Optional[List[Literal[ASPECTS]]]
    words: Optional[conlist(Pattern, min_items=1)]
    judge: StrictBool = False
    note: str = ""
    afterwards: str = ""
    calendar: List[YearlyDayFile] = []


class DeadlinesFile(Strict):
    """The shape of data/deadlines.yml."""

    sources: Dict[Identifier, SourceFile]
    ways: Dict[Identifier, WayFile]
    deadlines: Dict[Identifier, RuleFile]
