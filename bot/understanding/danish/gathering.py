"""Gathers the words that a pipeline knows: general Danish from a list of frequencies, the domain from its texts."""

import re
from collections import Counter
from typing import Dict, Iterable

import wordfreq

from bot.understanding.danish.compounds import Splitter
from bot.understanding.danish.letters import fold, tidy
from bot.understanding.danish.neighbours import Neighbours
from bot.understanding.danish.spelling import Speller
from bot.understanding.danish.words import Use, WordList, is_in_table

_WORD = re.compile(r"[^\W\d_]+")
# Once can be a slip of the hand.
_FEWEST_TIMES = 2
_SHORTEST_MISSPELT = 4
# A misspelling comes more seldom than the word that was meant, which may be one that only the domain has.
_SELDOMER = 3


def gather(texts: Iterable[str]) -> Dict[str, Use]:
    """Return the words of general Danish and of `texts`, but for those of `texts` that look misspelt.

    Training examples are misspelt on purpose, since visitors do so. Were those words known, they would not be repaired.
    """
    counts = Counter(word for text in texts for word in _WORD.findall(tidy(text)))
    total = max(1, sum(counts.values()))
    general = {word: share for word, share in wordfreq.get_frequency_dict("da").items() if word.isalpha()}
    uses = {word: Use(general.get(word, 0.0), counts[word] / total) for word in {*general, *counts}}
    misspelt = _Misspelt(uses, counts)
    return {word: use for word, use in uses.items() if not misspelt(word)}


class _Misspelt:
    """Tells which words of the domain are misspellings of other words."""

    def __init__(self, uses: Dict[str, Use], counts: Dict[str, int]) -> None:
        self._counts = counts
        self._sure = WordList()
        self._sure.fill({word: use for word, use in uses.items() if use.general or is_in_table(word)})
        self._all = WordList()
        self._all.fill(uses)
        self._speller = Speller(self._sure, Splitter(self._sure))
        self._neighbours = Neighbours(self._all)
        self._neighbours.learn()

    def __call__(self, word: str) -> bool:
        if word in self._sure or self._splits(word):
            return False
        if self._counts[word] < _FEWEST_TIMES or self._all.reading(fold(word)) != word:
            return True
        if self._speller.halves(word):
            return True
        near = self._neighbours.one_letter_away(word) if len(word) >= _SHORTEST_MISSPELT else []
        return any(self._is_meant(other, word) for other in near)

    def _splits(self, word: str) -> bool:
        return self._speller.knows(word) and self._sure.restored(word) == word

    def _is_meant(self, other: str, word: str) -> bool:
        times = 1 if other in self._sure else _SELDOMER
        return self._counts[other] >= times * self._counts[word]
