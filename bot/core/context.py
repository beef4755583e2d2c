"""A short message after something else was spoken of: which topic it is about, seen from there.

"Og hvad så med udendørs?" says little by itself. What is known of each topic (how likely it is by the message alone,
by both messages together and what the newer one adds to that, and how near it lies to the topic before) is weighed;
the weights are learned from conversations of two messages, data/calibration.
"""

import re
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from bot.core.deciding import FOLLOW_UP, NO_MATTER, OUTSIDE, PERSON, SMALL_TALK, Step
from bot.core.weighing import Signs, Weights, log, log_odds

Ranking = Sequence[Tuple[str, float]]
# "Og hvad så med udendørs?": the words after these name what is asked about.
_OPENING = re.compile(
    r"^\W*(?:(?:okay|ok|fint|tak|ja|jamen|og|men|nå)\W+)*"
    r"(?:(?:hvad|hva|hvordan)\s+(?:(?:så|da|er det|så lige)\s+)?(?:med|hvis|når)|også|hvis|med|gælder det også)\s+",
    re.I,
)
_ONLY_LINK = re.compile(r"^\W*(?:(?:og|men|nå|okay|ok)\W+)+", re.I)
# Messages with more words than this carry their own matter, unless they are this likely to follow up on another.
_ELLIPTIC_WORDS = 12
_FOLLOWS_FROM = 0.5


class Open(NamedTuple):
    """A message that was not answered: its words, the topics the bot asked between, and the side it asks for.

    No topics were offered where it named none ("hvad koster det?") or none was found for it.
    """

    text: str
    asked: Tuple[str, ...] = ()
    side: Optional[str] = None


class Before(NamedTuple):
    """What the conversation was about until now: the last topic answered, the words that led to it, what is open."""

    topic: str = ""
    text: str = ""
    open: Optional[Open] = None

    def then(
        self,
        text: str,
        step: Step,
        topics: Sequence[str],
        follow_up: bool = False,
        side: Optional[str] = None,
    ) -> "Before":
        """Return what the conversation is about after `text` was understood so.

        Args:
            text: the message; empty for a button.
            step: what was done about it.
            topics: those answered or asked between; FOLLOW_UP when a side was asked for and nothing was spoken of.
            follow_up: whether the message named no topic of its own.
            side: the side asked for.
        """
        if step is Step.ANSWER and tuple(topics) == (FOLLOW_UP,):
            return Before(self.topic, self.text, Open(text, (), side))
        matters = [topic for topic in topics if topic not in NO_MATTER]
        if step is Step.ANSWER and matters:
            return Before(matters[-1], self._words_of(matters[-1]) if follow_up else text)
        if step is Step.CLARIFY:
            again = self.open is not None and set(topics) <= set(self.open.asked)
            return self._replace(
                open=Open(self.open.text if self.open and again else text, tuple(topics), side)
            )
        # What is said next may tell what was meant.
        return self._replace(open=Open(text) if step in (Step.OUTSIDE, Step.REPHRASE) and text else None)

    @property
    def spoken_of(self) -> Tuple[str, ...]:
        """The topics that a message which names none is about; none when nothing was spoken of."""
        asked = tuple(topic for topic in self.open.asked if topic not in NO_MATTER) if self.open else ()
        return asked or ((self.topic,) if self.topic else ())

    @property
    def words(self) -> str:
        """The words that what is spoken of stands in; empty after a button."""
        return self.open.text if self.open and self.open.asked else self.text

    def _words_of(self, topic: str) -> str:
        if self.open and topic in self.open.asked:
            return self.open.text
        return self.text if topic == self.topic else ""


def slots_of(before: Before) -> Dict[str, Any]:
    """Return what is kept of a conversation between two messages, by the slots' names in domain.yml."""
    unanswered = before.open._asdict() if before.open else None
    return {"topic": before.topic or None, "said": before.text or None, "unanswered": unanswered}


def before_of(slot: Callable[[str], Any]) -> Before:
    """Return what `slots_of` gave; `slot` returns the value of a slot, None where there is none."""
    kept = slot("unanswered")
    unanswered = Open(kept["text"], tuple(kept["asked"]), kept["side"]) if kept else None
    return Before(slot("topic") or "", slot("said") or "", unanswered)


class Rankings(NamedTuple):
    """What the model makes of each of the texts that `texts_of` gives."""

    alone: Ranking
    before: Ranking
    together: Ranking
    titled: Ranking
    rest: Optional[Ranking] = None


