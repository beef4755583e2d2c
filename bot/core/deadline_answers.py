"""The deadline a message asks for, as a paragraph of the answer; joins bot/core/calculations.py."""

import re
from datetime import date
from typing import List, NamedTuple, Optional, Sequence
from urllib.parse import urlencode

from bot.core.answering import Phrases, ShownFact
from bot.core.calculations import Asked, Calculated, Mention
from bot.core.deadline_rules import DeadlineRule, year_less
from bot.core.deadline_texts import Deadlines
from bot.core.due_dates import Deadline
from bot.core.errors import InvalidInput

PAGE = "/frister"
# As bot/understanding/entities writes them.
_DATE, _INVALID_DATE, _DAY = "dato", "invalid_date", "day"
# 5/11, d. 5. november: day and month and no year. »om 3 uger« is none.
_WITHOUT_YEAR = re.compile(
    r"^\D*\d{1,2}\.?\s?(?:[/.-]\s?\d{1,2}|(?!uge|dag|døgn|m(?:å|aa)ned|(?:å|aa)r)[a-zæøå]{3,9})\.?$", re.I
)


class Named(NamedTuple):
    """A day as somebody named it, and in which words."""

    day: date
    words: str


class DeadlineCalculation:
    """Works out the deadline when a message asks for one and names the day; otherwise it shows the way to the page.

    Args:
        deadlines: the rules and their sentences.
        phrases: the part `deadline` of data/phrases.yml.
        errors: its part `errors`.
    """

    def __init__(self, deadlines: Deadlines, phrases: Phrases, errors: Phrases):
        self._deadlines = deadlines
        self._phrases = phrases
        self._errors = errors

    def __call__(self, asked: Asked, topic: str, today: date) -> Optional[Calculated]:
        """Return the paragraph, or None when no deadline is asked for."""
        is_open = self._deadlines.open_rules(topic)
        named = self._deadlines.rules.wanted(topic, asked.aspect, asked.text)
        wanted = [rule for rule in named if rule in is_open]
        if not wanted:
            return None
        if asked.of_kind(_INVALID_DATE):
            return Calculated(self._errors.say("date_impossible"))
        day = _day_in(asked)
        try:
            if all(rule.calendar for rule in wanted):
                return self._said(wanted, day.day if day else today, today)
            if day is None or len(wanted) > 1:
                return self._way_to_page(wanted)
            return self._said(wanted, meant_day(wanted[0], day, today), today)
        except InvalidInput as error:
            # That the length is not known is said by the answer itself.
            return Calculated(self._errors.say(error.code)) if error.code == "date_far" else None

    def _said(self, rules: Sequence[DeadlineRule], start: date, today: date) -> Calculated:
        found = [self._deadlines.work_out(rule, start, today) for rule in rules]
        return Calculated(
            text=" ".join(part for deadline in found for part in self._parts(deadline, today)),
            facts=tuple(shown for deadline in found if (shown := self._shown(deadline))),
            sources=tuple(source for rule in rules for source in self._deadlines.sources(rule)),
        )

    def _parts(self, deadline: Deadline, today: date) -> List[str]:
        rule = deadline.rule
        parts = [self._deadlines.sentence(deadline), *self._deadlines.moved(deadline)]
        afterwards = self._deadlines.afterwards(deadline)
        if afterwards:
            parts.append(afterwards)
        elif deadline.passed or deadline.last_day == today:
            parts.append(self._deadlines.standing(deadline, today))
        if rule.judge:
            parts.append(rule.note)
        return parts

    def _shown(self, deadline: Deadline) -> Optional[ShownFact]:
        fact, period = self._deadlines.fact(deadline.rule), deadline.period
        return ShownFact(fact, period) if fact and period else None

    def _way_to_page(self, rules: Sequence[DeadlineRule]) -> Calculated:
        alone = len(rules) == 1
        asks = {"regel": rules[0].id} if alone else {"emne": rules[0].topic}
        return Calculated(self._phrases.say("way", address=f"{PAGE}?{urlencode(asks)}"), last=True)


def meant_day(rule: DeadlineRule, named: Named, today: date) -> date:
    """Return the day somebody means: a decision of 5 December, named in November, is last year's."""
    behind = rule.started and named.day > today and _WITHOUT_YEAR.match(named.words.strip())
    return year_less(named.day) if behind else named.day


def _day_in(asked: Asked) -> Optional[Named]:
    """Return the one day a message names; None for none, several, or "i november"."""
    found = [
        Named(date.fromisoformat(item.value), asked.text[item.start : item.end])
        for item in asked.of_kind(_DATE)
        if _is_exact(item)
    ]
    return found[0] if len({named.day for named in found}) == 1 else None


def _is_exact(item: Mention) -> bool:
    extra = item.extra
    return extra.get("precision") == _DAY and not extra.get("approximate") and not extra.get("until")
