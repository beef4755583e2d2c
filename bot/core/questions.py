"""Two questions in one message: where the one ends and the next begins."""

import re
from typing import Dict, List, Sequence, Tuple

from bot.core.deciding import NOT_CHOOSABLE, PERSON

# The name under which the parts of a message travel through Rasa.
QUESTIONS = "questions"
Ranking = Sequence[Tuple[str, float]]
MOST_QUESTIONS = 3
# Surer than for a whole message: an answer that nobody asked for hides the one that was.
SURE_FROM = 0.75
# A part with fewer words asks for a side of the same matter ("og hvad koster det?"), seldom for another one.
FEWEST_WORDS = 4
_QUESTION_WORD = (
    r"(?:hvad|hva|hvor|hvordan|hvorfor|hvornår|hvornaar|hvem|hvilke[nt]?"
    r"|skal|kan|må|maa|er der|findes|har i|kender i)\b"
)
_AND = r"\s*[,;]?\s+(?:og|samt|desuden|derudover)\s+(?:så\s+|også\s+|i øvrigt\s+|vil\s+jeg\s+)?"
_BORDER = re.compile(rf"(?<=[?])\s+|{_AND}(?={_QUESTION_WORD})", re.I)


def split(text: str) -> List[str]:
    """Return the parts of a message that could be questions of their own; the whole text when there is one part."""
    parts = [part.strip() for part in _BORDER.split(text) if part and part.strip()]
    long_enough = [part for part in parts if len(part.split()) >= FEWEST_WORDS]
    return long_enough if 2 <= len(long_enough) <= MOST_QUESTIONS else [text]


def separate(ranked: Sequence[Tuple[str, Ranking]]) -> List[Tuple[str, str]]:
    """Return (topic, part) for the parts that surely ask about different topics; empty when fewer than two do."""
    found: Dict[str, str] = {}
    for part, ranking in ranked:
        if ranking and ranking[0][1] >= SURE_FROM and ranking[0][0] not in (PERSON, *NOT_CHOOSABLE):
            found.setdefault(ranking[0][0], part)
    return list(found.items()) if len(found) > 1 else []
