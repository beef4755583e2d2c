"""Which side of a topic a message asks for: the price, the time, how to apply, and so on."""

import re
from typing import Mapping, Optional

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
