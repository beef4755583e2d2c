"""What a plan costs: known amounts are added, unknown ones are named."""

import re
from dataclasses import dataclass
from typing import Iterable, Tuple

_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{2}))?")
_EVERY = {
    "kr.": "",
    "kr. om måneden": "month",
    "kr. pr. måned": "month",
    "kr. om året": "year",
    "kr. pr. år": "year",
}


@dataclass(frozen=True)
class Money:
    """An amount in øre; `every` is `month` or `year` when it comes again, and `sure` False when it is an old figure."""

    oere: int
    every: str = ""
    sure: bool = True


def money_of(value: str, unit: str) -> Money:
    """Return the amount that a figure tells, of »100-200« the highest; ValueError when it tells none."""
    found = _AMOUNT.fullmatch(value.strip().rpartition("-")[2])
    if not found or unit not in _EVERY:
        raise ValueError(f"no amount: {value} {unit}")
    return Money(int(found.group(1).replace(".", "")) * 100 + int(found.group(2) or 0), _EVERY[unit])


def in_kroner(oere: int) -> str:
    """Return an amount as it is written: 1.741 or 955,49."""
    kroner = f"{oere // 100:,}".replace(",", ".")
    return f"{kroner},{oere % 100:02}" if oere % 100 else kroner


@dataclass(frozen=True)
class Costs:
    """Sums in øre: once, each month, each year, and what one must own but does not spend; `sure` as in `Money`."""

    once: int
    monthly: int
    yearly: int
    capital: int
    sure: bool


def added(prices: Iterable[Money], capitals: Iterable[Money]) -> Costs:
    """Return the sums of what is known."""
    prices, capitals = tuple(prices), tuple(capitals)
    return Costs(
        once=_sum(prices, ""),
        monthly=_sum(prices, "month"),
        yearly=_sum(prices, "year"),
        capital=sum(money.oere for money in capitals),
        sure=all(money.sure for money in (*prices, *capitals)),
    )


def _sum(prices: Tuple[Money, ...], every: str) -> int:
    return sum(money.oere for money in prices if money.every == every)
