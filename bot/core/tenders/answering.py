"""The calculations of the chat: a paragraph about the amount, or the EAN number, that a message names."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import List, Optional, Sequence, Tuple

from bot.core import gln
from bot.core.calculations import Asked, Calculated, Mention
from bot.core.danish import kroner
from bot.core.errors import InvalidInput
from bot.core.tenders.assessment import Assessment, assess
from bot.core.tenders.limits import Limit, Limits
from bot.core.tenders.purchase import Kind, Purchase, without_vat
from bot.core.tenders.telling import Teller
from bot.core.tenders.texts import TenderTexts
from bot.core.tenders.words import Named, PurchaseWords

_AMOUNT, _DATE = "beloeb", "dato"
_DANISH = "DKK"
_VAT = {"inkl. moms": True, "ekskl. moms": False}
# Digits in one piece or in groups, as EAN numbers are typed; and whatever follows the word itself.
_LONG_NUMBER = re.compile(r"(?<![\d+])\d(?:[ .-]?\d){12}(?![\d]|[ .-]\d)")
_AFTER_WORD = re.compile(
    r"(?<!\w)(?:ean|gln)[\w-]*\W{0,3}(?:er|på|nr\.?|nummer)?\W{0,3}(\d(?:[ .-]?\d){5,19})", re.I
)


@dataclass(frozen=True)
class _Reading:
    """A purchase as a message tells it, and what had to be assumed."""

    purchase: Purchase
    named: Tuple[Named, ...]
    amount: Mention
    per_year: bool
    has_vat: Optional[bool]


class TenderCalculation:
    """Tells which rules a purchase follows whose amount a message names."""

    def __init__(self, texts: TenderTexts, limits: Limits):
        self._texts = texts
        self._limits = limits
        self._words = PurchaseWords(texts)
        self._teller = Teller(texts, limits)

    def __call__(self, asked: Asked, topic: str, day: date) -> Optional[Calculated]:
        """Return the paragraph; None when the message names no amount in kroner."""
        amounts = [item for item in asked.of_kind(_AMOUNT) if item.extra.get("currency", _DANISH) == _DANISH]
        options = [item for item in amounts if self._words.is_option(asked.text, item.start)]
        amounts = [item for item in amounts if item not in options]
        if not amounts:
            return None
        if len({item.value for item in amounts}) > 1:
            said = [kroner(_decimal(item)) for item in amounts]
            return Calculated(self._texts.line("several", amounts=", ".join(dict.fromkeys(said))))
        day = self._day(asked, day)
        try:
            read = self._read(asked, topic, day, amounts[0], options)
        except InvalidInput as error:
            return Calculated(self._texts.errors[error.code])
        found = assess(read.purchase, day, self._limits)
        lines = [self._begin(read, found), *self._assumptions(read, found, day, bool(options))]
        lines += [line for line in (self._teller.holds(found), self._teller.works_checked(found)) if line]
        facts = tuple(known.shown for known in found.used)
        return Calculated(" ".join(lines), facts, tuple(item.fact.source for item in facts))

    def _day(self, asked: Asked, today: date) -> date:
        """Return the day of the notice: the one date of a message that speaks of publishing, else today."""
        dates = {item.value for item in asked.of_kind(_DATE) if item.extra.get("precision") == "day"}
        if len(dates) != 1 or not self._words.speaks_of_notice(asked.text):
            return today
        return date.fromisoformat(str(dates.pop()))

    def _read(
        self, asked: Asked, topic: str, day: date, amount: Mention, options: Sequence[Mention]
    ) -> _Reading:
        named = tuple(self._words.kinds(asked.text))
        assumed = Kind.WORKS if topic in self._texts.works_topics else Kind.SERVICES
        per_year = bool(amount.extra.get("per_year"))
        value, option = _decimal(amount), sum((_decimal(item) for item in options), Decimal(0))
        has_vat = self._words.has_vat(asked.text, _VAT.get(amount.extra.get("vat") or ""))
        if has_vat:
            value, option = self._without_vat(value, day), self._without_vat(option, day)
        purchase = Purchase(
            amount=value,
            kind=named[0].kind if named else assumed,
            buyer=self._words.buyer(asked.text),
            years=(self._words.years(asked.text) or 1) if per_year else 1,
            option=option,
        )
        return _Reading(purchase, named, amount, per_year, has_vat)

    def _without_vat(self, amount: Decimal, day: date) -> Decimal:
        rate = self._limits.on(Limit.VAT, day)
        if rate is None:
            raise InvalidInput("vat_unknown")
        return without_vat(amount, rate.number)

    def _begin(self, read: _Reading, found: Assessment) -> str:
        what = read.named[0].noun if read.named else self._texts.line("job")
        value = kroner(read.purchase.value)
        return self._texts.line("begins", what=what, value=value, says=self._teller.says(found))

    def _assumptions(self, read: _Reading, found: Assessment, day: date, option: bool) -> List[str]:
        purchase = read.purchase
        lines = []
        if purchase.years > 1:
            years = {"amount": kroner(purchase.amount), "years": str(purchase.years)}
            lines.append(self._texts.line("years", value=kroner(purchase.value), **years))
        elif read.per_year:
            lines.append(self._texts.line("one_year"))
        if option:
            lines.append(self._texts.line("option"))
        if read.amount.extra.get("low") is not None:
            lines.append(self._texts.line("highest"))
        lines += self._other_kind(read, found, day)
        if read.has_vat:
            lines.append(self._texts.line("vat_taken_off"))
        elif read.has_vat is None:
            lines += self._other_vat(purchase, found, day)
        return lines

    def _other_kind(self, read: _Reading, found: Assessment, day: date) -> List[str]:
        clauses = {kind: words.clause for kind, words in self._texts.kinds.items()}
        kind = read.purchase.kind
        if len(read.named) > 1:
            key, other, clause = "mixed", read.named[1].kind, clauses[kind]
        elif not read.named:
            other = Kind.SERVICES if kind is Kind.WORKS else Kind.WORKS
            key, goods = "kind_assumed", self._texts.line("goods_or_services")
            clause = clauses[kind] if kind is Kind.WORKS else goods
            clauses[Kind.SERVICES] = goods
        else:
            return []
        instead = assess(replace(read.purchase, kind=other), day, self._limits)
        return [self._texts.line(key, clause=clause, other=clauses[other], short=self._teller.short(instead))]

    def _other_vat(self, purchase: Purchase, found: Assessment, day: date) -> List[str]:
        lines = [self._texts.line("vat_assumed")]
        rate = self._limits.on(Limit.VAT, day)
        if rate:
            less = replace(
                purchase,
                amount=without_vat(purchase.amount, rate.number),
                option=without_vat(purchase.option, rate.number),
            )
            instead = assess(less, day, self._limits)
            if instead.rule is not found.rule:
                lines.append(self._texts.line("vat_other", short=self._teller.short(instead)))
        return lines


class InvoiceCalculation:
    """Tells whether an EAN number in a message can be one."""

    def __init__(self, texts: TenderTexts, limits: Limits):
        self._texts = texts
        self._limits = limits

    def __call__(self, asked: Asked, topic: str, day: date) -> Optional[Calculated]:
        """Return what is said about the first number that is meant as an EAN; None when there is none."""
        named = _AFTER_WORD.search(asked.text)
        found = named.group(1) if named else None
        if found is None:
            long_number = _LONG_NUMBER.search(asked.text)
            found = long_number.group() if long_number else None
        return self.check(found, day) if found else None

    def check(self, number: str, day: date) -> Optional[Calculated]:
        """Return what is said about a number; None when the number of digits is not known on the day."""
        length = self._limits.on(Limit.GLN_DIGITS, day)
        if length is None:
            return None
        fault = gln.fault(number, int(length.number))
        digits = gln.digits_of(number)
        values = {"number": digits[:40], "length": length.text, "count": str(len(digits))}
        text = self._texts.line(fault.value if fault else "ean_ok", **values)
        return Calculated(text, (length.shown,), (length.shown.fact.source,))


def _decimal(amount: Mention) -> Decimal:
    return Decimal(str(amount.value))
