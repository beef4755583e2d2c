"""What stands in the address or the form of a plan: answers, wished days, steps that are done."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Callable, Dict, FrozenSet, List, Mapping, Optional, Tuple
from urllib.parse import urlencode

from bot.core.errors import InvalidInput
from bot.core.plans.asking import open_as_doubt
from bot.core.plans.days import OPENING, START, in_order, usable
from bot.core.plans.plan import NO, YES, Plan

DONE, PLAN = "gjort", "plan"
# What a conversation told, the place of the business, and that the plan is wanted with questions still open.
TOLD, PLACE, NOW = "fortalt", "hvor", "nu"
_DANISH_DAY = re.compile(r"(\d{1,2})[./ -]{1,2}(\d{1,2})[./ -]{1,2}(\d{4})")


@dataclass(frozen=True)
class Wishes:
    """What somebody asked for.

    Attributes:
        answers: by question.
        start: the day they can begin.
        opening: the day they want to open.
        wrong: the error's code of a day that cannot be used.
        typed: what they wrote there.
        leaning: questions answered with a yes that does not say which of several.
        told: the names of what they told in a conversation.
        place: a street or town; never a house number.
    """

    answers: Mapping[str, str]
    start: Optional[date] = None
    opening: Optional[date] = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    leaning: FrozenSet[str] = frozenset()
    told: FrozenSet[str] = frozenset()
    place: str = ""

    def without(self, name: str) -> "Wishes":
        """Return the wishes without an answer, a day or the place."""
        return replace(
            self,
            answers={key: value for key, value in self.answers.items() if key != name},
            start=None if name == START else self.start,
            opening=None if name == OPENING else self.opening,
            leaning=self.leaning - {name},
            told=self.told - {name},
            place="" if name == PLACE else self.place,
        )


Read = Callable[[str], Optional[str]]
"""Gives the value of a name in an address or a form."""


def wishes(
    plan: Plan, read: Read, today: date, known_place: Callable[[str], bool] = lambda text: False
) -> Wishes:
    """Read answers and days; an answer that is none is passed over, a day that is none is told.

    Args:
        plan: what is asked.
        read: gives what was sent.
        today: to tell what is past.
        known_place: tells whether a text is a street or a town; anything else is passed over.
    """
    sent = {question.id: read(question.id) or "" for question in plan.questions}
    answers = {
        question.id: sent[question.id] for question in plan.questions if question.takes(sent[question.id])
    }
    leaning = {question.id for question in plan.questions if sent[question.id] == YES and question.takes(NO)}
    if read(NOW) == "1":
        answers = open_as_doubt(plan, answers)
    days: Dict[str, Optional[date]] = {}
    wrong: Dict[str, str] = {}
    typed = {name: (read(name) or "").strip()[:40] for name in (START, OPENING)}
    for name, text in typed.items():
        try:
            days[name] = _day(text, today)
        except InvalidInput as error:
            wrong[name] = error.code
    try:
        in_order(days.get(START), days.get(OPENING))
    except InvalidInput as error:
        wrong[OPENING] = error.code
        days[OPENING] = None
    place = (read(PLACE) or "").strip()[:60]
    place = place if place and known_place(place) else ""
    known = {*answers, *leaning, *(name for name, day in days.items() if day), *([PLACE] if place else [])}
    return Wishes(
        answers,
        days.get(START),
        days.get(OPENING),
        wrong,
        typed,
        frozenset(leaning - set(answers)),
        frozenset((read(TOLD) or "").split(".")) & known,
        place,
    )


def _day(text: str, today: date) -> Optional[date]:
    if not text:
        return None
    danish = _DANISH_DAY.fullmatch(text)
    try:
        day = date(*(int(part) for part in reversed(danish.groups()))) if danish else date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("day_unreadable") from None
    return usable(day, today)


def pairs(
    answers: Mapping[str, str], start: Optional[date] = None, opening: Optional[date] = None
) -> List[Tuple[str, str]]:
    """Return answers and days as names and values, for an address or for hidden fields."""
    days = [(name, day.isoformat()) for name, day in ((START, start), (OPENING, opening)) if day]
    return [*answers.items(), *days]


def all_pairs(wished: Wishes) -> List[Tuple[str, str]]:
    """Return all that was wished for as names and values; `wishes` reads them."""
    found = pairs(wished.answers, wished.start, wished.opening)
    found += [(name, YES) for name in sorted(wished.leaning)]
    found += [(PLACE, wished.place)] if wished.place else []
    return [*found, (TOLD, ".".join(sorted(wished.told)))] if wished.told else found


def query(found: List[Tuple[str, str]]) -> str:
    """Return names and values as the end of an address, with its question mark; empty for nothing."""
    return f"?{urlencode(found)}" if found else ""


def address(plan: Plan, wished: Wishes) -> str:
    """Return the address of a plan with all that was wished for."""
    return f"/plan/{plan.id}{query(all_pairs(wished))}"
