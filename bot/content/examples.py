"""Labelled utterances that are no topics' examples: sides of a topic, and what weights and probabilities are set on."""

from pathlib import Path
from typing import Collection, Dict, List, NamedTuple, Sequence, Tuple

from ruamel.yaml import YAML

from bot.core.aspects import NO_ASPECT
from bot.core.calibration import Calibration, Exchange, Several
from bot.core.deciding import FOLLOW_UP
from bot.core.errors import InvalidContent
from bot.core.knowledge import ASPECTS

_FOLLOW_UPS, _QUESTIONS = "follow_ups", "questions"
# One in so many follow-ups is an example of the intent. All of them, a quarter of all examples, drown the topics: with
# three tenths the log loss of topics on data/calibration falls from 0.085 to 0.069, and as many of the follow-ups there
# are understood.
_INTENT_OF_ONE_IN = 3


class AspectExamples(NamedTuple):
    """(text, aspect) of every example, and (text, topic) of some that only follow up on a topic."""

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
    follow_ups = [text for parts in entries.values() for text in parts.get(_FOLLOW_UPS, ())]
    return AspectExamples(
        [(text, aspect) for aspect, parts in entries.items() for texts in parts.values() for text in texts],
        [(text, FOLLOW_UP) for text in follow_ups[::_INTENT_OF_ONE_IN]],
    )


def read_several(folder: Path) -> List[Several]:
    """Read messages with one question or two: every .tsv file of the folder, its columns topics and utterance."""
    return [several for path in sorted(folder.glob("*.tsv")) for several in _several(path)]


def _several(path: Path) -> List[Several]:
    return [Several(tuple(row[0].split("+")), row[1]) for row in _rows(path, 2)]


def refuse_unknown_topics(
    several: Sequence[Several], calibration: Calibration, topics: Collection[str]
) -> None:
    """Raise InvalidContent for a topic that has no examples, and for a message about more than two."""
    named = [topic for item in (*several, *calibration.several) for topic in item.topics]
    named += [topic for item in calibration.exchanges for topic in (item.topic, item.turns_to)]
    named += [topic for _, topic in calibration.utterances]
    problems = [f"unknown topic: {topic}" for topic in sorted(set(named) - set(topics))]
    problems += [
        f"expected one topic or two: {'+'.join(item.topics)}"
        for item in (*several, *calibration.several)
        if len(item.topics) > 2
    ]
    if problems:
        raise InvalidContent(problems)


def read_calibration(folder: Path) -> Calibration:
    """Read what weights and probabilities are set on: topics.tsv, multi.tsv, followup.tsv and context.tsv.

    The columns are those of data/eval (bot/measuring/sets.py); multi.tsv has messages with one topic too, and
    every utterance of topics.tsv is one.
    """
    utterances = [(row[2], row[0]) for row in _rows(folder / "topics.tsv", 3)]
    follow_ups = [Exchange(row[0], row[2], row[3], row[0]) for row in _rows(folder / "followup.tsv", 4)]
    turns = [Exchange(row[0], row[1], row[2], row[3]) for row in _rows(folder / "context.tsv", 4)]
    several = [*_several(folder / "multi.tsv"), *(Several((topic,), text) for text, topic in utterances)]
    return Calibration(utterances, several, [*follow_ups, *turns])


def _rows(path: Path, columns: int) -> List[List[str]]:
    """Return the columns of every line.

    Raises:
        InvalidContent: there is no such file, or a line has another number of columns or an empty one.
    """
    if not path.is_file():
        raise InvalidContent([f"{path.parent.name}/{path.name} is missing"])
    rows, problems = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = [cell.strip() for cell in line.split("\t")]
        if len(row) != columns or not all(row):
            problems.append(f"{path.parent.name}/{path.name}:{number}: expected {columns} columns")
        rows.append(row)
    if problems:
        raise InvalidContent(problems)
    return rows
