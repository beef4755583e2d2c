"""Which side of a topic a message asks for: the price, the time, how to apply, and so on."""

import re
from typing import Callable, Mapping, Optional, Sequence, Tuple

from bot.core.danish import plain_letters, spellings
from bot.core.knowledge import ASPECTS


class AspectRecogniser:
    """Finds the aspect by the phrases in data/aspects.yml; the first phrase in the text decides."""

    def __init__(self, entries: Mapping[str, Mapping]):
        unknown = set(entries) - set(ASPECTS)
        if unknown:
            raise ValueError(f"unknown aspects: {sorted(unknown)}")
        self._patterns = {
            aspect: re.compile(plain_letters(rf"\b(?:{'|'.join(entry['patterns'])})(?!\w)"))
            for aspect, entry in entries.items()
        }
        self._buttons = {aspect: entry["button"] for aspect, entry in entries.items()}

    def find(self, text: str) -> Optional[str]:
        """Return the aspect asked for, or None when the message asks for no particular one."""
        hits = [
            (found.start(), aspect)
            for line in spellings(text)
            for aspect, pattern in self._patterns.items()
            if (found := pattern.search(line))
        ]
        return min(hits)[1] if hits else None

    def button(self, aspect: str) -> str:
        """Return the short question a button for the aspect asks."""
        return self._buttons[aspect]


# Asked alone after a topic, a message asks for some side of it; within a whole question it must be surer.
FOLLOW_UP_FROM = 0.25
QUESTION_FROM = 0.80
# So sure of one side, what was learned knows better than a phrase that happens to stand in the message.
SURER_THAN_A_PHRASE = 0.60
NO_ASPECT = "ingen"


class AspectFinder:
    """Finds the aspect by what was learned from examples and by its phrases; where they differ, by the surer one.

    Args:
        phrases: the recogniser of data/aspects.yml.
        rank: (aspect, probability) for a text, the likeliest first, NO_ASPECT among them.
    """

    def __init__(self, phrases: AspectRecogniser, rank: Callable[[str], Sequence[Tuple[str, float]]]):
        self._phrases = phrases
        self._rank = rank

    def names(self, text: str) -> bool:
        """Tell whether a text asks for a side in so many words."""
        return self._phrases.find(text) is not None

    def likelihood(self, text: str) -> float:
        """Return how likely it is, from 0 to 1, that a text asks for a side of something."""
        return 1.0 if self._phrases.find(text) else 1.0 - dict(self._rank(text)).get(NO_ASPECT, 1.0)

    def find(self, text: str, follow_up: bool) -> Optional[str]:
        """Return the aspect asked for, or None when the message asks for no particular one."""
        likely = [item for item in self._rank(text)[:1] if item[0] != NO_ASPECT]
        aspect, share = likely[0] if likely else (None, 0.0)
        said = self._phrases.find(text)
        if said:
            return aspect if share >= SURER_THAN_A_PHRASE else said
        return aspect if share >= (FOLLOW_UP_FROM if follow_up else QUESTION_FROM) else None
