"""Reads dialog.yml of a municipality: with which leaders a business may book a talk, and when."""

from datetime import time
from pathlib import Path
from typing import Any, Dict, Iterable, List, Literal, Optional

from pydantic import StrictBool, conint, conlist, constr

from bot.content.municipalities import Folder
from bot.content.reading import Document, Problem
from bot.content.schema import Day, Identifier, Line, Strict
from bot.content.shapes import valid
from bot.core.dialogs import DialogOffer, DialogRules

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")
# Quoted, as people write it: »09.30«. Without quotation marks YAML would read a number.
ClockTime = constr(regex=r"^(0[7-9]|1[0-9])\.[0-5][0-9]$", strict=True)


class NoticeFile(Strict):
    """How many working days ahead a talk may be booked, at least and at most."""

    first: conint(ge=1, le=30, strict=True)
    last: conint(ge=1, le=90, strict=True)


class LeaderFile(Strict):
    """One leader: how long a talk is, where, and when it may begin."""

    leader: Line
    minutes: conint(ge=10, le=120, strict=True)
    place: Line
    mailbox: Optional[constr(regex=r"^[^@\s]+@[^@\s]+\.[a-z]+$")]
    times: Dict[Literal[WEEKDAYS], conlist(ClockTime, min_items=1)]


class DialogFile(Strict):
    """The shape of data/municipalities/<name>/dialog.yml; `agreed` is whether the leaders have said yes to it."""

    agreed: StrictBool
    notice: NoticeFile
    closed: List[Day] = []
    leaders: Dict[Identifier, LeaderFile]


def read(root: Path, folder: Folder, problems: List[Problem]) -> DialogRules:
    """Return what the municipality offers, nothing without the file; add what is wrong to `problems`."""
    path = root / "data" / "municipalities" / folder.municipality.id / "dialog.yml"
    if not path.exists():
        return DialogRules()
    document = Document(path, root)
    if not valid([document], DialogFile, problems):
        return DialogRules()
    wrong = list(_check(document, folder))
    problems += wrong
    return DialogRules() if wrong else _built(document.data, folder)


def _check(document: Document, folder: Folder) -> Iterable[Problem]:
    notice = document.data["notice"]
    if notice["last"] < notice["first"]:
        yield document.problem("`last` is before `first`", "notice", "last")
    for unit, entry in document.data["leaders"].items():
        if not folder.units.has(unit):
            yield document.problem(f"unknown unit {unit}", "leaders", unit)
        if not entry["times"]:
            yield document.problem("no times", "leaders", unit, "times")
        for weekday, times in entry["times"].items():
            at = [_minutes(text) for text in times]
            for number, (earlier, later) in enumerate(zip(at, at[1:]), start=1):
                if later < earlier + entry["minutes"]:
                    reason = f"{times[number]} begins before the talk of {times[number - 1]} is over"
                    yield document.problem(reason, "leaders", unit, "times", weekday, number)


def _built(data: Any, folder: Folder) -> DialogRules:
    offers = tuple(
        DialogOffer(
            unit=unit,
            leader=entry["leader"],
            minutes=entry["minutes"],
            place=entry["place"],
            mailbox=entry.get("mailbox") or folder.units.get(unit).mailbox,
            times={
                WEEKDAYS.index(weekday): tuple(time(*divmod(_minutes(text), 60)) for text in times)
                for weekday, times in entry["times"].items()
            },
        )
        for unit, entry in data["leaders"].items()
    )
    closed = frozenset(data.get("closed") or ())
    return DialogRules(offers, data["notice"]["first"], data["notice"]["last"], closed)


def _minutes(text: str) -> int:
    hours, minutes = text.split(".")
    return int(hours) * 60 + int(minutes)
