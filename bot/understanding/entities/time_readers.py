"""Weekdays, what is counted from today, weeks, seasons and days with a name; as date_readers.py."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Iterator, Optional, Tuple

from bot.understanding.entities import calendar_words as words
from bot.understanding.entities.calendar_words import UNIT, WEEKDAY
from bot.understanding.entities.numbers import scan
from bot.understanding.entities.readings import MONTH_LONG, SEASON_LONG, WEEK, YEAR_LONG, Reading, before
from bot.understanding.entities.tense import is_past

NEXT = r"(?:næste|naeste|naste|kommende|førstkommende|foerstkommende|forstkommende)"
ON = r"(?:nu\s+)?(?:på|paa|pa)"
LAST = r"(?:sidste|forrige|seneste)"
_HABIT = re.compile(r"(?<!\w)(?:hver|alle|om|hver anden|normalt|en|én)\s+$", re.I)
# »de sidste år« is no year.
_THE = re.compile(r"(?<!\w)(?:de|det|den)\s+$", re.I)
_JOIN = r"\s*(?:-|\u2013|til(?: og med)?|og|eller|,)\s*"
_PAIR_BEFORE = re.compile(rf"(?<!\w)(?P<lead>(?:{ON}|{NEXT}|{LAST})\s+)?{WEEKDAY}{_JOIN}$", re.I)
_PAIR_BEHIND = re.compile(rf"{_JOIN}{WEEKDAY}(?!\w)", re.I)
_UNIT = re.compile(rf"(?<![a-zæøå]){UNIT}(?!\w)", re.I)
_UNIT_BEHIND = re.compile(
    rf"\s?(?P<unit>{UNIT})(?P<about>s tid)?(?!\w)(?:\.?\s+(?P<ago>siden|sidn)(?!\w))?", re.I
)
_ABOUT = r"(?P<about>(?:ca\.?|cirka|omkring|små|godt|knap)\s+|\d{1,3}\s?(?:-|\u2013|til|eller)\s?)?$"
_FOR = re.compile(rf"(?<!\w)(?:for\s+)?{_ABOUT}", re.I)
_IN = re.compile(rf"(?<!\w)om\s+{_ABOUT}", re.I)
_FROM_TODAY = (("overm", 2), ("over ", 2), ("morges", 0), ("morg", 1), ("forg", -2), ("g", -1), ("aftes", -1))


def weekday(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »på tirsdag«, »næste fredag« and »i mandags«; None for what is so every week."""
    lead = " ".join((match["lead"] or "").lower().split())
    if match["s"] and lead != "i":
        return None
    number = words.weekday_number(match["weekday"])
    monday = today - timedelta(days=today.weekday())
    if lead in ("sidste", "seneste") or match["s"]:
        return Reading(_weekday_past(number, today))
    if lead == "forrige":
        return Reading(monday + timedelta(days=number - 7))
    if match["next_week"] or lead in ("næste", "naeste", "naste"):
        return Reading(monday + timedelta(days=number + 7))
    pair_before, pair_behind = (
        _PAIR_BEFORE.search(before(text, match)),
        _PAIR_BEHIND.match(text, match.end()),
    )
    led = bool(lead) or bool(pair_before and pair_before["lead"])
    if not led and (pair_before or pair_behind or _HABIT.search(before(text, match))):
        return None
    if not led and is_past(text, match.start(), match.end()):
        return Reading(_weekday_past(number, today), sure=False)
    ahead = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return Reading(ahead + timedelta(days=7 if match["eight"] else 0), sure=led)


