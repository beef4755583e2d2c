"""Reads data/tenders.yml: the words and texts of the tender helper."""

import re
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Tuple

from pydantic import conint, conlist, constr

from bot.content.checks import FIGURE_IN_WORDS, HARDEST_LIX, OFFICIALESE
from bot.content.reading import Document, Problem
from bot.content.schema import Identifier, Line, Strict
from bot.content.shapes import valid
from bot.core.readability import lix
from bot.core.tenders.assessment import Rule
from bot.core.tenders.notices import Message
from bot.core.tenders.purchase import Buyer, Kind
from bot.core.tenders.texts import (
    ERRORS,
    LINES,
    RULE_VALUES,
    BuyerWords,
    KindWords,
    RuleTexts,
    TenderTexts,
    places,
)

# maler*, *renovering, *kørsel*, grønne områder, it-drift
Word = constr(regex=r"^\*?[a-zæøå]+(-[a-zæøå]+)*\*?( [a-zæøå]+\*?)*$", strict=True)
Words = conlist(Word, min_items=1)
Lines = List[Line]
_ALL: Dict[str, Iterable[str]] = {
    "kinds": [kind.value for kind in Kind],
    "buyers": [buyer.value for buyer in Buyer],
    "procedures": [rule.value for rule in Rule],
    "messages": [message.value for message in Message],
    "lines": list(LINES),
    "errors": ERRORS,
}


class KindFile(Strict):
    """A kind of purchase."""

    noun: Line
    option: Line
    clause: Line
    words: Dict[Word, Optional[Line]]
    weak: List[Word] = []


class BuyerFile(Strict):
    """A kind of buyer."""

    name: Line
    option: Line


class RuleFile(Strict):
    """What is said about a rule."""

    title: Line
    short: Line
    says: Line
    law: Line
    do: Lines
    where: Lines
    time: Lines


class BackingFile(Strict):
    """Sources of a topic that back what is said whatever the amount."""

    topic: Identifier
    sources: List[Identifier]


class TendersFile(Strict):
    """data/tenders.yml."""

    topics: List[Identifier]
    invoice_topics: List[Identifier]
    works_topics: List[Identifier]
    checklists: List[Identifier]
    backing: BackingFile
    kinds: Dict[str, KindFile]
    state: Words
    notice: Words
    option: Words
    years: Dict[Word, conint(ge=1, le=10, strict=True)]
    buyers: Dict[str, BuyerFile]
    procedures: Dict[str, RuleFile]
    lines: Dict[str, Line]
    errors: Dict[str, Line]
    messages: Dict[str, Line]


def read(root: Path, problems: List[Problem]) -> Optional[TenderTexts]:
    """Read the file and add what is wrong to `problems`; with something wrong nothing is returned."""
    document = Document(root / "data" / "tenders.yml", root)
    if not valid([document], TendersFile, problems):
        return None
    wrong = [*_names(document), *_prose(document)]
    problems += wrong
    return None if wrong else _built(document.data)


def _names(document: Document) -> Iterable[Problem]:
    """Yield every name that is missing or unknown, and every word that tells two kinds."""
    for part, names in _ALL.items():
        for name in names:
            if name not in document.data[part]:
                yield document.problem(f"{part}.{name} is missing", part)
        for name in document.data[part]:
            if name not in names:
                yield document.problem(f"unknown: {part}.{name}", part, name)
    owner: Dict[str, str] = {}
    for kind, entry in document.data["kinds"].items():
        for word in (*entry["words"], *(entry.get("weak") or ())):
            if owner.setdefault(word, kind) != kind:
                yield document.problem(f"{owner[word]} has the word {word} too", "kinds", kind)


def _prose(document: Document) -> Iterable[Problem]:
    """Yield what a visitor could not read: figures typed in, unknown values, heavy sentences."""
    for keys, text, allowed in _texts(document.data):
        try:
            unknown = [name for name in places(text) if name not in allowed]
        except ValueError as error:
            yield document.problem(f"a lone {{ or }}: {error}", *keys)
            continue
        for name in unknown:
            yield document.problem(f"unknown value {{{name}}}", *keys)
        digit = re.search(r"\S*\d\S*", text)
        if digit:
            yield document.problem(f"figure typed into prose: {digit.group()}; make it a fact", *keys)
        in_words = FIGURE_IN_WORDS.search(text)
        if in_words:
            yield document.problem(f"figure written in words: {in_words.group()}; make it a fact", *keys)
        heavy = OFFICIALESE.search(text)
        if heavy:
            yield document.problem(f"officialese: {heavy.group()}", *keys)
    for name, rule in document.data["procedures"].items():
        for key in ("says", "do", "where", "time"):
            sentences = [rule[key]] if key == "says" else rule[key]
            hard = lix(re.sub(r"\{\w+\}", "tal", " ".join(map(str, sentences))))
            if hard > HARDEST_LIX:
                yield document.problem(f"LIX {hard:.0f}, at most {HARDEST_LIX}", "procedures", name, key)


def _texts(data: Any) -> Iterable[Tuple[Tuple[Any, ...], str, Tuple[str, ...]]]:
    for name, rule in data["procedures"].items():
        for key in ("title", "law"):
            yield ("procedures", name, key), str(rule[key]), ()
        for key in ("short", "says"):
            yield ("procedures", name, key), str(rule[key]), RULE_VALUES
        for key in ("do", "where", "time"):
            for number, text in enumerate(rule[key]):
                yield ("procedures", name, key, number), str(text), RULE_VALUES
    for name, text in data["lines"].items():
        yield ("lines", name), str(text), LINES.get(name, ())


def _built(data: Any) -> TenderTexts:
    rules = {}
    for name, entry in data["procedures"].items():
        title, short, says, law = (str(entry[key]) for key in ("title", "short", "says", "law"))
        do, where, time = (tuple(map(str, entry[key])) for key in ("do", "where", "time"))
        rules[Rule(name)] = RuleTexts(title, short, says, law, do, where, time)
    return TenderTexts(
        topics=tuple(data["topics"]),
        invoice_topics=tuple(data["invoice_topics"]),
        works_topics=tuple(data["works_topics"]),
        checklists=tuple(data["checklists"]),
        backing_topic=data["backing"]["topic"],
        backing_sources=tuple(data["backing"]["sources"]),
        kinds={
            Kind(name): KindWords(
                noun=entry["noun"],
                option=entry["option"],
                clause=entry["clause"],
                words={word: noun or "" for word, noun in entry["words"].items()},
                weak=tuple(entry.get("weak") or ()),
            )
            for name, entry in data["kinds"].items()
        },
        buyers={Buyer(name): BuyerWords(**dict(entry)) for name, entry in data["buyers"].items()},
        rules=rules,
        messages={Message(name): str(text) for name, text in data["messages"].items()},
        errors={name: str(text) for name, text in data["errors"].items()},
        state=tuple(data["state"]),
        notice=tuple(data["notice"]),
        option=tuple(data["option"]),
        years=dict(data["years"]),
        lines={name: str(text) for name, text in data["lines"].items()},
    )
