"""The questions of a message that asks several: about different topics, or about two sides of one."""

from typing import Dict, List, NamedTuple, Tuple

from bot.core.aspects import AspectFinder
from bot.core.deciding import PERSON
from bot.core.learned import Known, Learned
from bot.core.parting import WORTH_PARTING, Model, Parter, Ranking
from bot.core.questions import MOST_QUESTIONS, Question, asks, ways

# How likely it must be that a message asks two things; docs/adr/0013 has the trials. Of a third question it must be
# surer: there is seldom one.
TWO_FROM = 0.7
THREE_FROM = 0.8


class Parts(NamedTuple):
    """The likeliest two questions of a message, and how likely it is that it asks both; none, and 0, for most."""

    questions: Tuple[Question, ...] = ()
    probability: float = 0.0


class Several:
    """Finds the questions of a message. It keeps nothing between calls.

    Args:
        model: ranks the topics for texts, and tells which ask two things.
        aspects: finds the side of a topic that a text asks for.
        known: what the answers say of the topics.
        learned: how what is known is weighed.
    """

    def __init__(self, model: Model, aspects: AspectFinder, known: Known, learned: Learned):
        self._rank = model.topics
        self._aspects = aspects
        self._known = known
        self._learned = learned
        self._parter = Parter(model, known.related, aspects.likelihood)

    def parts(self, text: str, ranking: Ranking) -> Parts:
        """Return the two questions that a message likeliest asks, with no side yet; `ranking` is the message's."""
        if not ranking:
            return Parts()
        by_form = self._learned.form.probability(self._parter.form_signs(text, ranking))
        if by_form < WORTH_PARTING:
            return Parts()
        likeliest = self._parter.likeliest(text, ranking, self._learned.pairing)
        if not likeliest:
            return Parts()
        parted, signs = likeliest
        questions = tuple(Question(*pair) for pair in zip(parted.topics, parted.way[:2]))
        return Parts(questions, self._learned.parting.probability(signs))

    def questions(self, parts: Parts) -> List[Question]:
        """Return the questions about several topics, in their order; empty when the parts are not surely two."""
        if parts.probability < TWO_FROM:
            return []
        found = list(parts.questions)
        for place in (1, 0):
            if len(found) < MOST_QUESTIONS:
                part = found[place]
                (alone,) = self._rank([part.text])
                more = self.parts(part.text, alone)
                found[place : place + 1] = more.questions if more.probability >= THREE_FROM else [part]
        by_topic: Dict[str, Question] = {}
        for question in found:
            by_topic.setdefault(question.topic, question)
        # The first is the message's intent, and a person's would lead straight to the form.
        return self.with_sides(sorted(by_topic.values(), key=lambda question: question.topic == PERSON))

    def sides_of(self, text: str, topic: str) -> Tuple[Question, ...]:
        """Return a question for each of two sides of a topic that are asked for; none when it is at most one.

        "Hvad koster en bevilling, og hvor lang tid tager det?" is one topic and two questions.
        """
        answered = self._known.sides.get(topic, ())
        for way in ways(text) if answered else ():
            # Ranking two parts costs as much as the whole message: one of them must name its side outright.
            if not all(map(asks, way[:2])) or not any(map(self._aspects.names, way[:2])):
                continue
            self._rank(way[:2])  # remembered, and at once it costs less than one by one
            sides = [self._aspects.find(part, False) for part in way[:2]]
            if all(sides) and len(set(sides)) > 1 and any(side in answered for side in sides):
                return tuple(Question(topic, part, side) for part, side in zip(way[:2], sides))
        return ()

    def with_sides(self, questions: List[Question]) -> List[Question]:
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
