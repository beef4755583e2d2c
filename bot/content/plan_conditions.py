"""Reads the conditions of a plan, such as `{form: [aps, as]}`, and `any`, `all` and `not`: data, never code."""

from typing import Any, List, Mapping, Optional, Sequence, Tuple

from bot.content.reading import Document, Problem
from bot.core.plans.conditions import ALWAYS, Condition, Every, Is, Not, Some

WORDS = ("any", "all", "not")
Values = Mapping[str, Sequence[str]]


class ConditionReader:
    """Reads the conditions of one file.

    Args:
        document: the file.
        values: the questions that a condition may be about, with their possible answers.
        later: questions that exist but are asked later.
        problems: grows.
    """

    def __init__(self, document: Document, values: Values, later: Sequence[str], problems: List[Problem]):
        self._document = document
        self._values = values
        self._later = later
        self._problems = problems

    def read(self, data: Any, *keys: Any) -> Condition:
        """Return the condition that stands at a key path; one that is wrong becomes a problem and holds always."""
        if data is None:
            return ALWAYS
        return self._read(data, keys) or ALWAYS

    def _read(self, data: Any, keys: Tuple[Any, ...]) -> Optional[Condition]:
        if not isinstance(data, dict) or not data:
            self._wrong("a condition is a question with its answer, such as {alkohol: ja}", keys)
            return None
        parts = [self._entry(name, value, (*keys, name)) for name, value in data.items()]
        right = [part for part in parts if part is not None]
        return right[0] if len(right) == 1 else Every(tuple(right))

    def _entry(self, name: str, value: Any, keys: Tuple[Any, ...]) -> Optional[Condition]:
        if name == "not":
            part = self._read(value, keys)
            return Not(part) if part is not None else None
        if name in WORDS:
            if not isinstance(value, list) or len(value) < 2:
                self._wrong(f"{name}: a list of at least two conditions", keys)
                return None
            parts = [self._read(item, (*keys, number)) for number, item in enumerate(value)]
            right = tuple(part for part in parts if part is not None)
            return Some(right) if name == "any" else Every(right)
        if name in self._later:
            self._wrong(f"the question {name} is asked later: move it up", keys)
            return None
        if name not in self._values:
            self._wrong(f"unknown question {name}", keys)
            return None
        answers = value if isinstance(value, list) else [value]
        for answer in answers:
            if answer not in self._values[name]:
                possible = ", ".join(self._values[name])
                self._wrong(f"{answer} is no answer to {name}: {possible}", keys)
                return None
        if not answers:
            self._wrong(f"{name}: an answer is missing", keys)
            return None
        return Is(name, tuple(answers))

    def _wrong(self, reason: str, keys: Tuple[Any, ...]) -> None:
        self._problems.append(self._document.problem(f"{'.'.join(map(str, keys))}: {reason}", *keys))
