"""Which way a case may go: every state, and what leads from one to the next. Nothing else decides it."""

from dataclasses import dataclass
from typing import Dict, List, Mapping, Tuple

from bot.core.cases import OPEN_STATES, Case, CaseEvent, CaseState, EventKind
from bot.core.errors import IllegalTransition
from bot.core.mails import Outgoing

NEW, CLAIMED, WAITING = CaseState.NEW, CaseState.CLAIMED, CaseState.WAITING
CLOSED, WITHDRAWN, MERGED = CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED

_STAYS = {state: state for state in OPEN_STATES}
STEPS: Mapping[EventKind, Mapping[CaseState, CaseState]] = {
    EventKind.CLAIMED: {NEW: CLAIMED},
    EventKind.RELEASED: {CLAIMED: NEW, WAITING: NEW},
    EventKind.NOTE: _STAYS,
    EventKind.ANSWERED: {CLAIMED: CLAIMED, WAITING: WAITING},
    EventKind.ASKED: {CLAIMED: WAITING, WAITING: WAITING},
    EventKind.RESUMED: {WAITING: CLAIMED},
    EventKind.FORWARDED: dict.fromkeys(OPEN_STATES, NEW),
    EventKind.PROMISED: _STAYS,
    EventKind.CLOSED: {CLAIMED: CLOSED, WAITING: CLOSED},
    # Who reopens it goes on with it.
    EventKind.REOPENED: {CLOSED: CLAIMED, WITHDRAWN: CLAIMED},
    EventKind.REOPENED_WITH: {**_STAYS, CLOSED: NEW, WITHDRAWN: NEW},
    EventKind.MERGED: dict.fromkeys(OPEN_STATES, MERGED),
    EventKind.ABSORBED: _STAYS,
    EventKind.REMINDED: _STAYS,
    EventKind.ESCALATED: {NEW: NEW, CLAIMED: CLAIMED},
    EventKind.WITHDRAWN: dict.fromkeys(OPEN_STATES, WITHDRAWN),
    # A business that writes wants something, also when the case had ended.
    EventKind.VISITOR_MESSAGE: {NEW: NEW, CLAIMED: CLAIMED, WAITING: CLAIMED, CLOSED: NEW, WITHDRAWN: NEW},
}


@dataclass(frozen=True)
class Change:
    """What one act does to a case, stored whole or not at all.

    `before` is the case as it was read, `after` as it becomes. `mails` go to the outbox in the same transaction.
    """

    before: Case
    after: Case
    events: Tuple[CaseEvent, ...]
    mails: Tuple[Outgoing, ...] = ()


def may(kind: EventKind, before: CaseState) -> bool:
    """Tell whether something of this kind can happen to a case in a state."""
    return before in STEPS.get(kind, {})


def after(kind: EventKind, before: CaseState) -> CaseState:
    """Return the state that something of this kind leads to; IllegalTransition when it cannot happen."""
    if not may(kind, before):
        raise IllegalTransition(f"a case that is {before.value} cannot be {kind.value}")
    return STEPS[kind][before]


def flaws(case: Case) -> List[str]:
    """Return what is wrong with a case in its state; nothing for a sound one."""
    wrong: Dict[str, bool] = {
        "an outcome is there when it is closed, and only then": (case.outcome is None)
        is (case.state is CLOSED),
        "the case it was merged into is there when it is merged, and only then": (case.merged_into is None)
        is (case.state is MERGED),
        "the days of waiting are there while it waits, and only then": (case.waiting_since is None)
        is (case.state is WAITING)
        or (case.follow_up is None) is (case.state is WAITING),
        "nobody has a new case": case.state is NEW and case.claimed_by is not None,
        "somebody has a claimed case": case.state in (CLAIMED, WAITING) and case.claimed_by is None,
        "the time it ended is there when it has ended, and only then": (case.closed_at is None)
        is (case.state not in OPEN_STATES),
        "a case is not merged into itself": case.merged_into == case.id,
    }
    return [rule for rule, broken in wrong.items() if broken]


def check(change: Change) -> None:
    """Raise IllegalTransition unless the events lead from the state before to a sound case in the state after."""
    state = change.before.state
    for event in change.events:
        state = after(event.kind, state)
    broken = flaws(change.after)
    if state is not change.after.state or not change.events or broken:
        raise IllegalTransition("; ".join(broken) or f"a case does not become {change.after.state.value} so")
    if change.after.version != change.before.version + 1 or change.after.id != change.before.id:
        raise IllegalTransition("a change is counted once")
