"""From a visitor's words to what the bot does about them, with what was spoken of before in view."""

from dataclasses import dataclass, replace
from typing import Collection, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from bot.core.aspects import AspectFinder
from bot.core.choosing import chosen
from bot.core.context import Before, Rankings, in_context, is_elliptic, rest_of
from bot.core.deciding import FOLLOW_UP, Step, decide
from bot.core.knowledge import Knowledge
from bot.core.parting import Parter, Rank, Ranking, form_signs
from bot.core.questions import MOST_QUESTIONS, QUESTIONS, Question, asks, too_many, ways
from bot.core.weighing import Weights

# The name under which an Understood travels through Rasa.
UNDERSTOOD = "understood"

# Above this a message speaks for itself, whatever was said before it.
SPEAKS_FOR_ITSELF = 0.97
# How likely it must be that a message asks two things: an answer that nobody asked for hides the one that was. Below
# the first, no way to part the message is tried.
WORTH_PARTING = 0.02
TWO_FROM = 0.5
# The power that a single word's probabilities are taken to.
SINGLE_WORD = 0.6
# A question about something said before is short when nothing was said before: "hvad koster det?".
_BARE_WORDS = 6


class Learned(NamedTuple):
    """The weights that were fitted on data/calibration.

    `form` tells by a message's form whether it may hold two questions, `parting` whether a way to part it does;
    `context` weighs the topics of a message that may lean on the one before.
    """

    form: Weights
    parting: Weights
    context: Weights

    def as_dict(self) -> Dict[str, dict]:
        """Return it as plain numbers."""
        return {
            name: {"weights": dict(each.weights), "bias": each.bias} for name, each in self._asdict().items()
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Mapping]) -> "Learned":
        """Bring back what `as_dict` gave."""
        return cls(**{name: Weights(**each) for name, each in plain.items()})


class Known(NamedTuple):
    """What the answers say of the topics.

    `related` are each topic's neighbours, `titles` stand for a topic's words when a button led to it, and `sides` are
    those that each topic has an answer for.
    """

    related: Mapping[str, Sequence[str]]
    titles: Mapping[str, str]
    sides: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Known":
        """Return what `knowledge` says."""
        topics = knowledge.topics.values()
        return cls(
            {topic.id: topic.related for topic in topics},
            {topic.id: topic.title for topic in topics},
            {topic.id: tuple(topic.aspects) for topic in topics},
        )


@dataclass(frozen=True)
class Understood:
    """What a message was understood as."""

    step: Step
    topics: Tuple[str, ...]
    ranking: Tuple[Tuple[str, float], ...]
    aspect: Optional[str] = None
    follow_up: bool = False
    questions: Tuple[Question, ...] = ()

    def as_dict(self) -> dict:
        """Return it as it travels through Rasa."""
        return {
            "step": self.step.value,
            "topics": list(self.topics),
            "aspect": self.aspect,
            "follow_up": self.follow_up,
            QUESTIONS: [question._asdict() for question in self.questions],
        }


