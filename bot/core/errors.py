"""Every error the project raises on purpose.

GenvejError
├── InvalidContent          a file in data/ breaks the rules (names file, line and reason)
├── NoRevision              data/ as it was at an earlier time cannot be had from git
├── InvalidSetting          an environment variable cannot be used
├── InvalidInput            what somebody typed or sent cannot be taken
├── NotFound                conversation, case, unit, topic or staff member that is not there
├── NotAllowed              the staff member may not do that
├── IllegalTransition       a case cannot go from its state to the one asked for
├── Conflict                somebody else changed it first
├── TooMany                 a rate limit was reached
├── StorageUnavailable      the database is away, locked or full
├── BotUnavailable          the dialogue engine did not answer in time
└── DeliveryFailed          a mail, text message or call was not taken (says why, and whether it ever will be)

Each edge (chat API, pages, console, command line) translates them once.
"""

from enum import Enum
from typing import Iterable


class GenvejError(Exception):
    """Root of all errors raised on purpose."""


class InvalidContent(GenvejError):
    """A content file breaks a rule.

    `problems` holds every problem found, so that an editor can mend them in one go.
    """

    def __init__(self, problems: Iterable[object]):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NoRevision(GenvejError):
    """There is no git, or it does not have data/ of that revision; the message is a sentence that says which."""


class InvalidSetting(GenvejError):
    """A setting has a value that cannot be used; the message names the variable."""


class InvalidInput(GenvejError):
    """What somebody typed or sent cannot be taken.

    `code` is stable and in English; the sentence for people is looked up in data/phrases.yml.
    """

    def __init__(self, code: str, field: str = ""):
        self.code = code
        self.field = field
        super().__init__(code)


class NotFound(GenvejError):
    """The thing asked for does not exist, or the asker may not know that it does."""


class NotAllowed(GenvejError):
    """The staff member has no right to do this."""


class IllegalTransition(GenvejError):
    """A case cannot go from its present state to the one asked for."""


class Conflict(GenvejError):
    """Somebody else changed the same thing first."""


class TooMany(GenvejError):
    """A rate limit was reached; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int):
        self.retry_after = retry_after
        super().__init__(f"retry after {retry_after} s")


class StorageUnavailable(GenvejError):
    """The database did not take or give something: it is away, locked, or its disk is full."""


class BotUnavailable(GenvejError):
    """The dialogue engine is down or did not answer within its time."""


class Cause(Enum):
    """Why something was not delivered; data/phrases.yml has a sentence for each, `undelivered_<value>`."""

    REFUSED = "refused"
    UNSENDABLE = "unsendable"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"
    LOGIN = "login"
    ENCRYPTION = "encryption"
    SENDER = "sender"
    NO_GATEWAY = "no_gateway"
    FOLDER = "folder"
    UNEXPECTED = "unexpected"
    OTHER = "other"

    @property
    def of_the_way(self) -> bool:
        """Tell whether the next thing by the same way would fail too, after as long a wait."""
        return self in (Cause.UNREACHABLE, Cause.LOGIN, Cause.ENCRYPTION, Cause.NO_GATEWAY, Cause.FOLDER)


class DeliveryFailed(GenvejError):
    """Something in the outbox was not taken; it stays there.

    Args:
        kind: the error in one word, for the log; it quotes nobody.
        cause: what people are told.
        permanent: the receiver says that it will never take this, so it is tried a few times only.
        retry_after: seconds the receiver asks us to wait; 0: as we like.
    """

    def __init__(
        self, kind: str, cause: Cause = Cause.OTHER, permanent: bool = False, retry_after: float = 0
    ):
        self.cause = cause
        self.permanent = permanent
        self.retry_after = retry_after
        super().__init__(kind)
