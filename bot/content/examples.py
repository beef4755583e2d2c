"""Labelled utterances that are no topics' examples: sides of a topic, and what the probabilities are set on."""

from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

from ruamel.yaml import YAML

from bot.core.aspects import NO_ASPECT
from bot.core.deciding import FOLLOW_UP
from bot.core.errors import InvalidContent
from bot.core.knowledge import ASPECTS

_FOLLOW_UPS, _QUESTIONS = "follow_ups", "questions"


class AspectExamples(NamedTuple):
    """(text, aspect) of every example, and (text, topic) of those that only follow up on a topic."""

    aspects: List[Tuple[str, str]]
    follow_ups: List[Tuple[str, str]]


def read_aspects(path: Path) -> AspectExamples:
    """Read the examples; InvalidContent for an aspect or a part that does not exist."""
    entries: Dict[str, Dict[str, List[str]]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    unknown = set(entries) - {*ASPECTS, NO_ASPECT}
    unknown |= {part for parts in entries.values() for part in parts} - {_FOLLOW_UPS, _QUESTIONS}
    if unknown:
        raise InvalidContent([f"{path.name}: unknown keys {sorted(unknown)}"])
    return AspectExamples(
        [(text, aspect) for aspect, parts in entries.items() for texts in parts.values() for text in texts],
        [(text, FOLLOW_UP) for parts in entries.values() for text in parts.get(_FOLLOW_UPS, ())],
    )


def read_utterances(path: Path) -> List[Tuple[str, str]]:
    """Return (text, topic) of every line "topic, style, text" parted by tabs; empty when there is no such file."""
    if not path.is_file():
        return []
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [(row[-1], row[0]) for row in rows]
