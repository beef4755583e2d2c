"""What a visitor reads differently when a topic is changed, paragraph by paragraph and word by word."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Dict, List, Mapping, Optional, Sequence, Set, Tuple

from bot.core.answering import Phrases, ShownFact, everything, filled, numbered_steps, value
from bot.core.danish import long_date
from bot.core.knowledge import ASPECTS, Topic

SAME, REMOVED, ADDED = "same", "removed", "added"

# A figure such as 20.000 or 1/2 is one word; a full stop after a word is none of it.
_TOKEN = re.compile(r"\s+|\w+(?:[.,:/–-]\w+)*|[^\w\s]")
_FACTS = "facts."


@dataclass(frozen=True)
class Change:
    """One text that is read differently.

    Attributes:
        where: title, description, short, aspects.<aspect>, steps, sources, authority or facts.<fact>.
        before: the text with its figures put in; empty: it was not there.
        after: the same for what comes instead; empty: it is gone.
    """

    where: str
    before: str
    after: str


def changes(before: Optional[Topic], after: Optional[Topic], today: date, phrases: Phrases) -> List[Change]:
    """Return what is read differently on `today` when `after` takes the place of `before`.

    None stands for a topic that is not there: every text of a new topic is added, every one of a removed one taken
    away. What changes nothing that is read, such as another name for a figure, is no change.
    """
    return compared(
        texts(before, today, phrases) if before else {}, texts(after, today, phrases) if after else {}
    )


def texts(topic: Topic, today: date, phrases: Phrases) -> Dict[str, str]:
    """Return all that is read about a topic on `today`, by place; the places are those of `Change.where`.

    A figure is its value and the days that it holds; one without a value on the day is left out.
    """
    sides = {f"aspects.{aspect}": topic.aspects[aspect] for aspect in ASPECTS if aspect in topic.aspects}
    paragraphs = {"short": topic.short, **sides}
    return {
        "title": topic.title,
        "description": topic.description,
        **{where: filled(topic, text, today, phrases)[0] for where, text in paragraphs.items()},
        "steps": numbered_steps(topic, today, phrases)[0],
        "sources": _sources(topic, today, phrases),
        "authority": f"{topic.authority.name}, {topic.authority.url}",
        **{
            f"{_FACTS}{fact.id}": _figure(ShownFact(fact, period), phrases)
            for fact in topic.facts.values()
            if (period := fact.on(today))
        },
    }


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> List[Change]:
    """Return where two results of `texts` differ, in the order of a topic's page."""
    found = [
        Change(where, before.get(where, ""), after.get(where, ""))
        for where in _places(before, after)
        if _read(before.get(where, "")) != _read(after.get(where, ""))
    ]
    return _without_renamed(found)


def words(before: str, after: str) -> List[Tuple[str, str]]:
    """Return both texts in pieces, (kind, text), with the kinds SAME, REMOVED and ADDED.

    The pieces that are not ADDED make up `before`, those that are not REMOVED make up `after`. Between two SAME ones
    stand at most one REMOVED and one ADDED, in this order. Spaces and full stops alone do not part two changes.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    # Spaces are junk: two texts that share nothing but spaces share nothing.
    steps = SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes()
    pieces: List[Tuple[str, str]] = []
    removed = added = ""
    for number, (tag, from_old, to_old, from_new, to_new) in enumerate(steps):
        gone, come = "".join(old[from_old:to_old]), "".join(new[from_new:to_new])
        between = 0 < number < len(steps) - 1 and not any(map(str.isalnum, gone))
        if tag == "equal" and not between:
            pieces += _changed(removed, added)
            pieces.append((SAME, gone))
            removed = added = ""
        else:
            removed, added = removed + gone, added + come
    return pieces + _changed(removed, added)


def _changed(removed: str, added: str) -> List[Tuple[str, str]]:
    return [(kind, text) for kind, text in ((REMOVED, removed), (ADDED, added)) if text]


def _read(text: str) -> str:
    """Where a line of the file is broken is not read."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _places(before: Mapping[str, str], after: Mapping[str, str]) -> Sequence[str]:
    order = ["title", "description", "short", *(f"aspects.{aspect}" for aspect in ASPECTS)]
    order += ["steps", "sources", "authority"]
    named = {**before, **after}
    return [*(where for where in order if where in named), *(where for where in named if where not in order)]


def _without_renamed(found: List[Change]) -> List[Change]:
    """Leave out a figure that went and came back under another name: names are not read."""
    figures = [change for change in found if change.where.startswith(_FACTS)]
    renamed: Set[Change] = set()
    for gone in (change for change in figures if not change.after):
        twins = (
            change
            for change in figures
            if (change.before, change.after) == ("", gone.before) and change not in renamed
        )
        twin = next(twins, None)
        if twin:
            renamed |= {gone, twin}
    return [change for change in found if change not in renamed]


def _sources(topic: Topic, today: date, phrases: Phrases) -> str:
    """The pages that are named below the answers, one a line, with the day each was checked."""
    named = {source.id: source for answer in everything(topic, today, phrases) for source in answer.sources}
    return "\n".join(
        f"{source.title}, {source.url}, {long_date(source.checked)}" for source in named.values()
    )


def _figure(item: ShownFact, phrases: Phrases) -> str:
    start, end = item.period.valid_from, item.period.valid_to
    days = f"{long_date(start) if start else ''} – {long_date(end) if end else ''}".strip()
    return value(item, phrases) + (f" ({days})" if start or end else "")
