"""Whether a message says that somebody wants to begin something."""

import re

from bot.core.danish import spellings

# Not »åbningstider«, not »åbent«, not »vi åbnede«. As `spellings` has it: a for å.
_BEGINS = re.compile(
    r"\babner?\b|\b(?:op)?start(?:er?|e op)?\b|\betabler(?:er?|e)?\b|\bopretter?\b|\bbegynder? (?:som|med)\b"
    r"|\bbliver? selvstandig\b|\bga i gang med\b"
)


def begins(text: str) -> bool:
    """Tell whether the words are about opening or starting something."""
    return any(_BEGINS.search(spelling) for spelling in spellings(text))
