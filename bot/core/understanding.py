"""From a visitor's words to what the bot does about them, with what was spoken of before in view."""

import re
from dataclasses import dataclass, replace
from typing import Optional, Tuple

from bot.core.aspects import AspectFinder
from bot.core.choosing import chosen
from bot.core.context import Before, Open, Rankings, in_context, is_elliptic, may_lean, rest_of, texts_of
from bot.core.deciding import FOLLOW_UP, NO_MATTER, PERSON, Decision, Step, decide
from bot.core.learned import Known, Learned
from bot.core.parting import Model, Ranking
from bot.core.questions import QUESTIONS, Question, is_no_question
from bot.core.rankings import first_of_all, moved, only, softened, speaks_for_itself, without_follow_up
from bot.core.several import Parts, Several

# The name under which an Understood travels through Rasa.
UNDERSTOOD = "understood"
# So likely a neighbour of the topic before must be by what stands after "og hvad med".
NAMED_FROM = 0.1
# After a question back a message asks for a side of what was offered only when it is as likely as this to follow up.
LEANS_FROM = 0.1
# Another topic that is as likely as this to have been meant too, or instead, stands as a button below the reply.
PERHAPS_FROM = 0.15
# What is asked about complaints where no matter is named.
COMPLAINT = "klage_afgoerelse"
# A question about something said before is short when nothing was said before: "hvad koster det?".
_BARE_WORDS = 6
# The model cannot read other letters, and what it makes of them beside words that it can read means nothing.
_LATIN = re.compile(r"[a-zæøå]", re.I)


@dataclass(frozen=True)
class Understood:
    """What a message was understood as.

    `perhaps` was meant too, or instead: not so likely that it is answered or asked about, but worth a button.
    `words` led to the topics when these are more than the message's own.
    """

    step: Step
    topics: Tuple[str, ...]
    ranking: Tuple[Tuple[str, float], ...]
    aspect: Optional[str] = None
    follow_up: bool = False
    questions: Tuple[Question, ...] = ()
    perhaps: Optional[Question] = None
    words: str = ""

    def as_dict(self) -> dict:
        """Return it as it travels through Rasa."""
        return {
            "step": self.step.value,
            "topics": list(self.topics),
            "aspect": self.aspect,
            "follow_up": self.follow_up,
            QUESTIONS: [_plain(question) for question in self.questions],
            "perhaps": _plain(self.perhaps) if self.perhaps else None,
            "words": self.words,
        }


def _plain(question: Question) -> dict:
    return {"topic": question.topic, "aspect": question.aspect}


