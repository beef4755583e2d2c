"""What somebody's own words answer of a plan's questions: »ja, vi vil have borde udenfor«, »bare mig selv«, »ApS«."""

import re
from dataclasses import dataclass, field
from typing import Dict, FrozenSet, Iterable, List, Mapping, Optional, Set, Tuple

from bot.core.plans.days import OPENING, START
from bot.core.plans.plan import NO, UNSURE, YES, Plan, Question
from bot.core.plans.wording import PlanWords, QuestionWords, Tokens, finds, tokens

# A dot in »kl. 22« or »1. marts« parts nothing that matters here.
_MARKS = re.compile(r"[,.;:!?()\n]+")
_NUMBER = re.compile(r"-?\d+")
# Said beside a wish: how many there shall be.
_MINUS = frozenset(["minus"])


@dataclass(frozen=True)
class Reading:
    """What a text says.

    Attributes:
        answers: by question; doubt is `ved_ikke`.
        leaning: questions answered with a yes that does not say which of several.
        both: questions answered with two things that cannot both be.
        wrong: codes of errors, such as a negative number of staff.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    leaning: FrozenSet[str] = frozenset()
    both: FrozenSet[str] = frozenset()
    wrong: Tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing was found."""
        return not (self.answers or self.leaning or self.both or self.wrong)


class PlanReader:
    """Reads texts with the words of data/plan_words.yml."""

    def __init__(self, words: PlanWords):
        self._words = words
        self._lists = words.lists
        self._parting = re.compile(rf"\b(?:{'|'.join(words.lists['parting'])})\b", re.I)

    def says(self, kind: str, text: str) -> bool:
        """Tell whether the whole text is one of the wordings of a kind, such as `stop`."""
        found = tokens(text)
        return bool(found) and any(span == (0, len(found)) for span in finds(self._lists[kind], found))

    def asks(self, text: str) -> bool:
        """Tell whether the text asks something, or asks for somebody."""
        found = tokens(text)
        begins = _begins(self._lists["question"], found)
        return text.rstrip().endswith("?") or bool(begins or finds(self._lists["person"], found))

    def day_kind(self, before: str) -> str:
        """Tell whether a day behind these words is one to open or to start on; empty when they do not say."""
        for among in (tokens(_MARKS.split(before)[-1]), tokens(before)):
            last = {
                kind: max((end for _, end in finds(self._lists[name], among)), default=-1)
                for kind, name in ((OPENING, "opening"), (START, "start"))
            }
            found = max(last, key=lambda kind: last[kind])
            if last[found] >= 0:
                return found
        return ""

    def told(self, plan: Plan, text: str) -> Reading:
        """Return what a text of a conversation tells about a business of one's own, questions left out."""
        if not finds(self._lists["own"], tokens(text)):
            return Reading()
        kept = [part for part in re.findall(r"[^,.;!?\n]+[,.;!?\n]*", text) if not self.asks(part)]
        return self.read(plan, " ".join(kept))

    def read(self, plan: Plan, text: str, asked: Optional[Question] = None) -> Reading:
        """Return what a text answers; `asked` is the question that it was written for."""
        button = (
            next((one for one in asked.options if tokens(one.title) == tokens(text)), None) if asked else None
        )
        if asked and button:
            return Reading({asked.id: button.id})
        found: Dict[str, Set[str]] = {}
        wrong: List[str] = []
        clauses = [tokens(clause) for clause in self._clauses(text)]
        whole: Tokens = [token for clause in clauses for token in clause]
        for question in plan.questions:
            words = self._words.of(plan.id, question.id)
            here = question == asked
            for clause in clauses:
                found.setdefault(question.id, set()).update(self._in_clause(words, clause, here))
            if words.counted:
                numbers = _numbers(words, clauses, whole if here else ())
                wrong += ["staff_negative"] if any(number < 0 for number in numbers) else []
                found[question.id] = {
                    *(found[question.id] if not numbers else ()),
                    *(YES if number > 0 else NO for number in numbers if number >= 0),
                }
        if asked is not None and not wrong:
            self._answer_to(asked, whole, found)
        return _reading(plan, found, tuple(dict.fromkeys(wrong)))

    def _answer_to(self, asked: Question, whole: Tokens, found: Dict[str, Set[str]]) -> None:
        """Add what a yes, a no, doubt or the words of a button say to the question that was asked."""
        about_it = found[asked.id]
        others = any(values for name, values in found.items() if name != asked.id)
        if finds(self._lists["unsure"], whole):
            if not others:
                found[asked.id] = {UNSURE}
            return
        yes, no = _begins(self._lists["yes"], whole), _begins(self._lists["no"], whole)
        if not about_it and not (yes and no):
            titled = _by_title(asked, whole[(yes or no) :])
            about_it |= titled
        if others and not about_it:
            return  # »ja, og borde udenfor« to another question may be about either.
        if yes and not about_it - {NO}:
            about_it.add(YES)
        if no and NO in [option.id for option in asked.options]:
            about_it.add(NO)

    def _clauses(self, text: str) -> Iterable[str]:
        for part in _MARKS.split(text):
            yield from self._parting.split(part) if self._lists["parting"] else [part]

    def _in_clause(self, words: QuestionWords, clause: Tokens, asked: bool) -> Set[str]:
        """Give the answers that a clause says; YES also where the question has no such answer."""
        about = finds(words.about, clause)
        said: Set[str] = set()
        without: Set[int] = set()  # »alkoholfri øl« names what it is free of.
        for option, its in words.options.items():
            spans = finds(its.words, clause)
            spans += finds(its.near, clause) if asked or about else []
            for span in spans:
                if not self._negated(clause, span):
                    said.add(option)
                    without |= set(range(span[0], span[1] + 1)) if option == NO else set()
                elif option == YES:
                    said.add(NO)
        if said - {NO} or self._doubtful(clause):
            return said
        return said | {NO if self._negated(clause, span) else YES for span in about if span[0] not in without}

    def _doubtful(self, clause: Tokens) -> bool:
        return bool(finds(self._lists["unsure"], clause))

    def _negated(self, clause: Tokens, span: Tuple[int, int]) -> bool:
        start, end = span
        lifted = {
            at for first, last in finds(self._lists["not_negating"], clause) for at in range(first, last)
        }
        negations = [at for at, _ in finds(self._lists["negating"], clause) if at not in lifted]
        turns = [at for at, _ in finds(self._lists["turning"], clause)]
        for at in negations:
            if at < start and not any(at < turn < start for turn in turns):
                return True
            # »øl sælger vi ikke«: nothing of weight may follow.
            rest = clause[at + 1 :]
            if at >= end and len(finds(self._lists["filling"], rest)) >= len(rest):
                return True
        return False


