"""Plan files become plans: each alone, against the topics it uses, and beside the other plans."""

from pathlib import Path
from typing import Any, Collection, Dict, Iterable, List, Mapping, Optional, Tuple

from bot.content import plan_schema
from bot.content.municipalities import Folder
from bot.content.plan_checks import PlanChecks
from bot.content.plan_conditions import WORDS, ConditionReader
from bot.content.reading import Document, Problem, documents
from bot.content.shapes import valid
from bot.content.topic_files import facts_anywhere
from bot.core.knowledge import Topic
from bot.core.plans.plan import NO, YES, Option, Plan, Question, Step

# The words that may stand where the name of a fact stands.
UNKNOWN, AT_ONCE, FREE = "unknown", "none", "free"
_YES_NO = (Option(YES, "Ja"), Option(NO, "Nej"))


def read(
    root: Path, folder: Folder, topics: Mapping[str, Topic], trades: Collection[str], problems: List[Problem]
) -> Dict[str, Plan]:
    """Read data/plans below `root` and add what is wrong to `problems`; a plan that is wrong is left out.

    Args:
        root: the project's folder.
        folder: the municipality.
        topics: those of the municipality that are right.
        trades: ids of all trades.
        problems: grows.
    """
    files = valid(documents(root / "data" / "plans", root), plan_schema.PlanFile, problems)
    checks = PlanChecks(root, folder, topics, lambda: facts_anywhere(root))
    problems += _check_trades(files, trades)
    plans: Dict[str, Plan] = {}
    for document in files:
        found: List[Problem] = []
        plan = _plan(document, folder, found)
        # What is checked on the whole needs parts that are right.
        found += checks.of_parts(document) or ([] if found else checks.of_whole(document, plan))
        problems += found
        if not found:
            plans[plan.id] = plan
    return plans


def _check_trades(files: Iterable[Document], trades: Collection[str]) -> Iterable[Problem]:
    owner: Dict[str, str] = {}
    for document in files:
        for number, trade in enumerate(document.data["trades"]):
            first = owner.setdefault(trade, document.name)
            if first != document.name:
                yield document.problem(f"{first} has the trade {trade} too", "trades", number)
            if trades and trade not in trades:
                yield document.problem(f"unknown trade {trade}", "trades", number)


def _plan(document: Document, folder: Folder, problems: List[Problem]) -> Plan:
    data = document.data
    questions: List[Question] = []
    names = list(data.get("questions") or ())
    for number, name in enumerate(names):
        entry = data["questions"][name]
        reader = ConditionReader(document, _values(questions), names[number:], problems)
        condition = reader.read(entry.get("ask_when"), "questions", name, "ask_when")
        questions.append(_question(name, entry, condition))
        if name in WORDS:
            problems.append(document.problem(f"questions.{name}: a word of conditions", "questions", name))
    reader = ConditionReader(document, _values(questions), (), problems)
    return Plan(
        id=data["plan"],
        title=data["title"],
        description=data["description"],
        trades=tuple(data["trades"]),
        questions=tuple(questions),
        steps=tuple(
            _step(name, entry, reader.read(entry.get("when"), "steps", name, "when"), folder)
            for name, entry in data["steps"].items()
        ),
        topics=tuple(data.get("topics") or ()),
        file=document.name,
    )


def _values(questions: Iterable[Question]) -> Dict[str, List[str]]:
    return {question.id: [option.id for option in question.options] for question in questions}


def _question(name: str, entry: Mapping[str, Any], condition) -> Question:
    choices = tuple(Option(key, title) for key, title in (entry.get("choices") or {}).items())
    return Question(
        id=name,
        text=entry["text"].strip(),
        options=choices or _YES_NO,
        help=(entry.get("help") or "").strip(),
        ask_when=condition,
        unsure=entry.get("unsure") or "",
    )


def _step(name: str, entry: Mapping[str, Any], condition, folder: Folder) -> Step:
    return Step(
        id=name,
        title=entry["title"],
        topic=entry["topic"],
        when=condition,
        after=tuple(entry.get("after") or ()),
        text=folder.names.fill((entry.get("text") or "").strip(), entry["topic"]),
        documents=tuple(folder.names.fill(text, entry["topic"]) for text in entry.get("documents") or ()),
        duration=fact_names(entry["duration"]),
        at_once=entry["duration"] == AT_ONCE,
        lead=fact_names(entry.get("lead")),
        price=fact_names(entry["price"]),
        free=entry["price"] == FREE,
        every=entry.get("every") or "",
        for_example=entry.get("for_example") or "",
        capital=entry.get("capital") or "",
        link=entry.get("link") or "",
        decides=folder.authorities.get(entry.get("decides") or ""),
        send_to=folder.authorities.get(entry.get("send_to") or ""),
        after_opening=bool(entry.get("after_opening")),
    )


def fact_names(value: Any) -> Tuple[str, ...]:
    """Return the names of facts that stand at a key, without the words that are none."""
    names: Optional[List[str]] = [value] if isinstance(value, str) else value
    return tuple(name for name in names or () if name not in (UNKNOWN, AT_ONCE, FREE))
