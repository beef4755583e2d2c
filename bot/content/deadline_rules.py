"""Reads data/deadlines.yml: how each deadline is counted, and by which paragraph.

A rule names a way of counting (`ways`) and what is its own. The length stands in the topic's fact and nowhere else.
All municipalities share the file: a rule about a topic or a fact that only others have is left out. Without the file
there are no deadlines.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any, Iterator, List, Mapping, Optional

from bot.content.checks import HARDEST_LIX
from bot.content.deadline_schema import DeadlinesFile
from bot.content.reading import Document, Problem
from bot.content.shapes import valid
from bot.content.topic_files import topic_paths
from bot.core.counting import CLOSED
from bot.core.danish import long_date
from bot.core.deadline_rules import (
    DeadlineRule,
    DeadlineRules,
    Direction,
    Move,
    Unit,
    YearlyDay,
    length_of,
    pattern_of,
)
from bot.core.knowledge import Fact, Source, Topic
from bot.core.readability import lix

# Any year without a leap day.
_IN_A_YEAR = date(2027, 1, 1)
PLACES = {"sentence": {"start", "day", "length", "period"}, "afterwards": {"next"}}


def read(root: Path, topics: Mapping[str, Topic], problems: List[Problem]) -> DeadlineRules:
    """Return the rules of the file, and add what is wrong with it to `problems`; a rule that is wrong is left out."""
    path = root / "data" / "deadlines.yml"
    good = valid([Document(path, root)], DeadlinesFile, problems) if path.exists() else []
    rules = []
    for document in good:
        for rule_id in document.data["deadlines"]:
            wrong = list(_check(document, rule_id, topics, root))
            problems += wrong
            if not wrong and _is_here(document.data["deadlines"][rule_id], topics):
                rules.append(_rule(document, rule_id))
    return DeadlineRules(rules)


def _is_here(entry: Mapping[str, Any], topics: Mapping[str, Topic]) -> bool:
    topic = topics.get(entry["topic"])
    return topic is not None and (not entry.get("fact") or entry["fact"] in topic.facts)


def _is_elsewhere(root: Path, topic: str, fact: Optional[str] = None) -> bool:
    """Tell whether some municipality has the topic, and the fact in it: then the rule is no mistake."""
    files = [path for path in topic_paths(root / "data") if path.stem == topic]
    if fact is None:
        return bool(files)
    name = re.compile(rf"^  {re.escape(fact)}:", re.M)
    return any(name.search(path.read_text(encoding="utf-8")) for path in files)


def _check(document: Document, rule_id: str, topics: Mapping[str, Topic], root: Path) -> Iterator[Problem]:
    entry, at = document.data["deadlines"][rule_id], ("deadlines", rule_id)
    way = document.data["ways"].get(entry["way"])
    if way is None:
        yield document.problem(f"no way of counting is named {entry['way']}", *at, "way")
        return
    if not entry.get("fact") and not way.get("sources"):
        yield document.problem("no source, no answer", *at)
    for name in way.get("sources") or ():
        if name not in document.data["sources"]:
            yield document.problem(f"unknown source {name}", "ways", entry["way"], "sources")
    both = {**way, **entry}
    for name in ("starts", "sentence"):
        if not both.get(name):
            yield document.problem(f"{name} is missing, here and in the way {entry['way']}", *at)
    if entry.get("judge") and not entry.get("note"):
        yield document.problem("a rule with judge needs a note that says who decides what", *at, "judge")
    yield from _check_texts(document, at, both)
    topic = topics.get(entry["topic"])
    fact = entry.get("fact")
    if topic is None:
        if not _is_elsewhere(root, entry["topic"]):
            yield document.problem(f"no topic is named {entry['topic']}", *at, "topic")
    elif (fact or not entry.get("calendar")) and fact not in topic.facts:
        if fact is None or not _is_elsewhere(root, topic.id, fact):
            yield document.problem(f"{topic.id} has no fact named {fact}", *at, "fact")
    elif entry.get("calendar"):
        yield from _check_calendar(document, at, entry, topic)
    else:
        yield from _check_length(document, at, both, topic.facts[entry["fact"]])


def _check_texts(document: Document, at: tuple, both: Mapping[str, Any]) -> Iterator[Problem]:
    for name, known in PLACES.items():
        for place in re.findall(r"\{([^{}]*)\}", both.get(name) or ""):
            if place not in known:
                yield document.problem(f"{name} has no place {{{place}}}", *at, name)
    for name in ("sentence", "law", "note", "afterwards"):
        text = re.sub(r"\{[^{}]*\}", "den dag", both.get(name) or "")
        if text and lix(text) > HARDEST_LIX:
            yield document.problem(f"{name}: LIX {lix(text):.0f}, at most {HARDEST_LIX}", *at, name)


def _check_length(document: Document, at: tuple, both: Mapping[str, Any], fact: Fact) -> Iterator[Problem]:
    for period in fact.periods:
        length = length_of(fact, period)
        if length is None:
            reason = f"{fact.id} is no whole number of days, weeks, months or years: {fact.shown(period)}"
            yield document.problem(reason, *at, "fact")
        elif length.unit is Unit.WORKING_DAYS and both.get("counts") == "before":
            yield document.problem("working days are counted forwards only", *at, "fact")


def _check_calendar(
    document: Document, at: tuple, entry: Mapping[str, Any], topic: Topic
) -> Iterator[Problem]:
    """Yield days that do not exist, and days that the topic's fact does not name: the two must not drift apart."""
    fact = topic.facts.get(entry.get("fact") or "")
    for number, due in enumerate(entry["calendar"]):
        day = _day_of(due["day"])
        if day is None:
            yield document.problem(f"there is no day {due['day']} in every year", *at, "calendar", number)
        elif fact and not all(day in period.value for period in fact.periods):
            yield document.problem(f"the fact {fact.id} does not name {day}", *at, "calendar", number)


