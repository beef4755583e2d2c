"""What weights and probabilities are fitted on: messages of which it is known what was meant."""

from typing import NamedTuple, Sequence, Tuple


class Exchange(NamedTuple):
    """Two messages after each other: the topic of the first one, and that of the second."""

    topic: str
    first: str
    second: str
    turns_to: str


class Several(NamedTuple):
    """A message and the topics it asks about: one, or two."""

    topics: Tuple[str, ...]
    text: str


class Calibration(NamedTuple):
    """Utterances as (text, topic), messages with one question or two, and exchanges; no model has learned from it."""

    utterances: Sequence[Tuple[str, str]]
    several: Sequence[Several]
    exchanges: Sequence[Exchange]
