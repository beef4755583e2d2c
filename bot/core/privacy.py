"""Takes CPR numbers out of a text before anything is stored, logged or passed on.

A CPR number is ten digits whose first six are a real date (DDMMYY). CVR numbers (eight digits), phone
numbers, amounts and case numbers are left as they are: the units need them.
"""

import re
import unicodedata
from calendar import monthrange

MASK = "[CPR-nummer fjernet]"

# Unicode categories: control, format (no width), surrogate, private use, unassigned.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")

_SPACE = r"[ \t\u00a0\u2007\u2009\u202f]"
_DASH = r"[-\u2010-\u2015\u2212./]"
_BETWEEN = rf"(?:{_SPACE}|{_DASH})?"
# DDMMYY, perhaps in pairs, then four digits; in between nothing, a dash or spaces.
_CANDIDATE = re.compile(
    rf"(?<![\d+])(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(\d{{2}})"
    rf"{_SPACE}{{0,2}}{_DASH}?{_SPACE}{{0,2}}\d{{2}}{_SPACE}?\d{{2}}(?!\d)"
)
# A production unit's P number has ten digits too, and the units need it.
_P_NUMBER = re.compile(r"\bp[- ]?(?:nr|nummer|no)\W{0,3}$", re.I)


def mask_cpr(text: str) -> str:
    """Return `text` with every CPR number replaced by a mark."""
    return _CANDIDATE.sub(_masked, text)


def storable(text: str) -> str:
    """Return what may be stored, logged or passed on of something a visitor typed: clean, and without CPR.

    Control characters, halves of surrogate pairs and characters without width go first: databases refuse the
    first two, and the last could hide a number.
    """
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNSEEN)
    return mask_cpr("".join(kept)).strip()


def _masked(match: re.Match) -> str:
    if _P_NUMBER.search(match.string[: match.start()]):
        return match.group()
    day, month, year = (int(match.group(index)) for index in (1, 2, 3))
    return MASK if _is_date(day, month, year) else match.group()


def _is_date(day: int, month: int, year: int) -> bool:
    """Tell whether DDMMYY is a date in some century that CPR covers (1858-2057)."""
    if not 1 <= month <= 12:
        return False
    return any(1 <= day <= monthrange(century + year, month)[1] for century in (1800, 1900, 2000))
