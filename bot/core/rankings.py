"""What is done with a ranking of topics: (topic, probability), the likeliest first, adding up to 1."""

from typing import Iterable, List, Sequence, Tuple

from bot.core.deciding import FOLLOW_UP

Ranking = Sequence[Tuple[str, float]]
# Above this a message speaks for itself, whatever was said before it.
SPEAKS_FOR_ITSELF = 0.97
# The power that a single word's probabilities are taken to.
SINGLE_WORD = 0.6
# The model learned follow-ups without what was said before them. Where nothing was, one is so much less likely.
FIRST_OF_ALL = 0.06


def speaks_for_itself(ranking: Ranking) -> bool:
    """Tell whether the likeliest topic is so likely that nothing said before counts."""
    return ranking[0][1] >= SPEAKS_FOR_ITSELF and ranking[0][0] != FOLLOW_UP


def only(topics: Sequence[str], ranking: Ranking) -> Ranking:
    """Return the ranking of some topics alone."""
    return _adding_up((topic, share) for topic, share in ranking if topic in topics) or ranking


def moved(topic: str, to: str, ranking: Ranking) -> Ranking:
    """Return the ranking with what speaks for one topic counted for another."""
    shares = dict(ranking)
    shares[to] = shares.get(to, 0.0) + shares.pop(topic, 0.0)
    return sorted(shares.items(), key=lambda item: -item[1])


def softened(ranking: Ranking) -> Ranking:
    """Return the ranking of a single word, which says less than the model makes of it ("tilladelse")."""
    return _adding_up((topic, share**SINGLE_WORD) for topic, share in ranking)


def first_of_all(ranking: Ranking) -> Ranking:
    """Return the ranking of the first message of all: "hvornår må vi larme" names noise, if only a little."""
    rarer = ((topic, share * FIRST_OF_ALL if topic == FOLLOW_UP else share) for topic, share in ranking)
    return sorted(_adding_up(rarer), key=lambda item: -item[1])


def without_follow_up(ranking: Ranking) -> Ranking:
    """Return the ranking of the topics that a message can name."""
    return _adding_up((topic, share) for topic, share in ranking if topic != FOLLOW_UP) or ranking


def _adding_up(some: Iterable[Tuple[str, float]]) -> List[Tuple[str, float]]:
    """Return the shares so that they add up to 1; nothing where they are all 0."""
    kept = list(some)
    total = sum(share for _, share in kept)
    return [(topic, share / total) for topic, share in kept] if total else []
