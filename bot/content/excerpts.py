"""The words in which a problem stands: the sentence of what a visitor reads, or the line of the file."""

import re
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

from bot.content.checks import MOST_WORDS
from bot.content.reading import Document, Problem
from bot.core.answering import PLACEHOLDER
from bot.core.readability import lix, sentences, words

# In characters.
LONGEST = 120
_MORE = "…"
_PROSE = ("title", "description", "short", "aspects", "steps")


class Excerpts:
    """Finds the words of problems; each file is read once.

    Args:
        root: the project's folder, below which the paths of problems lie.
    """

    def __init__(self, root: Path):
        self._root = root
        self._documents: Dict[str, Document] = {}
        self._lines: Dict[str, Tuple[str, ...]] = {}

    def of(self, problem: Problem) -> str:
        """Return at most `LONGEST` characters on one line; empty when nothing stands there."""
        text = self._prose(problem)
        if text:
            sentence = _sentence(text, problem)
            return shortened(sentence, problem.what if problem.what in sentence else "")
        lines = self._lines_of(problem.path)
        return shortened(lines[problem.line - 1]) if problem.line <= len(lines) else ""

    def _prose(self, problem: Problem) -> str:
        """Return the text that a visitor reads at the problem's place, or nothing."""
        keys = problem.keys
        if not keys or not (keys[0] in _PROSE or keys[-1] == "label"):
            return ""
        value: Any = self._document(problem.path).data
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return ""
        return " ".join(value.split()) if isinstance(value, str) else ""

    def _document(self, path: str) -> Document:
        if path not in self._documents:
            self._documents[path] = Document(self._root / path, self._root)
        return self._documents[path]

    def _lines_of(self, path: str) -> Tuple[str, ...]:
        if path not in self._lines:
            text = (self._root / path).read_text(encoding="utf-8", errors="replace")
            self._lines[path] = tuple(text.splitlines())
        return self._lines[path]


def _sentence(text: str, problem: Problem) -> str:
    """Return the sentence that breaks the rule; the whole text when the rule is about all of it."""
    found = sentences(text)
    if problem.code == "too_many_words":
        return _with_word(found, MOST_WORDS + 1)
    if problem.code == "hard_to_read":
        return max(found, key=lambda sentence: lix(PLACEHOLDER.sub("tal", sentence)))
    breaks: Dict[str, Callable[[str], Any]] = {
        "figure_in_prose": lambda sentence: problem.what in PLACEHOLDER.sub("", sentence),
        "lone_brace": lambda sentence: re.search("[{}]", PLACEHOLDER.sub("", sentence)),
        "unknown_fact": lambda sentence: f"{{{problem.what}}}" in sentence,
        "officialese": lambda sentence: problem.what in sentence,
    }
    rule = breaks.get(problem.code)
    return next((sentence for sentence in found if rule and rule(sentence)), text)


def _with_word(found: List[str], number: int) -> str:
    """Return the sentence in which the word of that number stands, counted as the rule counts."""
    count = 0
    for sentence in found:
        count += len(words(PLACEHOLDER.sub("tal", sentence)))
        if count >= number:
            break
    return sentence


def shortened(text: str, kept: str = "") -> str:
    """Return a text in at most `LONGEST` characters, cut between words, with `kept` and what is around it."""
    parts = text.split()
    text = " ".join(parts)
    if len(text) <= LONGEST:
        return text
    first = left = text[: max(text.find(kept), 0)].count(" ")
    last = right = left + kept.count(" ")
    while True:
        # The shorter side grows first, so that there are words on both sides.
        wider = [(left - 1, right), (left, right + 1)]
        if first - left > right - last:
            wider.reverse()
        fitting = [
            ends
            for ends in wider
            if ends[0] >= 0 and ends[1] < len(parts) and len(_cut(parts, *ends)) <= LONGEST
        ]
        if not fitting:
            return _cut(parts, left, right)[:LONGEST]
        left, right = fitting[0]


def _cut(parts: List[str], left: int, right: int) -> str:
    before, after = [_MORE] * (left > 0), [_MORE] * (right < len(parts) - 1)
    return " ".join([*before, *parts[left : right + 1], *after])