def _begins(patterns: Iterable[str], among: Tokens) -> int:
    """Return how many words at the beginning are one of the patterns."""
    return max((end for start, end in finds(patterns, among) if start == 0), default=0)


def _numbers(words: QuestionWords, clauses: Iterable[Tokens], alone: Tokens) -> List[int]:
    """Return the numbers before what is counted; also a number that is the whole answer."""
    places = [(clause, start) for clause in clauses for start, _ in finds(words.about, clause) if start]
    if 1 <= len(alone) <= 2:
        places.append((alone, len(alone)))
    found = []
    for clause, at in places:
        number = next((word for word in clause[at - 1] if _NUMBER.fullmatch(word)), None)
        if number is not None:
            minus = at > 1 and bool(clause[at - 2] & _MINUS)
            found.append(-int(number) if minus else int(number))
        elif at > 1 and clause[at - 2] & _MINUS:
            found.append(-1)
    return found


def _by_title(asked: Question, said: Tokens) -> Set[str]:
    """Return the one option on whose button all words of weight stand."""
    weighty = [token for token in said if max(map(len, token)) > 2 or len(said) == 1]
    if not weighty:
        return set()
    titled = [
        option.id
        for option in asked.options
        if all(any(token & other for other in tokens(option.title)) for token in weighty)
    ]
    return set(titled) if len(titled) == 1 else set()


def _reading(plan: Plan, found: Mapping[str, Set[str]], wrong: Tuple[str, ...]) -> Reading:
    answers: Dict[str, str] = {}
    leaning, both = set(), set()
    for question in plan.questions:
        values = set(found.get(question.id, ()))
        possible = {option.id for option in question.options}
        if len(values - {YES}) > 0 and YES not in possible and NO not in values:
            values.discard(YES)  # »ja« beside which one says nothing more.
        if len(values) > 1:
            both.add(question.id)
        for value in values if len(values) == 1 else ():
            if value in possible or value == UNSURE:
                answers[question.id] = value
            elif value == YES and NO in possible:
                leaning.add(question.id)
    return Reading(answers, frozenset(leaning), frozenset(both), wrong)
