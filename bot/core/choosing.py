"""Somebody who answers a question back in writing: "den første", "nummer 2", "begge dele"."""

import re
from typing import Sequence, Tuple

from bot.core.danish import plain_letters, spellings

_YES = r"\W*(?:(?:ja|jeg mener|det er|den der)\W+)*"
_NUMBER = r"(?:(?:nr|nummer|valg|mulighed|punkt)\W+)"
_TAIL = r"(?:\W+(?:mulighed|tak))*\W*"
# "Andet" and "det andet" mean something else than what was offered.
_PLACES = (
    rf"(?:(?:den|det)?\W*(?:første|øverste)|{_NUMBER}?1|{_NUMBER}(?:et|en))",
    rf"(?:den\W+anden|{_NUMBER}?2|{_NUMBER}to)",
    rf"(?:(?:den|det)?\W*tredje|{_NUMBER}?3|{_NUMBER}tre)",
)
_PLACED = tuple(re.compile(plain_letters(rf"{_YES}{place}{_TAIL}")) for place in _PLACES)
_LAST = re.compile(plain_letters(rf"{_YES}(?:(?:den|det)\W+)?(?:sidste|nederste|sidstnævnte){_TAIL}"))
_BOTH = re.compile(rf"{_YES}(?:begge(?:\W+(?:dele|to))?|1\W+(?:og|\+)\W+2){_TAIL}")
_ALL = re.compile(rf"{_YES}(?:alle(?:\W+(?:tre|sammen))?|det hele){_TAIL}")


def chosen(text: str, asked: Sequence[str]) -> Tuple[str, ...]:
    """Return the topics of `asked` that a message picks by their place; empty when it does not pick so."""
    for written in spellings(text):
        if _ALL.fullmatch(written) or (len(asked) == 2 and _BOTH.fullmatch(written)):
            return tuple(asked)
        if asked and _LAST.fullmatch(written):
            return (asked[-1],)
        for topic, place in zip(asked, _PLACED):
            if place.fullmatch(written):
                return (topic,)
    return ()
