"""What a staff member can do with a case as it stands."""

from dataclasses import dataclass, fields

from bot.core.case_states import may
from bot.core.cases import Case, EventKind
from bot.core.staff import StaffMember


@dataclass(frozen=True)
class Possible:
    """What a staff member can do with a case as it stands."""

    claim: bool = False
    release: bool = False
    note: bool = False
    reply: bool = False
    ask: bool = False
    resume: bool = False
    close: bool = False
    forward: bool = False
    promise: bool = False
    merge: bool = False
    reopen: bool = False

    @property
    def anything(self) -> bool:
        """Tell whether there is anything at all."""
        return any(getattr(self, field.name) for field in fields(self))


def possible(staff: StaffMember, case: Case) -> Possible:
    """Return what the staff member can do now; nothing with a case that is another unit's."""
    if not staff.may_see(case):
        return Possible()
    mine = case.claimed_by == staff.id

    def can(kind: EventKind) -> bool:
        return may(kind, case.state)

    return Possible(
        claim=can(EventKind.CLAIMED),
        # By any colleague: who has claimed it may be ill or gone.
        release=can(EventKind.RELEASED),
        note=can(EventKind.NOTE),
        reply=mine and can(EventKind.ANSWERED) and bool(case.contact.email),
        ask=mine and can(EventKind.ASKED),
        resume=can(EventKind.RESUMED),
        close=mine and can(EventKind.CLOSED),
        forward=can(EventKind.FORWARDED),
        promise=can(EventKind.PROMISED),
        merge=can(EventKind.MERGED),
        reopen=can(EventKind.REOPENED),
    )
