"""Reads what answers are made of and nothing else, from a folder that need not be a whole project of today."""

from pathlib import Path
from typing import Dict, List, NamedTuple

from bot.content import municipalities
from bot.content.reading import Document, Problem
from bot.content.topic_files import TopicFiles, topics_anywhere
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


def read_answers(root: Path, municipality: str) -> Answers:
    """Read the answers of a municipality below `root`, the folder in which data/ lies.

    Raises:
        InvalidContent: data/phrases.yml, without which no answer can be said, has a mistake.
        OSError: data/phrases.yml, data/authorities.yml or the municipality's own file cannot be read.
    """
    data = root / "data"
    phrases = Document(data / "phrases.yml", root)
    if phrases.problems or not isinstance(phrases.data.get("answer"), dict):
        raise InvalidContent(phrases.problems or [phrases.problem("the part answer is missing")])
    problems: List[Problem] = []
    files = TopicFiles(root, municipality).documents()
    folder = municipalities.read(root, municipality, files, problems)
    topics = TopicReader(folder, topics_anywhere(root)).read(files, problems)
    sentences = folder.say(phrases.data)["answer"]
    return Answers(topics, sentences, folder.units, sorted(set(problems), key=str))
