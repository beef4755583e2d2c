"""From an assessment, or a message to bidders, to the sentences a business reads."""

from dataclasses import dataclass
from datetime import date
from typing import Container, Dict, List, Mapping, Optional, Tuple

from bot.core.answering import ShownFact
from bot.core.danish import long_date, long_day
from bot.core.knowledge import Confidence
from bot.core.tenders.assessment import Assessment, Rule
from bot.core.tenders.limits import Known, Limit, Limits
from bot.core.tenders.notices import Message, complaint, standstill
from bot.core.tenders.purchase import Buyer
from bot.core.tenders.texts import TenderTexts, filled, places, told

_SHOWN = {
    "market": Limit.MARKET,
    "one_bid": Limit.ONE_BID,
    "invited": Limit.INVITED,
    "apply": Limit.APPLY,
    "answers": Limit.ANSWERS,
    "wait_digital": Limit.WAIT_DIGITAL,
}
_EU = (Limit.EU_MUNICIPAL, Limit.EU_STATE, Limit.EU_WORKS, Limit.EU_LIGHT)
_WORKS = (Rule.ONE_BID, Rule.INVITED, Rule.LICITATION)


@dataclass(frozen=True)
class Told:
    """What is said about a purchase, part by part; `facts` are the figures that decide."""

    title: str
    says: str
    law: str
    do: Tuple[str, ...]
    where: Tuple[str, ...]
    time: Tuple[str, ...]
    unsure: Tuple[str, ...]
    facts: Tuple[ShownFact, ...]


class Teller:
    """Puts the figures of the day into the texts."""

    def __init__(self, texts: TenderTexts, limits: Limits):
        self._texts = texts
        self._limits = limits

    def tell(self, found: Assessment) -> Told:
        """Return everything the page says about an assessment."""
        texts, values = self._texts.rules[found.rule], self._values(found)
        return Told(
            title=texts.title,
            says=self.says(found),
            law=texts.law,
            do=told(texts.do, values),
            where=told(texts.where, values),
            time=told(texts.time, values),
            unsure=tuple(self._unsure(found)),
            facts=tuple(known.shown for known in found.used),
        )

    def says(self, found: Assessment) -> str:
        """Return what applies and why, in one to four sentences."""
        return filled(self._texts.rules[found.rule].says, self._values(found))

    def short(self, found: Assessment) -> str:
        """Return what applies as the end of a sentence: `kan kommunen købe direkte hos dig`."""
        return filled(self._texts.rules[found.rule].short, self._values(found))

    def buyer(self, buyer: Buyer) -> Dict[str, str]:
        """Return the name of the buyer, for the middle and the beginning of a sentence."""
        name = self._texts.buyers[buyer].name
        return {"buyer": name, "Buyer": name.capitalize()}

    def holds(self, found: Assessment) -> Optional[str]:
        """Return for which days the EU limit holds; None when what is said names none, or when it has no last day."""
        eu = next((known.shown for known in found.used if _is(known, _EU)), None)
        if eu is None or "eu" not in places(self._texts.rules[found.rule].says):
            return None
        end = eu.period.valid_to
        return self._texts.line("holds", start=long_date(eu.valid_from), end=long_date(end)) if end else None

    def works_checked(self, found: Assessment, key: str = "works_checked") -> Optional[str]:
        """Return when the limits of tilbudsloven were checked; None for other rules."""
        if found.rule not in _WORKS:
            return None
        checked = found.used[0].shown.fact.source.checked
        return self._texts.line(key, checked=long_date(checked), **self.buyer(found.purchase.buyer))

    def _values(self, found: Assessment) -> Mapping[str, str]:
        values = self.buyer(found.purchase.buyer)
        for name, limit in _SHOWN.items():
            known = self._limits.on(limit, found.day)
            if known:
                values[name] = known.text
        for known in found.used:
            if _is(known, _EU):
                values["eu"] = known.text
        if found.missing:
            fact = self._limits.fact(found.missing)
            values["missing"] = fact.label if fact else self._texts.rules[Rule.UNKNOWN].law
            values["authority"] = self._limits.authority(found.missing) or values["Buyer"]
            values["day"] = long_date(found.day)
        return values

    def _unsure(self, found: Assessment) -> List[str]:
        buyer = self.buyer(found.purchase.buyer)
        doubtful = [known for known in found.used if known.shown.fact.confidence is Confidence.MEDIUM]
        lines = [
            self._texts.line(
                "unsure_limit", Label=_capital(known.shown.fact.label), limit=known.text, **buyer
            )
            for known in doubtful
        ]
        works = self.works_checked(found, "unsure_works")
        lines += [works] if works else []
        keys = ["unsure_border"] if found.below_eu else []
        if found.rule is not Rule.UNKNOWN:
            keys += ["unsure_split", "unsure_mixed", "unsure_estimate"]
        return lines + [self._texts.line(key, **buyer) for key in keys]

    def message(
        self, message: Message, sent: date, digital: bool, today: date, holidays: Container[date]
    ) -> List[str]:
        """Return what a bidder must know after a message sent on the day `sent`, a sentence or more each."""
        lines = []
        if message is Message.WINNER_NATIONAL:
            lines.append(self._texts.line("no_standstill"))
        if message in (Message.WINNER_EU, Message.FRAMEWORK):
            wait = standstill(sent, digital, self._limits, holidays)
            if message is Message.FRAMEWORK and wait:
                lines.append(self._texts.line("framework_eu"))
            if wait:
                days = {"end": long_day(wait.end), "sign": long_day(wait.sign_from)}
                lines.append(self._texts.line("standstill", wait=wait.wait.text, **days))
                lines.append(self._texts.line("standstill_unsure"))
        return lines + self._complaint(message, sent, today, holidays)

    def _complaint(self, message: Message, sent: date, today: date, holidays: Container[date]) -> List[str]:
        if message is Message.WINNER_EU:
            later = self._limits.on(Limit.COMPLAIN_WINNER, sent)
            return [self._texts.line("complain_later", limit=later.text)] if later else []
        found = complaint(message, sent, self._limits, holidays)
        if found is None:
            return [self._texts.line("complain_unknown")]
        lines = [self._texts.line("complain", last=long_day(found.last), limit=found.limit.text)]
        if found.safe != found.last:
            lines.append(self._texts.line("complain_safe", safe=long_day(found.safe)))
        if found.last < today:
            lines.append(self._texts.line("complain_passed"))
        return lines


def _is(known: Known, limits: Tuple[Limit, ...]) -> bool:
    return any(known.shown.fact.id == limit.value for limit in limits)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
