"""How long things are kept, and when a thing is old enough to go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import List, Optional, Protocol, Sequence

from bot.core.one_by_one import MOST, Done, OneByOne, done
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

    def delete_group(self, group: Sequence[str], before: datetime, at: datetime) -> int:
        """Delete cases that hang together if all ended before a time; return how many."""

    def count_not_exported(self, ids: Sequence[str]) -> int:
        """Return of how many of these cases nobody has taken the records out since they ended."""

    def count_mails(self, before: datetime) -> int:
        """Return how many mails went out before a time and still have their text, or belong to no case."""

    def empty_mails(self, before: datetime, most: int) -> int:
        """Empty at most `most` of what went out before a time, or delete it where it has no case; return how many."""


class AuditKeeper(Protocol):
    """The part of the log that lets old lines go; see bot/storage/audit.py."""

    def count_before(self, before: datetime) -> int:
        """Return how many lines are older than a time."""

    def forget_before(self, before: datetime, most: int) -> int:
        """Delete at most `most` of the lines that are older than a time; return how many."""


class Retention:
    """Lets go of what the municipality has decided not to keep. Each act can be done again at any time.

    Each takes so much in a round at most, and says when there is more: the first round may meet the cases of years.
    """

    def __init__(self, store: RetentionStore, audit: AuditKeeper, clock: Clock, keeping: Keeping):
        self._store = store
        self._audit = audit
        self._clock = clock
        self.keeping = keeping
        self._one_by_one: OneByOne[List[str]] = OneByOne("delete old cases", lambda group: group[0], clock)

    def delete_cases(self) -> Done:
        """Delete ended cases with history, transcript and mails; return how many. Their figures stay."""
        now = self._clock()
        before = cutoff(now, self.keeping.cases)
        if before is None:
            return Done()
        limit = before
        return self._one_by_one.round(
            lambda most: self._store.expired_cases(limit),
            lambda group: self._store.delete_group(group, limit, now),
        )

    def empty_mails(self) -> Done:
        """Empty the mails that went out long ago, and delete those that belong to no case; return how many."""
        before = cutoff(self._clock(), self.keeping.mails)
        return done(self._store.empty_mails(before, MOST)) if before else Done()

    def forget_audit(self) -> Done:
        """Delete old lines of the log of who saw what; return how many."""
        before = cutoff(self._clock(), self.keeping.audit)
        return done(self._audit.forget_before(before, MOST)) if before else Done()

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
