"""Spelling: what was meant by a word that nobody knows."""

from functools import lru_cache
from typing import Iterator, Optional, Tuple

from bot.understanding.danish.compounds import Splitter
from bot.understanding.danish.lemmas import lemma
from bot.understanding.danish.letters import fold
from bot.understanding.danish.neighbours import MOST_EDITS, Neighbours
from bot.understanding.danish.words import WordList

_CACHED_WORDS = 20_000
_SHORTEST_WORD, _SHORTEST_FOR_MOST_EDITS, _LONGEST_WORD = 4, 7, 45
_SHORTEST_PART = 5
# Words that are run together are words of every day: »hvormeget«, »påfortovet«.
_EVERYDAY = 1e-4
_SHORTEST_HALF, _SHORTEST_RUN_TOGETHER = 2, 6


class Speller:
    """Repairs words. Remembers the words it has seen."""

    def __init__(self, words: WordList, splitter: Splitter) -> None:
        self._words = words
        self._splitter = splitter
        self._neighbours = Neighbours(words)
        self._remembered = lru_cache(maxsize=_CACHED_WORDS)(self._repair)
        self._known = lru_cache(maxsize=_CACHED_WORDS)(self._knows)

    def learn(self) -> None:
        """Take in the word list, once it has been filled."""
        self._neighbours.learn()
        self._remembered.cache_clear()
        self._known.cache_clear()

    def knows(self, word: str) -> bool:
        """Tell whether `word` needs no repair, other than of its Danish letters."""
        return self._known(word)

    def _knows(self, word: str) -> bool:
        restored = self._words.restored(word)
        return restored in self._words or bool(self._splitter.split(restored))

    def repair(self, word: str) -> str:
        """Return the word that was meant by `word`: often itself, two words when they were run together."""
        return self._remembered(word) if len(word) <= _LONGEST_WORD and word.isalpha() else word

    def halves(self, word: str) -> Optional[str]:
        """Return the two words of every day that were run together in `word`."""
        if len(word) < _SHORTEST_RUN_TOGETHER:
            return None
        cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        pairs = [(self._words.restored(word[:at]), self._words.restored(word[at:])) for at in cuts]
        rarest, first, last = max((min(map(self._general, pair)), *pair) for pair in pairs)
        return f"{first} {last}" if rarest >= _EVERYDAY else None

    def _repair(self, word: str) -> str:
        if len(word) < _SHORTEST_WORD or self.knows(word):
            return self._words.restored(word)
        return (
            self._closest(word, 1)
            or self.halves(word)
            or self._with_part_repaired(word)
            or self._closest(word, MOST_EDITS)
            or word
        )

    def _closest(self, word: str, most_edits: int) -> Optional[str]:
        """Return the closest word if the domain has it; a word closer to one that it has not is left alone."""
        shortest = _SHORTEST_FOR_MOST_EDITS if most_edits > 1 else _SHORTEST_WORD
        if len(fold(word)) < shortest:
            return None
        found = self._neighbours.closest(word, most_edits)
        return found if found and self._is_of_the_domain(found) else None

    def _with_part_repaired(self, word: str) -> Optional[str]:
        """Return the compound that was meant when one of its two parts is misspelt: »gravetiladelse«."""
        found = [(self._rarest(parts), parts) for parts in self._half_repaired(word)]
        return "".join(max(found)[1]) if found else None

    def _half_repaired(self, word: str) -> Iterator[Tuple[str, str]]:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first, last = word[:at], word[at:]
            first_known, last_known = bool(self._splitter.first(first)), self._splitter.is_last(last)
            if first_known and not last_known:
                repaired = self._closest(last, 1)
                if repaired:
                    yield first, repaired
            elif last_known and not first_known:
                link = "s" if first.endswith("s") else ""
                repaired = self._closest(first.removesuffix(link), 1)
                if repaired:
                    yield repaired + link, last

    def _rarest(self, parts: Tuple[str, str]) -> float:
        return min(map(self._words.frequency, parts))

    def _is_of_the_domain(self, word: str) -> bool:
        return any(self._words.use(form).domain for form in (word, lemma(word)))

    def _general(self, word: str) -> float:
        return self._words.use(word).general
