"""Reads what somebody typed into the tender helper's form: amounts, years and days as people write them."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Dict, Mapping, Optional

from bot.core.errors import InvalidInput
from bot.core.tenders.limits import Limit, Limits
from bot.core.tenders.notices import Message
from bot.core.tenders.purchase import Buyer, Kind, Purchase, without_vat

PURCHASE_FIELDS = ("beloeb", "moms", "for", "aar", "option", "art", "koeber", "dag")
MESSAGE_FIELDS = ("besked", "sendt", "maade")
WITH_VAT, PER_YEAR, BY_LETTER = "med", "aar", "brev"
_SCALES = {
    "mio": 10**6,
    "million": 10**6,
    "millioner": 10**6,
    "mia": 10**9,
    "tusind": 10**3,
    "tusinde": 10**3,
}
_UNIT = r"(?:(?:dkk|kroner|kr)\.?|,-)?"
_AMOUNT = re.compile(
    rf"(-?)\s*{_UNIT}\s*([\d][\d.\s]*?)(?:,(\d+))?\s*({'|'.join(_SCALES)})?\.?\s*{_UNIT}", re.I | re.A
)
_GROUPED = re.compile(r"\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*|\d+", re.A)
_POINT = re.compile(r"(\d+)\.(\d{1,2})", re.A)
_MOST_DECIMALS = 2
_DAY = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})", re.A)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass
class FilledPurchase:
    """The form about a purchase: the purchase and its day, or what is wrong with which field."""

    day: date
    purchase: Optional[Purchase] = None
    errors: Dict[str, str] = field(default_factory=dict)
    """From a field's name to the code of what is wrong."""


@dataclass
class FilledMessage:
    """The form about a message to bidders, or what is wrong with it."""

    message: Optional[Message] = None
    sent: Optional[date] = None
    digital: bool = True
    errors: Dict[str, str] = field(default_factory=dict)


def read_purchase(values: Mapping[str, str], today: date, limits: Limits) -> FilledPurchase:
    """Read the form about a purchase; without a day it is today's notice."""
    filled = FilledPurchase(today)
    if values["dag"].strip():
        found = day_of(values["dag"])
        filled.day = found or today
        if found is None:
            filled.errors["dag"] = "date_wrong"
    amount = _amount(values, "beloeb", "amount", filled.errors)
    option = _amount(values, "option", "option", filled.errors) or Decimal(0)
    years = _years(values, filled.errors)
    kind = next((kind for kind in Kind if kind.value == values["art"]), None)
    if kind is None:
        filled.errors["art"] = "kind_missing"
    buyer = Buyer.STATE if values["koeber"] == Buyer.STATE.value else Buyer.MUNICIPALITY
    if amount is None or kind is None:
        return filled
    if values["moms"] == WITH_VAT:
        rate = limits.on(Limit.VAT, filled.day)
        if rate is None:
            filled.errors["moms"] = "vat_unknown"
            return filled
        amount, option = without_vat(amount, rate.number), without_vat(option, rate.number)
    try:
        purchase = Purchase(amount, kind, buyer, years, option)
    except InvalidInput as error:
        filled.errors.setdefault(error.field, error.code)
    else:
        filled.purchase = None if filled.errors else purchase
    return filled


def read_message(values: Mapping[str, str]) -> FilledMessage:
    """Read the form about a message to bidders."""
    filled = FilledMessage(digital=values["maade"] != BY_LETTER)
    filled.message = next((item for item in Message if item.value == values["besked"]), None)
    if filled.message is None:
        filled.errors["besked"] = "message_missing"
    filled.sent = day_of(values["sendt"])
    if filled.sent is None:
        filled.errors["sendt"] = "date_wrong" if values["sendt"].strip() else "sent_missing"
    return filled


def amount_of(text: str) -> Optional[Decimal]:
    """Return the kroner of »1.200.000«, »1,2 mio. kr.« or »500.000,-«; None for what cannot be read with certainty."""
    match = _AMOUNT.fullmatch(" ".join(text.split()))
    if not match:
        return None
    minus, whole, part, scale = match.groups()
    whole = whole.strip()
    point = _POINT.fullmatch(whole) if scale and part is None else None
    if point:
        # »1.2 mio.«: a dot before one or two digits groups nothing.
        whole, part = point.groups()
    # »1,200« may be one krone and twenty øre, or twelve hundred as the English write it.
    if not _GROUPED.fullmatch(whole) or (part and not scale and len(part) > _MOST_DECIMALS):
        return None
    number = Decimal(re.sub(r"\D", "", whole) + (f".{part}" if part else ""))
    return number * (_SCALES[scale.lower()] if scale else 1) * (-1 if minus else 1)


def day_of(text: str) -> Optional[date]:
    """Return the day of »22-11-2026«, »22.11.2026«, »22/11/2026« or »2026-11-22«; None for anything else."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _amount(values: Mapping[str, str], name: str, code: str, errors: Dict[str, str]) -> Optional[Decimal]:
    if not values[name].strip():
        if name == "beloeb":
            errors[name] = "amount_missing"
        return None
    amount = amount_of(values[name])
    if amount is None:
        errors[name] = f"{code}_unclear"
    return amount


def _years(values: Mapping[str, str], errors: Dict[str, str]) -> int:
    """Return the years to multiply with: 1 when the amount is for the whole contract, whatever the field says."""
    if values["for"] != PER_YEAR:
        return 1
    typed = values["aar"].strip()
    if not typed:
        errors["aar"] = "years_missing"
        return 1
    # ASCII alone: int() would read »٤« too.
    if not re.fullmatch("[0-9]{1,4}", typed):
        errors["aar"] = "years_wrong"
        return 1
    return int(typed)
