"""From a message to bidders to the end of the standstill, and to the last day for a complaint.

All time limits run from the day after the message was sent (lov om Klagenævnet for Udbud §§ 3 and 7). A standstill that
would end on a Saturday, Sunday or holiday ends with the next working day (regulation 1182/71; so Klagenævnet counts
since 2011). That a deadline for complaints is moved in the same way could not be confirmed, so a day before it is named
that is safe either way. Constitution Day, Christmas Eve and New Year's Eve count as working days here: the earlier end
is the safe one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Container, Optional

from bot.core.counting import add_months
from bot.core.deadlines import add_working_days, is_working_day
from bot.core.tenders.limits import Known, Limit, Limits


class Message(Enum):
    """What a bidder was told; the value stands in data/tenders.yml and in the form."""

    WINNER_EU = "vinder_eu"
    """Who wins a tender under udbudsloven afsnit II or III."""
    WINNER_NATIONAL = "vinder_national"
    """Who wins under tilbudsloven or udbudsloven §§ 191-192: no standstill is laid down there."""
    NOT_SELECTED = "ikke_udvalgt"
    PUBLISHED = "kontrakt"
    """The contract was published in the Official Journal of the EU (TED)."""
    MINI = "mini"
    """A contract under a framework agreement or a dynamic purchasing system."""
    FRAMEWORK = "ramme"


COMPLAINTS = {
    Message.WINNER_NATIONAL: Limit.COMPLAIN_WINNER,
    Message.NOT_SELECTED: Limit.COMPLAIN_NOT_SELECTED,
    Message.PUBLISHED: Limit.COMPLAIN_WINNER,
    Message.MINI: Limit.COMPLAIN_MINI,
    Message.FRAMEWORK: Limit.COMPLAIN_FRAMEWORK,
}


@dataclass(frozen=True)
class Standstill:
    """The time in which the contract may not be signed.

    Attributes:
        end: its last day.
        sign_from: the first day on which the contract may be signed.
        wait: how long it is.
    """

    end: date
    sign_from: date
    wait: Known


@dataclass(frozen=True)
class Complaint:
    """By when Klagenævnet for Udbud must have the complaint.

    Attributes:
        last: the last day, counted in calendar days or months.
        safe: the same, or the last working day before it when it is none.
        limit: how long the time limit is.
    """

    last: date
    safe: date
    limit: Known


def standstill(sent: date, digital: bool, limits: Limits, holidays: Container[date]) -> Optional[Standstill]:
    """Return the standstill after a message about the winner of an EU tender; None when its length is not known."""
    wait = limits.on(Limit.WAIT_DIGITAL if digital else Limit.WAIT_LETTER, sent)
    if wait is None:
        return None
    end = sent + timedelta(days=int(wait.number))
    if not is_working_day(end, holidays):
        end = add_working_days(end, 1, holidays)
    return Standstill(end, end + timedelta(days=1), wait)


def complaint(message: Message, sent: date, limits: Limits, holidays: Container[date]) -> Optional[Complaint]:
    """Return the deadline for complaints after a message sent, or a contract published, on the day `sent`.

    None for the winner of an EU tender, whose deadline runs from the publication of the contract, and when the time
    limit is not known on the day.
    """
    name = COMPLAINTS.get(message)
    limit = limits.on(name, sent) if name else None
    if limit is None:
        return None
    count = int(limit.number)
    last = add_months(sent, count) if name is Limit.COMPLAIN_FRAMEWORK else sent + timedelta(days=count)
    safe = last
    while not is_working_day(safe, holidays):
        safe -= timedelta(days=1)
    return Complaint(last, safe, limit)
