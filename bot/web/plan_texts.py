"""What visitors write about their plan, in the chat or beside the buttons, as wishes."""

from dataclasses import replace
from datetime import date
from typing import Dict, Iterable, List, NamedTuple, Optional, Set

from bot.bootstrap import Services
from bot.core.calculations import Mention
from bot.core.danish import long_date
from bot.core.errors import InvalidInput
from bot.core.plans.days import OPENING, START, Days, days_in, in_order
from bot.core.plans.plan import NO, YES, Plan, Question
from bot.core.plans.reading import PlanReader, Reading
from bot.understanding.entities.entity import ADDRESS
from bot.understanding.entities.entity import PLACE as TOWN
from bot.web.plan_address import PLACE, Wishes

_LONGEST = 1000


class Taken(NamedTuple):
    """The wishes after a text, and the code of what is wrong with it; empty when nothing is."""

    wished: Wishes
    error: str = ""


class PlanTexts:
    """Reads texts for plans."""

    def __init__(self, services: Services):
        self._services = services
        self._words = services.content.plan_words
        self._phrases = services.content.phrases["plan"]
        self.reader = PlanReader(self._words)

    def take(self, plan: Plan, wished: Wishes, text: str, asked: Optional[Question]) -> Taken:
        """Return the wishes with what a text answers; what could be used counts even beside a mistake."""
        text = text[:_LONGEST]
        reading = self.reader.read(plan, text, asked)
        days = self._days(text)
        after = _with(plan, wished, reading, days)
        after, disorder = _ordered(after, wished)
        error = next(iter((*reading.wrong, *days.wrong.values(), *disorder)), "")
        if not error and reading.both:
            error = "plan_both"
        if not error and after == wished:
            error = "plan_unread"
        return Taken(after, error)

    def told(self, plan: Plan, texts: Iterable[str], wished: Optional[Wishes] = None) -> Wishes:
        """Return what the texts of a conversation tell, the later ones over the earlier, and never over `wished`."""
        found = Wishes({})
        for text in texts:
            short = text[:_LONGEST]
            found = _with(plan, found, self.reader.told(plan, short), self._days(short))
            found = replace(found, place=self._place(short) or found.place)
        found, _ = _ordered(found, replace(found, start=None, opening=None))
        return _below(found, wished or Wishes({}))

    def wrong_day(self, text: str) -> str:
        """Return the code of what is wrong with a day that a text names; empty when nothing is."""
        return next(iter(self._days(text[:_LONGEST]).wrong.values()), "")

    def known_place(self, text: str) -> bool:
        """Tell whether a text is the name of a street or a town, and no more."""
        return self._place(f"i {text}") == text

    def told_lines(self, plan: Plan, wished: Wishes) -> Dict[str, str]:
        """Return how what was told is said, by its name in the address, to stand behind »at«."""
        say = self._phrases.say
        lines: Dict[str, str] = {}
        for question in plan.questions:
            if question.id in wished.told:
                answer = wished.answers.get(question.id, YES)
                lines[question.id] = self._words.told(plan.id, question.id, answer)
        if START in wished.told and wished.start:
            lines[START] = say("told_start", day=long_date(wished.start))
        if OPENING in wished.told and wished.opening:
            lines[OPENING] = say("told_opening", day=long_date(wished.opening))
        if PLACE in wished.told and wished.place:
            lines[PLACE] = say("told_place", place=wished.place)
        return {name: line for name, line in lines.items() if line}

    def told_sentence(self, plan: Plan, wished: Wishes) -> str:
        """Return »Du har fortalt, at ...«; empty when nothing was told."""
        lines: List[str] = [
            self._phrases.say("told_line", what=line) for line in self.told_lines(plan, wished).values()
        ]
        if not lines:
            return ""
        last = self._phrases.say("told_and")
        several = f"{', '.join(lines[:-1])} {last} {lines[-1]}" if len(lines) > 1 else lines[0]
        return self._phrases.say("told", what=several)

    def _days(self, text: str) -> Days:
        today = self._services.today()
        return days_in(text, self._mentions(text, today), self.reader.day_kind, today)

    def _mentions(self, text: str, today: date) -> List[Mention]:
        return [
            Mention(entity.kind, entity.value, entity.start, entity.end, entity.extra)
            for entity in self._services.extractor.extract(text, today)
        ]

    def _place(self, text: str) -> str:
        """Return the street, or else the town, that a text names; the number of a house stays with the visitor."""
        found = {mention.kind: mention for mention in reversed(self._mentions(text, self._services.today()))}
        if ADDRESS in found:
            return str(found[ADDRESS].extra.get("street") or "")
        return str(found[TOWN].value) if TOWN in found else ""


def _with(plan: Plan, wished: Wishes, reading: Reading, days: Days) -> Wishes:
    answers = {**wished.answers, **reading.answers}
    leaning: Set[str] = (set(wished.leaning) | reading.leaning) - set(reading.answers)
    for name in reading.leaning:
        if answers.get(name) == NO:
            del answers[name]
    for name in reading.both:
        answers.pop(name, None)
    answers = {question.id: answers[question.id] for question in plan.questions if question.id in answers}
    return replace(
        wished,
        answers=answers,
        leaning=frozenset(leaning - set(answers) - reading.both),
        start=days.found.get(START, wished.start),
        opening=days.found.get(OPENING, wished.opening),
        told=wished.told - set(reading.answers) - reading.both,
    )


def _ordered(after: Wishes, before: Wishes) -> tuple:
    """Return the wishes and no error, or with the days from before and the error's code."""
    try:
        in_order(after.start, after.opening)
    except InvalidInput as error:
        return replace(after, start=before.start, opening=before.opening), (error.code,)
    return after, ()


def _below(told: Wishes, wished: Wishes) -> Wishes:
    """Return the wishes with what was told where they say nothing."""
    answers = {name: value for name, value in told.answers.items() if name not in wished.answers}
    leaning = told.leaning - set(wished.answers) - set(wished.leaning) - set(answers)
    answers = {name: value for name, value in answers.items() if name not in wished.leaning or value != NO}
    start, opening = wished.start or told.start, wished.opening or told.opening
    if start and opening and opening < start:
        start, opening = wished.start, wished.opening
    new = {*answers, *leaning}
    new |= {START} if start and not wished.start else set()
    new |= {OPENING} if opening and not wished.opening else set()
    new |= {PLACE} if told.place and not wished.place else set()
    return replace(
        wished,
        answers={**wished.answers, **answers},
        leaning=(wished.leaning | leaning) - set(answers),
        start=start,
        opening=opening,
        place=wished.place or told.place,
        told=wished.told | new,
    )
