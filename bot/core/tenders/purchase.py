"""What a public authority buys, as far as the rules of tendering ask."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from bot.core.errors import InvalidInput

# More than all public authorities of Denmark buy for in a year by far: a slip of the keyboard.
ABSURD = Decimal(10) ** 12
MOST_YEARS = 100


class Kind(Enum):
    """What is bought; the value stands in data/tenders.yml and in the form."""

    GOODS = "varer"
    SERVICES = "tjenester"
    WORKS = "byggeri"
    LIGHT = "saerlige"
    """Social and other special services: the light regime, udbudsloven afsnit III."""


class Buyer(Enum):
    """Who buys. Regions and bodies governed by public law have the limits of a municipality (udbudsloven § 6)."""

    MUNICIPALITY = "kommune"
    STATE = "stat"


@dataclass(frozen=True)
class Purchase:
    """One contract.

    Attributes:
        amount: kroner without VAT, for one year of the contract.
        kind: what is bought.
        buyer: who buys.
        years: for how many years the amount is paid; 1 when the amount is for the whole contract.
        option: kroner without VAT that options and extensions add in all; they count (udbudsloven § 30, stk. 1).

    Raises:
        InvalidInput: amount_unclear, amount_not_positive, amount_absurd, option_negative or years_wrong.
    """

    amount: Decimal
    kind: Kind
    buyer: Buyer = Buyer.MUNICIPALITY
    years: int = 1
    option: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or not self.option.is_finite():
            raise InvalidInput("amount_unclear", "beloeb")
        if self.amount <= 0:
            raise InvalidInput("amount_not_positive", "beloeb")
        if self.option < 0:
            raise InvalidInput("option_negative", "option")
        if not 1 <= self.years <= MOST_YEARS:
            raise InvalidInput("years_wrong", "aar")
        if self.value > ABSURD:
            raise InvalidInput("amount_absurd", "beloeb")

    @property
    def value(self) -> Decimal:
        """The value that the limits are compared with: kroner without VAT, all years and options (udbudsloven § 30)."""
        return self.amount * self.years + self.option


def without_vat(amount: Decimal, rate: Decimal) -> Decimal:
    """Return an amount that has VAT in it without it, not rounded.

    Args:
        amount: kroner with VAT.
        rate: VAT in percent of the amount without it (momsloven § 33).
    """
    return amount * 100 / (100 + rate)
