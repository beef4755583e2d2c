"""Which language a message is in: Danish, unless it clearly is another.

Every word speaks for or against a language by how much commoner it is there than in Danish (lists of frequencies from
wordfreq). The words of the training examples are Danish too, so that »food truck« or »webshop« says nothing. A Danish
question taken for Swedish is worse than a Swedish one taken for Danish: a language needs words that only it has.
"""

import math
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Dict, Iterable, Iterator, Mapping, Optional, Tuple

import wordfreq

from bot.core.languages import LANGUAGES

# Evidence is counted in tenths of a natural logarithm: 10 is "2.7 times as likely as in Danish".
Evidence = Tuple[int, ...]
Shares = Dict[str, float]

# So much a language needs. A common word that Danes never write gives 25, a rare one 20. Two words are enough for
# Swedish and German; English is often quoted; most of a Norwegian question is Danish too: one common word must do.
_NEEDED = {"en": 50, "sv": 30, "nb": 24, "de": 40}
_MOST_COMMON, _MOST_RARE = 25, 20
_COMMON_FROM = 1e-4
# Words that are a few times commoner in one language than in the other are at home in both.
_AT_HOME_IN_BOTH = 15
# The share of a word that a list does not have: the lists end at 1e-6.
_UNSEEN = 1e-7
# How much of a word's uses are typed without the letters that other keyboards lack.
_TYPED_PLAIN = 0.1
# What a word's share of the training examples counts for: they are few, and somebody's slip weighs much in them.
_DOMAIN = 0.5
# Right in Norwegian or Swedish, and Danish as it is spoken: a little, never enough.
_SPOKEN_DANISH = frozenset("hva ta tar blir bli ha gir gi sir si ka ska ku sku ve mæ dæ jæ".split())
_LITTLE = 10
# What somebody from abroad has to call by its Danish name.
_NEEDED_BY_ALL = frozenset("danmark dansk danske virk mitid erhverv cvr aps moms skat kommunen".split())
_FEWEST_WORDS = 3
# Shorter than that, only what nobody writes who expects Danish.
_UNMISTAKABLE = {
    "en": ("english", "english please", "in english", "good morning", "good afternoon", "how much"),
    "sv": ("på svenska", "svenska tack", "god morgon", "hur mycket"),
    "nb": ("på bokmål", "norsk takk", "hvor mye"),
    "de": ("deutsch", "auf deutsch", "deutsch bitte", "guten tag", "guten morgen", "wie viel"),
}
# English that is used within Danish, with small words that would speak for English.
_BORROWED = re.compile(
    r"\b(?:over and out|code of conduct|break[- ]even|all you can eat|business to business|peer to peer|face to face"
    r"|terms (?:and|&) conditions|state of the art|bed (?:and|&) breakfast|try before you buy|do it yourself"
    r"|work[- ]life[- ]balance|learning by doing|pay what you want|meet (?:and|&) greet|proof of concept"
    r"|point of sale|make or buy|return on investment|win[- ]win|know-how)\b",
    re.I,
)
_ADDRESS = re.compile(r"@|://|www\.")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# The letters that other keyboards lack, and what is typed instead.
_PLAIN = {
    "da": ({"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "a", "ø": "o", "å": "a"}, {"æ": "e"}),
    "nb": ({"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "a", "ø": "o", "å": "a"}),
    "sv": ({"å": "a", "ä": "a", "ö": "o"},),
    "de": ({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}, {"ä": "a", "ö": "o", "ü": "u"}),
}


class LanguageDetector:
    """Tells the language of a message from what its words speak for."""

    def __init__(self, evidence: Mapping[str, Evidence]):
        self._evidence = evidence

    @classmethod
    def learn(cls, examples: Iterable[str], names: Iterable[str] = ()) -> "LanguageDetector":
        """Make a detector.

        Args:
            examples: the training examples, nearly all of them Danish.
            names: places of the municipality; they say nothing about the language around them.
        """
        shares = {language: _shares(language) for language in ("da", *LANGUAGES)}
        general = _general(shares)
        # The few examples in other languages must not become Danish.
        bare = cls(general)
        danish = [text for text in examples if bare.detect(text) is None]
        evidence = _soften(general, shares, danish)
        for word in _NEEDED_BY_ALL.union(word for name in names for word, _ in _words(name)):
            evidence.pop(word, None)
        return cls(evidence)

    def detect(self, text: str) -> Optional[str]:
        """Return one of LANGUAGES when the message clearly is in it; None for Danish, doubt and all else."""
        words = dict(_words(text))
        if len(words) < _FEWEST_WORDS:
            said = " ".join(words)
            return next((language for language in LANGUAGES if said in _UNMISTAKABLE[language]), None)
        totals = self._totals(words)
        likeliest = max(LANGUAGES, key=lambda language: totals[language])
        return likeliest if totals[likeliest] >= _NEEDED[likeliest] else None

    def _totals(self, words: Mapping[str, bool]) -> Dict[str, int]:
        totals = dict.fromkeys(LANGUAGES, 0)
        for word, is_name in words.items():
            for language, value in zip(LANGUAGES, self._evidence.get(word, ())):
                # A name says nothing (»Das Kaffeehaus«), but German has capitals everywhere.
                if not is_name or (language == "de" and value > 0):
                    totals[language] += value
        return totals

    def save(self, path: Path) -> None:
        """Write the evidence, a word on each line."""
        lines = ("\t".join([word, *map(str, values)]) for word, values in sorted(self._evidence.items()))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "LanguageDetector":
        """Read what `save` wrote."""
        # Many words say the same: each such tuple is kept once.
        known: Dict[str, Evidence] = {}
        evidence = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            word, values = line.split("\t", 1)
            if values not in known:
                known[values] = tuple(map(int, values.split("\t")))
            evidence[word] = known[values]
        return cls(evidence)


def _words(text: str) -> Iterator[Tuple[str, bool]]:
    """Yield every word in small letters, and whether it looks like a name: a capital within the text."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    shouting = text.isupper()
    text = _BORROWED.sub(" ", " ".join(part for part in text.split() if not _ADDRESS.search(part)))
    for number, word in enumerate(_WORD.findall(text)):
        is_name = number > 0 and not shouting and word[0].isupper() and word.split("'")[0] != "I"
        yield word.lower(), is_name


def _shares(language: str) -> Shares:
    """Return each word's share of the words of a language, also as it is typed without the language's letters."""
    listed = wordfreq.get_frequency_dict(language, "small")
    shares = {word: share for word, share in listed.items() if _WORD.fullmatch(word)}
    for letters in _PLAIN.get(language, ()):
        typed = str.maketrans(letters)
        for word, share in listed.items():
            plain = word.translate(typed)
            if plain != word and word in shares:
                shares[plain] = shares.get(plain, 0.0) + share * _TYPED_PLAIN
    return shares


def _general(shares: Mapping[str, Shares]) -> Dict[str, Evidence]:
    """Return what words speak for by the lists alone; words that speak for nothing are left out."""
    evidence = {}
    for word in set().union(*shares.values()):
        values = tuple(_value(word, shares[language], shares["da"].get(word, 0.0)) for language in LANGUAGES)
        if any(values):
            evidence[word] = values
    return evidence


def _soften(
    general: Mapping[str, Evidence], shares: Mapping[str, Shares], danish: Iterable[str]
) -> Dict[str, Evidence]:
    """Return the evidence with the words of Danish texts speaking less for another language, or not at all."""
    counts = Counter(word for text in danish for word, _ in _words(text))
    total = sum(counts.values())
    softened = dict(general)
    for word in counts.keys() & general.keys():
        in_danish = max(shares["da"].get(word, 0.0), _DOMAIN * counts[word] / total)
        softened[word] = tuple(
            min(value, max(0, _value(word, shares[language], in_danish))) if value > 0 else value
            for value, language in zip(general[word], LANGUAGES)
        )
    return softened


def _value(word: str, shares: Shares, in_danish: float) -> int:
    """Return how much a word speaks for the language of `shares`; below 0 it speaks for Danish."""
    share = shares.get(word, 0.0)
    value = round(10 * math.log((share + _UNSEEN) / (in_danish + _UNSEEN)))
    if word in _SPOKEN_DANISH:
        return max(0, min(value - _AT_HOME_IN_BOTH, _LITTLE))
    if value < 0:
        return max(min(0, value + _AT_HOME_IN_BOTH), -_MOST_COMMON)
    most = _MOST_COMMON if share >= _COMMON_FROM else _MOST_RARE
    return min(max(0, value - _AT_HOME_IN_BOTH), most)
