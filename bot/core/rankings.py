"""What is done with a ranking of topics: (topic, probability), the likeliest first, adding up to 1."""

from typing import Sequence, Tuple

from bot.core.deciding import FOLLOW_UP

Ranking = Sequence[Tuple[str, float]]
# Above this a message speaks for itself, whatever was said before it.
SPEAKS_FOR_ITSELF = 0.97
# The power that a single word's probabilities are taken to.
SINGLE_WORD = 0.6


def speaks_for_itself(ranking: Ranking) -> bool:
    """Tell whether the likeliest topic is so likely that nothing said before counts."""
    return ranking[0][1] >= SPEAKS_FOR_ITSELF and ranking[0][0] != FOLLOW_UP


def only(topics: Sequence[str], ranking: Ranking) -> Ranking:
    """Return the ranking of some topics alone."""
    some = [(topic, share) for topic, share in ranking if topic in topics]
    total = sum(share for _, share in some)
    return [(topic, share / total) for topic, share in some] if total else ranking


def softened(ranking: Ranking) -> Ranking:
    """Return the ranking of a single word, which says less than the model makes of it ("tilladelse")."""
    softer = [(topic, share**SINGLE_WORD) for topic, share in ranking]
    total = sum(share for _, share in softer)
    return [(topic, share / total) for topic, share in softer]


def without_follow_up(ranking: Ranking) -> Ranking:
    """Return the ranking of the topics that a message can name."""
    rest = [(topic, share) for topic, share in ranking if topic != FOLLOW_UP]
    total = sum(share for _, share in rest)
    return [(topic, share / total) for topic, share in rest] if total else ranking
