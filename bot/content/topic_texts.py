"""The files of topics as text: those of the release, and drafts to take their place."""

from pathlib import Path
from typing import Mapping

from bot.content.reading import Document
from bot.content.topics import TopicReader
from bot.core.errors import NotFound
from bot.core.knowledge import Topic


class TopicTexts:
    """Reads topics' files one at a time.

    Args:
        root: the project's folder.
        reader: checks a topic among the others.
    """

    def __init__(self, root: Path, reader: TopicReader):
        self._root = root
        self._reader = reader

    def released(self, topic_id: str) -> str:
        """Return the file of the release as YAML; NotFound for an unknown topic."""
        return self._path(topic_id).read_text(encoding="utf-8")

    def read(self, topic_id: str, text: str, others: Mapping[str, Topic]) -> Topic:
        """Return the topic that `text` describes among `others`; InvalidContent names every problem.

        NotFound for a topic that the release does not have: training examples belong to one.
        """
        return self._reader.read_one(Document(self._path(topic_id), self._root, text), others)

    def _path(self, topic_id: str) -> Path:
        # Compared, never joined to a path: the id may come from an address.
        for path in sorted((self._root / "data" / "knowledge").glob("*/*.yml")):
            if path.stem == topic_id:
                return path
        raise NotFound("no such topic")