def is_elliptic(text: str) -> bool:
    """Tell whether a message is so short that it may lean on the one before."""
    return len(text.split()) <= _ELLIPTIC_WORDS


def may_lean(text: str, ranking: Ranking) -> bool:
    """Tell whether a message may lean on the one before: a short one, or one that only follows up on something.

    Args:
        text: the message.
        ranking: what the model makes of it alone.
    """
    return is_elliptic(text) or dict(ranking).get(FOLLOW_UP, 0.0) >= _FOLLOWS_FROM


def rest_of(text: str) -> Optional[str]:
    """Return what stands after "og hvad med" and the like; None when the message does not begin so."""
    for opening in (_OPENING, _ONLY_LINK):
        rest = opening.sub("", text)
        if rest and rest != text:
            return rest
    return None


def texts_of(text: str, before: Before, titles: Mapping[str, str]) -> List[str]:
    """Return what is ranked of a message after `before`, in the order of Rankings.

    The message alone, the words before it, both together, it after the title of what was spoken of, and where it begins
    with "og hvad med" and the like, what stands after that.

    Args:
        text: the message.
        before: what was spoken of.
        titles: what stands for a topic's words.
    """
    title = " ".join(titles.get(topic, "") for topic in before.spoken_of)
    said = before.words or title
    rest = rest_of(text)
    return [text, said, f"{said} {text}", f"{title} {text}", *([rest] if rest else [])]


def in_context(
    text: str,
    rankings: Rankings,
    before: Before,
    related: Mapping[str, Sequence[str]],
    asks_a_side: float,
    weights: Weights,
) -> List[Tuple[str, float]]:
    """Return (topic, probability) for a message after `before`, the likeliest first.

    FOLLOW_UP is no topic here: what follows up is about the topic before.

    Args:
        text: the message.
        rankings: what the model makes of it.
        before: what was spoken of.
        related: each topic's neighbours.
        asks_a_side: how likely the message asks for a side of something (price, time ...), from 0 to 1.
        weights: learned from conversations of two messages.
    """
    options = signs(text, rankings, before, related, asks_a_side)
    shares = weights.shares(list(options.values()))
    return sorted(zip(options, shares), key=lambda item: -item[1])


def signs(
    text: str,
    rankings: Rankings,
    before: Before,
    related: Mapping[str, Sequence[str]],
    asks_a_side: float,
) -> Dict[str, Signs]:
    """Return what speaks for each topic; Args as for `in_context`."""
    alone, together, before_it = dict(rankings.alone), dict(rankings.together), dict(rankings.before)
    titled, rest = dict(rankings.titled), dict(rankings.rest or ())
    follows = alone.pop(FOLLOW_UP, 0.0)
    opening = rankings.rest is not None
    neighbours = {near for topic in before.spoken_of for near in related.get(topic, ())}
    words = min(len(text.split()), _ELLIPTIC_WORDS) / _ELLIPTIC_WORDS
    others = {topic: share for topic, share in alone.items() if topic not in before.spoken_of}
    likeliest = max(others, key=lambda topic: others[topic], default="")
    # Its share among all but follow-ups.
    other = others.get(likeliest, 0.0) / (1 - follows) if follows < 1 else 0.0
    found: Dict[str, Signs] = {}
    for topic, share in alone.items():
        by_both = log(together.get(topic, 0.0))
        one = {
            "alone": log(share),
            "alone_words": log(share) * words,
            "together": by_both,
            "together_follows": by_both * follows,
            # What the newer message adds to the one before: that speaks for what it turns to.
            "gain": by_both - log(before_it.get(topic, 0.0)),
            "titled": log(titled.get(topic, 0.0)),
            "likeliest": float(topic == likeliest),
        }
        if opening:
            one["rest"] = log(rest.get(topic, 0.0))
        if topic in neighbours:
            one["near"] = 1.0
        if topic in before.spoken_of:
            one.update(same=1.0, same_follows=log(follows), same_side=asks_a_side, same_words=words)
            one["same_opening"] = float(opening)
            one["same_other"] = log_odds(other) * follows
        if topic == OUTSIDE:
            one["outside"] = 1.0
        if topic in (*SMALL_TALK, PERSON):
            one["small_talk"] = 1.0
        found[topic] = one
    return found
