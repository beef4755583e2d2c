"""The form in conversation: what a visitor's line means while the form asks for one thing.

A line can be the value asked for, a correction of an earlier one, a question of its own, or a wish to stop.
"""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Mapping, Optional, Sequence

from bot.core import contacts
from bot.core.errors import InvalidInput

FIELDS = ("summary", "company", "cvr", "name", "contact", "consent")
MAY_BE_SKIPPED = ("company", "cvr")
MOST_MISSES = 3


class Kind(Enum):
    """What a line turned out to be."""

    VALUE = "value"
    CORRECTION = "correction"
    QUESTION = "question"
    CANCEL = "cancel"
    REFUSED = "refused"
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class Line:
    """The meaning of a line: its kind, the values it gives by field, or the code of what is wrong with it."""

    kind: Kind
    values: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


class FormReader:
    """Reads lines with the wordings of data/handoff.yml."""

    def __init__(self, wordings: Mapping[str, Any]):
        self._cancel = _whole(wordings["cancel"])
        self._skip = _whole(wordings["skip"])
        self._yes = _begins(wordings["yes"])
        self._no = _begins(wordings["no"])
        self._question = _begins(wordings["question"])
        self._correction = _begins(wordings["correction"])
        self._labels = {name: _label(patterns) for name, patterns in wordings["labels"].items()}

    def read(self, asked: str, text: str, filled: Mapping[str, str]) -> Line:
        """Tell what `text` means when `asked` was asked for and the fields in `filled` have values."""
        text = text.strip()
        if self._cancel.match(text):
            return Line(Kind.CANCEL)
        correction = self._corrected(asked, text, filled)
        if correction:
            return correction
        if asked != "summary" and self._asks(asked, text):
            return Line(Kind.QUESTION)
        if asked in MAY_BE_SKIPPED and (self._skip.match(text) or self._no.fullmatch(text)):
            return Line(Kind.VALUE, {asked: ""})
        return self._value(asked, text)

    def _asks(self, asked: str, text: str) -> bool:
        return text.endswith("?") or (asked != "company" and bool(self._question.match(text)))

    def _value(self, asked: str, text: str) -> Line:
        try:
            if asked == "consent":
                return self._consent(text)
            return Line(Kind.VALUE, _parse(asked, self._without_label(asked, text)))
        except InvalidInput as error:
            return Line(Kind.UNUSABLE, problem=error.code)

    def _consent(self, text: str) -> Line:
        if self._yes.match(text):
            return Line(Kind.VALUE, {"consent": "yes"})
        if self._no.match(text):
            return Line(Kind.REFUSED)
        raise InvalidInput("consent_unclear", "consent")

    def _corrected(self, asked: str, text: str, filled: Mapping[str, str]) -> Optional[Line]:
        """Return the correction of a field that already has a value, or None."""
        opening = self._correction.match(text)
        rest = text[opening.end() :].strip() if opening else text
        for name, pattern in self._labels.items():
            match = pattern.match(rest)
            if not match or name == asked or not filled.get(name):
                continue
            try:
                return Line(Kind.CORRECTION, _parse(name, rest[match.end() :].strip()))
            except InvalidInput as error:
                return Line(Kind.UNUSABLE, problem=error.code)
        if filled.get("contact") and asked == "consent" and contacts.find_email(text):
            return Line(Kind.CORRECTION, _parse("contact", text))
        return None

    def _without_label(self, name: str, text: str) -> str:
        opening = self._correction.match(text)
        rest = text[opening.end() :].strip() if opening and name != "summary" else text
        pattern = self._labels.get(name)
        match = pattern.match(rest) if pattern else None
        return rest[match.end() :].strip() if match and rest[match.end() :].strip() else rest


def _parse(name: str, text: str) -> dict:
    if name == "cvr":
        return {"cvr": contacts.cvr(text)}
    if name == "contact":
        found = contacts.contact(text)
        return {"contact": " ".join(found.values())}
    if name == "summary":
        if len(re.sub(r"[\W_]", "", text)) < 3:
            raise InvalidInput("summary_missing", "summary")
        return {"summary": text}
    value = contacts.name(text.rstrip("."), name)
    if name == "name" and ("@" in value or re.search(r"\d{4}", value)):
        raise InvalidInput("name_missing", "name")
    return {name: value}


def _whole(patterns: Sequence[str]) -> re.Pattern:
    return re.compile(rf"(?:{'|'.join(patterns)})[\s.!]*$", re.I)


def _begins(patterns: Sequence[str]) -> re.Pattern:
    return re.compile(rf"(?:{'|'.join(patterns)})(?!\w)[\s,.:;!-]*", re.I)


def _label(patterns: Sequence[str]) -> re.Pattern:
    return re.compile(rf"(?:{'|'.join(patterns)})\s*(?:er|hedder|:)?\s*", re.I)
