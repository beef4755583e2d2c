"""The limits and time limits of tendering, read from the facts of the topics as they stand on a day.

No figure of the law is here: which fact holds which limit is.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Iterator, Optional

from bot.core.answering import ShownFact
from bot.core.knowledge import Confidence, Fact, Knowledge, Topic


class Limit(Enum):
    """A figure that the helper counts with; the value is the id of its fact. Amounts are kroner without VAT."""

    EU_MUNICIPAL = "taerskel_kommune_varer"
    EU_STATE = "taerskel_stat_varer"
    EU_WORKS = "taerskel_byggeri"
    EU_LIGHT = "taerskel_light"
    MARKET = "taerskel_marked"
    ONE_BID = "licitation_et_bud"
    INVITED = "licitation_op_til"
    VAT = "moms_sats"
    """Percent."""
    APPLY = "procedure_soeg_frist"
    """Days to apply in, in a restricted procedure."""
    ANSWERS = "byd_svar_frist"
    """Days before the deadline by which questions are answered."""
    WAIT_DIGITAL = "udbudsklage_vent_digital"
    WAIT_LETTER = "udbudsklage_vent_brev"
    COMPLAIN_NOT_SELECTED = "udbudsklage_frist_prae"
    COMPLAIN_WINNER = "udbudsklage_frist_kontrakt"
    """From the publication of the contract in EU tenders, from the message to bidders in others."""
    COMPLAIN_MINI = "udbudsklage_frist_mini"
    COMPLAIN_FRAMEWORK = "udbudsklage_frist_ramme"
    """Months; the other time limits are calendar days."""
    GLN_DIGITS = "e_faktura_cifre"


@dataclass(frozen=True)
class Known:
    """A limit as it holds on a day: its number, and how it stands in an answer."""

    number: Decimal
    shown: ShownFact

    @property
    def text(self) -> str:
        """The figure with its unit: `500.000 kr.`."""
        return self.shown.fact.shown(self.shown.period)


class Limits:
    """Looks limits up in the knowledge, which editors may change while others read."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge

    def on(self, limit: Limit, day: date) -> Optional[Known]:
        """Return the limit on `day`.

        None when none holds on the day, when it is no number, when the editors doubt it, and when they have switched
        its topic off.
        """
        fact = self.fact(limit)
        period = fact.on(day) if fact else None
        if fact is None or period is None or fact.confidence is Confidence.LOW:
            return None
        try:
            number = Decimal(period.value.replace(".", "").replace(",", "."))
        except InvalidOperation:
            return None
        return Known(number, ShownFact(fact, period)) if number.is_finite() else None

    def fact(self, limit: Limit) -> Optional[Fact]:
        """Return the fact, whatever the day; a fact's id occurs in one topic only."""
        return next((topic.facts[limit.value] for topic in self._holders(limit)), None)

    def authority(self, limit: Limit) -> str:
        """Return the name of who can tell the limit; empty when no topic has it."""
        return next((topic.authority.name for topic in self._holders(limit)), "")

    def _holders(self, limit: Limit) -> Iterator[Topic]:
        return (
            topic for topic in self._knowledge.topics.values() if limit.value in topic.facts and not topic.off
        )
