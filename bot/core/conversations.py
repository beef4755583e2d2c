"""A conversation between a business and the bot, message by message."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Optional, Tuple

LONGEST_TEXT = 1000


class Role(Enum):
    """Who wrote a message."""

    VISITOR = "visitor"
    BOT = "bot"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Choice:
    """A button: what it says, what it sends, and the topic it leads to."""

    title: str
    payload: str
    topic: Optional[str] = None


@dataclass(frozen=True)
class SourceLine:
    """A source as it stands below an answer; `checked` is an ISO date."""

    title: str
    url: str
    checked: str


@dataclass(frozen=True)
class FactLine:
    """A figure used in an answer and the days it holds, as ISO dates."""

    id: str
    value: str
    valid_from: str
    valid_to: Optional[str] = None


@dataclass(frozen=True)
class UnitLine:
    """The unit a message points to."""

    id: str
    name: str


@dataclass(frozen=True)
class CaseLine:
    """The receipt of a handed-over case; `answer_by` is an ISO date."""

    reference: str
    unit: str
    answer_by: str


@dataclass(frozen=True)
class Reply:
    """What is said in one message, before it is numbered and stored."""

    role: Role
    text: str
    topic: Optional[str] = None
    aspect: Optional[str] = None
    clarify: Tuple[str, ...] = ()
    choices: Tuple[Choice, ...] = ()
    sources: Tuple[SourceLine, ...] = ()
    unit: Optional[UnitLine] = None
    facts: Tuple[FactLine, ...] = ()
    case: Optional[CaseLine] = None


@dataclass(frozen=True)
class Message:
    """A stored message; `number` counts from 1 within its conversation."""

    number: int
    at: datetime
    reply: Reply
    reply_to: Optional[int] = None
    useful: Optional[bool] = None

    @property
    def role(self) -> Role:
        """Who wrote it."""
        return self.reply.role

    @property
    def text(self) -> str:
        """What it says."""
        return self.reply.text


@dataclass(frozen=True)
class Conversation:
    """One visitor's talk with the bot. The token is known only by its hash."""

    id: str
    page: str
    created_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Turn:
    """One line of a transcript as staff keep it with a case."""

    role: Role
    text: str
    at: datetime
    topic: Optional[str] = None
    sources: Tuple[SourceLine, ...] = field(default=())


def iso(day: Optional[date]) -> Optional[str]:
    """Return the date as ISO 8601, or None."""
    return day.isoformat() if day else None
