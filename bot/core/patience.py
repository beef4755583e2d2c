"""How long a delivery may take, how often it is tried, and when a person has to look at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.errors import Cause, DeliveryFailed
from bot.core.mails import Waiting

# In seconds. A receiver may ask us to wait, but not for ever.
_LONGEST_ASKED = 24 * 3600


@dataclass(frozen=True)
class Verdict:
    """What becomes of something that was not taken: set aside, or else tried again at `again_at`."""

    set_aside: bool
    again_at: datetime
    refusals: int
    cause: Cause
    error: str


@dataclass(frozen=True)
class Patience:
    """The times are in seconds. With these numbers a mail is tried for about three days.

    A wait is twice the one before, and up to `jitter` of it shorter by chance: what failed together
    must not come back together. Greylisting answers with a temporary error; what a receiver says it will
    never take is tried `most_refusals` times, for its rules may have been wrong for a moment.
    """

    first_wait: float = 30
    longest_wait: float = 8 * 3600
    jitter: float = 0.2
    most_attempts: int = 19
    most_refusals: int = 3
    # To connect; to answer a command; to take a whole mail, which some scan first; and for all of it.
    connect: float = 10
    answer: float = 20
    acceptance: float = 60
    whole: float = 90
    # Beyond `whole`: names looked up, and the result stored.
    margin: float = 90
    # After this nothing new is begun in a round, so that the worker's other jobs get their turn.
    round: float = 60

    @property
    def lease(self) -> timedelta:
        """Return how long something that is being delivered is left alone by other workers.

        It is longer than a delivery can take, so that no two deliver the same at the same time.
        """
        return timedelta(seconds=self.whole + self.margin)

    def verdict(self, waiting: Waiting, failed: DeliveryFailed, at: datetime, fraction: float) -> Verdict:
        """Decide what becomes of a try that failed at `at`; `fraction` is chance from 0 to 1."""
        refusals = waiting.refusals + failed.permanent
        enough = waiting.attempts + 1 >= self.most_attempts or refusals >= self.most_refusals
        wait = max(self._wait(waiting.attempts, fraction), min(failed.retry_after, _LONGEST_ASKED))
        return Verdict(enough, at + timedelta(seconds=wait), refusals, failed.cause, str(failed))

    def _wait(self, attempts: int, fraction: float) -> float:
        longest = min(self.first_wait * 2 ** min(attempts, 60), self.longest_wait)
        return longest * (1 - self.jitter * (1 - fraction))