def _weekday_past(number: int, today: date) -> date:
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def near_today(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »i morgen« and its like."""
    word = match["word"].lower()
    # »Er det prisen, I går efter«: the pronoun has a capital, and »i« has it only where a sentence begins.
    if match.group().startswith("I g") and re.search(r"[\w,]\s*$", before(text, match)):
        return None
    return Reading(
        today + timedelta(days=next((days for start, days in _FROM_TODAY if word.startswith(start)), 0))
    )


def counted(text: str, today: date) -> Iterator[Tuple[int, int, Reading]]:
    """Give what is counted from today: »for 14 dage siden«, »om tre uger«, »om 5 hverdage«."""
    if not _UNIT.search(text):
        return
    for number in scan(text):
        unit = _UNIT_BEHIND.match(text, number.end)
        if not unit or not 0 < number.value <= 10_000:
            continue
        before = text[max(0, number.start - 20) : number.start]
        lead = (_FOR if unit["ago"] else _IN).search(before)
        if not unit["ago"] and not lead:
            continue
        value = words.counted(today, number.value, unit["unit"], -1 if unit["ago"] else 1)
        if value is None:
            continue
        start = number.start - (len(lead.group()) if lead else 0)
        about = number.approximate or bool(unit["about"]) or bool(lead and lead["about"])
        about = (
            about
            or (number.value % 1 != 0 and (number.value * 12) % 1 != 0)
            or _is_part(number.value, unit["unit"])
        )
        yield start, unit.end(), Reading(value, approximate=about)


def _is_part(amount: Decimal, unit: str) -> bool:
    """Tell whether half a week or month is left over; half a year is six months."""
    return bool(amount % 1 if not unit.lower().endswith("r") else amount * 12 % 1)


def week(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »uge 42«."""
    week, year = int(match["week"]), match["year"]
    if year:
        return _a_week(words.monday(int(year), week))
    past = is_past(text, match.start(), match.end())
    this_monday = today - timedelta(days=today.weekday())
    for years in range(9):
        monday = words.monday(today.year + (-years if past else years), week)
        if monday and (monday <= today if past else monday >= this_monday):
            return _a_week(monday)
    return _a_week(None)


def _a_week(monday: Optional[date]) -> Reading:
    return Reading(monday, WEEK, monday + timedelta(days=6) if monday else None)


def period(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »næste uge«, »sidste måned« and their like."""
    which, unit = match["which"].lower(), match["unit"].lower()
    if _THE.search(before(text, match)):
        return None
    step = 1 if re.fullmatch(NEXT, which) else -1 if re.fullmatch(LAST, which) else 0
    if unit == "uge":
        return _a_week(today - timedelta(days=today.weekday() - 7 * step))
    if unit.startswith("m"):
        first = words.months_later(today.replace(day=1), step)
        return Reading(first, MONTH_LONG, words.last_of_month(first))
    if unit == "kvartal":
        first = words.months_later(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * step)
        return Reading(first, SEASON_LONG, words.last_of_month(words.months_later(first, 2)))
    return Reading(date(today.year + step, 1, 1), YEAR_LONG, date(today.year + step, 12, 31))


def month_end(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »sidst på måneden« and »først på måneden«."""
    if match["first"]:
        return Reading(words.months_later(today.replace(day=1), 1), MONTH_LONG)
    return Reading(words.last_of_month(today), MONTH_LONG)


def season(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »til foråret« and »sidste sommer«."""
    lead = match["lead"].lower()
    past = lead in ("sidste", "siden") or bool(match["s"]) or (lead == "i" and is_past(text, *match.span()))
    starts = [words.season_start(match["season"], today.year + year) for year in (-1, 0, 1)]
    now = lead in ("i", "denne", "her i")
    ahead = [day for day in starts if day > today or (now and today < words.months_later(day, 3))]
    value = max(day for day in starts if day <= today) if past else min(ahead)
    return Reading(value, SEASON_LONG, words.last_of_month(words.months_later(value, 2)), sure=False)


def named_day(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »langfredag«."""
    return Reading(_nearest_named(text, match, today))


def named_time(text: str, match: "re.Match[str]", today: date) -> Optional[Reading]:
    """Read »inden jul«."""
    return Reading(_nearest_named(text, match, today), approximate=True, sure=False)


def _nearest_named(text: str, match: "re.Match[str]", today: date) -> Optional[date]:
    past = bool(re.match(LAST, match.group(), re.I)) or is_past(text, *match.span())
    days = [words.named_day(match["name"], today.year + step) for step in (-1, 0, 1)]
    known = [day for day in days if day]
    return max(day for day in known if day <= today) if past else min(day for day in known if day >= today)
