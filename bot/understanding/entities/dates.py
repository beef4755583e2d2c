"""Dates: »på tirsdag«, »3/11«, »for 14 dage siden«, »uge 42«. `value` is a date.

`extra["precision"]` is day, week, month, season or year; for all but a day the value is the first day (»i slutningen
af« the last, »medio« the 15th) and `approximate` is true, as it is behind »ca.«. `until` is the last day of several,
or None. What looks like a date but is none, such as 31/2, comes as INVALID_DATE with the text as value.

Without a year a date is the next one from today on, today included, unless the sentence speaks of the past
(tense.py): then the last one. A weekday is never today: »på onsdag« said on a Wednesday is in a week. »næste fredag«
is the Friday of next week (ISO weeks, from Monday), »forrige fredag« that of last week, »sidste fredag« the last
before today.

dateparser 1.5 was tried. In Danish it does not know »på tirsdag«, »om tre uger«, »næste fredag«, »i overmorgen« or
»d. 3/11«, takes »40 m2 i« for a time and »1,2« for a date, and needs 0.2 to 1.1 ms a message. Movable holidays and
working days come from the holidays package.
"""

import re
from datetime import date
from typing import Callable, Iterator, List, Optional, Tuple

from bot.understanding.entities import date_readers, time_readers
from bot.understanding.entities.calendar_words import (
    FULL_MONTH,
    MONTH,
    NAMED_DAY,
    NAMED_TIME,
    ORDINAL,
    SEASON,
    WEEKDAY,
)
from bot.understanding.entities.entity import DATE, INVALID_DATE, Entity, without_overlaps
from bot.understanding.entities.readings import DAY, Reading
from bot.understanding.entities.time_readers import LAST, NEXT, ON

_LEAD = rf"(?:(?:{WEEKDAY}|man\.|tirs?|ons|tors?|fre|lør|søn)\.?,?\s+)?(?:(?:den|d\.?)\s?)?"
_FULL_YEAR = r"(?:19|20|21)\d\d"
_PARTS = (
    r"i starten af|i begyndelsen af|først i|primo|start|medio|midt i|i midten af|sidst i|i slutningen af|slutningen af|"
    r"ultimo|slut"
)
# Most messages have no date: a pattern is only tried when one of its signs stands in the text.
_FIGURE = "0"
_MONTH_SIGNS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "maj",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "oct",
    "nov",
    "dec",
    "des",
)
_TODAY_SIGNS = ("dag", "morg", "går", "gaar", "gar", "aft", "nat")
_ABOUT = re.compile(r"(?<!\w)(?:ca|cirka|omkring|omtrent|sådan)\.?\s+$", re.I)
_NOT_SHARE = r"(?!\s?(?:%|af\b|ud af|del|liter|l\b|time|år\b|mio|mill|stjerner|point))"
_Reader = Callable[[str, "re.Match[str]", date], Optional[Reading]]


def find(text: str, today: date) -> List[Entity]:
    """Return the dates in `text` in their order, as they are meant on `today`."""
    return without_overlaps(_all(text, today))


def _all(text: str, today: date) -> Iterator[Entity]:
    small = text.lower()
    signs = {sign for sign in _SIGNS if sign in small}
    if any(char.isdigit() for char in text):
        signs.add(_FIGURE)
    for pattern, read, needs in _PATTERNS:
        if not signs.intersection(needs):
            continue
        for match in pattern.finditer(text):
            try:
                reading = read(text, match, today)
            except (OverflowError, ValueError):
                # Before the year 1 or after 9999 there is no day to name.
                continue
            if reading:
                yield _entity(text, match.start(), match.end(), reading)
    for start, end, reading in time_readers.counted(text, today):
        yield _entity(text, start, end, reading)


def _entity(text: str, start: int, end: int, reading: Reading) -> Entity:
    words_ = text[start:end]
    if reading.value is None:
        return Entity(INVALID_DATE, words_, words_, start, end)
    about = (
        reading.approximate
        or reading.precision != DAY
        or bool(_ABOUT.search(text, max(0, start - 12), start))
    )
    extra = {"precision": reading.precision, "approximate": about, "until": reading.until}
    return Entity(DATE, reading.value, words_, start, end, extra, reading.sure)


