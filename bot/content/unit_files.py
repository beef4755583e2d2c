"""Units, as their files have them, and the rules for those files that a schema cannot express."""

from datetime import time
from typing import Any, Iterable, List, Mapping, Tuple

from bot.content.reading import Document, Problem
from bot.content.routing_schema import DAYS
from bot.core.units import Absence, Unit


def unit_of(document: Document) -> Unit:
    """Return the unit of a file that has the right shape."""
    data = dict(document.data)
    goal, capacity = data.pop("service_goal"), data.pop("capacity", None)
    days = (data.pop("opening", None) or {}).get("days") or {}
    absences = data.pop("absences", None) or ()
    data["topics"] = tuple(data.get("topics") or ())
    data["known_as"] = tuple(data.get("known_as") or ())
    data["called"] = data.get("called", data["name"])
    data.setdefault("called_in_full", data["called"])
    return Unit(
        working_days=goal["working_days"],
        goal_agreed=goal["agreed"],
        opening={DAYS.index(day): _hours(hours) for day, hours in days.items()},
        capacity=capacity["open_cases"] if capacity else None,
        full=capacity.get("then", "tell") if capacity else "tell",
        absences=tuple(
            Absence(absence["first"], absence["last"], absence.get("deputy") or "") for absence in absences
        ),
        **data,
    )


def check_units(files: List[Document], topics: Iterable[str]) -> Iterable[Problem]:
    """Yield what is wrong in the files of the right shape; `topics` are those that the municipality has."""
    owner: dict = {}
    ids = {document.data["id"] for document in files}
    for document in files:
        if document.data["id"] != document.path.stem:
            yield document.problem(
                f"id is {document.data['id']}, the file is named {document.path.stem}", "id"
            )
        for number, topic in enumerate(document.data.get("topics") or ()):
            first = owner.setdefault(topic, document.name)
            if first != document.name:
                yield document.problem(f"{first} has the topic {topic} too", "topics", number)
            if topic not in topics:
                yield document.problem(f"the municipality has no topic {topic}", "topics", number)
        yield from _check_times(document)
        yield from _check_deputies(document, ids)


def _check_times(document: Document) -> Iterable[Problem]:
    data: Mapping[str, Any] = document.data
    opening = data.get("opening")
    if opening is not None and not opening["days"]:
        yield document.problem("no day; leave opening out when it is not known", "opening", "days")
    for day, hours in (opening or {}).get("days", {}).items():
        opens, closes = _hours(hours)
        if opens >= closes:
            yield document.problem(f"{hours}: it closes before it opens", "opening", "days", day)
    for number, absence in enumerate(data.get("absences") or ()):
        if absence["last"] < absence["first"]:
            yield document.problem("it ends before it begins", "absences", number, "last")


def _check_deputies(document: Document, ids: Iterable[str]) -> Iterable[Problem]:
    data = document.data
    named: List[Tuple[Any, tuple]] = [(data.get("deputy"), ("deputy",))]
    named += [
        (absence.get("deputy"), ("absences", number, "deputy"))
        for number, absence in enumerate(data.get("absences") or ())
    ]
    for deputy, keys in named:
        if deputy and deputy == data["id"]:
            yield document.problem("a unit cannot stand in for itself", *keys)
        elif deputy and deputy not in ids:
            yield document.problem(f"unknown unit {deputy}", *keys)
    if (data.get("capacity") or {}).get("then") == "deputy" and not data.get("deputy"):
        yield document.problem("then: deputy, and there is no deputy", "capacity", "then")


def _hours(text: str) -> Tuple[time, time]:
    opens, closes = text.split("-")
    return _clock(opens), _clock(closes)


def _clock(text: str) -> time:
    hour, minute = text.split(".")
    return time(int(hour), int(minute))
