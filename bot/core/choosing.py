"""Somebody who answers a question back in writing: "den første", "2", "begge dele"."""

import re
from typing import Sequence, Tuple

from bot.core.danish import plain_letters, spellings

_LEAD = r"\W*(?:(?:ja|jeg mener|det er|det|den|nr|nummer|valg|punkt|mulighed)\W+)*"
_PLACES = (
    r"(?:1|første|øverste)",
    r"(?:2|anden|andet|midterste)",
    r"(?:3|tredje)",
)
_TAIL = r"(?:\W+(?:mulighed|emne|en|et|tak))*\W*"
_LAST = re.compile(plain_letters(rf"{_LEAD}(?:sidste|nederste|sidstnævnte){_TAIL}"))
_ALL = re.compile(r"\W*(?:ja\W+)?(?:begge(?:\W+(?:dele|to|emner))?|alle(?:\W+(?:tre|sammen))?|det hele)\W*")
_PLACED = tuple(re.compile(plain_letters(rf"{_LEAD}{place}{_TAIL}")) for place in _PLACES)


def chosen(text: str, asked: Sequence[str]) -> Tuple[str, ...]:
    """Return the topics of `asked` that a message picks by their place; empty when it does not pick so."""
    for written in spellings(text):
        if _ALL.fullmatch(written):
            return tuple(asked)
        if asked and _LAST.fullmatch(written):
            return (asked[-1],)
        for topic, place in zip(asked, _PLACED):
            if place.fullmatch(written):
                return (topic,)
    return ()
