"""Deadlines in Danish: worked out, and said as the chat and the page /frister say them.

The sentences stand in data/phrases.yml (`deadline`) and data/deadlines.yml.
"""

from datetime import date, timedelta
from typing import List, Optional, Tuple

from bot.core.answering import Phrases
from bot.core.counting import CLOSED
from bot.core.danish import long_date, long_day
from bot.core.deadline_rules import DeadlineRule, DeadlineRules
from bot.core.due_dates import Deadline, Holidays, Step, work_out
from bot.core.knowledge import Confidence, Fact, Knowledge, Source


class Deadlines:
    """Works deadlines out and says them; it keeps nothing between calls.

    Args:
        rules: all rules.
        knowledge: the topics with the facts that hold the lengths.
        holidays: the public holidays of Denmark with their Danish names.
        phrases: the part `deadline` of data/phrases.yml.
    """

    def __init__(self, rules: DeadlineRules, knowledge: Knowledge, holidays: Holidays, phrases: Phrases):
        self.rules = rules
        self._knowledge = knowledge
        self._holidays = holidays
        self._phrases = phrases

    def work_out(self, rule: DeadlineRule, start: date, today: date) -> Deadline:
        """Return the deadline counted from `start`; InvalidInput as `due_dates.work_out` raises it."""
        return work_out(rule, start, self._knowledge, self._holidays, today)

    def open_rules(self, topic: str = "") -> Tuple[DeadlineRule, ...]:
        """Return the rules, or those of one topic, whose topic is not switched off and still has the fact."""
        return tuple(rule for rule in self.rules if topic in ("", rule.topic) and self._is_open(rule))

    def _is_open(self, rule: DeadlineRule) -> bool:
        topic = self._knowledge.get(rule.topic)
        return topic is not None and not topic.off and (rule.fact is None or rule.fact in topic.facts)

    def fact(self, rule: DeadlineRule) -> Optional[Fact]:
        """Return the fact that holds the rule's length or days."""
        topic = self._knowledge.get(rule.topic)
        return topic.facts.get(rule.fact or "") if topic else None

    def sources(self, rule: DeadlineRule) -> Tuple[Source, ...]:
        """Return what backs the count and the length, each page once."""
        fact = self.fact(rule)
        found = (*rule.sources, *((fact.source,) if fact else ()))
        return tuple({source.url: source for source in found}.values())

    def sentence(self, deadline: Deadline) -> str:
        """Return what the deadline is, in one or two sentences."""
        return deadline.rule.sentence.format(
            start=long_day(deadline.start),
            day=long_day(deadline.last_day),
            length=deadline.length,
            period=deadline.due_for,
        )

    def counted(self, deadline: Deadline) -> List[str]:
        """Return how it was counted, a sentence a step."""
        lines = [self._step(step, deadline) for step in deadline.counted]
        fact, period = self.fact(deadline.rule), deadline.period
        if fact and period and fact.confidence is Confidence.LOW:
            lines.append(self._phrases.say("uncertain", known=period.known))
        return lines

    def moved(self, deadline: Deadline) -> List[str]:
        """Return what a weekend, holiday or closed office does to the last day."""
        plain = ("count_", "length_", "law_")
        return [self._step(step, deadline) for step in deadline.counted if not step.name.startswith(plain)]

    def standing(self, deadline: Deadline, today: date) -> str:
        """Return whether the last day is today, has passed, or how many days are left."""
        left = (deadline.last_day - today).days
        if left == 0:
            return self._phrases.say("today")
        if left < 0:
            return self._phrases.say("passed")
        return self._phrases.say("left_one") if left == 1 else self._phrases.say("left", days=str(left))

    def afterwards(self, deadline: Deadline) -> str:
        """Return what follows when the last day has gone; empty when there is nothing to say."""
        following = deadline.last_day + timedelta(days=1)
        return deadline.rule.afterwards.format(next=long_day(following))

    def _step(self, step: Step, deadline: Deadline) -> str:
        day = step.day or deadline.start
        said = self._phrases.say(
            step.name,
            start=long_day(deadline.start),
            day=long_day(day),
            date=f"den {long_date(day)}",
            why=self._why(day),
            moved_to=long_day(step.moved_to or day),
            length=deadline.length,
            among=self._listed(step.among),
        )
        return said[0].upper() + said[1:]

    def _why(self, day: date) -> str:
        """Return what kind of day it is: "juledag", "en lørdag", "grundlovsdag"."""
        holiday = self._holidays.get(day)
        if holiday:
            return holiday[0].lower() + holiday[1:]
        closed = {month_day: name for name, month_day in CLOSED.items()}.get((day.month, day.day))
        if closed:
            return self._phrases.say(f"closed_{closed}")
        return self._phrases.say("weekend", weekday=long_day(day).split(" ")[0])

    def _listed(self, days: Tuple[date, ...]) -> str:
        return ", ".join(f"{self._why(day)} ({long_date(day)})" for day in days)
