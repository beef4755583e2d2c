"""Which questions are still to be asked, and which steps follow from the answers."""

from itertools import product
from typing import Dict, FrozenSet, Iterator, List, NamedTuple, Tuple

from bot.core.plans.conditions import Answers, holds, mentioned, truth
from bot.core.plans.plan import UNSURE, Option, Plan, Question, Step


class _State(NamedTuple):
    """What counts of the answers, the questions that may still be asked, and those of them that may be asked now."""

    counting: Dict[str, str]
    still_open: FrozenSet[str]
    due: List[Question]


def counting(plan: Plan, given: Answers) -> Dict[str, str]:
    """Return the answers that count: those to questions that are asked, with doubt as what it counts as."""
    return _state(plan, given).counting


def still_to_ask(plan: Plan, given: Answers) -> List[Question]:
    """Return the questions that can be asked now and whose answer can change the plan, in order."""
    state = _state(plan, given)
    return [question for question in state.due if _matters(plan, question.id, state)]


def at_most_to_ask(plan: Plan, given: Answers) -> int:
    """Return how many questions may come, those included that depend on answers to come."""
    state = _state(plan, given)
    return sum(_matters(plan, name, state) for name in state.still_open)


def open_as_doubt(plan: Plan, given: Answers) -> Dict[str, str]:
    """Return the answers, with doubt for every question that is still to be asked."""
    answers = dict(given)
    questions = still_to_ask(plan, answers)
    while questions:
        answers[questions[0].id] = UNSURE
        questions = still_to_ask(plan, answers)
    return answers


def in_doubt(plan: Plan, question: Question) -> str:
    """Return the answer that doubt counts as: what the file says, else the one that most steps may follow from."""
    if question.unsure:
        return question.unsure
    others = frozenset(one.id for one in plan.questions if one.id != question.id)

    def steps(option: Option) -> int:
        return sum(truth(step.when, {question.id: option.id}, others) is not False for step in plan.steps)

    return max(question.options, key=steps).id


def steps_for(plan: Plan, given: Answers) -> Tuple[Step, ...]:
    """Return the steps that the answers lead to, in the order of the file."""
    answers = counting(plan, given)
    return tuple(step for step in plan.steps if holds(step.when, answers))


def paths(plan: Plan) -> Iterator[Dict[str, str]]:
    """Give every set of answers that somebody can reach by answering what is asked."""
    waiting: List[Dict[str, str]] = [{}]
    while waiting:
        answers = waiting.pop()
        questions = still_to_ask(plan, answers)
        if questions:
            first = questions[0]
            waiting += [{**answers, first.id: option.id} for option in reversed(first.options)]
        else:
            yield answers


def reachable(plan: Plan, step: Step) -> bool:
    """Tell whether some answers lead to the step."""
    return any(holds(step.when, answers) for answers in _combinations(plan, step))


def changes_something(plan: Plan, question: Question) -> bool:
    """Tell whether two answers to the question can lead to different steps."""
    for step in plan.steps:
        if question.id not in _about(plan, step):
            continue
        for given in _combinations(plan, step):
            found = {
                holds(step.when, counting(plan, {**given, question.id: option.id}))
                for option in question.options
            }
            if question.id in given and len(found) > 1:
                return True
    return False


def _state(plan: Plan, given: Answers) -> _State:
    answers: Dict[str, str] = {}
    still_open: FrozenSet[str] = frozenset()
    due = []
    for question in plan.questions:
        asked = truth(question.ask_when, answers, still_open)
        value = given.get(question.id, "")
        if asked is False:
            continue
        if asked and question.takes(value):
            answers[question.id] = in_doubt(plan, question) if value == UNSURE else value
            continue
        still_open |= {question.id}
        if asked:
            due.append(question)
    return _State(answers, still_open, due)


def _matters(plan: Plan, name: str, state: _State) -> bool:
    # A question may only depend on earlier ones, so this comes to an end.
    conditions = [step.when for step in plan.steps]
    conditions += [
        question.ask_when
        for question in plan.questions
        if question.id in state.still_open
        and name in mentioned(question.ask_when)
        and _matters(plan, question.id, state)
    ]
    return any(
        name in mentioned(condition) and truth(condition, state.counting, state.still_open) is None
        for condition in conditions
    )


def _about(plan: Plan, step: Step) -> FrozenSet[str]:
    """Return the questions on whose answers the step depends, directly or because they are asked on others."""
    found = mentioned(step.when)
    for question in reversed(plan.questions):
        if question.id in found:
            found |= mentioned(question.ask_when)
    return found


def _combinations(plan: Plan, step: Step) -> Iterator[Dict[str, str]]:
    """Give the answers that count of every combination of those the step depends on."""
    about = _about(plan, step)
    questions = [question for question in plan.questions if question.id in about]
    for values in product(*([option.id for option in question.options] for question in questions)):
        yield counting(plan, {question.id: value for question, value in zip(questions, values)})
