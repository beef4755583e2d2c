"""What a municipality has decided about where cases go, as its routing.yml has it."""

import re
from dataclasses import dataclass, field
from typing import FrozenSet, Mapping, Optional, Tuple

from bot.core.inquiries import Inquiry
from bot.core.places import Area
from bot.core.units import Units

LARGEST = "largest"


@dataclass(frozen=True)
class Condition:
    """When a rule holds: every field that is filled must fit, and of each one value is enough."""

    topics: FrozenSet[str] = frozenset()
    no_topic: bool = False
    plans: FrozenSet[str] = frozenset()
    places: FrozenSet[str] = frozenset()
    trades: FrozenSet[str] = frozenset()
    languages: FrozenSet[str] = frozenset()
    amount_from: Optional[float] = None
    amount_below: Optional[float] = None

    def holds(self, inquiry: Inquiry, topic: Optional[str], places: FrozenSet[str]) -> bool:
        """Tell whether the rule is about one topic of an inquiry (None: it has none) in these places."""
        about = topic is None if self.no_topic else (not self.topics or topic in self.topics)
        return (
            about
            and (not self.plans or inquiry.plan in self.plans)
            and (not self.places or bool(self.places & places))
            and (not self.trades or inquiry.trade in self.trades)
            and (not self.languages or inquiry.language in self.languages)
            and self._amount_fits(inquiry.amount)
        )

    def _amount_fits(self, amount: Optional[float]) -> bool:
        if self.amount_from is None and self.amount_below is None:
            return True
        if amount is None:
            return False
        enough = self.amount_from is None or amount >= self.amount_from
        return enough and (self.amount_below is None or amount < self.amount_below)


@dataclass(frozen=True)
class Rule:
    """What holds under a condition: `unit` takes the topic, or, with `also`, a part of it beside the topic's own unit.

    `because` is the sentence that is stored and shown; {enhed} in it is the unit.
    """

    id: str
    when: Condition
    unit: str
    because: str
    also: bool = False


@dataclass(frozen=True)
class Rules:
    """All of it.

    Attributes:
        rules: the first that holds for a topic decides.
        areas: parts of the municipality that rules name, with the words that visitors use for them.
        sent_on: topics that an authority outside the municipality answers alone.
        plan_coordinator: the unit that keeps a plan's case together; empty: the default unit.
        coordinator: the unit that keeps a case about several things together; `LARGEST`: the one with most of it.
        wish: how somebody asks for a unit: regular expressions for what stands before its name.
        everything: how somebody says that a case is about all that was spoken of: regular expressions.
    """

    rules: Tuple[Rule, ...] = ()
    areas: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)
    sent_on: FrozenSet[str] = frozenset()
    plan_coordinator: str = ""
    coordinator: str = LARGEST
    wish: Tuple[str, ...] = ()
    everything: Tuple[str, ...] = ()

    def places(self, inquiry: Inquiry) -> FrozenSet[str]:
        """Return the areas that an inquiry names, and where it lies: inside, partly or outside."""
        named = {area for area, words in self.areas.items() if _names(inquiry.place, words)}
        # Whoever names a harbour of ours is here, wherever else they come from.
        lies = Area.INSIDE.value if named else inquiry.area
        return frozenset({*named, lies} - {""})

    def rule(self, inquiry: Inquiry, topic: Optional[str], also: bool = False) -> Optional[Rule]:
        """Return the first rule that holds for one topic, of those that move it or of those that add a part."""
        places = self.places(inquiry)
        return next(
            (item for item in self.rules if item.also is also and item.when.holds(inquiry, topic, places)),
            None,
        )

    def wished(self, text: str, units: Units) -> str:
        """Return the id of the unit that somebody asks for (»jeg vil tale med Byggesag«), or an empty string."""
        if not self.wish:
            return ""
        begin = "|".join(self.wish)
        for unit in units.all():
            names = sorted({unit.name, unit.called, *unit.known_as} - {""}, key=len, reverse=True)
            named = "|".join(re.escape(name) for name in names)
            if re.search(rf"\b(?:{begin})\s+(?:{named})(?!\w)", text, re.I):
                return unit.id
        return ""

    def is_about_everything(self, text: str) -> bool:
        """Tell whether somebody says that it is about all that was spoken of."""
        return any(re.search(rf"\b(?:{pattern})(?!\w)", text, re.I) for pattern in self.everything)


def _names(text: str, words: Tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}s?(?!\w)", text, re.I) for word in words)
