"""The form in conversation: what a visitor's line means while the form asks for one thing.

A line can be the value asked for, a correction of an earlier one, a question of its own, or a wish to stop.
"""

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Mapping, Optional, Sequence

from bot.core import contacts
from bot.core.errors import InvalidInput

FIELDS = ("summary", "company", "cvr", "name", "contact", "consent")
# Nothing asks for how to be asked afterwards how it went: it is told with the consent, or not at all.
KEPT = (*FIELDS, "survey")
MAY_BE_SKIPPED = ("company", "cvr")
MOST_MISSES = 3
_MOST_WORDS_IN_A_NAME = 8
_PAUSE = re.compile(r"\w+(?:[,.:;!]|\s+[-\u2013])\s")
# The bot writes »afbryd«, and people copy the quotation marks.
_QUOTED = re.compile(r"[\"'»«“”„](.*)[\"'»«“”]", re.S)


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
        self._yes = _words(wordings["yes"])
        self._yes_alone = _whole(wordings["yes_alone"])
        self._no = _words(wordings["no"])
        self._but = _words(wordings["but"])
        self._not = _words(wordings["not"])
        self._survey = {way: _clause(patterns) for way, patterns in wordings["survey"].items()}
        self._question = _words(wordings["question"])
        self._company_form = _words(wordings["company_form"])
        self._openings = _openings(wordings["correction"])
        self._no_value = _words(wordings["no_value"])
        self._labels = {
            name: _label(patterns, wordings["says"]) for name, patterns in wordings["labels"].items()
        }
        self._introductions = {
            name: _openings(patterns) for name, patterns in wordings["introductions"].items()
        }

    def read(self, asked: str, text: str, filled: Mapping[str, Optional[str]]) -> Line:
        """Tell what `text` means when `asked` was asked for.

        `filled` has the other fields' values: None where nothing was asked yet, empty where it was skipped.
        """
        text = _bare(text)
        if self._cancel.match(text):
            return Line(Kind.CANCEL)
        if asked == "consent":
            asked_afterwards = self._asked_afterwards(text, filled)
            if asked_afterwards:
                return asked_afterwards
        correction = self._corrected(asked, text, filled)
        if correction:
            return correction
        if self._asks(asked, text):
            return Line(Kind.QUESTION)
        if asked != "consent" and self._skip.match(text):
            if asked in MAY_BE_SKIPPED:
                return Line(Kind.VALUE, {asked: ""})
            return Line(Kind.UNUSABLE, problem=f"{asked}_missing")
        return self._value(asked, text)

    def _asks(self, asked: str, text: str) -> bool:
        if asked == "summary" or _fits(asked, text):
            return False
        if text.endswith("?"):
            return True
        if not self._question.match(text):
            return False
        return asked != "company" or not self._may_be_a_company(text)

    def _may_be_a_company(self, text: str) -> bool:
        """Tell a name such as »Hvad Nu ApS« or »Kan I Lide Det« from a question without its mark."""
        later_words = text.split()[1:]
        capital = any(word[0].isupper() and word.lower() != "i" for word in later_words)
        return len(later_words) < 2 or capital or bool(self._company_form.search(text))

    def _value(self, asked: str, text: str) -> Line:
        try:
            if asked == "consent":
                return self._consent(text)
            return Line(Kind.VALUE, _parse(asked, self._without_label(asked, text)))
        except InvalidInput as error:
            return Line(Kind.UNUSABLE, problem=error.code)

    def _consent(self, text: str) -> Line:
        """Take a plain yes or no; anything in between is asked about again."""
        refused, agreed = self._no.match(text), self._yes.match(text)
        if refused and not self._but.search(text) and not self._yes.search(text, refused.end()):
            return Line(Kind.REFUSED)
        clear = not self._but.search(text) and not self._not.search(text)
        if self._yes_alone.match(text) or (agreed and clear):
            return Line(Kind.VALUE, {"consent": "yes"})
        raise InvalidInput("consent_unclear", "consent")

    def _asked_afterwards(self, text: str, filled: Mapping[str, Optional[str]]) -> Optional[Line]:
        """Return what a line means that says how to be asked how it went, or None when it says nothing of that.

        "Ja, men spørg mig ikke bagefter" is consent as well; a no beside it says no to the questions, not to the case.
        """
        for way, clause in self._survey.items():
            rest, found = clause.subn(" ", text)
            if not found:
                continue
            wish = {"survey": way}
            rest = rest.strip(" .,;:!-\u2013")
            if not rest or self._skip.match(rest):
                return Line(Kind.CORRECTION, wish)
            line = self.read("consent", rest, filled)
            return replace(line, values={**line.values, **wish}) if line.kind is Kind.VALUE else line
        return None

    def _corrected(self, asked: str, text: str, filled: Mapping[str, Optional[str]]) -> Optional[Line]:
        """Return the correction of a field that was asked for before, or None."""
        rest = _after(self._openings, text)
        for name, label in self._labels.items():
            found = label.match(rest)
            if not found or name == asked or filled.get(name) is None:
                continue
            value = _bare(rest[found.end() :])
            if not value or (name != "summary" and self._no_value.match(value)):
                continue
            # "Butikken på Hjørnet" is a name, "butikken hedder Hjørnet" says one.
            if not found["says"] and name not in ("contact", "cvr"):
                continue
            try:
                return Line(Kind.CORRECTION, _parse(name, value, filled[name]))
            except InvalidInput as error:
                if found["says"] and not _fits(asked, text):
                    return Line(Kind.UNUSABLE, problem=error.code)
        if asked == "consent" and filled.get("contact") is not None and _fits("contact", text):
            return Line(Kind.CORRECTION, _parse("contact", text, filled["contact"]))
        return None

    def _without_label(self, name: str, text: str) -> str:
        """Return what is left of »nej, mit navn er Mette Holm« when a name was asked for."""
        rest = _after(self._openings, text)
        for opened in (rest, self._introduced(name, rest)):
            label = self._labels[name].match(opened)
            if label and label["says"]:
                return opened[label.end() :]
        # "Ret & Rimeligt" is a name, "nej, Hansens Bageri" corrects one.
        told = rest if _PAUSE.match(text) and name != "summary" else text
        return self._introduced(name, told) or told

    def _introduced(self, name: str, text: str) -> str:
        return _after(self._introductions[name], text) if name in self._introductions else text


