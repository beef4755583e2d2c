"""What a list says of a case besides what is in it: what the business wrote, and which cases belong together."""

from dataclasses import dataclass
from enum import Enum
from typing import Dict, Optional, Protocol, Sequence

from bot.core.cases import EventKind

# After these, what the business writes is an answer.
TOLD = (EventKind.ANSWERED, EventKind.ASKED, EventKind.CLOSED)
# Staff did something with another case, and this one followed: nobody has looked at it for that.
FOLLOWED = (EventKind.ABSORBED, EventKind.REOPENED_WITH)


class News(Enum):
    """What the business has written that nobody has seen to."""

    # After the unit wrote to it.
    REPLY = "reply"
    # Before anybody wrote to it.
    MESSAGE = "message"


@dataclass(frozen=True)
class CaseMarks:
    """What is told of one case.

    `news` is there when the case is open and the business has written after the last act of staff on it. Reading is no
    act: nobody keeps a list of who has read what. An act on another case that this one follows is none either.
    `whole` is the reference of the case that it is a part of, `parts` how many parts it has itself.
    """

    news: Optional[News] = None
    whole: str = ""
    parts: int = 0


NOTHING = CaseMarks()


class CaseMarker(Protocol):
    """Reads marks; see bot/storage/case_marks.py."""

    def of(self, case_ids: Sequence[str]) -> Dict[str, CaseMarks]:
        """Return the marks of some cases; those that are not there are left out."""
