"""Reminds units before a promised date, and tells their leaders when it has passed."""

import logging
from dataclasses import replace
from datetime import date, datetime, time
from typing import List, Optional

from bot.core.case_acts import Acts
from bot.core.case_states import Change
from bot.core.cases import OPEN_STATES, Case, CaseState
from bot.core.deadlines import is_working_day, working_day_before
from bot.core.errors import Conflict, StorageUnavailable
from bot.core.ports import CaseDesk, CaseMails, Clock, Holidays, StaffDirectory
from bot.core.recipients import claimer, stand_in
from bot.core.units import Unit, Units

log = logging.getLogger(__name__)
# Nobody reads a reminder at night. By the municipality's clock, also on the day the clocks change.
FIRST_THING = time(8)


def to_remind_of(case: Case, now: datetime, holidays: Holidays) -> Optional[date]:
    """Return the date that the unit is to be reminded of now, or None.

    That is the promised date from the working day before it, though not on the day the case came, whose mail says it
    already. While the unit waits for the business it is the day on which to ask again.
    """
    if not _at_work(now, holidays) or not case.open:
        return None
    today = now.date()
    if case.state is CaseState.WAITING:
        day = case.follow_up
        return day if day and today >= day and case.reminded_for != day else None
    day = case.answer_by
    due = working_day_before(day, holidays) <= today <= day
    came_today = case.created_at.astimezone(now.tzinfo).date() == today
    return day if due and not came_today and case.reminded_for != day else None


def to_escalate(case: Case, now: datetime, holidays: Holidays) -> bool:
    """Tell whether the leader is to hear now that the promised date has passed."""
    passed = case.overdue(now.date()) and case.escalated_for != case.answer_by
    return passed and _at_work(now, holidays)


class Reminders:
    """Looks at every open case, and sends what is due. What was sent is in the case's history, once for each date."""

    def __init__(
        self,
        desk: CaseDesk,
        clock: Clock,
        holidays: Holidays,
        units: Units,
        mails: CaseMails,
        staff: StaffDirectory,
    ):
        self._desk = desk
        self._clock = clock
        self._holidays = holidays
        self._units = units
        self._mails = mails
        self._staff = staff

    def send_due(self) -> int:
        """Send what is due now; return how many reminders and escalations there were."""
        now = self._clock()
        if not _at_work(now, self._holidays):
            return 0
        return sum(self._sent(case, now) for case in self._desk.listed(None, OPEN_STATES))

    def _sent(self, case: Case, now: datetime) -> bool:
        try:
            change = self._change(case, now)
            if change is None:
                return False
            self._desk.apply(change)
        except StorageUnavailable:
            # It is away for the other cases too.
            raise
        except Conflict:
            # Somebody is at work on it, or another worker was first. The next round looks again.
            log.info("a reminder waits: the case was changed meanwhile")
            return False
        except Exception as error:
            # One case that is not as it should be must not keep the dates of all others from being seen.
            log.error("a reminder failed: %s", type(error).__name__)
            return False
        return True

    def _change(self, case: Case, now: datetime) -> Optional[Change]:
        acts = Acts(now, self._holidays)
        deputy = stand_in(case.unit, self._units, now.date())
        if to_escalate(case, now, self._holidays):
            leaders = self._staff.leaders(case.unit)
            if deputy:
                # Nobody at the unit reads it now, and the business waits.
                leaders = [*leaders, *(one for one in self._staff.leaders(deputy.id) if one not in leaders)]
            change = acts.escalated(case, ", ".join(leader.name for leader in leaders))
            addresses = [leader.email for leader in leaders if leader.email]
            if addresses:
                return replace(change, mails=tuple(self._mails.to("overdue", change.after, addresses)))
            # A date must not pass unseen because a unit has no leader with an address.
            return replace(
                change, mails=tuple(self._mails.to_unit("overdue", change.after, _mailbox(deputy)))
            )
        of = to_remind_of(case, now, self._holidays)
        if of is None:
            return None
        change = acts.reminded(case, of)
        name = "follow_up" if case.state is CaseState.WAITING else "reminder"
        besides = [*claimer(case, self._staff), *_mailbox(deputy)]
        return replace(change, mails=tuple(self._mails.to_unit(name, change.after, besides)))


def _mailbox(unit: Optional[Unit]) -> List[str]:
    return [unit.mailbox] if unit else []


def _at_work(now: datetime, holidays: Holidays) -> bool:
    return is_working_day(now.date(), holidays) and now.time() >= FIRST_THING
