"""What visitors do with their own cases; who they are has been checked by whoever calls."""

from dataclasses import replace
from datetime import timedelta

from bot.core.case_acts import USUAL_DAYS, Acts
from bot.core.case_states import Change
from bot.core.cases import Case
from bot.core.casework import survivor_of
from bot.core.errors import IllegalTransition, InvalidInput
from bot.core.parts import went_with
from bot.core.ports import CaseDesk, CaseMails, Clock, Holidays, StaffDirectory
from bot.core.privacy import storable
from bot.core.recipients import claimer
from bot.core.units import Units

LONGEST_MESSAGE = 4000
# After that a message is a new matter, and a case of its own.
REOPENED_WITHIN = timedelta(days=30)


class VisitorActs:
    """Withdrawing a case, and adding a message to it; the unit is told by mail in the same transaction."""

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

    def may_withdraw(self, case: Case) -> bool:
        """Tell whether the case can be withdrawn: it is still open, and no part of another."""
        return case.open and case.parent is None

    def may_write(self, case: Case) -> bool:
        """Tell whether a message can be added: the case, or the one it was merged into, is open or ended recently.

        A visitor knows the whole alone: nobody writes to a part of it.
        """
        case = survivor_of(self._desk, case)
        recent = case.closed_at is not None and self._clock() - case.closed_at <= REOPENED_WITHIN
        return case.parent is None and (case.open or recent)

    def withdraw(self, case: Case) -> Case:
        """End the case and its open parts without an answer; return it as it is now.

        IllegalTransition when it has ended already (also by merging: the one it was merged into lives on); Conflict
        when somebody changed it since it was read: read it again.
        """
        if case.parent:
            raise IllegalTransition("a part goes with its whole")
        parts = [part for part in self._desk.parts(case.id) if part.open]
        # One moment for all: by it a part is known to have gone with the case.
        acts = Acts(self._clock(), self._holidays)
        changes = [self._withdrawn(acts, one) for one in (case, *parts)]
        self._desk.apply(*changes)
        return changes[0].after

    def visitor_message(self, case: Case, text: str) -> Case:
        """Add a message; return the case that has it, which is another one when this one was merged.

        A case that waited for the business goes on. One that ended within the last 30 days is open again, with a new
        promised date, which the visitor is told by mail too; and so are the parts that were withdrawn with it, for
        their units would not hear of it otherwise.

        IllegalTransition when it ended longer ago; Conflict as `withdraw`; InvalidInput `visitor_message_missing`,
        `visitor_message_long`.
        """
        words = storable(text)
        if not words:
            raise InvalidInput("visitor_message_missing", "text")
        if len(words) > LONGEST_MESSAGE:
            raise InvalidInput("visitor_message_long", "text")
        if not self.may_write(case):
            raise IllegalTransition("the case ended too long ago")
        case = survivor_of(self._desk, case)
        parts = [part for part in self._desk.parts(case.id) if went_with(part, case)]
        # The coordinating unit answers for the whole: its date is that of the slowest part.
        days = max(self._days(one) for one in (case, *parts))
        change = self._message(case, words, days)
        if not case.open:
            change = replace(change, mails=(*change.mails, *self._mails.reopened(change.after)))
        self._desk.apply(change, *[self._message(part, words, self._days(part)) for part in parts])
        return change.after

    def _message(self, case: Case, words: str, days: int) -> Change:
        change = Acts(self._clock(), self._holidays).message(case, words, days)
        name = "visitor_message" if case.open else "reopened_by_visitor"
        mails = self._mails.to_unit(name, change.after, claimer(case, self._staff))
        return replace(change, mails=tuple(mails))

    def _days(self, case: Case) -> int:
        return self._units.get(case.unit).working_days if self._units.has(case.unit) else USUAL_DAYS

    def _withdrawn(self, acts: Acts, case: Case) -> Change:
        change = acts.withdrawn(case)
        mails = self._mails.to_unit("withdrawn", change.after, claimer(case, self._staff))
        return replace(change, mails=tuple(mails))