def _bare(text: str) -> str:
    quoted = _QUOTED.fullmatch(text.strip())
    return quoted[1].strip() if quoted else text.strip()


def _after(openings: re.Pattern, text: str) -> str:
    match = openings.match(text)
    return text[match.end() :] if match else text


def _fits(asked: str, text: str) -> bool:
    """Tell whether the line has the address, number or CVR number that was asked for."""
    try:
        return asked in ("cvr", "contact") and bool(_parse(asked, text))
    except InvalidInput:
        return False


def _parse(name: str, text: str, before: Optional[str] = None) -> dict:
    """Return the field's value in its stored form; a way to answer told `before` is kept beside another."""
    if name == "cvr":
        return {"cvr": contacts.cvr(text)}
    if name == "contact":
        found = contacts.contact(text)
        email = found.get("email") or contacts.find_email(before or "")
        phone = found.get("phone") or contacts.find_phone(before or "")
        return {"contact": " ".join(part for part in (email, phone) if part)}
    if name == "summary":
        if len(re.sub(r"[\W_]", "", text)) < 3:
            raise InvalidInput("summary_missing", "summary")
        return {"summary": text}
    value = contacts.name(text.rstrip(".") if name == "name" else text, name)
    if name == "name" and not _is_personal(value):
        raise InvalidInput("name_missing", "name")
    return {name: value}


def _is_personal(value: str) -> bool:
    few_words = len(value.split()) <= _MOST_WORDS_IN_A_NAME
    return (
        few_words
        and "@" not in value
        and bool(re.search(r"[^\W\d_]{2}", value))
        and not re.search(r"\d{4}", value)
    )


def _whole(patterns: Sequence[str]) -> re.Pattern:
    return re.compile(rf"(?:{'|'.join(patterns)})[\s.!?]*$", re.I)


def _words(patterns: Sequence[str]) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.I)


def _clause(patterns: Sequence[str]) -> re.Pattern:
    """Match what stands for itself in a line, with the word that joins it to the rest and the time it speaks of."""
    return re.compile(
        rf"(?:,\s*)?(?:(?<!\w)(?:og|men|bare)\s+)*(?<!\w)(?:{'|'.join(patterns)})(?!\w)"
        rf"(?:,?\s+(?:(?:om )?hvordan det gik|om (?:det|noget)|bagefter|senere|efter|så|i stedet|alligevel|tak))*",
        re.I,
    )


def _openings(patterns: Sequence[str]) -> re.Pattern:
    """Match any number of openings, with what stands between them."""
    return re.compile(rf"(?:(?:{'|'.join(patterns)})(?!\w)[\s,.:;!\u2013-]*)*", re.I)


def _label(patterns: Sequence[str], says: Sequence[str]) -> re.Pattern:
    return re.compile(
        rf"(?:{'|'.join(patterns)})(?!\w)(?P<says>\s*(?:(?:{'|'.join(says)})(?!\w)|[:=]))?[\s:]*", re.I
    )
