"""The shape of data/plans/<plan>.yml: which keys there are and what stands in them."""

from typing import Any, Dict, List, Literal, Optional

from pydantic import Field, PydanticValueError, constr, root_validator

from bot.content.schema import Identifier, Line, Strict

_IDENTIFIER = constr(regex=r"^[a-z][a-z0-9_]*$", strict=True)
_Short = constr(min_length=2, max_length=60, strip_whitespace=True, strict=True)
_Condition = Dict[str, Any]


class NotFacts(PydanticValueError):
    """Something else than names of facts stands where they belong."""

    code = "facts"
    msg_template = (
        "the name of a fact, a list of such names, or one of the words that docs/add-a-plan.md allows"
    )


class FactNames(tuple):
    """One name of a fact or several of which the first that the municipality has counts; also a lone word."""

    @classmethod
    def __get_validators__(cls):
        """Tell pydantic how to check."""
        yield cls.check

    @classmethod
    def check(cls, value):
        """Return the names; NotFacts for anything else."""
        names = [value] if isinstance(value, str) else value
        right = isinstance(names, list) and names and all(isinstance(name, str) for name in names)
        if not right or not all(name and name.replace("_", "").isalnum() for name in names):
            raise NotFacts()
        return cls(names)


class QuestionFile(Strict):
    """A question: yes or no, or a choice among a few."""

    text: Line
    help: Optional[Line]
    kind: Literal["yes_no", "choice"]
    choices: Dict[Identifier, _Short] = {}
    unsure: Optional[_IDENTIFIER]
    ask_when: Optional[_Condition]

    @root_validator(skip_on_failure=True)
    def _choices_belong_to_a_choice(cls, values):
        if values["kind"] == "choice" and not 2 <= len(values["choices"]) <= 5:
            raise ValueError("a choice has two to five choices")
        if values["kind"] == "yes_no" and values["choices"]:
            raise ValueError("yes_no has no choices of its own")
        return values


class StepFile(Strict):
    """Something to do."""

    title: _Short
    topic: Identifier
    when: Optional[_Condition]
    after: List[_IDENTIFIER] = []
    text: Optional[Line]
    documents: List[constr(min_length=2, max_length=90, strict=True)] = []
    duration: FactNames = Field(...)
    lead: Optional[FactNames]
    price: FactNames = Field(...)
    every: Optional[Literal["month", "year"]]
    for_example: Optional[Identifier]
    capital: Optional[Identifier]
    link: Optional[Identifier]
    decides: Optional[Identifier]
    send_to: Optional[Identifier]
    after_opening: bool = False


class PlanFile(Strict):
    """The whole file."""

    plan: Identifier
    title: constr(min_length=2, max_length=48, strict=True)
    description: Line
    trades: List[Identifier]
    topics: List[Identifier] = []
    questions: Dict[Identifier, QuestionFile] = {}
    steps: Dict[Identifier, StepFile]
