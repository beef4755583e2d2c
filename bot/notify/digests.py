"""Writes the weekly letter to a leader: sentences, with figures in words and how sure they are."""

from typing import Any, Dict, List, Optional

from bot.core.answering import Phrases
from bot.core.case_figures import FEWEST_ANSWERS, CaseFigures
from bot.core.danish import long_date
from bot.core.digests import Overview
from bot.core.knowledge import Knowledge
from bot.core.mails import Mail
from bot.core.satisfaction import Estimate
from bot.core.staff import StaffMember, StaffRole
from bot.core.unanswered import TopicGap
from bot.core.units import Units
from bot.notify.texts import MailTexts

# The whole list is in the console.
MOST_TOPICS = 5
MOST_COMMENTS = 10


class DigestMailWriter:
    """The text is data/mails/digest.txt; the words for differences are in data/phrases.yml, `figures`."""

    def __init__(
        self, texts: MailTexts, units: Units, knowledge: Knowledge, phrases: Phrases, console_address: str
    ):
        self._texts = texts
        self._units = units
        self._knowledge = knowledge
        self._phrases = phrases
        self._console_address = console_address

    def letter(self, week: str, staff: StaffMember, now: Overview, before: Overview) -> Mail:
        """Return the letter about a week, compared with the week before."""
        whole, last = now.whole, before.whole
        comments = [comment for found in now.units.values() for comment in found.comments]
        values: Dict[str, Any] = {
            "week": int(week.partition("W")[2]),
            "name": staff.name,
            "chief": staff.role is StaffRole.CHIEF,
            "units": [self._units.get(unit).name for unit in now.units],
            "first": long_date(now.period.first),
            "last": long_date(now.period.last),
            "whole": whole,
            "new_change": self._difference(whole.new, last.new),
            "closed_change": self._difference(whole.closed, last.closed),
            "kept": self.share(whole.kept),
            "kept_before": self.share(last.kept),
            "right": self.share(whole.right),
            "right_before": self.share(last.right),
            "service": self.scale(whole.service),
            "service_before": self.scale(last.service),
            "fewest": FEWEST_ANSWERS,
            "comments": [" ".join(comment.split()) for comment in comments[:MOST_COMMENTS]],
            "each": self._each(now) if len(now.units) > 1 else [],
            "gaps": now.gaps,
            "topics": [self.gap(gap) for gap in now.gaps.topics[:MOST_TOPICS]],
            "misses_change": self._difference(now.gaps.not_understood, before.gaps.not_understood),
            "link": f"{self._console_address}/overblik?fra={now.period.first}&til={now.period.last}",
        }
        return self._texts.compose("digest", staff.email, f"digest-{week}-{staff.id}", **values)

    def _each(self, now: Overview) -> List[Dict[str, Any]]:
        """Return the units where something happened."""
        return [
            {"name": self._units.get(unit).name, "found": found, "kept": self.share(found.kept)}
            for unit, found in now.units.items()
            if found != CaseFigures()
        ]

    def gap(self, gap: TopicGap) -> Dict[str, Any]:
        """Return a topic that fell short, with its title and its counts."""
        return {"title": self._knowledge.title(gap.topic), "gap": gap}

    def share(self, found: Optional[Estimate]) -> Optional[Dict[str, Any]]:
        """Return a share in whole per cent, with the interval; a count of how many of how many."""
        if found is None:
            return None
        value, low, high = (f"{part * 100:.0f}" for part in (found.value, found.low, found.high))
        return {
            "hits": round(found.value * found.count),
            "count": found.count,
            "value": value,
            "low": low,
            "high": high,
        }

    def scale(self, found: Optional[Estimate]) -> Optional[Dict[str, Any]]:
        """Return a mean on the scale of five with one decimal, and the interval."""
        if found is None:
            return None
        value, low, high = (f"{part:.1f}".replace(".", ",") for part in (found.value, found.low, found.high))
        return {"value": value, "low": low, "high": high, "count": found.count, "alike": low == high}

    def _difference(self, now: int, before: int) -> str:
        if now == before:
            return self._phrases.say("same")
        return self._phrases.say("more" if now > before else "fewer", count=str(abs(now - before)))
