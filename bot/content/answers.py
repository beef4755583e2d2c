"""Reads what answers are made of and nothing else, from a folder that need not be a whole project of today."""

from pathlib import Path
from typing import Dict, List, NamedTuple

from bot.content import schema
from bot.content.loading import read_authorities, units_of
from bot.content.reading import Document, Problem, documents
from bot.content.shapes import valid
from bot.content.topics import TopicReader
from bot.core.errors import InvalidContent
from bot.core.knowledge import Topic
from bot.core.units import Units


class Answers(NamedTuple):
    """The topics that are right, the sentences around them, who has them, and the mistakes of the other files."""

    topics: Dict[str, Topic]
    sentences: Dict[str, str]
    units: Units
    problems: List[Problem]


def read_answers(root: Path) -> Answers:
    """Read the answers below `root`, the folder in which data/ lies.

    Raises:
        InvalidContent: data/phrases.yml, without which no answer can be said, has a mistake.
        OSError: data/phrases.yml or data/authorities.yml cannot be read.
    """
    data = root / "data"
    phrases = Document(data / "phrases.yml", root)
    if phrases.problems or not isinstance(phrases.data.get("answer"), dict):
        raise InvalidContent(phrases.problems or [phrases.problem("the part answer is missing")])
    problems: List[Problem] = []
    authorities = read_authorities(Document(data / "authorities.yml", root), problems)
    units = units_of(valid(documents(data / "units", root), schema.UnitFile, problems))
    topics = TopicReader(authorities, units).read(documents(data / "knowledge", root), problems)
    return Answers(topics, dict(phrases.data["answer"]), units, sorted(set(problems), key=str))
