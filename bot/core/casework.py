"""What staff do with cases, and who may do it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import List, Optional, Tuple

from bot.core.case_acts import USUAL_DAYS, Acts, both
from bot.core.case_families import Families
from bot.core.case_rights import Possible, possible
from bot.core.case_states import Change
from bot.core.cases import Case, CaseEvent, EventKind, Outcome
from bot.core.deadlines import add_working_days, is_working_day
from bot.core.duplicates import likely_duplicates, same_visitor
from bot.core.errors import IllegalTransition, InvalidInput, NotAllowed, NotFound
from bot.core.mails import Mail
from bot.core.parts import latest, may_close, same_family
from bot.core.ports import CaseDesk, CaseMails, Clock, Holidays
from bot.core.privacy import storable
from bot.core.staff import StaffMember
from bot.core.units import Units

LONGEST_NOTE = 4000
_LONGEST_PROMISE = timedelta(days=365)
# What may follow a reply.
STAY, WAIT, CLOSE = "stay", "wait", "close"


class Casework:
    """Every act of staff, each by somebody who may; a case is changed as they read it, or Conflict is raised."""

    def __init__(self, desk: CaseDesk, clock: Clock, holidays: Holidays, units: Units, mails: CaseMails):
        self._desk = desk
        self._clock = clock
        self._holidays = holidays
        self._units = units
        self._mails = mails
        self._families = Families(desk, mails)

    def read(self, staff: StaffMember, case_id: str) -> Case:
        """Return a case; NotAllowed when it is another unit's.

        Whoever forwarded an open case may go on reading it, since the business may call them; the others of their unit
        may not.
        """
        case = self._desk.get(case_id)
        if not staff.may_see(case) and not (case.open and self._forwarded(staff, case)):
            raise NotAllowed("the case is another unit's")
        return case

    def history(self, case: Case) -> List[CaseEvent]:
        """Return what has happened to a case, oldest first."""
        return self._desk.events(case.id)

    def duplicates(self, staff: StaffMember, case: Case) -> List[Case]:
        """Return other recent cases of the same business that the staff member may see."""
        others = [
            other
            for other in self._desk.of_visitor(case.contact)
            if staff.may_see(other) and not same_family(case, other)
        ]
        return likely_duplicates(case, others, self._clock().date())

    def merged_into(self, case: Case) -> List[Case]:
        """Return the cases that were merged into a case; whoever may read it may read them here."""
        return self._desk.merged_into(case.id)

    def family(self, case: Case) -> Tuple[Optional[Case], List[Case]]:
        """Return the case that this one is a part of, and the parts: its own, or its sisters'."""
        whole = self._desk.get(case.parent) if case.parent else None
        return whole, self._desk.parts(case.parent or case.id)

    def possible(self, staff: StaffMember, case: Case) -> Possible:
        """Return what the staff member can do now."""
        return possible(staff, case)

    def claim(self, staff: StaffMember, case: Case) -> None:
        """Take a new case."""
        self._check(staff, case, "claim")
        self._desk.apply(self._acts(staff).claimed(case))

    def release(self, staff: StaffMember, case: Case) -> None:
        """Put a claimed case back; the history shows who did."""
        self._check(staff, case, "release")
        self._apply(staff, self._acts(staff).released(case))

    def note(self, staff: StaffMember, case: Case, text: str) -> None:
        """Add a note; InvalidInput `note_missing` for an empty one, `note_long` for a long one."""
        self._check(staff, case, "note")
        self._desk.apply(self._acts(staff).noted(case, _needed(text, "note_missing")))

    def reply(self, staff: StaffMember, case: Case, text: str, then: str, outcome: str = "") -> None:
        """Write to the business, and go on, wait for its answer, or close the case.

        InvalidInput `reply_missing`, `note_long`, `then_missing`, `outcome_missing`.
        """
        self._desk.apply(self._reply(staff, case, text, then, outcome))

    def preview(self, staff: StaffMember, case: Case, text: str, then: str = STAY) -> Mail:
        """Return the mail that such a reply would send. Errors are those of `reply`, save the outcome's."""
        [mail] = self._reply(staff, case, text, then, Outcome.ANSWERED.value).mails[:1]
        if not isinstance(mail, Mail):
            raise TypeError("a reply is a mail")
        return mail

    def ask(self, staff: StaffMember, case: Case, text: str) -> None:
        """Wait for the business, which was asked otherwise than by mail from here; `text` is what it was asked.

        InvalidInput `asked_missing`, `note_long`.
        """
        self._check(staff, case, "ask")
        self._desk.apply(self._acts(staff).asked(case, _needed(text, "asked_missing"), mailed=False))

    def resume(self, staff: StaffMember, case: Case, text: str) -> None:
        """Go on: the business has answered by mail or telephone; `text` is what it said, and may be empty."""
        self._check(staff, case, "resume")
        self._apply(staff, self._acts(staff).resumed(case, _kept(text)))

    def close(self, staff: StaffMember, case: Case, outcome: str, text: str) -> None:
        """Close one's own case with an outcome.

        InvalidInput `outcome_missing` for an unknown outcome, `note_long` for a long text, `parts_open` while a part
        of the case is open.
        """
        self._check(staff, case, "close")
        self._check_parts(case)
        self._desk.apply(self._acts(staff).closed(case, _outcome(outcome), _kept(text)))

    def forward(
        self, staff: StaffMember, case: Case, unit: str, text: str, misrouted: Optional[bool]
    ) -> None:
        """Send a case to another unit for a reason, which gets it as a new one; the promised date stays.

        `misrouted` is whether it should not have come here at all. InvalidInput `unit_missing`, `why_missing`,
        `note_long`, `misrouted_missing`.
        """
        self._check(staff, case, "forward")
        if not self._units.has(unit) or unit == case.unit:
            raise InvalidInput("unit_missing", "unit")
        if misrouted is None:
            raise InvalidInput("misrouted_missing", "misrouted")
        change = self._acts(staff).forwarded(case, unit, _needed(text, "why_missing"), misrouted)
        self._apply(staff, replace(change, mails=tuple(self._mails.to_unit("forwarded", change.after, ()))))

    def promise(self, staff: StaffMember, case: Case, day: Optional[date], text: str) -> None:
        """Promise another date, for a reason that the visitor is told by mail.

        Of a part they are told when it moves the date of the whole, which is the one they know. InvalidInput
        `promise_wrong` unless it is another working day from today within a year; `promise_before_part` when an open
        part of the case is promised for later; `why_missing`.
        """
        self._check(staff, case, "promise")
        today = self._clock().date()
        allowed = day and today <= day <= today + _LONGEST_PROMISE and day != case.answer_by
        if not day or not allowed or not is_working_day(day, self._holidays):
            raise InvalidInput("promise_wrong", "answer_by")
        if day < latest(self._desk.parts(case.id)):
            raise InvalidInput("promise_before_part", "answer_by")
        reason = _needed(text, "why_missing")
        change = self._acts(staff).promised(case, day, reason)
        if case.parent is None:
            change = replace(change, mails=tuple(self._mails.promised(change.after, reason)))
        self._apply(staff, change, reason)

    def reopen(self, staff: StaffMember, case: Case, text: str) -> None:
        """Take up a case that had ended, for a reason; the visitor is told the new date by mail.

        A part opens its whole again; a whole that was withdrawn opens the parts that went with it. InvalidInput
        `why_missing`, `part_of_merged`.
        """
        self._check(staff, case, "reopen")
        change = self._acts(staff).reopened(case, _needed(text, "why_missing"), self._days(case))
        if case.parent:
            self._apply(staff, change)
            return
        whole, *parts = self._families.with_parts(self._acts(staff), change, self._first_day)
        self._desk.apply(replace(whole, mails=tuple(self._mails.reopened(whole.after))), *parts)

    def merge(self, staff: StaffMember, case: Case, survivor_id: str) -> None:
        """Let another open case of the same visitor be answered for this one too.

        InvalidInput `merge_wrong` when the other is not open, not the same visitor's, or not their business;
        `merge_part` when one of them is a part: what hangs together is answered part by part; `merge_parts_open` when
        open parts would be left behind.
        """
        self._check(staff, case, "merge")
        try:
            survivor = self._desk.get(survivor_id)
        except NotFound:
            raise InvalidInput("merge_wrong", "survivor") from None
        allowed = survivor.open and same_visitor(case.contact, survivor.contact)
        # A case is of its own family too.
        if same_family(case, survivor) or not allowed or not staff.may_see(survivor):
            raise InvalidInput("merge_wrong", "survivor")
        if case.parent or survivor.parent:
            raise InvalidInput("merge_part", "survivor")
        self._check_parts(case, "merge_parts_open")
        earliest = latest(self._desk.parts(survivor.id))
        lost, kept = self._acts(staff).merged(case, survivor, earliest)
        self._desk.apply(replace(lost, mails=tuple(self._mails.merged(lost.after, kept.after))), kept)

    def _reply(self, staff: StaffMember, case: Case, text: str, then: str, outcome: str) -> Change:
        self._check(staff, case, "reply")
        words, acts = _needed(text, "reply_missing"), self._acts(staff)
        if then == WAIT:
            change = acts.asked(case, words, mailed=True)
        elif then == CLOSE:
            self._check_parts(case)
            answered = acts.answered(case, words)
            change = both(answered, acts.closed(answered.after, _outcome(outcome), ""))
        elif then == STAY:
            change = acts.answered(case, words)
        else:
            raise InvalidInput("then_missing", "then")
        return replace(change, mails=tuple(self._mails.reply(change.after, staff, words, case.unit)))

    def _check_parts(self, case: Case, code: str = "parts_open") -> None:
        if not may_close(case, self._desk.parts(case.id)):
            raise InvalidInput(code)

    def _apply(self, staff: StaffMember, change: Change, reason: str = "") -> None:
        self._desk.apply(*self._families.with_whole(self._acts(staff), change, reason))

    def _days(self, case: Case) -> int:
        return self._units.get(case.unit).working_days if self._units.has(case.unit) else USUAL_DAYS

    def _first_day(self, case: Case) -> date:
        return add_working_days(self._clock().date(), self._days(case), self._holidays)

    def _acts(self, staff: StaffMember) -> Acts:
        return Acts(self._clock(), self._holidays, staff)

    def _forwarded(self, staff: StaffMember, case: Case) -> bool:
        return any(
            event.kind is EventKind.FORWARDED and event.staff_id == staff.id
            for event in self._desk.events(case.id)
        )

    def _check(self, staff: StaffMember, case: Case, act: str) -> None:
        if not staff.may_see(case):
            raise NotAllowed("the case is another unit's")
        if not getattr(possible(staff, case), act):
            raise IllegalTransition(f"{act} is not possible for them with a case that is {case.state.value}")


def survivor_of(desk: CaseDesk, case: Case) -> Case:
    """Return the case that is answered for this one: itself, or the one it was merged into, however many times."""
    while case.merged_into:
        case = desk.get(case.merged_into)
    return case


def _outcome(value: str) -> Outcome:
    if value not in {item.value for item in Outcome}:
        raise InvalidInput("outcome_missing", "outcome")
    return Outcome(value)


def _needed(text: str, code: str) -> str:
    kept = _kept(text)
    if not kept:
        raise InvalidInput(code, "text")
    return kept


def _kept(text: str) -> str:
    kept = storable(text)
    if len(kept) > LONGEST_NOTE:
        raise InvalidInput("note_long", "text")
    return kept
