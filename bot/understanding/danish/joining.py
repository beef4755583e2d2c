"""spaCy component: compounds that were written as two words, as another way to read them."""

from functools import lru_cache
from itertools import zip_longest

from spacy.language import Language
from spacy.tokens import Doc

from bot.understanding.danish import findings
from bot.understanding.danish.compounds import Splitter
from bot.understanding.danish.words import is_in_table

_CACHED_PAIRS = 20_000
_SHORTEST_FIRST, _SHORTEST_LAST, _LONGEST_WORD = 3, 4, 45
_LINKS = ("", "s", "e")

findings.register("joined", "")


@Language.factory("danish_joining")
class Joining:
    """Sets `token._.joined` of the first of two words that are one: byggetilladelse for »bygge tilladelse«."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._words = nlp.get_pipe("danish_words").list
        self._splitter = Splitter(self._words)
        self._join = lru_cache(maxsize=_CACHED_PAIRS)(self._joined)

    def __call__(self, doc: Doc) -> Doc:
        """Join what belongs together in a document."""
        words = doc._.repaired
        doc._.joined = [self._join_if_short(*pair) for pair in zip_longest(words, words[1:], fillvalue="")]
        return doc

    def _join_if_short(self, first: str, last: str) -> str:
        long_enough = len(first) >= _SHORTEST_FIRST and len(last) >= _SHORTEST_LAST
        return self._join(first, last) if long_enough and len(first) + len(last) <= _LONGEST_WORD else ""

    def _joined(self, first: str, last: str) -> str:
        together = (first + link + last for link in _LINKS)
        return next((word for word in together if self._is_in_use(word) and self._splitter.split(word)), "")

    def _is_in_use(self, word: str) -> bool:
        # The table has compounds that nobody uses, the domain words that were run together by mistake.
        use = self._words.use(word)
        return use.general > 0 or (use.domain > 0 and is_in_table(word))
