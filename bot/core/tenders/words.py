"""What a visitor's words say about a purchase: what is bought, who buys, for how long."""

import re
from typing import Dict, Iterable, List, NamedTuple, Optional

from bot.core.danish import plain_letters, spellings
from bot.core.tenders.purchase import Buyer, Kind
from bot.core.tenders.texts import TenderTexts

_BEFORE_OPTION = 40
_VAT = re.compile(r"(?<!\w)(?:(?P<out>uden|eks\w*|excl\w*|ex)|med|inkl\w*|incl\w*)\.?\s*moms(?!\w)")


class Named(NamedTuple):
    """A kind of purchase that a text names, and how a sentence about it begins."""

    kind: Kind
    noun: str
    at: int


class PurchaseWords:
    """Reads texts with the word lists of data/tenders.yml; made once."""

    def __init__(self, texts: TenderTexts):
        self._kinds = sorted(
            (
                (word, _pattern(word), kind, noun or words.noun)
                for kind, words in texts.kinds.items()
                for word, noun in words.words.items()
            ),
            # The longer word is looked for first: »pleje af grønne områder« is no care for people.
            key=lambda entry: -len(entry[0]),
        )
        self._weak = [
            (_pattern(word), kind, words.noun) for kind, words in texts.kinds.items() for word in words.weak
        ]
        self._state = _any(texts.state)
        self._notice = _any(texts.notice)
        self._option = _any(texts.option)
        self._numbers = {plain_letters(word): number for word, number in texts.years.items()}
        numbers = "|".join(map(re.escape, self._numbers))
        self._years = re.compile(rf"(?<!\w)(\d{{1,3}}|{numbers})[\s-]*(?:ars?|arig\w*)(?!\w)")

    def kinds(self, text: str) -> List[Named]:
        """Return the kinds of purchase that the text names, each once, in its order."""
        found = self._named(spellings(text)[1]) or self._named(spellings(text)[0])
        first: Dict[Kind, Named] = {}
        for named in sorted(found, key=lambda item: item.at):
            first.setdefault(named.kind, named)
        return list(first.values())

    def _named(self, small: str) -> List[Named]:
        found, left = [], small
        for _, pattern, kind, noun in self._kinds:
            for match in pattern.finditer(left):
                found.append(Named(kind, noun, match.start()))
                left = f"{left[: match.start()]}{' ' * len(match.group())}{left[match.end() :]}"
        if found:
            return found
        weak = ((pattern.search(small), kind, noun) for pattern, kind, noun in self._weak)
        return [Named(kind, noun, match.start()) for match, kind, noun in weak if match]

    def buyer(self, text: str) -> Buyer:
        """Return the state when the text names it, else a municipality."""
        return Buyer.STATE if self._state.search(spellings(text)[1]) else Buyer.MUNICIPALITY

    def years(self, text: str) -> Optional[int]:
        """Return for how many years a contract runs by the text; None when it does not say, or says several things."""
        found = {self._number(match.group(1)) for match in self._years.finditer(spellings(text)[1])}
        return found.pop() if len(found) == 1 else None

    def has_vat(self, text: str, near: Optional[bool]) -> Optional[bool]:
        """Tell whether the text says that VAT is in its amount; None when it does not say, or says both.

        Args:
            text: the message.
            near: what the words right at the amount say, in forms that are not looked for here.
        """
        found = {not match["out"] for match in _VAT.finditer(spellings(text)[1])}
        return near if not found else found.pop() if len(found) == 1 else None

    def speaks_of_notice(self, text: str) -> bool:
        """Tell whether the text speaks of publishing: a date in it is the day of the notice then."""
        return bool(self._notice.search(spellings(text)[1]))

    def is_option(self, text: str, start: int) -> bool:
        """Tell whether the amount that begins at `start` is named as an option."""
        return bool(self._option.search(spellings(text[max(0, start - _BEFORE_OPTION) : start])[1]))

    def _number(self, word: str) -> int:
        return int(word) if word.isdecimal() else self._numbers[word]


def _any(words: Iterable[str]) -> "re.Pattern[str]":
    return re.compile("|".join(_source(word) for word in words) or r"(?!)")


def _pattern(word: str) -> "re.Pattern[str]":
    return re.compile(_source(word))


def _source(word: str) -> str:
    """Return the pattern of a word of the list: a star stands for any letters that a word begins or ends with."""
    return r"(?<!\w)" + r"\w*".join(re.escape(part) for part in _folded(word).split("*")) + r"(?!\w)"


def _folded(word: str) -> str:
    return plain_letters(word.lower())
