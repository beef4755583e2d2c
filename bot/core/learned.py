"""What the understanding knows besides the message: the weights that were learned, and what the answers say."""

from typing import Collection, Mapping, NamedTuple, Sequence

from bot.core.knowledge import Knowledge
from bot.core.weighing import Weights


class Learned(NamedTuple):
    """The weights that were fitted on data/calibration.

    `form` tells by a message's form whether it may hold two questions, `pairing` which way to part it is likeliest,
    `parting` whether that way does part two questions; `context` weighs the topics of a message that may lean on the
    one before.
    """

    form: Weights
    pairing: Weights
    parting: Weights
    context: Weights

    def as_dict(self) -> dict:
        """Return it as plain numbers."""
        return {
            name: {"weights": dict(each.weights), "bias": each.bias} for name, each in self._asdict().items()
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Mapping]) -> "Learned":
        """Bring back what `as_dict` gave."""
        return cls(**{name: Weights(**each) for name, each in plain.items()})


class Known(NamedTuple):
    """What the answers say of the topics.

    `related` are each topic's neighbours, `titles` stand for a topic's words when a button led to it, and `sides` are
    those that each topic has an answer for.
    """

    related: Mapping[str, Sequence[str]]
    titles: Mapping[str, str]
    sides: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Known":
        """Return what `knowledge` says."""
        topics = knowledge.topics.values()
        return cls(
            {topic.id: topic.related for topic in topics},
            {topic.id: topic.title for topic in topics},
            {topic.id: tuple(topic.aspects) for topic in topics},
        )
