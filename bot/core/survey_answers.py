"""What a business answered, and reading it from a form."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Mapping, Optional

from bot.core.errors import InvalidInput
from bot.core.privacy import storable

LONGEST_COMMENT = 2000
LOWEST, HIGHEST = 1, 5
# A score of at most this makes the unit's leader call.
LOW_SCORE = 2
# The six areas of the Swedish survey Insikt, and the three questions of its index; all from 1 to 10.
AREAS = ("information", "tilgaengelighed", "imoedekommenhed", "kompetence", "retssikkerhed", "effektivitet")
OVERALL = ("tilfredshed", "forventning", "ideal")
LONG_PART = (*AREAS, *OVERALL)


class Solved(Enum):
    """Whether the matter was solved."""

    YES = "ja"
    PARTLY = "delvis"
    NO = "nej"


@dataclass(frozen=True)
class Answer:
    """The two questions and the comment; `scores` holds the longer part as far as it was answered."""

    service: int
    solved: Solved
    comment: str = ""
    wants_contact: bool = False
    scores: Mapping[str, int] = field(default_factory=dict)

    @property
    def needs_a_call(self) -> bool:
        """Tell whether the unit's leader has to call the business."""
        return self.service <= LOW_SCORE or (self.solved is not Solved.YES and self.wants_contact)


@dataclass(frozen=True)
class Callback:
    """A call that a unit's leader owes a business. `case_id` is None when the case is gone."""

    id: int
    unit: str
    case_id: Optional[str]
    reference: str
    service: int
    solved: Solved
    comment: str
    wants_contact: bool
    created_at: datetime
    due: date
    done_at: Optional[datetime] = None
    done_by: str = ""
    note: str = ""

    def overdue(self, today: date) -> bool:
        """Tell whether the deadline has passed without a call."""
        return self.done_at is None and self.due < today


@dataclass(frozen=True)
class Sending:
    """An invitation on its way. It does not tell whether it was answered: few answers would tell whose they are.

    `fate` is `waiting`, `delivered` or `failed`; `reference` is empty when the case is gone.
    """

    unit: str
    reference: str
    case_id: Optional[str]
    way: str
    at: datetime
    fate: str
    reminded_at: Optional[datetime] = None


def read_answer(values: Mapping[str, str]) -> Answer:
    """Return the answer that a form holds; InvalidInput names the first field that is missing or wrong."""
    service = whole(values.get("service") or "", LOWEST, HIGHEST)
    if service is None:
        raise InvalidInput("survey_service_missing", "service")
    if values.get("solved") not in {item.value for item in Solved}:
        raise InvalidInput("survey_solved_missing", "solved")
    comment = storable(values.get("comment") or "")
    if len(comment) > LONGEST_COMMENT:
        raise InvalidInput("survey_comment_long", "comment")
    return Answer(service, Solved(values["solved"]), comment, bool(values.get("contact")))


def read_scores(values: Mapping[str, str]) -> Mapping[str, int]:
    """Return the longer part as far as it was answered; InvalidInput when nothing was, or not from 1 to 10."""
    found = {}
    for name in LONG_PART:
        text = values.get(name) or ""
        if not text:
            continue
        score = whole(text, 1, 10)
        if score is None:
            raise InvalidInput("survey_score_wrong", name)
        found[name] = score
    if not found:
        raise InvalidInput("survey_scores_missing", LONG_PART[0])
    return found


def whole(text: str, lowest: int, highest: int) -> Optional[int]:
    """Return the number that a field holds, or None when it is none from `lowest` to `highest`."""
    return next((number for number in range(lowest, highest + 1) if text == str(number)), None)
