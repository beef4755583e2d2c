"""Takes CPR numbers out of a text before anything is stored, logged or passed on.

A CPR number is ten digits whose first six are a real date (DDMMYY). CVR numbers (eight digits), phone
numbers, amounts and case numbers are left as they are: the units need them.
"""

import re
import unicodedata
from calendar import monthrange

MASK = "[CPR-nummer fjernet]"
EMAIL_MASK = "[mailadresse fjernet]"
_LABEL_REACH = 40
_AROUND_AT = re.compile(r"[^\s@]*(?:[^\S\n]?@[^\S\n]?[^\s@]*)+")

# Unicode categories: control, format (no width), surrogate, private use, unassigned.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
# Accents, variation selectors and key caps on a digit could hide a number too.
_ON_DIGITS = re.compile(r"(?<=\d)[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]+")

_SPACE = r"[^\S\n]"
_DASH = r"[-_\u2010-\u2015\u2212\ufe63\uff0d./]"
_HYPHEN = re.compile(r"[-\u2010-\u2015\u2212\ufe63\uff0d]")
_BETWEEN = rf"(?:{_SPACE}|{_DASH})"
# 2012-11-22 is a date, whatever stands behind it.
_NO_ISO_DATE = r"(?!(?:19|20)\d\d([-/.])\d\d\1\d\d(?!\d))"
# DDMMYY, perhaps in pairs, then four digits; in pairs only behind a gap, so that 22.11.2026 14:30 is none.
_IN_PARTS = re.compile(
    rf"(?<![\d+]){_NO_ISO_DATE}(\d\d){_BETWEEN}{{0,2}}(\d\d){_BETWEEN}{{0,2}}(\d\d)"
    rf"(?:\d{{4}}|{_BETWEEN}{{1,4}}\d\d{_SPACE}?\d\d)(?!\d)"
)
# 0 1 0 1 9 0 1 2 3 4
_SPELT_OUT = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}{{1,3}}\d){{9}}(?!\d|{_BETWEEN}\d)")
# Ten digits that the units need: a production unit's P number, a foreign phone number, an amount.
_KEPT_BEHIND = re.compile(
    r"\b(?:p[-. ]{0,2}(?:nr|nummer(?:et)?|no|enhed)|produktionsenhed\w*)\W{0,3}(?:er\W{0,3})?$"
    rf"|(?:\+|(?<!\d)00)(?!45)\d{{1,3}}{_SPACE}?$",
    re.I,
)
_KEPT_BEFORE = re.compile(rf"{_SPACE}*(?:kr|kroner|dkk|euro?)\b", re.I)


def mask_cpr(text: str) -> str:
    """Return `text` with every CPR number replaced by a mark."""
    for pattern in (_IN_PARTS, _SPELT_OUT):
        text = _masked(pattern, text)
    return text


def mask_email(text: str) -> str:
    """Return `text` with everything around an @ replaced by a mark, also what is no valid address."""
    return _AROUND_AT.sub(EMAIL_MASK, text)


def storable(text: str) -> str:
    """Return what may be stored, logged or passed on of something a visitor typed: clean, and without CPR.

    Control characters, halves of surrogate pairs and characters without width go first: databases refuse the
    first two, and the last could hide a number.
    """
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNSEEN)
    return mask_cpr(_ON_DIGITS.sub("", "".join(kept))).strip()


def _masked(pattern: re.Pattern, text: str) -> str:
    parts, done, match = [], 0, pattern.search(text)
    while match:
        if _is_kept(match):
            following = match.end()
        elif _is_cpr(match.group()):
            parts += [text[done : match.start()], MASK]
            done = following = match.end()
        else:
            # Another number may stand before it: 49 28 28 28 010190-1234.
            following = match.start() + 1
        match = pattern.search(text, following)
    return "".join([*parts, text[done:]])


def _is_kept(match: re.Match) -> bool:
    if _HYPHEN.search(match.group()):
        return False
    # As far as a label can reach: a whole text looked through for each number would take for ever.
    start, end = match.span()
    before, after = match.string[max(0, start - _LABEL_REACH) : start], match.string[end : end + _LABEL_REACH]
    return bool(_KEPT_BEHIND.search(before) or _KEPT_BEFORE.match(after))


def _is_cpr(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return _is_date(int(digits[:2]), int(digits[2:4]), int(digits[4:6]))


def _is_date(day: int, month: int, year: int) -> bool:
    """Tell whether DDMMYY is a date in some century that CPR covers (1858-2057)."""
    if not 1 <= month <= 12:
        return False
    return any(1 <= day <= monthrange(century + year, month)[1] for century in (1800, 1900, 2000))
