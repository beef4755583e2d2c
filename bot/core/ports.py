"""What the business needs from the outside, as the rooms around it provide it."""

from datetime import date, datetime
from typing import Callable, Container, List, Optional, Protocol, Sequence

from bot.core.cases import Case
from bot.core.conversations import Message
from bot.core.mails import Mail

Clock = Callable[[], datetime]
"""Returns the time now, with its zone."""


class Chance(Protocol):
    """Where unguessable values come from."""

    def secret(self) -> str:
        """Return a token that nobody can guess, safe in an address."""

    def identifier(self) -> str:
        """Return a new id of 32 hexadecimal digits."""

    def digits(self, length: int) -> str:
        """Return `length` random decimal digits."""


class Transcripts(Protocol):
    """Reads what was said in a conversation."""

    def after(self, conversation_id: str, number: int) -> List[Message]:
        """Return the messages with a higher number, in order."""


class CaseStore(Protocol):
    """Stores a case with everything that follows from it, or nothing."""

    def open(self, case: Case, mails: Sequence[Mail], request_key: Optional[str]) -> Case:
        """Store the case and its mails; return the case, or the one opened before with the same key."""


class MailWriter(Protocol):
    """Writes the mails that a case gives rise to."""

    def new_case(self, case: Case) -> Sequence[Mail]:
        """Return the mails to send when the case is opened."""


Holidays = Container[date]
"""The public holidays of every year."""
