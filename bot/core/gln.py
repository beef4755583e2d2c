"""Whether a GLN (in Denmark called EAN) can be one: its length, and its check digit by modulus 10 (GS1)."""

import re
from enum import Enum
from typing import Optional

_SPACES = re.compile(r"[\s.\u2010-\u2015-]")


class GlnFault(Enum):
    """Why a number is no GLN; the value is the key of the sentence in data/tenders.yml."""

    MISSING = "ean_mangler"
    NOT_DIGITS = "ean_tegn"
    TOO_SHORT = "ean_kort"
    TOO_LONG = "ean_lang"
    CHECK_DIGIT = "ean_kontrol"


def digits_of(text: str) -> str:
    """Return a number without the spaces, dots and dashes it was typed with."""
    return _SPACES.sub("", text)


def fault(text: str, length: int) -> Optional[GlnFault]:
    """Return what is wrong with a number of `length` digits, or None when it can be a GLN."""
    number = digits_of(text)
    if not number:
        return GlnFault.MISSING
    if not re.fullmatch("[0-9]+", number):
        return GlnFault.NOT_DIGITS
    if len(number) != length:
        return GlnFault.TOO_SHORT if len(number) < length else GlnFault.TOO_LONG
    # From the right: the check digit weighs 1, its neighbour 3, and so on.
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return GlnFault.CHECK_DIGIT if weighed % 10 else None
