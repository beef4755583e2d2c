"""Reads data/plan_words.yml: how people answer the questions of plans in their own words."""

import re
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional

from pydantic import conlist, constr

from bot.content.reading import Document, Problem
from bot.content.schema import Identifier, Strict
from bot.content.shapes import valid
from bot.core.plans.plan import NO, YES, Plan
from bot.core.plans.wording import OptionWords, PlanWords, QuestionWords

LISTS = (
    "yes", "no", "unsure", "negating", "not_negating", "turning", "filling", "parting", "own", "question", "stop",
    "resume", "show", "accept", "person", "opening", "start",
)  # fmt: skip
_ID = constr(regex=r"^[a-z][a-z0-9_]*$", strict=True)
_Word = constr(regex=r"^(=?[a-zæøåé0-9/'-]+\*?|\*[a-zæøåé]+)( [a-zæøåé0-9/'-]+\*?)*$", strict=True)
_Words = List[_Word]
_Told = constr(min_length=4, max_length=80, strict=True)


class OptionFile(Strict):
    """One answer."""

    told: _Told
    words: _Words = []
    near: _Words = []


class QuestionFile(Strict):
    """One question."""

    about: _Words = []
    counted: bool = False
    options: Dict[_ID, OptionFile]


class PlanWordsFile(Strict):
    """The whole file."""

    lists: Dict[str, conlist(constr(min_length=1, strict=True), min_items=1)]
    questions: Dict[_ID, QuestionFile]
    plans: Dict[Identifier, Dict[_ID, QuestionFile]] = {}


def read(root: Path, plans: Mapping[str, Plan], problems: List[Problem]) -> Optional[PlanWords]:
    """Read the file below `root` and add what is wrong to `problems`; None when it cannot be used."""
    if not (root / "data" / "plan_words.yml").is_file():
        return PlanWords(dict.fromkeys(LISTS, ()), {})  # Buttons are enough.
    files = valid([Document(root / "data" / "plan_words.yml", root)], PlanWordsFile, problems)
    if not files:
        return None
    [document] = files
    # A plan that is itself wrong is not among them: what is said about it would mislead.
    found = list(_check(document, plans)) if plans else []
    problems += found
    if found:
        return None
    data = document.data
    return PlanWords(
        {name: tuple(words) for name, words in data["lists"].items()},
        _questions(data["questions"]),
        {plan: _questions(entries) for plan, entries in (data.get("plans") or {}).items()},
    )


def _questions(entries: Mapping[str, Any]) -> Dict[str, QuestionWords]:
    return {
        name: QuestionWords(
            tuple(entry.get("about") or ()),
            {
                option: OptionWords(its["told"], tuple(its.get("words") or ()), tuple(its.get("near") or ()))
                for option, its in entry["options"].items()
            },
            bool(entry.get("counted")),
        )
        for name, entry in entries.items()
    }


def _check(document: Document, plans: Mapping[str, Plan]) -> Iterable[Problem]:
    lists = document.data["lists"]
    for name in LISTS:
        if name not in lists:
            yield document.problem(f"the list {name} is missing", "lists")
    for name in lists:
        if name not in LISTS:
            yield document.problem(f"unknown list {name}", "lists", name)
    for number, pattern in enumerate(lists.get("parting", ())):
        try:
            re.compile(pattern)
        except re.error:
            yield document.problem(f"{pattern} is no regular expression", "lists", "parting", number)
    for name, entry in document.data["questions"].items():
        known = [_values(plan, name) for plan in plans.values()]
        yield from _options(
            document, entry, {value for values in known for value in values}, "questions", name
        )
    for plan_id, entries in (document.data.get("plans") or {}).items():
        plan = plans.get(plan_id)
        if plan is None:
            yield document.problem(f"there is no plan {plan_id}, or it is wrong", "plans", plan_id)
            continue
        for name, entry in entries.items():
            yield from _options(document, entry, set(_values(plan, name)), "plans", plan_id, name)


def _values(plan: Plan, name: str) -> List[str]:
    """Return the answers to a question; »ja« too where it only leaves open which one."""
    found = [option.id for question in plan.questions if question.id == name for option in question.options]
    return [*found, YES] if NO in found else found


def _options(document: Document, entry: Mapping[str, Any], values: set, *keys: Any) -> Iterable[Problem]:
    if not values:
        yield document.problem(f"no plan asks {keys[-1]}", *keys)
        return
    for option in entry["options"]:
        if option not in values:
            possible = ", ".join(sorted(values))
            yield document.problem(
                f"{option} is no answer to {keys[-1]}: {possible}", *keys, "options", option
            )
