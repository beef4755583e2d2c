"""How long things are kept, and when a thing is old enough to go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import List, Optional, Protocol, Sequence

from bot.core.ports import Clock


@dataclass(frozen=True)
class Keeping:
    """For how many days each kind of thing is kept; 0 means that nothing is deleted, because nobody has decided yet."""

    cases: int
    mails: int
    audit: int


@dataclass(frozen=True)
class Expired:
    """How much is old enough to go. Of the cases, `not_exported` were ended and never taken out for the archive."""

    cases: int = 0
    not_exported: int = 0
    mails: int = 0
    audit: int = 0


def cutoff(now: datetime, days: int) -> Optional[datetime]:
    """Return the time before which a thing has been kept for more than `days`; None when it is kept for ever.

    What is exactly so many days old is kept. Days are counted on the wall clock of `now`: at 10:15 it is what
    happened before 10:15 on the day so many days ago, also over a change of the clocks.
    """
    if days <= 0:
        return None
    return now - timedelta(days=days)


class RetentionStore(Protocol):
    """Finds and deletes what is old; see bot/storage/retention.py."""

    def expired_cases(self, before: datetime) -> List[List[str]]:
        """Return the ids of cases that ended before a time, those that hang together in one list."""

    def delete_cases(self, before: datetime, at: datetime) -> int:
        """Delete the cases that ended before a time; return how many."""

    def count_not_exported(self, ids: Sequence[str]) -> int:
        """Return of how many of these cases nobody has taken the records out since they ended."""

    def count_mails(self, before: datetime) -> int:
        """Return how many mails still have their text though they went out before a time."""

    def empty_mails(self, before: datetime) -> int:
        """Empty what went out before a time; return how many."""


class AuditKeeper(Protocol):
    """The part of the log that lets old lines go; see bot/storage/audit.py."""

    def count_before(self, before: datetime) -> int:
        """Return how many lines are older than a time."""

    def forget_before(self, before: datetime) -> int:
        """Delete the lines that are older than a time; return how many."""


class Retention:
    """Lets go of what the municipality has decided not to keep. Each act can be done again at any time."""

    def __init__(self, store: RetentionStore, audit: AuditKeeper, clock: Clock, keeping: Keeping):
        self._store = store
        self._audit = audit
        self._clock = clock
        self.keeping = keeping

    def delete_cases(self) -> int:
        """Delete ended cases with history, transcript and mails; return how many. Their figures stay."""
        before = cutoff(self._clock(), self.keeping.cases)
        return self._store.delete_cases(before, self._clock()) if before else 0

    def empty_mails(self) -> int:
        """Empty the mails that went out long ago; return how many."""
        before = cutoff(self._clock(), self.keeping.mails)
        return self._store.empty_mails(before) if before else 0

    def forget_audit(self) -> int:
        """Delete old lines of the log of who saw what; return how many."""
        before = cutoff(self._clock(), self.keeping.audit)
        return self._audit.forget_before(before) if before else 0

    def expired(self) -> Expired:
        """Count what would go now, and delete nothing."""
        now = self._clock()
        cases, mails, audit = (
            cutoff(now, days) for days in (self.keeping.cases, self.keeping.mails, self.keeping.audit)
        )
        ids = [case_id for group in (self._store.expired_cases(cases) if cases else []) for case_id in group]
        return Expired(
            cases=len(ids),
            not_exported=self._store.count_not_exported(ids),
            mails=self._store.count_mails(mails) if mails else 0,
            audit=self._audit.count_before(audit) if audit else 0,
        )
