"""What Danish words for times mean as days, apart from where they stand in a sentence."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Dict, Optional

import holidays

from bot.core.deadlines import add_working_days

_MONTHS = (
    r"jan(?:uar)?", r"feb(?:r?uar)?", r"mar(?:ts)?", r"apr(?:il)?", r"maj", r"juni?", r"juli?", r"aug(?:ust)?",
    r"sep(?:t|tember|temper)?", r"o[kc]t(?:ober)?", r"nov(?:ember)?", r"de[cs](?:ember)?",
)  # fmt: skip
_FULL_MONTHS = (
    "januar", "feb(?:r?)uar", "marts", "april", "maj", "juni", "juli", "august", "septem[bp]er", "o[kc]tober",
    "november", "de[cs]ember",
)  # fmt: skip
MONTH = f"(?:{'|'.join(_MONTHS)})"
FULL_MONTH = f"(?:{'|'.join(_FULL_MONTHS)})"
_WEEKDAYS = (
    "man?dag", "tir?sdag", "ons?dag", "tors?dag", "fredag", "l(?:ø|oe|o|ö)rdag", "s(?:ø|oe|o|ö)ndag",
)  # fmt: skip
WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_ORDINALS = (
    "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende fjortende femtende "
    "sekstende syttende attende nittende tyvende enogtyvende toogtyvende treogtyvende fireogtyvende femogtyvende "
    "seksogtyvende syvogtyvende otteogtyvende niogtyvende tredivte enogtredivte"
).split()
ORDINAL = f"(?:{'|'.join(_ORDINALS)})"
_SEASONS = {"forår": 3, "foraar": 3, "sommer": 6, "efterår": 9, "efteraar": 9, "vinter": 12}
SEASON = f"(?:{'|'.join(_SEASONS)})"
_FIXED_DAYS = {
    r"juleaften(?:sdag)?": (12, 24), r"(?:første |1\. ?)?juledag": (12, 25), r"(?:anden |2\. ?)juledag": (12, 26),
    r"nytårsaften(?:sdag)?": (12, 31), r"nytårsdag": (1, 1), r"grundlovsdag": (6, 5),
    r"sank?t ?hans(?:aften)?": (6, 23), r"valentinsdag": (2, 14),
}  # fmt: skip
# By the names that the holidays package has for them.
_MOVING_DAYS = {
    r"skærtorsdag": "Skærtorsdag", r"langfredag": "Langfredag", r"(?:anden |2\. ?)påskedag": "Anden påskedag",
    r"(?:første |1\. ?)?påskedag": "Påskedag", r"kristi himmelfarts?dag": "Kristi himmelfartsdag",
    r"(?:anden |2\. ?)pinsedag": "Anden pinsedag", r"(?:første |1\. ?)?pinsedag": "Pinsedag",
}  # fmt: skip
# Times around such a day: »inden jul«.
_FIXED_TIMES = {r"jul": (12, 24), r"nytår": (1, 1)}
_MOVING_TIMES = {r"påske": "Påskedag", r"pinse": "Pinsedag"}


def _typed(pattern: str) -> str:
    """Let the Danish letters of a pattern be typed as two or left without their mark."""
    return pattern.replace("å", "(?:å|aa|a)").replace("æ", "(?:æ|ae|a)").replace("ø", "(?:ø|oe|o)")


NAMED_DAY = f"(?:{'|'.join(_typed(pattern) for pattern in (*_FIXED_DAYS, *_MOVING_DAYS))})"
NAMED_TIME = f"(?:{'|'.join(_typed(pattern) for pattern in (*_FIXED_TIMES, *_MOVING_TIMES))})"
UNIT = (
    r"(?:dage?|døgn|doegn|uger?|m(?:å|aa)ned(?:er)?|mdr|md|kvartal(?:er)?|(?:å|aa)r|hverdage?|arbejdsdage?)"
)


def month_number(word: str) -> int:
    """Return 1 to 12 for the name of a month or its beginning."""
    return 1 + _place(word, _MONTHS)


def weekday_number(word: str) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return _place(word, _WEEKDAYS)


def ordinal_number(word: str) -> int:
    """Return 1 for »første« to 31 for »enogtredivte«."""
    return 1 + _ORDINALS.index(word.lower())


def season_start(word: str, year: int) -> date:
    """Return the first day of a season that begins in `year`."""
    return date(year, _SEASONS[word.lower()], 1)


def named_day(words: str, year: int) -> Optional[date]:
    """Return the day in `year` that a name such as »langfredag« or »jul« stands for."""
    for pattern, (month, day) in {**_FIXED_DAYS, **_FIXED_TIMES}.items():
        if re.fullmatch(_typed(pattern), words, re.I):
            return date(year, month, day)
    for pattern, name in {**_MOVING_DAYS, **_MOVING_TIMES}.items():
        if re.fullmatch(_typed(pattern), words, re.I):
            return _moving_days(year).get(name)
    return None


def counted(today: date, amount: Decimal, unit: str, sign: int) -> Optional[date]:
    """Return the day `amount` units after `today` (`sign` 1) or before it (-1); None outside the calendar."""
    unit = unit.lower()
    try:
        if unit.startswith(("hverdag", "arbejdsdag")):
            if sign < 0 or amount > 1000:
                return None
            return add_working_days(today, int(amount), _public_holidays())
        if unit.startswith(("dag", "d")):
            return today + timedelta(days=sign * int(amount))
        if unit.startswith("uge"):
            return today + timedelta(days=sign * int(amount * 7))
        months = amount * (
            12 if unit.endswith("r") and unit[0] in "åa" else 3 if unit.startswith("kv") else 1
        )
        whole = int(months)
        return months_later(today, sign * whole) + timedelta(days=sign * int((months - whole) * 30))
    except (OverflowError, ValueError):
        return None


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later, or the last of that month; ValueError outside the calendar."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return min(
        date(year, month + 1, 1) + timedelta(days=day.day - 1), last_of_month(date(year, month + 1, 1))
    )


def last_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def monday(year: int, week: int) -> Optional[date]:
    """Return the Monday of an ISO week, or None when the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _place(word: str, patterns: tuple) -> int:
    return next(at for at, pattern in enumerate(patterns) if re.fullmatch(pattern, word, re.I))


@lru_cache(maxsize=1)
def _public_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("DK")


@lru_cache(maxsize=32)
def _moving_days(year: int) -> Dict[str, date]:
    return {name: day for day, name in holidays.country_holidays("DK", years=year, language="da").items()}
