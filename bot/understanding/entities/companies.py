"""CVR numbers. `value` is eight digits; modulus 11 is checked by python-stdnum.

Eight digits in a row that pass the check are one without a label too, but not a sure one: of ten telephone numbers
nearly one passes by chance. In pairs (64 50 20 18) they need the label. With a label and a failing check they come as
INVALID_CVR, so that the visitor can be told.
"""

import re
from typing import Iterator

from stdnum.dk import cvr

from bot.understanding.entities.entity import CVR, INVALID_CVR, Entity
from bot.understanding.entities.labels import says_cvr, says_other, says_phone

_GAP = r"[ \t\u00a0\u202f.-]{0,2}"
_EIGHT = re.compile(
    rf"(?<![\w+])(?<!\d[-./])(?P<country>(?:CVR|DK)[\s-]?)?(?P<digits>\d(?:{_GAP}\d){{7}})(?!\w|[-.,/]?\d)"
    r"(?!\s?(?:kr\b|kroner|dkk|,-|mio|m2))",
    re.I,
)


def find(text: str) -> Iterator[Entity]:
    """Give the CVR numbers of `text`, right and wrong ones."""
    for match in _EIGHT.finditer(text):
        start, end = match.span("digits")
        digits = "".join(char for char in match["digits"] if char.isdigit())
        labelled = bool(match["country"]) or says_cvr(text, start)
        right = digits.isascii() and cvr.is_valid(digits)
        if labelled:
            yield Entity(CVR if right else INVALID_CVR, digits, text[start:end], start, end)
        elif right and end - start == 8 and not says_phone(text, start) and not says_other(text, start):
            yield Entity(CVR, digits, text[start:end], start, end, sure=False)
