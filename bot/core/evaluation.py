"""How well utterances with a known topic were understood."""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import Dict, Iterable, List, Sequence, Tuple

from bot.core.deciding import Step, decide


class Result(Enum):
    """What the visitor would have met."""

    RIGHT = "right at once"
    OFFERED = "right among the topics offered"
    WRONG = "confidently wrong"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Utterance:
    """A line of an evaluation set: the topics that are right, the style it is written in, the text."""

    topics: Tuple[str, ...]
    style: str
    text: str


def judge(utterance: Utterance, ranking: Sequence[Tuple[str, float]]) -> Result:
    """Tell what the decision on `ranking` means for somebody who asked about the utterance's topic."""
    decision = decide(ranking)
    hit = any(topic in utterance.topics for topic in decision.topics)
    if decision.step is Step.ANSWER:
        return Result.RIGHT if hit else Result.WRONG
    return Result.OFFERED if hit else Result.UNANSWERED


def shares(results: Iterable[Result]) -> Dict[Result, float]:
    """Return each result's share of all, from 0 to 1."""
    found: List[Result] = list(results)
    return {kind: found.count(kind) / len(found) if found else 0.0 for kind in Result}


def by_style(judged: Iterable[Tuple[Utterance, Result]]) -> Dict[str, List[Result]]:
    """Return the results of every style."""
    groups: Dict[str, List[Result]] = defaultdict(list)
    for utterance, result in judged:
        groups[utterance.style].append(result)
    return dict(sorted(groups.items()))
