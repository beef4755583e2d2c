"""The words of a text in one spelling, and a list of names that finds them again."""

import re
import unicodedata
from dataclasses import dataclass
from typing import (
    Callable,
    Dict,
    Generic,
    Iterator,
    List,
    NamedTuple,
    Optional,
    Sequence,
    Set,
    Tuple,
    TypeVar,
)

from symspellpy import SymSpell, Verbosity

_WORD = re.compile(r"[^\W_]+")
# Between the words of one name: "food truck", "bed-and-breakfast", "B & B", "vvs'er".
_GAP = re.compile(r"[\s\-\u2010-\u2015&+/'\u2019]{1,3}")
_PLAIN = str.maketrans("æøåéèëäöü", "aoaeeeaou")
_TWO_LETTERS = re.compile("ae|oe|aa")
_CONTEXT = re.compile(r"\((\w+)\)\s+")
_ENDINGS = ("", "e", "en", "et", "er", "ere", "eren", "erne", "ene", "n", "t", "r", "ne", "rne")
_CONSONANTS = "bdfgklmnprst"
_LONGEST_WORD = 60

Found = TypeVar("Found")


class Word(NamedTuple):
    """A word, its spelling for comparing, and where it stands."""

    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Hit(Generic[Found]):
    """A name that was found, from word number `first` to before word number `last`."""

    found: Found
    first: int
    last: int
    exact: bool


def fold(word: str) -> str:
    """Return `word` in one spelling: Ålsgårde, Aalsgaarde and alsgarde become alsgarde, café becomes cafe."""
    plain = word.lower().translate(_PLAIN)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _TWO_LETTERS.sub(lambda match: match.group()[0], plain)


def split(text: str) -> List[Word]:
    """Return the words of `text`; those too long to be a word of any language are left out."""
    return [
        Word(match.group(), fold(match.group()), match.start(), match.end())
        for match in _WORD.finditer(text)
        if match.end() - match.start() <= _LONGEST_WORD
    ]


class Names(Generic[Found]):
    """Finds names in words: whole, as the beginning or end of a compound, or with one letter wrong.

    `frisør` is the word with its endings and, if it is long enough, with one letter wrong, `frisør*` any word that
    begins so, `*frisør` one that ends so, `=bar` only this form. In `(er) maler` the word in brackets must stand before
    and is not part of what is found.
    """

    def __init__(self, fuzzy_from: int, inflected: bool):
        self._fuzzy_from = fuzzy_from
        self._inflected = inflected
        # What stands for it, and the words it may stand behind; an empty one: anywhere.
        self._whole: Dict[Tuple[str, ...], Tuple[Found, Set[str]]] = {}
        self._begin: Dict[str, Found] = {}
        self._end: Dict[str, Found] = {}
        self._spelling = SymSpell(max_dictionary_edit_distance=1)
        self._first_letters: Set[str] = set()
        self._never: Set[str] = set()
        self._longest = 1

    def add(self, pattern: str, found: Found, exact: bool = False) -> None:
        """Let `pattern` lead to `found`; `exact`: only without a wrong letter."""
        context = _CONTEXT.match(pattern)
        name = pattern[context.end() :] if context else pattern
        keys = tuple(fold(word) for word in _WORD.findall(name))
        last = keys[-1]
        if name.endswith("*"):
            self._begin[last] = found
        for form in [last] if name.startswith("=") else self._forms(last):
            if name.startswith("*"):
                self._end.setdefault(form, found)
            else:
                first, behind = self._whole.setdefault((*keys[:-1], form), (found, set()))
                if first is found:
                    behind.add(fold(context.group(1)) if context else "")
        self._longest = max(self._longest, len(keys))
        plain = not context and name[0] not in "*=" and not name.endswith("*")
        if plain and not exact and len(keys) == 1 and len(last) >= self._fuzzy_from:
            self._spelling.create_dictionary_entry(last, 1)
            self._first_letters.add(last[0])

    def forbid(self, word: str) -> None:
        """Let `word` with its endings be no compound of any name, although it looks like one."""
        self._never.update(self._forms(fold(word)))

    def find(
        self,
        text: str,
        words: Sequence[Word],
        may_be_typo: Callable[[Sequence[Word], int], bool] = lambda *_: True,
    ) -> Iterator[Hit[Found]]:
        """Give the names from left to right; where one begins, the longest counts.

        `may_be_typo` tells whether the word of a number may be a name with a letter wrong.
        """
        at = 0
        while at < len(words):
            hit = self._longest_at(text, words, at) or self._compound_at(words, at)
            if not hit and len(words[at].key) >= self._fuzzy_from - 1 and may_be_typo(words, at):
                hit = self._typo_at(words[at].key, at)
            if hit:
                yield hit
            at = hit.last if hit else at + 1

    def _longest_at(self, text: str, words: Sequence[Word], at: int) -> Optional[Hit[Found]]:
        end = at + 1
        while end < min(len(words), at + self._longest) and _GAP.fullmatch(
            text, words[end - 1].end, words[end].start
        ):
            end += 1
        for last in range(end, at, -1):
            found = self._whole.get(tuple(word.key for word in words[at:last]))
            if found and ("" in found[1] or (at and words[at - 1].key in found[1])):
                return Hit(found[0], at, last, True)
        return None

    def _compound_at(self, words: Sequence[Word], at: int) -> Optional[Hit[Found]]:
        key = words[at].key
        if key in self._never or not (self._begin or self._end):
            return None
        # The longest part says most: a »tøjbutik« is more than a »butik«.
        for length in range(len(key), 2, -1):
            found = self._end.get(key[-length:]) or self._begin.get(key[:length])
            if found:
                return Hit(found, at, at + 1, True)
        return None

    def _typo_at(self, key: str, at: int) -> Optional[Hit[Found]]:
        if key in self._never or key[0] not in self._first_letters:
            return None
        for near in self._spelling.lookup(key, Verbosity.CLOSEST, max_edit_distance=1):
            # Who misspells a name still knows how it begins.
            if near.term[0] == key[0]:
                return Hit(self._whole[(near.term,)][0], at, at + 1, False)
        return None

    def _forms(self, key: str) -> Iterator[str]:
        if not self._inflected:
            yield from (key, f"{key}s")
            return
        # butik, butikken: the last consonant doubles before a vowel.
        double = key + key[-1] if key[-1] in _CONSONANTS else key
        for ending in _ENDINGS:
            for genitive in ("", "s"):
                yield f"{key}{ending}{genitive}"
                if ending[:1] == "e":
                    yield f"{double}{ending}{genitive}"
