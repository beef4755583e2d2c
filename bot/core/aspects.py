"""Which side of a topic a message asks for: the price, the time, how to apply, and so on."""

import re
from typing import List, Mapping, Optional, Tuple

from bot.core.knowledge import ASPECTS


class AspectRecogniser:
    """Finds the aspect by the phrases in data/aspects.yml; the first phrase in the text decides."""

    def __init__(self, entries: Mapping[str, Mapping]):
        unknown = set(entries) - set(ASPECTS)
        if unknown:
            raise ValueError(f"unknown aspects: {sorted(unknown)}")
        self._patterns = {
            aspect: re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"]), re.I)
            for aspect, entry in entries.items()
        }
        self._buttons = {aspect: entry["button"] for aspect, entry in entries.items()}

    def find(self, text: str) -> Optional[str]:
        """Return the aspect asked for, or None when the message asks for no particular one."""
        hits = [(match.start(), aspect) for aspect, match in self._search(text) if match]
        return min(hits)[1] if hits else None

    def _search(self, text: str) -> List[Tuple[str, Optional[re.Match]]]:
        return [(aspect, pattern.search(text)) for aspect, pattern in self._patterns.items()]

    def button(self, aspect: str) -> str:
        """Return the short question a button for the aspect asks."""
        return self._buttons[aspect]