class Understander:
    """Puts together what is known about a message. It keeps nothing between calls.

    Args:
        rank: ranks the topics for several texts, the likeliest first, with calibrated probabilities.
        aspects: finds the side of a topic that a text asks for.
        known: what the answers say of the topics.
        learned: how what is known is weighed.
    """

    def __init__(
        self,
        rank: Rank,
        aspects: AspectFinder,
        known: Known,
        learned: Learned,
    ):
        self._rank = rank
        self._aspects = aspects
        self._known = known
        self._learned = learned
        self._parter = Parter(rank, aspects.likelihood, known.related, learned.context)

    def understand(self, text: str, before: Optional[Before] = None) -> Understood:
        """Understand one message."""
        if too_many(text):
            return Understood(Step.REPHRASE, (), ())
        (ranking,) = self._rank([text])
        if len(text.split()) == 1:
            ranking = _softened(ranking)
        questions = self._questions(text, ranking)
        if questions:
            topics = tuple(question.topic for question in questions)
            return Understood(Step.ANSWER, topics, tuple(ranking), questions=tuple(questions))
        after = before and before.spoken_of
        found = (
            self._after(text, ranking, before) if before and after else self._at_first(text, ranking, before)
        )
        return self._with_several_sides(text, found)

    def _at_first(self, text: str, ranking: Ranking, before: Optional[Before]) -> Understood:
        """Understand a message when no topic was spoken of."""
        if len(text.split()) > _BARE_WORDS or not self._aspects.find(text, True):
            ranking = _without_follow_up(ranking)
        decision = decide(ranking)
        follow_up = decision.topics == (FOLLOW_UP,)
        side = self._side(text, decision.step, follow_up, before)
        return Understood(decision.step, decision.topics, tuple(ranking), side, follow_up)

    def _after(self, text: str, ranking: Ranking, before: Before) -> Understood:
        """Understand a message after another; a short one may lean on it."""
        picked = chosen(text, before.asked)
        if picked:
            return self._picked(picked, tuple(ranking), before)
        leans = is_elliptic(text)
        speaks_for_itself = (
            bool(ranking) and ranking[0][1] >= SPEAKS_FOR_ITSELF and ranking[0][0] != FOLLOW_UP
        )
        if ranking and leans and not speaks_for_itself:
            ranking = self._in_context(text, ranking, before)
        else:
            ranking = _without_follow_up(ranking)
        decision = decide(ranking, asked_before=bool(before.asked))
        follow_up = decision.step is Step.ANSWER and leans and decision.topics[0] in before.spoken_of
        side = self._side(text, decision.step, follow_up, before)
        return Understood(decision.step, decision.topics, tuple(ranking), side, follow_up)

    def _picked(
        self, topics: Tuple[str, ...], ranking: Tuple[Tuple[str, float], ...], before: Before
    ) -> Understood:
        """Return what was asked before about topics that are now picked among those offered."""
        side = self._aspects.find(before.text, False)
        several = tuple(Question(topic, before.text, side) for topic in topics) if len(topics) > 1 else ()
        return Understood(Step.ANSWER, topics, ranking, side, questions=several)

    def _side(self, text: str, step: Step, follow_up: bool, before: Optional[Before]) -> Optional[str]:
        """Return the side asked for, kept over a question back: "hvad koster det?" - "om hvad?" - "et skilt"."""
        if step not in (Step.ANSWER, Step.CLARIFY):
            return None
        found = self._aspects.find(text, follow_up)
        return self._aspects.find(before.text, True) if not found and before and before.is_open else found

    def _in_context(self, text: str, ranking: Ranking, before: Before) -> Ranking:
        rest = rest_of(text)
        said = before.text or " ".join(self._known.titles.get(topic, "") for topic in before.spoken_of)
        found = self._rank([f"{said} {text}", *([rest] if rest else [])])
        rankings = Rankings(ranking, found[0], found[1] if rest else None)
        side = self._aspects.likelihood(text)
        return in_context(text, rankings, before, self._known.related, side, self._learned.context)

    def _questions(self, text: str, ranking: Ranking) -> List[Question]:
        """Return the questions of a message about several topics, in their order; empty when it is about one."""
        found = self._parted(text, ranking)
        for place in (1, 0) if found else ():
            if len(found) < MOST_QUESTIONS:
                (alone,) = self._rank([found[place].text])
                found[place : place + 1] = self._parted(found[place].text, alone) or [found[place]]
        by_topic: Dict[str, Question] = {}
        for question in found:
            by_topic.setdefault(question.topic, question)
        return self._with_sides(list(by_topic.values()))

    def _with_several_sides(self, text: str, found: Understood) -> Understood:
        """Return `found` with a question for each of two sides of its topic that are asked for.

        "Hvad koster en bevilling, og hvor lang tid tager det?" is one topic and two questions.
        """
        if found.step is not Step.ANSWER or found.questions:
            return found
        (topic,) = found.topics
        answered = self._known.sides.get(topic, ())
        for way in ways(text) if len(answered) > 1 else ():
            sides = [self._aspects.find(part, False) for part in way[:2]]
            if asks(way.second) and all(side in answered for side in sides) and len(set(sides)) > 1:
                questions = tuple(Question(topic, part, side) for part, side in zip(way[:2], sides))
                return replace(found, questions=questions)
        return found

    def _with_sides(self, questions: Sequence[Question]) -> List[Question]:
        """Return the questions with their sides; what has no verb of its own shares that of the question before it.

        "Hvad koster et CVR-nummer og en stadeplads?" asks for two prices.
        """
        found: List[Question] = []
        for question in questions:
            side = self._aspects.find(question.text, False)
            if side is None and found and not asks(question.text.rstrip("?")):
                side = found[-1].aspect
            found.append(question._replace(aspect=side))
        return found

    def _parted(self, text: str, whole: Ranking) -> List[Question]:
        if not whole or self._learned.form.probability(form_signs(text, whole)) < WORTH_PARTING:
            return []
        best: List[Question] = []
        surest = TWO_FROM
        for parted in self._parter.partings(text, whole):
            sure = self._learned.parting.probability(self._parter.signs(text, parted))
            if sure >= surest:
                best = [Question(*pair) for pair in zip(parted.topics, parted.way[:2])]
                surest = sure
        return best


def _softened(ranking: Ranking) -> Ranking:
    """Return the ranking of a single word, which says less than the model makes of it ("tilladelse")."""
    softer = [(topic, share**SINGLE_WORD) for topic, share in ranking]
    total = sum(share for _, share in softer)
    return [(topic, share / total) for topic, share in softer]


def _without_follow_up(ranking: Ranking) -> Ranking:
    rest = [(topic, share) for topic, share in ranking if topic != FOLLOW_UP]
    total = sum(share for _, share in rest)
    return [(topic, share / total) for topic, share in rest] if total else ranking
