"""The topics as visitors meet them now: those of the release, with what editors have published since."""

from typing import Dict, Iterator, Mapping

from bot.core.knowledge import Topic


class PublishedTopics(Mapping[str, Topic]):
    """A mapping of topics that can be exchanged as a whole while others read it.

    Args:
        released: the topics of the files in data/, by id.
    """

    def __init__(self, released: Mapping[str, Topic]):
        self.released = dict(released)
        self._now: Dict[str, Topic] = self.released

    def exchange(self, topics: Mapping[str, Topic]) -> None:
        """Let `topics` stand in the place of those of the release with the same id; the others are as released."""
        self._now = {**self.released, **topics}

    def __getitem__(self, topic_id: str) -> Topic:
        return self._now[topic_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)
