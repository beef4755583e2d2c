"""Two questions in one message, by their form: where the one may end and the next begin."""

import re
from typing import Dict, List, NamedTuple, Optional

from bot.core.weighing import Signs

# The name under which the parts of a message travel through Rasa.
QUESTIONS = "questions"
MOST_QUESTIONS = 3
# A long story may ask the same thing in several ways; more than this is a list.
_STILL_A_MESSAGE = 8
# The same words stand this often in a message that somebody pasted or leaned on the keyboard for. In stories of a
# hundred words most stand once.
_FEWEST_REPEATING, _SURELY_REPEATED = 20, 4
# Longer messages are cut before they are split: three hundred pasted questions get no three hundred answers.
_LONGEST = 1_000
# Every way to part a message costs two rankings.
_MOST_WAYS = 5
# Two borders nearer to each other than this are one.
_SAME_BORDER = 4

_VERB = r"(?:skal|kan|må|maa|bør|får|gælder|kræver|findes|har|er|kender|ved|giver|tager|koster|vil|kommer|skulle|kunne)"
_PERSON = r"(?:jeg|man|vi|i|du|der|det|den|de)"
_ASKING = rf"(?:hvad|hva|hvor\w*|hvem|hvilke[nt]?|{_VERB} {_PERSON})\b"
_WISHING = r"(?:(?:så )?vil (?:jeg|vi)|(?:jeg|vi) (?:vil|skal|mangler|ønsker|har brug))\b"
_LINK = r"(?:og|samt|men|plus|desuden|derudover|endvidere|også|dels)"
_FILLER = r"(?:(?:så|også|i øvrigt|forresten|egentlig|desuden|derudover|lige|dels) )*"
_NEXT = rf"(?={_FILLER}(?:{_ASKING}|{_WISHING}))"
# What stands between two questions, the plainest first.
BORDERS = {
    "sentence": re.compile(r"(?<=[?!.])\s+|\s*\n\s*|\s+(?=\d[).]\s)", re.I),
    "asking": re.compile(rf"\s*[,;.]?\s+{_LINK}\s+{_NEXT}|\s*[,;]\s+{_NEXT}|\s+[-–]\s+{_NEXT}", re.I),
    "bare": re.compile(
        r"(?<=\w)\s+(?=(?:hvad|hva|hvor|hvordan|hvornår|hvem|hvilke[nt]?|(?:må|skal|kan) (?:jeg|vi|man))\b)",
        re.I,
    ),
    "link": re.compile(rf"\s*[,;.]?\s+{_LINK}\s+", re.I),
    "comma": re.compile(r"\s*[,;.+&/:]\s+|\s[-–+&/]\s", re.I),
}
_ASKS = re.compile(rf"^(?:{_LINK}\s+)?{_FILLER}(?:{_ASKING}|{_VERB}\b)|\b{_WISHING}", re.I)
_QUESTION, _WISH = re.compile(rf"\b{_ASKING}", re.I), re.compile(rf"\b{_WISHING}", re.I)
_POINTS_BACK = re.compile(r"\b(?:det|den|de|dem|sådan|ansøgningen|sagen|afgørelsen)\b", re.I)
_LETTERS = re.compile(r"\w\w")
_BORDER = re.compile("|".join(BORDERS[kind].pattern for kind in ("sentence", "asking")), re.I)


class Way(NamedTuple):
    """One way to part a message in two; `border` is a key of BORDERS."""

    first: str
    second: str
    border: str


class Question(NamedTuple):
    """One of several questions of a message, and the side of its topic that it asks for, if any."""

    topic: str
    text: str
    aspect: Optional[str] = None


def ways(text: str) -> List[Way]:
    """Return the ways to part a message in two, those with the plainest border first; empty when there is none."""
    text = text[:_LONGEST]
    found: Dict[int, Way] = {}
    for kind, border in BORDERS.items():
        for hit in border.finditer(text):
            first, second = text[: hit.start()].strip(), text[hit.end() :].strip()
            near = any(abs(hit.end() - place) <= _SAME_BORDER for place in found)
            if not near and _LETTERS.search(first) and _LETTERS.search(second):
                found[hit.end()] = Way(first, second, kind)
    return list(found.values())[:_MOST_WAYS]


def is_no_question(text: str) -> bool:
    """Tell whether a message is none that can be answered: a list of questions, or the same words over and over.

    Whichever one of a list were answered, the others would be lost.
    """
    text = text[:_LONGEST]
    words = text.lower().split()
    if len(words) >= _FEWEST_REPEATING and len(words) > _SURELY_REPEATED * len(set(words)):
        return True
    return sum(asks(part.strip()) for part in _BORDER.split(text) if part) > _STILL_A_MESSAGE


def asks(part: str) -> bool:
    """Tell whether a part has the form of a question or a wish."""
    return part.endswith("?") or bool(_ASKS.search(part))


def signs_of_form(way: Way) -> Signs:
    """Return what the form of the parts says of them: a story before a question is no question."""
    question = [part.endswith("?") or bool(_QUESTION.search(part)) for part in way[:2]]
    wish = [bool(_WISH.search(part)) for part in way[:2]]
    return {
        "short_first": 1 / len(way.first.split()),
        "short_second": 1 / len(way.second.split()),
        "asks_first": float(asks(way.first)),
        "asks_second": float(asks(way.second)),
        "question_first": float(question[0]),
        "question_second": float(question[1]),
        "wish_first": float(wish[0] and not question[0]),
        "wish_second": float(wish[1] and not question[1]),
        "story_first": float(question[1] and not question[0]),
        "tail": float(question[0] and not question[1] and not wish[1]),
        "keywords": float(not any(question) and not any(wish)),
        "points_back": float(bool(_POINTS_BACK.search(way.second))),
        **{border: float(way.border == border) for border in BORDERS},
    }
