"""The words that are known: general Danish, and the words of the domain."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterator, Mapping, NamedTuple, Optional, Tuple

import simplemma
from spacy.language import Language
from spacy.tokens import Doc

from bot.understanding.danish.letters import fold

# The same pieces of words are asked for again and again.
_CACHED_WORDS = 50_000
# A word that only the table of lemmas has is rarer than the rarest of the list of frequencies.
RAREST = 1e-7
# How much commoner another reading of the same plain letters is, when a known word stands for it: paa is på.
_SURELY_TYPED_PLAIN = 10
_FILE = "words.tsv"


class Use(NamedTuple):
    """How often a word is used: its share of all words in general Danish, and in the texts of the domain."""

    general: float
    domain: float


_NEVER = Use(0.0, 0.0)
_SELDOM = Use(RAREST, 0.0)


class WordList:
    """Known words and how often each is used. Filled once, when a pipeline is built or loaded."""

    def __init__(self) -> None:
        self._uses: Dict[str, Use] = {}
        self._readings: Dict[str, str] = {}

    def fill(self, uses: Mapping[str, Use]) -> None:
        """Take these words in place of what was there."""
        self._uses = dict(uses)
        self._readings = {}
        for word in sorted(self._uses, key=lambda word: (-self.frequency(word), word)):
            self._readings.setdefault(fold(word), word)

    def __contains__(self, word: str) -> bool:
        return word in self._uses or is_in_table(word)

    def items(self) -> Iterator[Tuple[str, Use]]:
        """Return the words with their use; those that only the table has are left out."""
        return iter(self._uses.items())

    def use(self, word: str) -> Use:
        """Return how often `word` is used."""
        return self._uses.get(word) or (_SELDOM if is_in_table(word) else _NEVER)

    def frequency(self, word: str) -> float:
        """Return how often `word` is used in both kinds of text together: the domain's own words weigh most."""
        return sum(self.use(word))

    def readings(self) -> Iterator[Tuple[str, str]]:
        """Return each spelling in plain letters with the commonest word that is spelt so."""
        return iter(self._readings.items())

    def reading(self, plain: str) -> Optional[str]:
        """Return the commonest word that is spelt so in plain letters: søge for soge."""
        return self._readings.get(plain)

    def restored(self, word: str) -> str:
        """Return `word` with its Danish letters: soege and soge become søge. Other words come back as they are."""
        reading = self._readings.get(fold(word))
        if reading is None or reading == word:
            return word
        if word not in self:
            return reading
        typed_plain = word.isascii() and not reading.isascii()
        return reading if typed_plain and self._is_far_commoner(reading, word) else word

    def _is_far_commoner(self, reading: str, word: str) -> bool:
        return self.frequency(reading) >= _SURELY_TYPED_PLAIN * self.frequency(word)


@lru_cache(maxsize=_CACHED_WORDS)
def is_in_table(word: str) -> bool:
    """Tell whether the table of lemmas has `word`."""
    return bool(word) and simplemma.is_known(word, "da")


@Language.factory("danish_words")
class Words:
    """Keeps the word list with the pipeline. The components after it look words up here."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.list = WordList()

    def __call__(self, doc: Doc) -> Doc:
        """Leave the document as it is."""
        return doc

    def to_disk(self, path: Path, exclude: Any = ()) -> None:
        """Write the list, one word a line."""
        path.mkdir(parents=True, exist_ok=True)
        lines = (f"{word}\t{use.general!r}\t{use.domain!r}\n" for word, use in sorted(self.list.items()))
        (path / _FILE).write_text("".join(lines), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Any = ()) -> "Words":
        """Read what `to_disk` wrote."""
        rows = (line.split("\t") for line in (path / _FILE).read_text(encoding="utf-8").splitlines())
        self.list.fill({word: Use(float(general), float(domain)) for word, general, domain in rows})
        return self
