"""How often a conversation may write and an address may begin one."""

from hashlib import sha256

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.core.errors import TooMany
from bot.core.ports import Clock

MESSAGES = RateLimitItemPerMinute(30, namespace="message")
CONVERSATIONS = RateLimitItemPerMinute(20, namespace="conversation")
CONTACT_FORMS = RateLimitItemPerMinute(5, namespace="contact")
PLANS = RateLimitItemPerMinute(10, namespace="plan")
PLAN_MAILS = RateLimitItemPerHour(5, namespace="plan_mail")
PLAN_MAILS_A_DAY = RateLimitItemPerDay(20, namespace="plan_mail")
DOCUMENTS = RateLimitItemPerMinute(20, namespace="document")
SURVEYS = RateLimitItemPerMinute(30, namespace="survey")
CASE_ACTS = RateLimitItemPerMinute(10, namespace="case_act")
# Asking for a case by its reference: for a network address, a reference, and an e-mail address.
STATUS_BY_ADDRESS = RateLimitItemPerMinute(10, namespace="status_address")
STATUS_BY_REFERENCE = RateLimitItemPerHour(10, namespace="status_reference")
STATUS_BY_EMAIL = RateLimitItemPerHour(10, namespace="status_email")
DIALOGS = RateLimitItemPerMinute(5, namespace="dialog")
DIALOG_MAILS = RateLimitItemPerHour(5, namespace="dialog_mail")
DIALOG_MAILS_A_DAY = RateLimitItemPerDay(20, namespace="dialog_mail")
# Opening an ended case again, by its link, writes to the address that was typed when it was opened.
REOPENINGS = RateLimitItemPerHour(5, namespace="reopening")
LOGINS = RateLimitItemPerMinute(5, namespace="login")


def hidden(email: str) -> str:
    """Return under what an e-mail address is counted: it lies in memory for a day at most, and not in clear."""
    return sha256(email.strip().lower().encode(errors="replace")).hexdigest()


class RateLimits:
    """Counts calls; switched off for tests and benchmarks."""

    def __init__(self, storage: str, on: bool, clock: Clock):
        # The limiter holds its storage only weakly.
        self._storage = storage_from_string(storage)
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._on = on
        self._clock = clock

    def count(self, limit: RateLimitItem, key: str) -> None:
        """Count one call; TooMany says after how many seconds the next one is taken."""
        if not self._on or self._limiter.hit(limit, key):
            return
        opens_at = self._limiter.get_window_stats(limit, key)[0]
        raise TooMany(max(1, round(opens_at - self._clock().timestamp())))
