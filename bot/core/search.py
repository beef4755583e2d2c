"""Finds topics by the words in their titles and descriptions, when the visitor's own words were not understood."""

import re
from typing import List, Set

from bot.core.knowledge import Knowledge, Topic

_WORD = re.compile(r"\w{3,}")
_TITLE_WEIGHT, _DESCRIPTION_WEIGHT, _TEXT_WEIGHT = 6, 3, 1
# Shorter beginnings would match half the language.
_SHORTEST_STEM = 4


def search(knowledge: Knowledge, text: str, most: int = 5) -> List[Topic]:
    """Return at most `most` topics that share words or beginnings of words with `text`, the best first."""
    wanted = set(_WORD.findall(text.lower()))
    scored = [(_score(topic, wanted), topic) for topic in knowledge.topics.values()]
    hits = sorted((item for item in scored if item[0] > 0), key=lambda item: (-item[0], item[1].title))
    return [topic for _, topic in hits[:most]]


def _score(topic: Topic, wanted: Set[str]) -> int:
    return (
        _TITLE_WEIGHT * _shared(topic.title, wanted)
        + _DESCRIPTION_WEIGHT * _shared(topic.description, wanted)
        + _TEXT_WEIGHT * _shared(topic.short, wanted)
    )


def _shared(text: str, wanted: Set[str]) -> int:
    words = set(_WORD.findall(text.lower()))
    return sum(1 for word in wanted if any(_alike(word, other) for other in words))


def _alike(first: str, second: str) -> bool:
    if first == second:
        return True
    shorter = min(first, second, key=len)
    return len(shorter) >= _SHORTEST_STEM and (first in second or second in first)
