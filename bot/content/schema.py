"""The shape of every content file: which keys there are and what stands in them."""

import re
from datetime import date
from typing import Dict, List, Literal, Optional

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    Extra,
    Field,
    PydanticValueError,
    conlist,
    constr,
    validator,
)

from bot.core.knowledge import ASPECTS

Identifier = constr(regex=r"^[a-z][a-z0-9_]*$")
# Strict: 20.000 without quotation marks is the number twenty, and would be shown as 20.0.
Text = constr(min_length=1, strict=True)
# The longest text has 90 words; what is longer by far is no text, and slow to check.
Line = constr(min_length=2, max_length=2_000, strip_whitespace=True, strict=True)


class WrongDay(PydanticValueError):
    """Something else than a day stands where a day belongs."""

    code = "day"
    msg_template = "write it as 2026-11-22, a day without quotation marks"


class EndsBeforeItBegins(PydanticValueError):
    """A period whose last day lies before its first."""

    code = "ends_before"
    msg_template = "`to` is before `from`"


class PeriodsOverlap(PydanticValueError):
    """Two values of a fact would hold on the same day."""

    code = "overlap"
    msg_template = "two periods overlap"


class KnownMissing(PydanticValueError):
    """An uncertain figure that does not say when it was last seen."""

    code = "known_missing"
    msg_template = "a figure of low confidence needs `known`: when it was last seen"


class Day(date):
    """A day as YAML has it: 2026-11-22. In quotation marks it would be a text and compare with nothing."""

    @classmethod
    def __get_validators__(cls):
        """Tell pydantic how to check."""
        yield cls.check

    @classmethod
    def check(cls, value):
        """Return the day; WrongDay for anything else."""
        if type(value) is not date:
            raise WrongDay()
        return value


class Pattern(str):
    """A regular expression."""

    @classmethod
    def __get_validators__(cls):
        """Tell pydantic how to check."""
        yield cls.check

    @classmethod
    def check(cls, value):
        """Return the pattern; ValueError when it is none."""
        try:
            re.compile(value)
        except (TypeError, re.error) as error:
            raise ValueError(f"not a pattern: {error}") from error
        return value


class Strict(BaseModel):
    """An unknown key is a mistake, never ignored."""

    class Config:
        """How pydantic checks."""

        extra = Extra.forbid


class HttpsUrl(AnyHttpUrl):
    """Visitors are only sent to encrypted pages."""

    allowed_schemes = {"https"}


class PeriodFile(Strict):
    """A value of a fact and the days it holds."""

    value: Text
    from_: Optional[Day] = Field(None, alias="from")
    to: Optional[Day]
    known: str = ""

    @validator("to")
    def _ends_after_it_begins(cls, end, values):
        start = values.get("from_")
        if end and start and end < start:
            raise EndsBeforeItBegins()
        return end


class FactFile(Strict):
    """A figure with its periods."""

    label: Line
    unit: str = ""
    source: Identifier
    confidence: Literal["high", "medium", "low"]
    values: conlist(PeriodFile, min_items=1)

    @validator("values")
    def _periods_do_not_overlap(cls, periods):
        ordered = sorted(periods, key=lambda period: period.from_ or date.min)
        for earlier, later in zip(ordered, ordered[1:]):
            if earlier.to is None or later.from_ is None or later.from_ <= earlier.to:
                raise PeriodsOverlap()
        return ordered

    @validator("values")
    def _low_confidence_says_when_it_was_known(cls, periods, values):
        if values.get("confidence") == "low" and not all(period.known for period in periods):
            raise KnownMissing()
        return periods


class SourceFile(Strict):
    """A public page and the day it was checked."""

    title: Line
    url: HttpsUrl
    checked: Day


class TopicFile(Strict):
    """The shape of data/knowledge/<theme>/<topic>.yml, with what a municipality says differently laid over it."""

    topic: Identifier
    title: constr(min_length=2, max_length=48)
    goals: conlist(constr(regex=r"^(G([1-9]|1[0-3])|M[1-5])$"), min_items=1)
    owner: Identifier
    authority: Identifier
    review_by: Day
    description: Line
    short: Line
    aspects: Dict[Literal[ASPECTS], Line] = {}
    steps: List[Line] = []
    facts: Dict[Identifier, FactFile] = {}
    sources: Dict[Identifier, SourceFile]
    related: List[Identifier] = []
    status: Literal["full", "pointer"]

    @validator("sources")
    def _no_source_no_answer(cls, sources):
        if not sources:
            raise ValueError("no source, no answer")
        return sources


class AspectFile(Strict):
    """An entry of data/aspects.yml: how people ask for one side of a topic."""

    button: Line
    patterns: conlist(Pattern, min_items=1)


Patterns = conlist(Pattern, min_items=1)


class LabelsFile(Strict):
    """What the fields of the handoff form are called."""

    summary: Patterns
    company: Patterns
    cvr: Patterns
    name: Patterns
    contact: Patterns


class SurveyWords(Strict):
    """How people say in what way they want to be asked afterwards."""

    none: Patterns
    sms: Patterns
    mail: Patterns


class HandoffFile(Strict):
    """data/handoff.yml: how people answer while the handoff form asks."""

    cancel: Patterns
    skip: Patterns
    yes: Patterns
    yes_alone: Patterns
    no: Patterns
    but: Patterns
    not_: Patterns = Field(..., alias="not")
    survey: SurveyWords
    question: Patterns
    company_form: Patterns
    correction: Patterns
    says: Patterns
    no_value: Patterns
    labels: LabelsFile
    introductions: Dict[Literal["company", "name"], Patterns]


# café, frisør*, *café, =bar, (er) maler, food truck: a star stands at one end of a single word.
TradeWord = constr(
    regex=r"^(\([a-zæøå]+\) )?([a-zæøåé]+\*|\*[a-zæøåé]+|=[a-zæøåé]+|[a-zæøåé]+([ -][a-zæøåé]+)*)$",
    strict=True,
)


class TradeFile(Strict):
    """An entry of data/trades.yml: a trade and the words for it."""

    title: Line
    words: conlist(TradeWord, min_items=1)
    never: List[constr(regex=r"^[a-zæøåé]+$", strict=True)] = []
    db07: Optional[constr(regex=r"^\d\d(\.\d{1,2})?$", strict=True)]
    db25: Optional[constr(regex=r"^\d\d(\.\d{1,2})?$", strict=True)]
