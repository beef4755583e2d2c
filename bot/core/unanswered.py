"""What the bot could not answer: counts by topic, never what somebody wrote."""

from dataclasses import dataclass, field
from typing import Dict, Iterable, Mapping, Optional, Sequence, Tuple

from bot.core.case_figures import History, Past, Period
from bot.core.cases import EventKind
from bot.core.past_cases import BOTS_FAULT


@dataclass(frozen=True)
class SaidCounts:
    """What was said in chats of a period.

    `not_understood` counts replies that ask for other words, offer a search or a person; `outside` those that say that
    a question is none of a business. By topic: answers that lack a figure, and answers that visitors called not useful.
    """

    not_understood: int = 0
    outside: int = 0
    without_figure: Mapping[str, int] = field(default_factory=dict)
    not_useful: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TopicGap:
    """How often a topic fell short: in answers without a figure, answers not useful, and cases that staff closed so."""

    topic: str
    without_figure: int = 0
    not_useful: int = 0
    cases: int = 0

    @property
    def total(self) -> int:
        """How often altogether."""
        return self.without_figure + self.not_useful + self.cases


@dataclass(frozen=True)
class Unanswered:
    """What the bot could not answer in a period; the topics that fell short most often come first."""

    not_understood: int = 0
    outside: int = 0
    topics: Tuple[TopicGap, ...] = ()


def unanswered(
    said: SaidCounts, histories: Iterable[History], period: Period, past: Iterable[Past] = ()
) -> Unanswered:
    """Put together what was counted in chats and what staff said of the bot when they closed cases."""
    cases: Dict[str, int] = {}
    for history in histories:
        topic = history.case.topic
        if topic and any(
            event.kind is EventKind.CLOSED
            and event.at in period
            and event.details.get("outcome") in BOTS_FAULT
            for event in history.events
        ):
            cases[topic] = cases.get(topic, 0) + 1
    for gone in past:
        if gone.topic and any(map(period.has, gone.at_fault)):
            cases[gone.topic] = cases.get(gone.topic, 0) + 1
    figure, useful = dict(said.without_figure), dict(said.not_useful)
    gaps = [
        TopicGap(topic, figure.get(topic, 0), useful.get(topic, 0), cases.get(topic, 0))
        for topic in {*figure, *useful, *cases}
    ]
    gaps.sort(key=lambda gap: (-gap.total, gap.topic))
    return Unanswered(said.not_understood, said.outside, tuple(gaps))


def of_topics(found: Unanswered, topics: Optional[Sequence[str]]) -> Unanswered:
    """Return it with the gaps of some topics only; None: of all. What was not understood has no topic and stays."""
    if topics is None:
        return found
    kept = tuple(gap for gap in found.topics if gap.topic in topics)
    return Unanswered(found.not_understood, found.outside, kept)
