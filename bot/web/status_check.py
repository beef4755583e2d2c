"""Asking for a case by its reference and e-mail address, from the page and from the chat alike."""

from typing import Optional

from bot.bootstrap import Services
from bot.core.case_links import find_reference
from bot.core.case_status import CaseStatus, Status, StatusWords
from bot.web import limits


class StatusCheck:
    """Counts every guess, right or wrong, before it is looked at: by network address, reference and e-mail address."""

    def __init__(self, services: Services, rates: limits.RateLimits):
        content = services.content
        self.prefix = content.municipality.case_prefix
        self.status = CaseStatus(services.cases, services.clock)
        self.words = StatusWords(content.phrases["status"], content.units, content.municipality)
        self._rates = rates

    def find(self, text: str) -> str:
        """Return the first reference in a text, or an empty string."""
        return find_reference(text, self.prefix)

    def look(self, reference: str, email: str, address: str) -> Optional[Status]:
        """Return the case, or None alike for an unknown one and another e-mail address.

        TooMany when the network `address` guesses too often, or when one reference or e-mail address is guessed at.
        """
        self._rates.count(limits.STATUS_BY_ADDRESS, address)
        self._rates.count(limits.STATUS_BY_REFERENCE, reference)
        self._rates.count(limits.STATUS_BY_EMAIL, limits.hidden(email))
        return self.status.by_reference(reference, email)


def minutes(seconds: int) -> str:
    """Return how long to wait, for people."""
    return str(-(-seconds // 60))
