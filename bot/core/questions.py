"""Two questions in one message: where the one ends and the next begins."""

import re
from typing import Dict, List, Sequence, Tuple

from bot.core.deciding import FOLLOW_UP, NOT_CHOOSABLE, PERSON

# The name under which the parts of a message travel through Rasa.
QUESTIONS = "questions"
Ranking = Sequence[Tuple[str, float]]
MOST_QUESTIONS = 3
# A long story may ask the same thing in several ways; more than this is a list.
_STILL_A_MESSAGE = 8
# Surer than for a whole message: an answer that nobody asked for hides the one that was.
SURE_FROM = 0.90
# Parted only at an "og" or a comma, both parts must be surer still.
SURE_AT_JOINT_FROM = 0.98
# A part with fewer words asks for a side of the same matter ("og hvad koster det?"), seldom for another one.
FEWEST_WORDS = 3
_THIN_WORDS = 9
_POINTS_BACK = re.compile(r"\b(?:det|den|de|dem|sådan|ansøgningen|sagen|afgørelsen)\b", re.I)
SPOKEN_OF_AT_JOINT = 0.0003
# The least share of the whole message that a topic has which is spoken of.
_SPOKEN_OF = 0.001
# Longer messages are cut before they are split: three hundred pasted questions get no three hundred answers.
_LONGEST = 1_000
_VERB = r"(?:skal|kan|må|maa|bør|får|gælder|kræver|findes|har|er|kender|ved|giver|tager|koster|vil|kommer)"
_PERSON = r"(?:jeg|man|vi|i|du|der|det|den|de)"
_ASKING = rf"(?:hvad|hva|hvor\w*|hvem|hvilke[nt]?|{_VERB} {_PERSON})\b"
_WISHING = r"(?:(?:så )?vil (?:jeg|vi)|(?:jeg|vi) (?:vil|skal|mangler|ønsker|har brug))\b"
_LINK = r"(?:og|samt|men|plus|desuden|derudover|endvidere)"
_FILLER = r"(?:(?:så|også|i øvrigt|forresten|egentlig|desuden|derudover) )*"
_NEXT = rf"(?={_FILLER}(?:{_ASKING}|{_WISHING}))"
_BORDER = re.compile(
    rf"(?<=[?!.])\s+|\s*[,;]?\s+{_LINK}\s+{_NEXT}|\s*[,;]\s+{_NEXT}|\s*\n\s*|\s+[-–]\s+{_NEXT}", re.I
)
_ASKS = re.compile(rf"^(?:{_LINK}\s+)?{_FILLER}(?:{_ASKING}|{_VERB}\b)|\b{_WISHING}", re.I)

_JOINT = re.compile(rf"\s*[,;.]?\s+(?:{_LINK}|også)\s+|\s*[,;.+&/]\s+|\s[-–]\s", re.I)
_MOST_JOINTS = 4


def split(text: str) -> List[str]:
    """Return the questions of a message, each with the story before it; the whole text when it has one or none."""
    parts = [part.strip() for part in _BORDER.split(text[:_LONGEST]) if part and part.strip()]
    questions: List[str] = []
    story: List[str] = []
    for part in parts:
        story.append(part)
        if _asks(part) and len(part.split()) >= FEWEST_WORDS:
            questions.append(" ".join(story))
            story = []
    if story and questions:
        questions[-1] = " ".join([questions[-1], *story])
    return questions if 2 <= len(questions) <= MOST_QUESTIONS else [text]


def too_many(text: str) -> bool:
    """Tell whether a message is a list of questions: whichever one were answered, the others would be lost."""
    return sum(_asks(part.strip()) for part in _BORDER.split(text[:_LONGEST]) if part) > _STILL_A_MESSAGE


def parts_at_joints(text: str) -> List[Tuple[str, str]]:
    """Return the ways to part a message in two at "og", a comma and the like: its form does not tell the questions."""
    return [
        (text[: joint.start()].strip(), text[joint.end() :].strip())
        for joint in _JOINT.finditer(text[:_LONGEST])
        if text[: joint.start()].strip() and text[joint.end() :].strip()
    ][:_MOST_JOINTS]


def separate(
    ranked: Sequence[Tuple[str, Ranking]], whole: Ranking, sure: float = SURE_FROM
) -> List[Tuple[str, str]]:
    """Return (topic, part) for the parts that surely ask about different topics; empty when fewer than two do.

    `whole` is the ranking of the message. A part that says little by itself ("hvordan griber man det an?") counts
    only where the message speaks of its topic.
    """
    shares = dict(whole)
    found: Dict[str, str] = {}
    for part, ranking in ranked:
        topic, share = _likeliest(ranking)
        bare = _POINTS_BACK.search(part) and len(part.split()) <= _THIN_WORDS
        if share >= sure and not (bare and shares.get(topic, 0.0) < _SPOKEN_OF):
            found.setdefault(topic, part)
    return list(found.items()) if len(found) > 1 else []


def separate_at_joint(ranked: Sequence[Tuple[str, Ranking]], whole: Ranking) -> List[Tuple[str, str]]:
    """Do as `separate` for parts that no question's form sets apart: surer, and both spoken of in the message."""
    shares = dict(whole)
    found = separate(ranked, whole, SURE_AT_JOINT_FROM)
    return found if all(shares.get(topic, 0.0) >= SPOKEN_OF_AT_JOINT for topic, _ in found) else []


def _likeliest(ranking: Ranking) -> Tuple[str, float]:
    """Return the likeliest topic and its share among all but follow-ups; a share of 0 for what is no topic."""
    rest = [(topic, share) for topic, share in ranking if topic != FOLLOW_UP]
    if not rest or rest[0][0] in (PERSON, *NOT_CHOOSABLE):
        return "", 0.0
    return rest[0][0], rest[0][1] / sum(share for _, share in rest)


def _asks(part: str) -> bool:
    return part.endswith("?") or bool(_ASKS.search(part))
