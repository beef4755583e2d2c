"""Compounds: udeserveringstilladelse is udeservering and tilladelse."""

import math
from functools import lru_cache
from typing import FrozenSet, Iterator, List, Sequence, Tuple

from spacy.language import Language
from spacy.tokens import Doc

from bot.understanding.danish import findings
from bot.understanding.danish.lemmas import lemma
from bot.understanding.danish.words import RAREST, WordList

Parts = Tuple[str, ...]
_SHORTEST_PART = 3
# Nobody writes longer words on purpose, and the work on one grows with its length.
LONGEST_WORD = 60
_CACHED_WORDS = 20_000
# Three letters are found by chance in nearly every word: only these are parts. Of four, only words in use.
_SHORT_PARTS: FrozenSet[str] = frozenset(
    """bad bar bil bio bod bog bro bus byg båd dag dyr dør fag fly fod gas hal hus hår høj ide job jul
    kro kød kør køb køl køn lag leg lej løb løn lån lys mad mål net nat ost pub råd rum sag sal sko
    sms sne sol spa sti syg syn søm tag tid tog tøj ude vej ven vin væg web øre års""".split()
)
_RAREST_OF_FOUR = 1e-6
# A word that is used so much more than its rarest part is not made of it: ser-vice.
_AT_MOST_COMMONER = 20
# »børne« stands for børn, as it is so much rarer; »grave« is a word of its own.
_E_ONLY_LINKS = 10
# Where more than the s is different.
_LINKED = {"arbejds": "arbejde"}
# Words that compounds are not made of, and beginnings that make words without being a part of their own.
_NEVER_FIRST: FrozenSet[str] = frozenset(
    """alle anden and andet blev blive bliver både cent dage deres dette denne disse efter eller ende flere
    fore fort frem fremme hele hende hendes hvad hver hvor ikke inden ingen inter jeres lige mange mellem
    meget mere mest mindre noget nogen nogle omkring over plat samme samt sine skal skulle trans under uden være
    været ville vores""".split()
)
# Endings that make one word of another, and happen to be words too: virksom-hed, sel-skab, park-ering.
_NEVER_LAST: FrozenSet[str] = frozenset(
    """agtig dommen dommens else ende endes ened erede eren erer erne ernes esse ering eringen heden heder
    hedens inde inge ingen inger iske lige lighed ligt ling løse ment ning ningen ninger ring ringe
    ringen ringer sker skab skaber skabet some tion tioner""".split()
)
# What looks like a compound in all its forms, and is none.
_WHOLE: FrozenSet[str] = frozenset("biograf fotograf parasol paragraf telegraf".split())

findings.register("parts", ())


class Splitter:
    """Splits words into known parts. Remembers the words it has seen."""

    def __init__(self, words: WordList) -> None:
        self._words = words
        self._remembered = lru_cache(maxsize=_CACHED_WORDS)(self._split)

    def split(self, word: str) -> Parts:
        """Return the parts of `word`, as few as will do, without what links them; nothing when it is no compound."""
        if not 2 * _SHORTEST_PART <= len(word) <= LONGEST_WORD or not word.isalpha():
            return ()
        return self._remembered(word)

    def first(self, piece: str) -> str:
        """Return the word that `piece`, the beginning of a compound, stands for: virksomhed for virksomheds."""
        if piece in _NEVER_FIRST:
            return ""
        if piece.endswith("s"):
            # »plads« ends in s by itself; »virksomheds« is a form of another word.
            found = (_LINKED.get(piece, piece[:-1] if lemma(piece) != piece else piece), piece, piece[:-1])
            return next((word for word in found if self._is_part(word)), "")
        if self._is_linked_by_e(piece):
            return piece[:-1]
        return piece if self._is_part(piece) else ""

    def is_last(self, piece: str) -> bool:
        """Tell whether `piece` can end a compound."""
        return piece not in _NEVER_LAST and piece not in _NEVER_FIRST and self._is_part(piece)

    def _split(self, word: str) -> Parts:
        if lemma(word) in _WHOLE:
            return ()
        pairs = list(self._pairs(word))
        in_two = self._likeliest(word, [pair for pair in pairs if self._ends(word, pair[1])])
        # A word that general Danish has is seldom made of three: leve-rand-ør.
        if in_two or self._words.use(word).general:
            return in_two
        return self._likeliest(word, self._in_three(pairs))

    def _pairs(self, word: str) -> Iterator[Parts]:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first = self.first(word[:at])
            if first:
                yield first, word[at:]

    def _ends(self, word: str, piece: str) -> bool:
        # butik-ken: the word is a form of »butik«, and that does not end in »ken«.
        return self.is_last(piece) and lemma(word).endswith((piece, lemma(piece)))

    def _in_three(self, pairs: Sequence[Parts]) -> List[Parts]:
        threes = [(first, *self.split(rest)) for first, rest in pairs]
        return [parts for parts in threes if len(parts) > 2 and min(map(len, parts)) > _SHORTEST_PART]

    def _likeliest(self, word: str, found: Sequence[Parts]) -> Parts:
        general = self._words.use(word).general
        likely = [
            parts for parts in found if general <= _AT_MOST_COMMONER * min(map(self._words.frequency, parts))
        ]
        return max(likely, key=self._likelihood, default=())

    def _likelihood(self, parts: Parts) -> float:
        return sum(math.log(max(self._words.frequency(part), RAREST)) for part in parts) / len(parts)

    def _is_linked_by_e(self, piece: str) -> bool:
        stem = piece[:-1]
        if not piece.endswith("e") or len(stem) <= _SHORTEST_PART or not self._is_part(stem):
            return False
        return self._words.frequency(stem) >= _E_ONLY_LINKS * self._words.frequency(piece)

    def _is_part(self, piece: str) -> bool:
        if len(piece) <= _SHORTEST_PART:
            return piece in _SHORT_PARTS
        if len(piece) == _SHORTEST_PART + 1:
            return self._words.frequency(piece) >= _RAREST_OF_FOUR
        return piece in self._words


@Language.factory("danish_compounds")
class Compounds:
    """Gives every token the parts of the word that was meant by it."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._splitter = Splitter(nlp.get_pipe("danish_words").list)

    def __call__(self, doc: Doc) -> Doc:
        """Set `token._.parts`."""
        doc._.parts = [
            tuple(part for word in words.split() for part in self._splitter.split(word))
            for words in doc._.repaired
        ]
        return doc
