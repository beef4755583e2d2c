"""Messages with two questions, made of two examples each: so that the encoder learns that a message may be about both.

They teach it nothing about either topic that the examples do not, and they are never measured on.
"""

from typing import List, NamedTuple, Tuple

import numpy as np

from bot.understanding.ngrams import Labelled

# How people go from one question to the next.
_SENTENCES = (". ", "? ", "? Og ", "\n", ". Desuden: ")
_JOINTS = (*_SENTENCES, ", og ", " og ", ", ", " samt ", " + ", " og så ", " plus ", " ")
# Longer ones would be cut while the encoder is tuned.
_MOST_WORDS = 18


class Double(NamedTuple):
    """A text about two topics."""

    text: str
    labels: Tuple[str, ...]


def doubles(examples: Labelled, count: int, chance: np.random.Generator) -> List[Double]:
    """Return `count` texts, each made of two short examples of different topics; none where there are no two."""
    short = [item for item in examples if len(item[0].split()) <= _MOST_WORDS]
    if len({label for _, label in short}) < 2:
        return []
    found: List[Double] = []
    while len(found) < count:
        (first, one), (second, other) = (
            short[place] for place in chance.choice(len(short), 2, replace=False)
        )
        if one == other:
            continue
        joint = _JOINTS[chance.integers(len(_JOINTS))]
        opening = second if joint in _SENTENCES else second[:1].lower() + second[1:]
        found.append(Double(first.rstrip(" ?.!,") + joint + opening, (one, other)))
    return found
