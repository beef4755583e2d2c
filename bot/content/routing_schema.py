"""The shape of what steers where cases go: data/routing.yml, and a municipality's routing.yml."""

from datetime import date
from typing import Dict, List, Literal, Optional

from pydantic import StrictBool, confloat, conint, constr

from bot.content.schema import Identifier, Line, Strict

DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "loerdag", "soendag")
DayName = Literal["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "loerdag", "soendag"]
# 09.00-14.30
Clock = r"([01][0-9]|2[0-3])\.[0-5][0-9]"


class OpeningFile(Strict):
    """When a unit reads cases, and whether it has confirmed that."""

    agreed: StrictBool
    days: Dict[DayName, constr(regex=rf"^{Clock}-{Clock}$")]


class CapacityFile(Strict):
    """How many open cases a unit can hold, and what happens beyond that."""

    open_cases: conint(ge=1, le=10_000, strict=True)
    then: Literal["tell", "deputy"] = "tell"
    agreed: StrictBool


class AbsenceFile(Strict):
    """Days on which a unit reads nothing, both ends included."""

    first: date
    last: date
    deputy: Optional[Identifier]


class WhenFile(Strict):
    """The condition of a rule: every key must fit, and of each one value is enough."""

    topics: List[Identifier] = []
    themes: List[Identifier] = []
    no_topic: StrictBool = False
    plans: List[Identifier] = []
    places: List[Identifier] = []
    trades: List[Identifier] = []
    languages: List[Literal["en", "sv", "nb", "de"]] = []
    amount_from: Optional[confloat(ge=0)]
    amount_below: Optional[confloat(gt=0)]


class RuleFile(Strict):
    """A rule: under a condition the topic goes to another unit, or a part of it to one more."""

    when: WhenFile
    unit: Optional[Identifier]
    also: Optional[Identifier]
    because: Line
    agreed: StrictBool


class CoordinatorFile(Strict):
    """Who keeps a case about several things together."""

    plan: Identifier
    several: Identifier
    agreed: StrictBool


class LocalRoutingFile(Strict):
    """data/municipalities/<name>/routing.yml."""

    coordinator: Optional[CoordinatorFile]
    areas: Dict[Identifier, List[Line]] = {}
    takes: List[Identifier] = []
    overrides: Dict[Identifier, RuleFile] = {}


class RoutingFile(Strict):
    """data/routing.yml: what holds in every municipality."""

    sent_on: List[Identifier]
    wish: List[Line]
    everything: List[Line]
