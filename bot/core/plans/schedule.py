"""Dates of steps: forwards from a start, backwards from a wished opening, over the durations that are known."""

from dataclasses import dataclass
from datetime import date
from typing import Container, Dict, List, Mapping, Optional, Sequence, Tuple

from bot.core.plans.order import Before
from bot.core.plans.spans import AT_ONCE, Span, earlier, later, working_day_from

Spans = Mapping[str, Optional[Span]]
"""For each step how long it takes; None when nobody knows."""


@dataclass(frozen=True)
class Slot:
    """When a step begins and has its answer.

    Forwards `certain` says that no unknown duration lies before the end, and `start_certain` before the start.
    Backwards `certain` says that none lies between the start and the opening.
    """

    start: date
    end: date
    certain: bool
    start_certain: bool = True


@dataclass(frozen=True)
class Forwards:
    """The earliest opening, the earliest dates of all steps, and the chain of steps that decides the opening."""

    opening: date
    slots: Mapping[str, Slot]
    chain: Tuple[str, ...]


def forwards(
    order: Sequence[str], before: Before, spans: Spans, leads: Spans, start: date, holidays: Container[date]
) -> Forwards:
    """Return the earliest dates when everything begins on `start`; an unknown duration counts as none.

    Args:
        order: ids of the steps, each after those that it waits for.
        before: what each step waits for.
        spans: how long each takes.
        leads: how long before the opening each must be finished, where it must.
        start: the first day.
        holidays: days on which nobody works.
    """
    slots: Dict[str, Slot] = {}
    first = working_day_from(start, holidays)
    ready: Dict[str, date] = {}
    for name in order:
        begins = max([first, *(slots[other].end for other in before[name])])
        ends = later(begins, spans[name] or AT_ONCE, holidays)
        known = all(slots[other].certain for other in before[name])
        slots[name] = Slot(begins, ends, known and spans[name] is not None, known)
        ready[name] = later(ends, leads.get(name) or AT_ONCE, holidays)
    opening = max(ready.values(), default=first)
    return Forwards(opening, slots, _chain(ready, before, slots, first))


def _chain(
    ready: Mapping[str, date], before: Before, slots: Mapping[str, Slot], first: date
) -> Tuple[str, ...]:
    """Return the steps without whose durations the opening would be earlier, from the first to the last."""
    found: List[str] = []
    last = max(ready, key=lambda name: ready[name], default=None)
    while last is not None and ready[last] > first:
        if slots[last].end > slots[last].start or (not found and ready[last] > slots[last].end):
            found.append(last)
        waited = [name for name in before[last] if slots[name].end == slots[last].start]
        last = waited[0] if waited and slots[waited[0]].end > first else None
    return tuple(reversed(found))


def backwards(
    order: Sequence[str], before: Before, spans: Spans, leads: Spans, opening: date, holidays: Container[date]
) -> Dict[str, Slot]:
    """Return the latest dates that still reach `opening`; Args as for `forwards`."""
    latest: Dict[str, date] = {}
    slots: Dict[str, Slot] = {}
    uncertain: Dict[str, bool] = {}
    for name in reversed(order):
        ends = earlier(opening, leads.get(name) or AT_ONCE, holidays)
        ends = min(ends, latest.get(name, ends))
        begins = earlier(ends, spans[name] or AT_ONCE, holidays)
        doubt = uncertain.get(name, False) or spans[name] is None
        slots[name] = Slot(begins, ends, not doubt)
        for other in before[name]:
            latest[other] = min(begins, latest.get(other, begins))
            uncertain[other] = uncertain.get(other, False) or doubt
    return slots
