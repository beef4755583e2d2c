"""Finds topics by the words in their titles and descriptions, when the visitor's own words were not understood."""

import re
from collections import Counter
from typing import Dict, FrozenSet, List, Set, Tuple

from bot.core.danish import spellings
from bot.core.knowledge import Knowledge, Topic

_WORD = re.compile(r"\w{2,}")
_TITLE_WEIGHT, _DESCRIPTION_WEIGHT, _TEXT_WEIGHT = 6, 3, 1
# Shorter beginnings would match half the language.
_SHORTEST_STEM = 4
# A word that so many topics share says nothing about any of them: »skal«, »jeg«, »kommunen«.
_FEW_TOPICS, _COMMON, _COMMON_WHEN_SHORT = 5, 0.17, 0.10

Words = FrozenSet[str]
Weighed = List[Tuple[int, Words]]


def search(knowledge: Knowledge, text: str, most: int = 5) -> List[Topic]:
    """Return at most `most` topics that share words or beginnings of words with `text`, the best first."""
    texts = {topic.id: _weighed(topic) for topic in knowledge.topics.values()}
    wanted = _words(text)
    if len(wanted) > 1:
        # A single word is all there is to go by: »tilladelse« stands in many answers, and in few titles.
        wanted -= _common(texts)
    scores = {
        topic_id: sum(weight * _shared(words, wanted) for weight, words in parts)
        for topic_id, parts in texts.items()
    }
    hits = [topic for topic in knowledge.topics.values() if scores[topic.id]]
    return sorted(hits, key=lambda topic: (-scores[topic.id], topic.title))[:most]


def _weighed(topic: Topic) -> Weighed:
    return [
        (_TITLE_WEIGHT, _words(topic.title)),
        (_DESCRIPTION_WEIGHT, _words(topic.description)),
        (_TEXT_WEIGHT, _words(topic.short)),
    ]


def _words(text: str) -> Words:
    return frozenset(_WORD.findall(spellings(text)[-1]))


def _common(texts: Dict[str, Weighed]) -> Set[str]:
    counts = Counter(
        word for parts in texts.values() for word in frozenset().union(*(words for _, words in parts))
    )
    return {
        word
        for word, count in counts.items()
        if count > _FEW_TOPICS
        and count > len(texts) * (_COMMON_WHEN_SHORT if len(word) <= _SHORTEST_STEM else _COMMON)
    }


def _shared(words: Words, wanted: Words) -> int:
    return sum(1 for word in wanted if any(_alike(word, other) for other in words))


def _alike(first: str, second: str) -> bool:
    if first == second:
        return True
    shorter = min(first, second, key=len)
    return len(shorter) >= _SHORTEST_STEM and (first in second or second in first)