def _day_of(text: str) -> Optional[str]:
    """Return "1. marts" for 03-01; None when not every year has that day."""
    month, day = (int(part) for part in text.split("-"))
    try:
        # 2027 has no 29 February.
        return long_date(_IN_A_YEAR.replace(month=month, day=day)).rpartition(" ")[0]
    except ValueError:
        return None


def _rule(document: Document, rule_id: str) -> DeadlineRule:
    entry = document.data["deadlines"][rule_id]
    way = document.data["ways"][entry["way"]]
    both = {**way, **entry}
    return DeadlineRule(
        id=rule_id,
        topic=entry["topic"],
        title=entry["title"],
        fact=entry.get("fact"),
        starts=both["starts"].strip(),
        sentence=both["sentence"].strip(),
        sources=tuple(_source(document, name) for name in way.get("sources") or ()),
        law=way["law"].strip(),
        direction=Direction(way.get("counts", "after")),
        move=Move(way["moves"]),
        closed=tuple(CLOSED[name] for name in way.get("closed") or ()),
        first_day_counts=way.get("first_day_counts", False),
        full_days=way.get("full_days", False),
        started=way.get("started", False),
        asks=tuple(both.get("asks") or ()),
        words=pattern_of(both["words"]) if both.get("words") else None,
        judge=entry.get("judge", False),
        note=(entry.get("note") or "").strip(),
        afterwards=(entry.get("afterwards") or "").strip(),
        calendar=tuple(_yearly(due) for due in entry.get("calendar") or ()),
    )


def _source(document: Document, name: str) -> Source:
    entry = document.data["sources"][name]
    return Source(name, entry["title"], entry["url"], entry["checked"])


def _yearly(due: Mapping[str, str]) -> YearlyDay:
    month, day = due["day"].split("-")
    return YearlyDay(int(month), int(day), due["period"])
