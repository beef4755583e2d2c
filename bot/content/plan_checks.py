"""The rules of docs/add-a-plan.md that a schema cannot express."""

from functools import cached_property
from pathlib import Path
from typing import Any, Callable, Collection, Iterable, List, Mapping, Tuple

from bot.content.checks import check_prose, check_readable
from bot.content.municipalities import Folder
from bot.content.reading import Document, Problem
from bot.core.knowledge import Fact, Topic
from bot.core.plans.asking import changes_something, reachable
from bot.core.plans.money import money_of
from bot.core.plans.order import circle
from bot.core.plans.plan import Plan
from bot.core.plans.spans import span_of
from bot.core.readability import words

MOST_WORDS = 70
_FEWEST_WORDS = 12
# What else stands in the address of a plan.
RESERVED = ("plan", "start", "aabning", "gjort", "fortalt", "hvor", "nu", "svar")
_SPAN, _MONEY, _ANY = "a time in working days, days, weeks or months", "an amount in kr.", ""
# Which keys name facts, what these must tell, and the words that may stand there instead.
_FACTS: Mapping[str, Tuple[str, Tuple[str, ...]]] = {
    "duration": (_SPAN, ("unknown", "none")),
    "lead": (_SPAN, ()),
    "price": (_MONEY, ("unknown", "free")),
    "capital": (_MONEY, ()),
    "for_example": (_ANY, ()),
}


class PlanChecks:
    """Checks plan files against topics and facts.

    Args:
        root: the project's folder.
        folder: the municipality.
        topics: those of the municipality that are right.
        anywhere: reads the names of the facts of all municipalities; takes long, and is only asked when it must be.
    """

    def __init__(
        self,
        root: Path,
        folder: Folder,
        topics: Mapping[str, Topic],
        anywhere: Callable[[], Collection[str]],
    ):
        self._folder = folder
        self._topics = topics
        self._general = {path.stem for path in (root / "data" / "knowledge").glob("*/*.yml")}
        self._facts = {name: fact for topic in topics.values() for name, fact in topic.facts.items()}
        self._read_anywhere = anywhere

    @cached_property
    def _anywhere(self) -> Collection[str]:
        return self._read_anywhere()

    def of_parts(self, document: Document) -> List[Problem]:
        """Return what is wrong with single questions and steps of a file of the right shape."""
        data = document.data
        found = []
        if data["plan"] != document.path.stem:
            found.append(
                document.problem(f"plan is {data['plan']}, the file is named {document.path.stem}", "plan")
            )
        if not data["steps"]:
            found.append(document.problem("a plan has steps", "steps"))
        for key in ("title", "description"):
            found += _prose(document, (key,), data[key], {}, ())
        for number, topic in enumerate(data.get("topics") or ()):
            if topic not in self._general:
                found.append(document.problem(f"data/knowledge has no topic {topic}", "topics", number))
        for name, question in (data.get("questions") or {}).items():
            found += _check_question(document, name, question)
        for name, step in data["steps"].items():
            found += self._check_step(document, name, step)
        return found

    def of_whole(self, document: Document, plan: Plan) -> Iterable[Problem]:
        """Yield what is wrong with the questions and steps together, when each of them is right."""
        found = circle({step.id: step.after for step in plan.steps})
        if found:
            reason = f"these steps wait for each other: {', '.join(found)}"
            yield document.problem(reason, "steps", found[0], "after")
        after_opening = {step.id for step in plan.steps if step.after_opening}
        for step in plan.steps:
            if not reachable(plan, step):
                yield document.problem(f"no answers lead to the step {step.id}", "steps", step.id, "when")
            if not step.after_opening and after_opening.intersection(step.after):
                yield document.problem(
                    f"{step.id} waits for what comes after the opening", "steps", step.id, "after"
                )
        for question in plan.questions:
            if not changes_something(plan, question):
                yield document.problem(
                    f"the question {question.id} changes nothing", "questions", question.id
                )

    def _check_step(self, document: Document, name: str, step: Mapping[str, Any]) -> Iterable[Problem]:
        at: tuple = ("steps", name)
        yield from _prose(document, (*at, "title"), step["title"], {}, ())
        for number, other in enumerate(step.get("after") or ()):
            if other not in document.data["steps"]:
                yield document.problem(f"unknown step {other}", *at, "after", number)
        for key in ("decides", "send_to"):
            if step.get(key) not in (None, *self._folder.authorities):
                yield document.problem(f"unknown authority {step[key]}", *at, key)
        if step.get("for_example") and step["price"] != "unknown":
            yield document.problem("for_example stands beside `price: unknown` only", *at, "for_example")
        for key in _FACTS:
            if key in step:
                yield from self._check_facts(document, (*at, key), step[key])
        if step["topic"] not in self._general:
            yield document.problem(f"data/knowledge has no topic {step['topic']}", *at, "topic")
        topic = self._topics.get(step["topic"])
        if topic is None:
            return  # The topic's own mistake is reported already.
        if step.get("link") and step["link"] not in [source.id for source in topic.sources]:
            yield document.problem(f"{topic.id} has no source {step['link']}", *at, "link")
        names = self._folder.names.of(topic.id)
        texts = [((*at, "text"), step.get("text") or "")]
        texts += [
            ((*at, "documents", number), text) for number, text in enumerate(step.get("documents") or ())
        ]
        for keys, text in texts:
            yield from _prose(document, keys, text, names, topic.facts)

    def _check_facts(self, document: Document, keys: Tuple[Any, ...], value: Any) -> Iterable[Problem]:
        tells, allowed = _FACTS[keys[-1]]
        names = [value] if isinstance(value, str) else value
        for name in names:
            if isinstance(value, str) and name in allowed:
                continue
            fact = self._facts.get(name)
            if fact is None and name not in self._anywhere:
                yield document.problem(f"no topic has a fact {name}", *keys)
            elif fact is not None and not _tells(fact, tells):
                yield document.problem(f"the fact {name} does not tell {tells}", *keys)


def _tells(fact: Fact, tells: str) -> bool:
    try:
        for period in fact.periods:
            if tells == _SPAN:
                span_of(period.value, fact.unit)
            if tells == _MONEY:
                money_of(period.value, fact.unit)
    except ValueError:
        return False
    return True


def _check_question(document: Document, name: str, question: Mapping[str, Any]) -> Iterable[Problem]:
    at = ("questions", name)
    if name in RESERVED:
        yield document.problem(f"{name} stands for something else in the plan's address", *at)
    for key in ("text", "help"):
        yield from _prose(document, (*at, key), question.get(key) or "", {}, ())
    for choice, title in (question.get("choices") or {}).items():
        yield from _prose(document, (*at, "choices", choice), title, {}, ())
    possible = list(question.get("choices") or ("ja", "nej"))
    if question.get("unsure") and question["unsure"] not in possible:
        yield document.problem(
            f"{question['unsure']} is no answer to {name}: {', '.join(possible)}", *at, "unsure"
        )


def _prose(
    document: Document, keys: tuple, text: str, names: Mapping[str, str], facts: Collection[str]
) -> Iterable[Problem]:
    if text:
        yield from check_prose(document, keys, text, {*facts, *names})
        # What is shorter is a title or a question: one long word in it says nothing about how hard it is to read.
        if len(words(text)) >= _FEWEST_WORDS:
            yield from check_readable(document, keys, text, names, MOST_WORDS)
