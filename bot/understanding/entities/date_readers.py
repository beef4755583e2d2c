"""Days and months by their number or name: what each pattern of dates.py makes of its match.

A Reading without a value is a day that does not exist; no Reading at all, and the words name no time.
"""

import re
from datetime import date
from typing import Optional

from bot.understanding.entities import calendar_words as words
from bot.understanding.entities.readings import MONTH_LONG, Reading, before, day_of
from bot.understanding.entities.tense import is_past

_LED = re.compile(r"(?:^|\s)(?:den|d\.?)\s?\d", re.I)
_TIME_WORD = re.compile(
    r"(?<!\w)(?:fra|til|inden|senest|før|efter|siden|pr|per|på|omkring|og|eller|åbner|åbnede|starter|startede|dato)[.:]?\s*$",
    re.I,
)
_SHARES = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4))
_OF_SOMETHING = re.compile(r"\s+[a-zæøå]", re.I)


def iso(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read 2026-11-03."""
    return Reading(day_of(int(match["year"]), int(match["month"]), int(match["day"])))


def slashed(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read 3/11 and 3/11-26; None for a share such as 3/4."""
    day, month = int(match["day"]), int(match["month"])
    year = match["year"] or match["year4"]
    led = bool(_LED.search(match.group()))
    if not year and not led:
        if (day, month) == (24, 7) or not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        # 1/2 and 3/4 are shares, unless a word of time leads to them.
        share = (day, month) in _SHARES and _OF_SOMETHING.match(text, match.end())
        if share and not _TIME_WORD.search(before(text, match)):
            return None
    return _by_number(text, match, day, month, year, today)


def dotted(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read 3.11.2026 and 03-11-26; None when it could be some other number."""
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    if len(year) == 2 and not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return _by_number(text, match, day, month, year, today)


def dotted_short(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »d. 3.12«."""
    return _by_number(text, match, int(match["day"]), int(match["month"]), None, today)


def _by_number(
    text: str, match: "re.Match[str]", day: int, month: int, year: Optional[str], today: date
) -> Reading:
    if year:
        return Reading(day_of(_full_year(year), month, day))
    return Reading(_without_year(month, day, today, is_past(text, match.start(), match.end())))


def named_month(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »3. november 2026« and »1.-3. juni«."""
    month = words.month_number(match["month"])
    day = int(match["day"])
    if day > 39:
        return None
    year = match["year"] or match["year2"]
    last = _by_number(text, match, day, month, year, today).value
    first = match["first"]
    if not first or last is None:
        return Reading(last)
    begin = day_of(last.year, month, int(first))
    return Reading(begin, until=last if begin and begin < last else None)


def ordinal(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »første marts«."""
    day, month = words.ordinal_number(match["ordinal"]), words.month_number(match["month"])
    return _by_number(text, match, day, month, match["year"], today)


def month(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »i marts«, »november 2027« and »ultimo februar«."""
    number = words.month_number(match["month"] or match["alone"])
    year = match["year"] or match["year2"]
    if year:
        first = date(int(year), number, 1)
    else:
        past = is_past(text, match.start("month"), match.end())
        first = date(today.year, number, 1)
        if past and first > today:
            first = words.months_later(first, -12)
        elif not past and number < today.month:
            first = words.months_later(first, 12)
    part = (match["part"] or "").lower()
    value = first
    if part.startswith(("medio", "midt", "i midt")):
        value = first.replace(day=15)
    elif part.startswith(("ultimo", "sidst", "slut", "i slut")):
        value = words.last_of_month(first)
    return Reading(value, MONTH_LONG, None if part else words.last_of_month(first), sure=bool(year or part))


def day_only(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »d. 30« and »den 15. i næste måned«."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    if match["of"] and match["of"].lower().startswith("n"):
        first = words.months_later(today.replace(day=1), 1)
        return Reading(day_of(first.year, first.month, day))
    if match["of"]:
        return Reading(day_of(today.year, today.month, day))
    step = -1 if is_past(text, match.start(), match.end()) else 1
    for months in range(4):
        first = words.months_later(today.replace(day=1), step * months)
        found = day_of(first.year, first.month, day)
        if found and (found - today).days * step >= 0:
            return Reading(found)
    return None


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 80 else 1900)


def _without_year(month: int, day: int, today: date, past: bool) -> Optional[date]:
    # Eight years to come or gone have a 29 February.
    for years in range(9):
        found = day_of(today.year + (-years if past else years), month, day)
        if found and (found <= today if past else found >= today):
            return found
    return None
