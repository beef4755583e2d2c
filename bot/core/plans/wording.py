"""Words that stand for answers to a plan's questions, and where they occur in a text."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Dict, FrozenSet, Iterable, List, Mapping, Sequence, Tuple

from bot.core.danish import spellings

# An amount keeps its sign, and »I/S« is one word.
_TOKEN = re.compile(r"(?<![\w-])-\d+|[^\W_]+(?:/[^\W_]+)?")
_ENDINGS = ("", "e", "n", "t", "r", "s", "en", "et", "er", "ne", "erne", "ene")
_LETTERS_FOR_TYPOS = 6


@dataclass(frozen=True)
class OptionWords:
    """What stands for one answer.

    Attributes:
        told: »du vil servere alkohol«: how it is said that somebody told it.
        words: they mean it wherever they stand.
        near: they mean it where the question is asked or named beside them.
    """

    told: str = ""
    words: Tuple[str, ...] = ()
    near: Tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionWords:
    """What stands for the thing that a question asks about, and for its answers; `counted`: it comes in numbers."""

    about: Tuple[str, ...] = ()
    options: Mapping[str, OptionWords] = field(default_factory=dict)
    counted: bool = False


@dataclass(frozen=True)
class PlanWords:
    """data/plan_words.yml: `general` holds for every plan, `own` for one; `lists` are the small words."""

    lists: Mapping[str, Tuple[str, ...]]
    general: Mapping[str, QuestionWords]
    own: Mapping[str, Mapping[str, QuestionWords]] = field(default_factory=dict)

    def of(self, plan_id: str, question_id: str) -> QuestionWords:
        """Return the words of a question; none where nobody has written any."""
        own: Mapping[str, QuestionWords] = self.own.get(plan_id, {})
        return own.get(question_id) or self.general.get(question_id) or QuestionWords()

    def told(self, plan_id: str, question_id: str, answer: str) -> str:
        """Return how it is said that somebody told an answer; empty where nobody has written it."""
        options = self.of(plan_id, question_id).options
        return options[answer].told if answer in options else ""


Tokens = Sequence[FrozenSet[str]]
"""The words of a text in order, each in every spelling that it may stand for."""


def tokens(text: str) -> List[FrozenSet[str]]:
    """Return the words of a text as `finds` compares them."""
    typed, doubled = spellings(text)
    first, second = _TOKEN.findall(typed), _TOKEN.findall(doubled)
    return [frozenset(pair) for pair in zip(first, second)]


def finds(patterns: Iterable[str], among: Tokens) -> List[Tuple[int, int]]:
    """Return where one of the patterns stands: (first word, word after the last).

    »skilt« is found with its endings and, from six letters on, with one letter wrong; »skilt*« and »*skilt« with
    anything at the star; »=is« only as it is. A pattern may have several words.
    """
    index = _index(tuple(patterns))
    found = set()
    for start, token in enumerate(among):
        for letter in {"", *(word[0] for word in token)}:
            for parts in index.get(letter, ()):
                end = start + len(parts)
                if end <= len(among) and all(map(_matches, parts, among[start:end])):
                    found.add((start, end))
    return sorted(found)


@cache
def _index(patterns: Tuple[str, ...]) -> Dict[str, List[List[str]]]:
    """Return patterns of the data by the letter that they begin with; empty for any letter."""
    index: Dict[str, List[List[str]]] = {}
    for pattern in patterns:
        parts = spellings(pattern.replace("-", " "))[0].split()
        index.setdefault(parts[0].lstrip("=")[0].replace("*", ""), []).append(parts)
    return index


def _matches(part: str, token: FrozenSet[str]) -> bool:
    return any(_fits(part, word) for word in token)


def _fits(part: str, word: str) -> bool:
    if part.startswith("="):
        return word == part[1:]
    if part.endswith("*"):
        begun = part[:-1]
        lengths = range(len(begun) - 1, len(begun) + 2)
        return word.startswith(begun) or any(_one_letter_wrong(begun, word[:length]) for length in lengths)
    if part.startswith("*"):
        return word.endswith(part[1:])
    if word.startswith(part):
        return word[len(part) :] in _ENDINGS
    return _one_letter_wrong(part, word)


def _one_letter_wrong(right: str, typed: str) -> bool:
    """Tell whether one letter is missing, doubled, changed or swapped with the next, but not the first one."""
    if len(right) < _LETTERS_FOR_TYPOS or abs(len(right) - len(typed)) > 1 or right[0] != typed[:1]:
        return False
    same = 0
    while same < min(len(right), len(typed)) and right[same] == typed[same]:
        same += 1
    rests = right[same:], typed[same:]
    swapped = rests[0][1:2] + rests[0][:1] + rests[0][2:] == rests[1]
    return (
        swapped
        or rests[0][1:] == rests[1]
        or rests[0] == rests[1][1:]
        or (rests[0][1:] == rests[1][1:] != "")
    )