class Understander:
    """Puts together what is known about a message. It keeps nothing between calls.

    Args:
        model: ranks the topics for texts, with calibrated probabilities, and tells which ask two things.
        aspects: finds the side of a topic that a text asks for.
        known: what the answers say of the topics.
        learned: how what is known is weighed.
    """

    def __init__(
        self,
        model: Model,
        aspects: AspectFinder,
        known: Known,
        learned: Learned,
    ):
        self._rank = model.topics
        self._aspects = aspects
        self._known = known
        self._learned = learned
        self._several = Several(model, aspects, known, learned)

    def understand(self, text: str, before: Optional[Before] = None) -> Understood:
        """Understand one message."""
        before = before or Before()
        if is_no_question(text):
            return Understood(Step.REPHRASE, (), ())
        picked = chosen(text, before.open.asked) if before.open else ()
        (ranking,) = self._rank([text])
        if picked and before.open:
            return self._picked(picked, tuple(ranking), before.open)
        if len(text.split()) == 1:
            ranking = softened(ranking)
        parts = self._several.parts(text, ranking)
        questions = self._several.questions(parts)
        if questions:
            topics = tuple(question.topic for question in questions)
            return Understood(Step.ANSWER, topics, tuple(ranking), questions=tuple(questions))
        found = self._one(text, ranking, before)
        if found.step not in (Step.ANSWER, Step.OUTSIDE) or set(found.topics) & set(NO_MATTER):
            return found
        sides = self._several.sides_of(text, found.topics[0]) if found.topics else ()
        return replace(found, questions=sides, perhaps=self._perhaps(text, found, parts))

    def _perhaps(self, text: str, found: Understood, parts: Parts) -> Optional[Question]:
        """Return what may have been meant beside the topic that is answered, or instead of it, or of being outside."""
        others = [question for question in parts.questions if question.topic not in found.topics]
        if parts.probability >= PERHAPS_FROM and len(others) == 1 and others[0].topic != PERSON:
            return self._several.with_sides(others)[0]
        likely = (
            (topic, share) for topic, share in found.ranking if topic not in (*found.topics, *NO_MATTER)
        )
        topic, share = next(likely, ("", 0.0))
        return Question(topic, text, found.aspect) if share >= PERHAPS_FROM else None

    def _one(self, text: str, ranking: Ranking, before: Before) -> Understood:
        """Understand a message with one question; a short one may lean on what was before it."""
        offered = bool(before.open and before.open.asked)
        seen = moved(COMPLAINT, FOLLOW_UP, ranking) if ranking and self._complains(text, before) else ranking
        # After a question back only a side that is asked for leans on it: other words are another try.
        leans = bool(_LATIN.search(text)) and may_lean(text, seen)
        leans = leans and (not offered or self._asks_for_a_side(text, seen))
        depends = leans and bool(seen) and not speaks_for_itself(seen)
        going_on = self._about_what_is_open(text, seen, before) if depends else None
        if going_on:
            return going_on
        spoken_of: Tuple[str, ...] = ()
        if before.spoken_of and depends:
            ranking = self._in_context(text, before)
            spoken_of = before.spoken_of if self._is_only_a_side(text) and not offered else ()
            if offered and ranking[0][0] in before.spoken_of:
                ranking = only(before.spoken_of, ranking)
        elif before.spoken_of or not self._is_bare(text):
            ranking = without_follow_up(ranking)
        else:
            ranking = first_of_all(ranking)
        decision = decide(ranking, asked_before=offered and leans, spoken_of=spoken_of)
        if decision.step is Step.CLARIFY and leans and not offered:
            neighbour = self._neighbour_named(text, before)
            decision = Decision(Step.ANSWER, (neighbour,)) if neighbour else decision
        answers = decision.step is Step.ANSWER
        names_none = answers and leans and decision.topics[0] in before.spoken_of
        follow_up = names_none or decision.topics == (FOLLOW_UP,)
        side = self._side(text, decision, follow_up, before)
        return Understood(decision.step, decision.topics, tuple(ranking), side, follow_up)

    def _about_what_is_open(self, text: str, ranking: Ranking, before: Before) -> Optional[Understood]:
        """Understand a message that asks for a side of one that is not answered yet, by the words of both.

        None for a message that asks for no side or names another matter, and where both together name none.
        """
        if not before.open or is_no_question(before.open.text) or not self._asks_for_a_side(text, ranking):
            return None
        # Where nothing was offered, only a message that names no matter by itself goes on from it.
        if not before.open.asked and ranking[0][0] != FOLLOW_UP:
            return None
        words = f"{before.open.text} {text}"
        (together,) = self._rank([words])
        if before.open.asked:
            return self._one_of_those_offered(text, together, before)
        return self._what_was_not_answered(text, words, together, before)

    def _one_of_those_offered(self, text: str, together: Ranking, before: Before) -> Optional[Understood]:
        matters = (topic for topic, _ in together if topic not in (*NO_MATTER, COMPLAINT))
        if next(matters, "") not in before.spoken_of:
            return None
        ranking = only(before.spoken_of, together)
        decision = decide(ranking, asked_before=True)
        side = self._side(text, decision, True, before)
        return Understood(decision.step, decision.topics, tuple(ranking), side, decision.step is Step.ANSWER)

    def _what_was_not_answered(
        self, text: str, words: str, together: Ranking, before: Before
    ) -> Optional[Understood]:
        decision = decide(together)
        if decision.step is Step.OUTSIDE:
            # It is about what was rightly refused, and not about what was spoken of before that.
            side = self._aspects.find(text, True)
            return Understood(Step.ANSWER, (FOLLOW_UP,), tuple(together), side, True)
        complains = decision.topics == (COMPLAINT,) and self._complains(text, before)
        if complains or not set(decision.topics) - set(NO_MATTER):
            return None
        side = self._side(text, decision, True, before)
        return Understood(decision.step, decision.topics, tuple(together), side, words=words)

    def _complains(self, text: str, before: Before) -> bool:
        """Tell whether a message complains where a matter was spoken of: about that, if it names none itself."""
        spoken_of = bool(before.spoken_of) and COMPLAINT not in before.spoken_of
        return spoken_of and self._aspects.find(text, True) == "klage"

    def _asks_for_a_side(self, text: str, ranking: Ranking) -> bool:
        return (
            bool(ranking)
            and self._aspects.find(text, True) is not None
            and dict(ranking).get(FOLLOW_UP, 0.0) > LEANS_FROM
        )

    def _neighbour_named(self, text: str, before: Before) -> Optional[str]:
        """Return the neighbour of the topic before that "og hvad så med udendørs?" names; None for another form."""
        rest = rest_of(text)
        near = {topic for spoken in before.spoken_of for topic in self._known.related.get(spoken, ())}
        if not rest or not near:
            return None
        (ranking,) = self._rank([rest])
        matters = [(topic, share) for topic, share in ranking if topic not in NO_MATTER]
        total = sum(share for _, share in matters)
        named = [topic for topic, share in matters[:2] if topic in near and share >= total * NAMED_FROM]
        return named[0] if named else None

    def _is_only_a_side(self, text: str) -> bool:
        """Tell whether a message asks for a side of what was spoken of: "hvilke tegninger skal I bruge".

        Other words may name another matter, and so may a single word: "prisen" names a side, "skat" does not.
        """
        if len(text.split()) == 1:
            return self._aspects.names(text)
        return self._aspects.find(text, True) is not None and not rest_of(text)

    def _is_bare(self, text: str) -> bool:
        """Tell whether a message asks for a side and names nothing, as the first one of all: "hvad koster det?"."""
        return len(text.split()) <= _BARE_WORDS and self._aspects.find(text, True) is not None

    def _picked(
        self, topics: Tuple[str, ...], ranking: Tuple[Tuple[str, float], ...], asked_back: Open
    ) -> Understood:
        """Return what was asked back about, with the topics that are now picked among those offered."""
        matters = tuple(topic for topic in topics if topic not in NO_MATTER)
        if not matters:
            return Understood(Step.ANSWER, topics[:1], ranking)
        several = tuple(Question(topic, asked_back.text, asked_back.side) for topic in matters)
        questions = several if len(several) > 1 else ()
        return Understood(Step.ANSWER, matters, ranking, asked_back.side, True, questions)

    def _side(self, text: str, decision: Decision, follow_up: bool, before: Before) -> Optional[str]:
        """Return the side asked for, kept over a question back: "hvad koster det?" - "om hvad?" - "et skilt"."""
        if decision.step not in (Step.ANSWER, Step.CLARIFY):
            return None
        found = self._aspects.find(text, follow_up)
        if found or not before.open:
            return found
        named = is_elliptic(text) if not before.open.asked else set(decision.topics) <= set(before.open.asked)
        return before.open.side if named else None

    def _in_context(self, text: str, before: Before) -> Ranking:
        # A single word too as the model ranks it, not softened: the weights were fitted on such rankings.
        rankings = Rankings(*self._rank(texts_of(text, before, self._known.titles)))
        side = self._aspects.likelihood(text)
        ranking = in_context(text, rankings, before, self._known.related, side, self._learned.context)
        if not self._complains(text, before):
            return ranking
        spoken_of = next((topic for topic, _ in ranking if topic in before.spoken_of), before.spoken_of[0])
        return moved(COMPLAINT, spoken_of, ranking)
