"""The files of topics as text: those of the release, and drafts to take their place."""

from datetime import date
from pathlib import Path
from typing import List, Mapping

from bot.content.checks import IN_FUTURE, TO_REVIEW, check_on_day
from bot.content.topic_fields import dumped
from bot.content.topic_files import TopicFiles
from bot.content.topics import TopicReader
from bot.core.knowledge import Topic


class TopicTexts:
    """Reads topics' files one at a time.

    Args:
        root: the project's folder.
        municipality: the name of its folder in data/municipalities.
        reader: checks a topic among the others.
    """

    def __init__(self, root: Path, municipality: str, reader: TopicReader):
        self._files = TopicFiles(root, municipality)
        self._reader = reader

    def released(self, topic_id: str) -> str:
        """Return what the release says as one file of YAML; NotFound for an unknown topic.

        Where the municipality says something differently, that is laid over the general file already.
        """
        return self._files.raw(topic_id) or dumped(self._files.document(topic_id).data)

    def read(self, topic_id: str, text: str, others: Mapping[str, Topic], *, among: bool = True) -> Topic:
        """Return the topic that `text` describes among `others`; InvalidContent names every problem.

        With `among` a figure must not have the name of one of the others'. NotFound for a topic that the release does
        not have: training examples belong to one.
        """
        return self._reader.read_one(self._files.document(topic_id, text), others, among)

    def untimely(self, topic_id: str, text: str, today: date) -> List[object]:
        """Return the days in a right text that make no sense on `today`: a review in the past, a page read tomorrow."""
        late = check_on_day(self._files.document(topic_id, text), today)
        return [problem for problem in late if problem.code in (TO_REVIEW, IN_FUTURE)]