_PATTERNS: Tuple[Tuple["re.Pattern[str]", _Reader, Tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.I), reader, needs)
    for pattern, reader, needs in (
        (
            rf"(?<![\w-])(?P<year>{_FULL_YEAR})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?![\w-])",
            date_readers.iso,
            (_FIGURE,),
        ),
        (
            rf"(?<![\w/.,]){_LEAD}(?P<day>\d{{1,2}})\s?/\s?(?P<month>\d{{1,2}})"
            rf"(?:\s?[-/.]\s?(?P<year>\d{{4}}|\d{{2}})(?![\d/])|,?\s+(?P<year4>{_FULL_YEAR})(?!\d))?(?![\d/]){_NOT_SHARE}",
            date_readers.slashed,
            ("/",),
        ),
        (
            rf"(?<![\w/.,-]){_LEAD}(?P<day>\d{{1,2}})(?P<dot>[.-])\s?(?P<month>\d{{1,2}})(?P=dot)\s?"
            rf"(?P<year>{_FULL_YEAR}|\d\d)(?!\d|[.-]\d)",
            date_readers.dotted,
            (_FIGURE,),
        ),
        (
            r"(?<!\w)(?:den|d\.?)\s?(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})(?!\d|\.\d|\s?(?:kr|mi))",
            date_readers.dotted_short,
            (_FIGURE,),
        ),
        (
            rf"(?<![\w/.,]){_LEAD}(?:(?P<first>\d{{1,2}})\.?\s?(?:-|\u2013|til)\s?(?:d(?:en|\.)\s?)?)?"
            rf"(?P<day>\d{{1,2}})\.?\s?(?P<month>{MONTH})(?![\wæøå])"
            rf"(?:\.?,?\s+(?P<year>{_FULL_YEAR})(?!\d)|\.?\s?['\u2019](?P<year2>\d\d)(?!\d))?",
            date_readers.named_month,
            _MONTH_SIGNS,
        ),
        (
            rf"(?<!\w){_LEAD}(?P<ordinal>{ORDINAL})\s+(?P<month>{FULL_MONTH})(?!\w)(?:\s+(?P<year>{_FULL_YEAR})(?!\d))?",
            date_readers.ordinal,
            _MONTH_SIGNS,
        ),
        (
            rf"(?<!\w)(?:(?:(?P<part>{_PARTS})|i|til|fra|inden|før|foer|efter|siden|hele|omkring|pr\.?|per)\s+"
            rf"(?P<month>{FULL_MONTH})(?!\w)(?:\s+(?P<year>{_FULL_YEAR})(?!\d))?"
            rf"|(?P<alone>{FULL_MONTH})\s+(?P<year2>{_FULL_YEAR})(?!\d))",
            date_readers.month,
            _MONTH_SIGNS,
        ),
        (
            r"(?<!\w)(?:den|d\.)\s?(?P<day>\d{1,2})\.?(?:\s+i\s+(?P<of>denne|næste|naeste)\s+m(?:å|aa)ned(?!\w)"
            r"|(?<=\d)(?=\s*(?:$|[,;!?)\n]|\.(?!\s?\w)))|(?<=\d\.)(?=\s*(?:$|[,;!?)\n])))",
            date_readers.day_only,
            (_FIGURE,),
        ),
        (
            rf"(?<!\w)(?:(?P<lead>{ON}|{NEXT}|{LAST}|i|denne)\s+)?(?P<weekday>{WEEKDAY})(?P<s>s)?(?!\w)"
            rf"(?P<next_week>\s+i\s+(?:næste|naeste|naste)\s+uge)?(?P<eight>\s+(?:otte|8)\s+dage(?!\w))?"
            rf"(?!\s+i\s+(?:hver|m(?:å|aa)ned|{FULL_MONTH}))",
            time_readers.weekday,
            ("dag",),
        ),
        (
            r"(?<!\w)i\s?(?P<word>dag|morgen|over ?morgen|g(?:å|aa|a)r|forg(?:å|aa|a)rs|aften|aftes|nat|eftermiddag|"
            r"formiddags?|morges)(?!\w)",
            time_readers.near_today,
            _TODAY_SIGNS,
        ),
        (
            rf"(?<!\w)uge\s?(?P<week>\d{{1,2}})(?![\d%]|[.,/]\d)(?:\s*[,/-]?\s*(?:i\s+)?(?P<year>{_FULL_YEAR})(?!\d))?"
            r"(?!\s?(?:gang|time|dag|kr|aften))",
            time_readers.week,
            ("uge",),
        ),
        (
            rf"(?<!\w)(?:i\s+)?(?P<which>{NEXT}|{LAST}|denne|dette|indeværende)\s+"
            r"(?P<unit>uge|m(?:å|aa)ned|(?:å|aa)r|kvartal)(?!\w)",
            time_readers.period,
            ("uge", "ned", "år", "aar", "kvartal"),
        ),
        (
            r"(?<!\w)(?:(?P<first>(?:først|foerst|forst) (?:på|paa|i) m(?:å|aa)neden)"
            r"|(?:sidst (?:på|paa|i)|i slutningen af|slutningen af|ultimo) m(?:å|aa)neden"
            r"|(?:(?:ved|inden|til) )?m(?:å|aa)nedens (?:udgang|slutning))(?!\w)",
            time_readers.month_end,
            ("ned",),
        ),
        (
            rf"(?<!\w)(?P<lead>til|i|her i|efter|før|inden|{NEXT}|sidste|denne|fra|siden)\s+(?P<season>{SEASON})"
            r"(?:(?P<s>s)|en|et)?(?!\w)",
            time_readers.season,
            ("for", "sommer", "efter", "vinter"),
        ),
        (rf"(?<!\w)(?P<name>{NAMED_DAY})(?!\w)", time_readers.named_day, ("dag", "aften", "hans")),
        (
            rf"(?<!\w)(?:til|inden|før|foer|efter|omkring|op til|over|i|fra|siden|{LAST}|{NEXT})\s+"
            rf"(?P<name>{NAMED_TIME})(?:en|s)?(?!\w)",
            time_readers.named_time,
            ("jul", "nyt", "p"),
        ),
    )
)
_SIGNS = {sign for _, _, needs in _PATTERNS for sign in needs if sign != _FIGURE}
