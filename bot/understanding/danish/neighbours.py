"""Known words that are few letters away from what was typed."""

from typing import List, Optional

from symspellpy import SymSpell, Verbosity

from bot.understanding.danish.letters import fold
from bot.understanding.danish.words import WordList

# Letters to add, drop, change or swap.
MOST_EDITS = 2
# How much of each word the index knows: with more it is faster to look up and slower to build.
_INDEXED_LETTERS = 6
# The index ranks by whole numbers.
_WHOLE = 1e9


class Neighbours:
    """Finds them in plain letters: å typed as aa or a is no mistake."""

    def __init__(self, words: WordList) -> None:
        self._words = words
        self._index = SymSpell(MOST_EDITS, _INDEXED_LETTERS)

    def learn(self) -> None:
        """Take in the word list, once it has been filled."""
        self._index = SymSpell(MOST_EDITS, _INDEXED_LETTERS)
        for plain, word in self._words.readings():
            self._index.create_dictionary_entry(plain, 1 + int(self._words.frequency(word) * _WHOLE))

    def closest(self, word: str, most_edits: int) -> Optional[str]:
        """Return the closest known word with the same first letter; of several the commonest."""
        plain = fold(word)
        found = self._index.lookup(plain, Verbosity.CLOSEST, most_edits)
        # The first letter is seldom wrong; another one often makes another word: »a-kasse«, »e-faktura«.
        likely = (item.term for item in found if item.term[0] == plain[0])
        return self._words.reading(next(likely, ""))

    def one_letter_away(self, word: str) -> List[str]:
        """Return the other known words that are one letter away from `word`."""
        found = self._index.lookup(fold(word), Verbosity.ALL, 1)
        return [self._words.reading(item.term) or item.term for item in found if item.distance]
