"""Reads who gets which case: data/routing.yml, and what a municipality has decided in its own routing.yml."""

import re
from itertools import chain
from pathlib import Path
from typing import Any, Container, Dict, Iterable, List, Mapping, Optional

from bot.content import routing_schema
from bot.content.checks import check_prose, check_readable
from bot.content.municipalities import OWN_AUTHORITY, Folder
from bot.content.reading import Document, Problem
from bot.content.shapes import valid
from bot.core.answering import PLACEHOLDER
from bot.core.knowledge import Topic
from bot.core.places import Area
from bot.core.routing_rules import LARGEST, Condition, Rule, Rules

# The reserved word for the unit in the sentence of a rule, and how such a sentence begins.
UNIT, BECAUSE = "enhed", "fordi "
_MOST_WORDS = 40


def read(
    root: Path,
    folder: Folder,
    topics: Mapping[str, Topic],
    anywhere: Container[str],
    plans: Container[str],
    trades: Container[str],
    problems: List[Problem],
) -> Rules:
    """Read the rules below `root` and add what is wrong to `problems`; with something wrong nothing is returned.

    Args:
        root: the project's folder.
        folder: the municipality's.
        topics: those that it has.
        anywhere: those that any municipality has.
        plans: ids of the plans.
        trades: ids of the trades.
        problems: grows.
    """
    general = Document(root / "data" / "routing.yml", root)
    path = folder.place.path.parent / "routing.yml"
    own = Document(path, root) if path.exists() else None
    found = valid([general], routing_schema.RoutingFile, problems)
    if own is not None:
        found += valid([own], routing_schema.LocalRoutingFile, problems)
    if len(found) < (1 if own is None else 2):
        return Rules()
    wrong = list(_check_general(general, topics, anywhere))
    if own is not None:
        wrong += _Checks(own, folder, topics, plans, trades).all(general.data["sent_on"])
    problems += wrong
    return Rules() if wrong else _rules(general.data, own.data if own else {}, folder, topics)


def _check_general(
    document: Document, topics: Mapping[str, Topic], anywhere: Container[str]
) -> Iterable[Problem]:
    for number, topic in enumerate(document.data["sent_on"]):
        if topic not in anywhere:
            yield document.problem(f"unknown topic {topic}", "sent_on", number)
        elif topic in topics and topics[topic].authority.id == OWN_AUTHORITY:
            yield document.problem(f"the municipality itself decides {topic}", "sent_on", number)
    for key in ("wish", "everything"):
        for number, pattern in enumerate(document.data[key]):
            try:
                re.compile(pattern)
            except re.error as error:
                yield document.problem(f"no regular expression: {error}", key, number)


class _Checks:
    """What is wrong in a municipality's file that already has the right shape."""

    def __init__(
        self,
        document: Document,
        folder: Folder,
        topics: Mapping[str, Topic],
        plans: Container[str],
        trades: Container[str],
    ):
        self._document = document
        self._folder = folder
        themes = {topic.theme for topic in topics.values()}
        places = {*(document.data.get("areas") or {}), *(area.value for area in Area)}
        self._known: Mapping[str, Container[str]] = {
            "topics": topics, "themes": themes, "plans": plans, "places": places, "trades": trades,
        }  # fmt: skip

    def all(self, sent_on: Container[str]) -> Iterable[Problem]:
        data = self._document.data
        for number, topic in enumerate(data.get("takes") or ()):
            if topic not in sent_on:
                yield self._document.problem(f"{topic} is not sent on", "takes", number)
        for key, unit in (data.get("coordinator") or {}).items():
            if key != "agreed" and not (key == "several" and unit == LARGEST):
                yield from self._unit(unit, "coordinator", key)
        for name, rule in (data.get("overrides") or {}).items():
            yield from self._rule(name, rule)

    def _rule(self, name: str, rule: Mapping[str, Any]) -> Iterable[Problem]:
        target = "also" if "also" in rule else "unit"
        if ("unit" in rule) == ("also" in rule):
            yield self._document.problem(f"overrides.{name} needs either unit or also", "overrides", name)
        else:
            yield from self._unit(rule[target], "overrides", name, target)
        when = rule["when"]
        if not when:
            yield self._document.problem(f"overrides.{name} has no condition", "overrides", name, "when")
        if when.get("no_topic") and (when.get("topics") or when.get("themes")):
            yield self._document.problem("no_topic and topics at once", "overrides", name, "when", "no_topic")
        for key, known in self._known.items():
            for number, value in enumerate(when.get(key) or ()):
                if value not in known:
                    reason = f"unknown {key[:-1]} {value}"
                    yield self._document.problem(reason, "overrides", name, "when", key, number)
        keys = ("overrides", name, "because")
        text = str(rule["because"])
        if not text.startswith(BECAUSE) or not text.endswith("."):
            yield self._document.problem(
                f"the sentence must begin with {BECAUSE.strip()} and end with .", *keys
            )
        yield from check_prose(self._document, keys, text, {UNIT})
        yield from check_readable(self._document, keys, text, {UNIT: "enheden"}, _MOST_WORDS)

    def _unit(self, unit: str, *keys: Any) -> Iterable[Problem]:
        if not self._folder.units.has(unit):
            yield self._document.problem(f"unknown unit {unit}", *keys)


def _rules(general: Mapping, own: Mapping, folder: Folder, topics: Mapping[str, Topic]) -> Rules:
    coordinator = own.get("coordinator") or {}
    return Rules(
        rules=tuple(_rule(name, rule, folder, topics) for name, rule in (own.get("overrides") or {}).items()),
        areas={name: tuple(words) for name, words in (own.get("areas") or {}).items()},
        sent_on=frozenset(general["sent_on"]) - frozenset(own.get("takes") or ()),
        plan_coordinator=coordinator.get("plan", ""),
        coordinator=coordinator.get("several", LARGEST),
        wish=tuple(general["wish"]),
        everything=tuple(general["everything"]),
    )


def _rule(name: str, rule: Mapping, folder: Folder, topics: Mapping[str, Topic]) -> Rule:
    unit = rule.get("unit") or rule["also"]
    when: Dict[str, Any] = dict(rule["when"])
    themes = when.pop("themes", ())
    of_themes = (topic.id for topic in topics.values() if topic.theme in themes)
    lists = {
        key: frozenset(map(str, when.get(key) or ())) for key in ("plans", "places", "trades", "languages")
    }
    called = folder.units.get(unit).called
    return Rule(
        id=name,
        when=Condition(
            topics=frozenset(chain(when.get("topics") or (), of_themes)),
            no_topic=bool(when.get("no_topic")),
            amount_from=_number(when.get("amount_from")),
            amount_below=_number(when.get("amount_below")),
            **lists,
        ),
        unit=unit,
        because=PLACEHOLDER.sub(called, rule["because"]),
        also="also" in rule,
    )


def _number(value: Any) -> Optional[float]:
    return None if value is None else float(value)
