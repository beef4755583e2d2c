"""Who is asked how it went, by what way and when. Sources and reasons: docs/surveys.md."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone, tzinfo
from enum import Enum
from typing import Optional, Tuple

from bot.core.cases import Case, CaseState, Contact
from bot.core.deadlines import is_working_day
from bot.core.ports import Holidays

# How Message-IDs begin, behind a `<` in mails.
INVITATION, REMINDER = "survey.", "reminder."
# The series for mobile telephones in the Danish numbering plan, of which no smaller part is a landline's.
_MOBILE = re.compile(r"(?:2\d|3[01]|4[0-2]|5[0-3]|6[01]|71|81|9[1-3])\d{6}")
_DANISH = re.compile(r"[2-9]\d{7}")
# Free and shared numbers, and those that cost extra: nobody reads a text message there.
_SERVICE = re.compile(r"(?:70|80|90)\d{6}")


class Way(Enum):
    """How a business is asked."""

    MAIL = "mail"
    SMS = "sms"
    NONE = "none"


@dataclass(frozen=True)
class SurveyRules:
    """What the municipality has chosen; `opens` and `closes` are whole hours of the day in its own zone."""

    zone: tzinfo
    delay: timedelta = timedelta(hours=20)
    quiet_days: timedelta = timedelta(days=60)
    reminder: timedelta = timedelta(days=7)
    valid: timedelta = timedelta(days=21)
    opens: int = 8
    closes: int = 20
    callback_days: int = 3
    fewest_answers: int = 5
    # Whether there is a gateway that takes text messages.
    sms: bool = True


@dataclass(frozen=True)
class Known:
    """What is known of a business before it is asked: whether it wants no more, and when it was asked last."""

    opted_out: bool = False
    asked_at: Optional[datetime] = None


@dataclass(frozen=True)
class Invitation:
    """An invitation to tell how it went.

    `business` and `addresses` are hashes; `recipient` is where it goes and is not kept here. `sealed` holds the same
    hashes for a no thanks; it stays when the others go. `message` and `reminder` are Message-IDs in the outbox.
    """

    id: str
    unit: str
    way: Way
    recipient: str
    business: str
    addresses: Tuple[str, ...]
    created_at: datetime
    send_at: datetime
    expires_at: datetime
    case_id: Optional[str] = None
    topic: Optional[str] = None
    answered_at: Optional[datetime] = None
    reminded_at: Optional[datetime] = None
    message: str = ""
    sealed: str = ""

    @property
    def nobodys(self) -> bool:
        """Tell whether it was made anonymous, so that an answer would be nobody's."""
        return not self.business


def later(at: datetime, passed: timedelta, zone: tzinfo) -> datetime:
    """Return the time in `zone` when `passed` has really gone by, also over a change of the clocks."""
    return (at.astimezone(timezone.utc) + passed).astimezone(zone)


def next_open(at: datetime, rules: SurveyRules, holidays: Holidays) -> datetime:
    """Return `at`, or the first moment after it that is neither evening, night, weekend nor holiday."""
    here = at.astimezone(rules.zone)
    if is_working_day(here.date(), holidays) and rules.opens <= here.hour < rules.closes:
        return here
    day = here.date() if here.hour < rules.opens else here.date() + timedelta(days=1)
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return datetime.combine(day, time(rules.opens), rules.zone)


def way_for(contact: Contact, sms: bool = True) -> Tuple[Way, str]:
    """Return (way, recipient): the one that was chosen, otherwise mail, otherwise SMS to a mobile telephone.

    Without `sms` there is no way to send text messages.

    A way that was chosen without an address for it gives way to the other. (Way.NONE, "") when there is none.
    """
    if contact.survey_by == Way.NONE.value:
        return Way.NONE, ""
    if sms and contact.survey_by == Way.SMS.value and _takes_text(contact.phone):
        return Way.SMS, international(contact.phone)
    if contact.email:
        return Way.MAIL, contact.email
    if sms and _MOBILE.fullmatch(contact.phone):
        return Way.SMS, international(contact.phone)
    return Way.NONE, ""


def survey_ways(contact: Contact, sms: bool) -> Tuple[Way, Tuple[Way, ...]]:
    """Return how somebody is asked as things stand, and what they can choose instead.

    Without an address that a survey can go to there is nothing to choose, and both are empty.

    Args:
        contact: the ways to reach them, and what they chose until now.
        sms: whether text messages can be sent.
    """
    now, _ = way_for(contact, sms)
    possible = {way_for(replace(contact, survey_by=way.value), sms)[0] for way in (Way.MAIL, Way.SMS)}
    if possible == {Way.NONE}:
        return Way.NONE, ()
    return now, tuple(way for way in Way if way is not now and way in {*possible, Way.NONE})


def international(phone: str) -> str:
    """Return a number as +4512345678; those of other countries have their + already."""
    return f"+45{phone}" if _DANISH.fullmatch(phone) else phone


def is_asked(case: Case, at: datetime, known: Known, rules: SurveyRules) -> bool:
    """Tell whether a business is asked about a case that was closed at `at`, however it ended.

    Whoever took a case back, or sent the same one twice, has not been served. Of a case in parts only the whole is
    asked about.
    """
    if (
        case.parent is not None
        or case.state is not CaseState.CLOSED
        or known.opted_out
        or way_for(case.contact, rules.sms)[0] is Way.NONE
    ):
        return False
    return known.asked_at is None or at - known.asked_at >= rules.quiet_days


def invitation_for(
    case: Case,
    at: datetime,
    known: Known,
    rules: SurveyRules,
    holidays: Holidays,
    identifier: str,
    business: str,
    addresses: Tuple[str, ...],
) -> Optional[Invitation]:
    """Return the invitation about a case that was closed at `at`, or None when nobody is asked.

    Args:
        case: the closed case.
        at: when it was closed.
        known: what is known of the business.
        rules: what the municipality has chosen.
        holidays: the public holidays.
        identifier: the invitation's id.
        business: the hash by which the business is known again.
        addresses: the hashes of its addresses.
    """
    if not is_asked(case, at, known, rules):
        return None
    way, recipient = way_for(case.contact, rules.sms)
    send_at = next_open(later(at, rules.delay, rules.zone), rules, holidays)
    return Invitation(
        id=identifier,
        unit=case.unit,
        way=way,
        recipient=recipient,
        business=business,
        addresses=addresses,
        created_at=at,
        send_at=send_at,
        expires_at=later(send_at, rules.valid, rules.zone),
        case_id=case.id,
        topic=case.topic,
    )


def reminder_at(invitation: Invitation, rules: SurveyRules, holidays: Holidays) -> datetime:
    """Return when the one reminder of an invitation goes out."""
    return next_open(later(invitation.send_at, rules.reminder, rules.zone), rules, holidays)


def send_time(message_id: str, now: datetime, rules: SurveyRules, holidays: Holidays) -> Optional[datetime]:
    """Return when a message of the survey may go out that is due `now`; None for at once, and for all others.

    It was due by day; but it may have waited in the outbox for a gateway that was down.
    """
    if not message_id.lstrip("<").startswith((INVITATION, REMINDER)):
        return None
    opens = next_open(now, rules, holidays)
    return opens if opens > now else None


def reminder_id(message_id: str) -> str:
    """Return the Message-ID of the reminder of an invitation with this one."""
    return message_id.replace(INVITATION, REMINDER, 1)


def _takes_text(phone: str) -> bool:
    return bool(phone) and not _SERVICE.fullmatch(phone)
