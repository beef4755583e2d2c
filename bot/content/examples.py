"""Labelled utterances that are no topics' examples: sides of a topic, and what weights and probabilities are set on."""

from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

from ruamel.yaml import YAML

from bot.core.aspects import NO_ASPECT
from bot.core.calibration import Calibration, Exchange, Several
from bot.core.deciding import FOLLOW_UP
from bot.core.errors import InvalidContent
from bot.core.knowledge import ASPECTS

_FOLLOW_UPS, _QUESTIONS = "follow_ups", "questions"


class AspectExamples(NamedTuple):
    """(text, aspect) of every example, and (text, topic) of those that only follow up on a topic."""

    aspects: List[Tuple[str, str]]
    follow_ups: List[Tuple[str, str]]


def read_aspects(folder: Path) -> AspectExamples:
    """Read the examples, a file for each aspect.

    Raises:
        InvalidContent: a file or a part of one is named after no aspect, or an aspect has no file.
    """
    entries: Dict[str, Dict[str, List[str]]] = {
        path.stem: YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.yml"))
    }
    odd = set(entries) ^ {*ASPECTS, NO_ASPECT}
    odd |= {part for parts in entries.values() for part in parts} - {_FOLLOW_UPS, _QUESTIONS}
    if odd:
        raise InvalidContent([f"{folder.name}: unknown or missing {sorted(odd)}"])
    return AspectExamples(
        [(text, aspect) for aspect, parts in entries.items() for texts in parts.values() for text in texts],
        [(text, FOLLOW_UP) for parts in entries.values() for text in parts.get(_FOLLOW_UPS, ())],
    )


def read_calibration(folder: Path) -> Calibration:
    """Read what weights and probabilities are set on: topics.tsv, multi.tsv, followup.tsv and context.tsv.

    The columns are those of data/eval (bot/measuring/sets.py); multi.tsv has messages with one topic too, and
    every single utterance is one.
    """
    utterances = [(row[2], row[0]) for row in _rows(folder / "topics.tsv")]
    follow_ups = [Exchange(row[0], row[2], row[3], row[0]) for row in _rows(folder / "followup.tsv")]
    turns = [Exchange(row[0], row[1], row[2], row[3]) for row in _rows(folder / "context.tsv")]
    several = [Several(tuple(row[0].split("+")), row[1]) for row in _rows(folder / "multi.tsv")]
    several += [Several((topic,), text) for text, topic in utterances]
    return Calibration(utterances, several, [*follow_ups, *turns])


def _rows(path: Path) -> List[List[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
