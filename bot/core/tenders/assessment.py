"""From a purchase and the day of its notice to the rules it follows.

The day a tender is published decides which limits hold, not the day the contract is signed. A contract of exactly the
EU limit is tendered in the EU (udbudsloven § 6: »lig med eller over«); works of exactly the limit for invited bids may
still be bought by them, for licitation is for what is »over« it.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Optional, Tuple

from bot.core.tenders.limits import Known, Limit, Limits
from bot.core.tenders.purchase import Buyer, Kind, Purchase


class Rule(Enum):
    """The rules that a purchase follows; the value stands in data/tenders.yml. Source: the paragraphs named."""

    EU_TENDER = "eu_udbud"
    """Udbudsloven afsnit II."""
    EU_LIGHT = "let_udbud"
    """Udbudsloven afsnit III."""
    LIGHT_BELOW = "let_under"
    """A special service below its limit: afsnit III does not apply; what does instead could not be confirmed."""
    MARKET = "marked"
    """Udbudsloven § 192: on the terms of the market. With clear cross-border interest § 191 asks for a notice."""
    SMALL = "direkte"
    """Udbudsloven § 193: bought directly."""
    ONE_BID = "et_bud"
    """Tilbudsloven: one bid may be enough."""
    INVITED = "underhaandsbud"
    """Tilbudsloven: two or three invited bids, and a fourth from elsewhere."""
    LICITATION = "licitation"
    """Tilbudsloven: open or restricted licitation."""
    UNKNOWN = "ved_ikke"
    """A limit is not known on the day."""


@dataclass(frozen=True)
class Assessment:
    """Which rules a purchase follows on a day.

    Attributes:
        purchase: what was asked about.
        day: the day of the notice.
        rule: the rules.
        used: the limits that decide, the one that is nearest to the rule first.
        missing: the limit that is not known on the day, of an unknown rule.
    """

    purchase: Purchase
    day: date
    rule: Rule
    used: Tuple[Known, ...] = ()
    missing: Optional[Limit] = None

    @property
    def below_eu(self) -> bool:
        """Tell whether a clear interest from other countries would bring in more rules."""
        return self.rule not in (Rule.EU_TENDER, Rule.EU_LIGHT, Rule.UNKNOWN)


def assess(purchase: Purchase, day: date, limits: Limits) -> Assessment:
    """Return the rules that `purchase` follows when its notice is published on `day`."""
    limit = _eu_limit(purchase)
    eu = limits.on(limit, day)
    if eu is None:
        return Assessment(purchase, day, Rule.UNKNOWN, missing=limit)
    if purchase.value >= eu.number:
        rule = Rule.EU_LIGHT if purchase.kind is Kind.LIGHT else Rule.EU_TENDER
        return Assessment(purchase, day, rule, (eu,))
    if purchase.kind is Kind.LIGHT:
        return Assessment(purchase, day, Rule.LIGHT_BELOW, (eu,))
    below = _works_below if purchase.kind is Kind.WORKS else _goods_below
    return below(purchase, day, limits, eu)


def _eu_limit(purchase: Purchase) -> Limit:
    if purchase.kind is Kind.WORKS:
        return Limit.EU_WORKS
    if purchase.kind is Kind.LIGHT:
        return Limit.EU_LIGHT
    return Limit.EU_STATE if purchase.buyer is Buyer.STATE else Limit.EU_MUNICIPAL


def _goods_below(purchase: Purchase, day: date, limits: Limits, eu: Known) -> Assessment:
    market = limits.on(Limit.MARKET, day)
    if market is None:
        return Assessment(purchase, day, Rule.UNKNOWN, missing=Limit.MARKET)
    rule = Rule.SMALL if purchase.value < market.number else Rule.MARKET
    return Assessment(purchase, day, rule, (market, eu))


def _works_below(purchase: Purchase, day: date, limits: Limits, eu: Known) -> Assessment:
    one, invited = limits.on(Limit.ONE_BID, day), limits.on(Limit.INVITED, day)
    if one is None or invited is None:
        missing = Limit.ONE_BID if one is None else Limit.INVITED
        return Assessment(purchase, day, Rule.UNKNOWN, missing=missing)
    if purchase.value < one.number:
        return Assessment(purchase, day, Rule.ONE_BID, (one, invited, eu))
    if purchase.value <= invited.number:
        return Assessment(purchase, day, Rule.INVITED, (invited, one, eu))
    return Assessment(purchase, day, Rule.LICITATION, (invited, eu))
