"""Amounts of money: »1,2 mio.«, »halvanden million«, »50.000,-«.

`value` is a Decimal in whole kroner (or in the currency of `extra["currency"]`), with at most two decimals; of a range
it is the higher end. A number is money when a currency stands at it, or when it is counted in thousands or millions
and of nothing else (»20 tusind gæster«). Not sure, but likely in the words of a business, is a number with dots that
counts nothing (»en gravko til 265.000«) and one that words about money lead to (»huslejen er 8500«).
"""

import re
from decimal import Decimal
from typing import Iterator, NamedTuple, Optional

from bot.understanding.entities import amount_words
from bot.understanding.entities.amount_words import SPACE
from bot.understanding.entities.entity import AMOUNT, Entity
from bot.understanding.entities.numbers import Number, figures_value, scan

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LEAST_BARE, _LEAST_ALONE = 100, 10_000
_YEAR_OR_SERIAL = re.compile(r"(?:19|20)\d\d|\d{8,}")
_OWN = rf"(?:\.?{SPACE}*kr\.?|{SPACE}*kroner|,-)?"
_NEXT = rf"(?:ca\.?{SPACE}*)?(?:kr\.?{SPACE}*)?"
_DASH = re.compile(rf"{_OWN}{SPACE}*[-\u2013\u2014]{SPACE}*{_NEXT}", re.I)
_TO = re.compile(rf"{_OWN}{SPACE}+til{SPACE}+{_NEXT}", re.I)
_AND = re.compile(rf"{_OWN}{SPACE}+og{SPACE}+{_NEXT}", re.I)
_FROM = re.compile(rf"(?<!\w)(?:fra|mellem){SPACE}+(?:ca\.?{SPACE}*)?(?:kr\.?{SPACE}*)?$", re.I)
_BETWEEN = re.compile(rf"(?<!\w)(?:i?mellem){SPACE}+(?:ca\.?{SPACE}*)?(?:kr\.?{SPACE}*)?$", re.I)
_LISTED = re.compile(rf"{SPACE}*(?:,|/|og|eller){SPACE}*(?:og{SPACE}+|eller{SPACE}+)?", re.I)
_MOST_APART = 20
_OERE = Decimal("0.01")


class _Money(NamedTuple):
    currency: str
    value: Decimal
    start: int
    end: int
    sure: bool


def find(text: str) -> Iterator[Entity]:
    """Give the amounts in `text`.

    Extra: `currency`; `low` and `high` of a range, else None; `approximate` (»ca.«); `bound` (at_most, at_least or
    None); `per_year`; `vat` ("ekskl. moms", "inkl. moms" or None when the text does not say).
    """
    numbers = [number for number in scan(text) if number.typed]
    done = at = 0
    while at < len(numbers):
        number, money, low = numbers[at], _money(text, numbers[at], done), None
        if at + 1 < len(numbers):
            upper = _money(text, numbers[at + 1], number.end)
            low = _low_end(text, number, numbers[at + 1], upper) if upper else None
            if upper and low is not None:
                money, at = upper._replace(start=money.start if money else number.start), at + 1
            elif upper and not money:
                money = _in_a_list(text, number, numbers[at + 1], upper)
        at += 1
        if money is None:
            continue
        until = numbers[at].start if at < len(numbers) else len(text)
        about = amount_words.circumstances(text, money.start, money.end, done, until)
        about["approximate"] = about["approximate"] or number.approximate
        done = money.end
        yield Entity(
            kind=AMOUNT,
            value=_rounded(money.value),
            text=text[money.start : money.end],
            start=money.start,
            end=money.end,
            extra={
                "currency": money.currency,
                "low": None if low is None else _rounded(low),
                "high": None if low is None else _rounded(money.value),
                **about,
            },
            sure=money.sure,
        )


def _money(text: str, number: Number, from_: int) -> Optional[_Money]:
    scaled = number.scale > 1
    behind = amount_words.currency_behind(text, number.end, scaled)
    before = amount_words.currency_before(text, number.start, from_)
    start, value = before.at if before else number.start, number.value
    if behind or before:
        if number.figures and not scaled:
            value = figures_value(number.figures, thousands=True)
        name = behind.name if behind else before.name if before else ""
        return _Money(name, value, start, behind.at if behind else number.end, True)
    oere = amount_words.oere_behind(text, number.end)
    if oere:
        return _Money("DKK", value / 100, start, oere, True)
    money = _Money("DKK", value, start, number.end, True)
    if text[number.end - 2 : number.end].lower() == "kr":
        return money
    if amount_words.counts_things(text, number.end):
        return None
    if scaled:
        return money if number.scale > 1000 or amount_words.stands_alone(text, number.end) else None
    return money._replace(sure=False) if _is_money_without_saying(text, number) else None


def _is_money_without_saying(text: str, number: Number) -> bool:
    if not number.figures or _YEAR_OR_SERIAL.fullmatch(number.figures):
        return False
    if text.strip(" \n.!") == number.figures:
        return number.value >= _LEAST_ALONE
    if number.value < _LEAST_BARE or not amount_words.stands_alone(text, number.end):
        return False
    return bool(_GROUPED.fullmatch(number.figures)) or amount_words.speaks_of_money(text, number.start)


def _low_end(text: str, low: Number, high: Number, upper: _Money) -> Optional[Decimal]:
    """Return the lower end when the two numbers are a range, else None; the scale of the higher is for both."""
    before = text[max(0, low.start - 16) : low.start]
    dash_or_to = _DASH.fullmatch(text, low.end, high.start) or _TO.fullmatch(text, low.end, high.start)
    if not dash_or_to and not (_BETWEEN.search(before) and _AND.fullmatch(text, low.end, high.start)):
        return None
    scale = high.scale
    if scale == 1 and "." in high.figures and low.value < 1000 <= upper.value:
        # mellem 50 og 60.000
        scale = 1000
    value = low.value * scale if low.scale == 1 and low.value * scale <= upper.value else low.value
    if value >= upper.value or (value * _MOST_APART < upper.value and not _FROM.search(before)):
        return None
    return value


def _in_a_list(text: str, number: Number, following: Number, money: _Money) -> Optional[_Money]:
    """Return »20.000« of »20.000 eller 40.000 kr«, and »2« of »2 eller 3 mio.« as two millions."""
    if not (number.figures and money.sure and _LISTED.fullmatch(text, number.end, following.start)):
        return None
    value = number.value * following.scale if number.scale == 1 else number.value
    if not money.value / _MOST_APART <= value <= money.value * _MOST_APART:
        return None
    return _Money(money.currency, value, number.start, number.end, False)


def _rounded(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value.quantize(_OERE)
