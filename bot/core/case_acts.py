"""What each act does to a case: the case afterwards, and the line in its history. Who may is said in casework.py."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Dict, Optional, Tuple

from bot.core.case_states import Change, after
from bot.core.cases import Case, CaseEvent, CaseState, EventKind, Outcome
from bot.core.deadlines import add_working_days, working_day_before, working_days_between
from bot.core.errors import NotAllowed
from bot.core.ports import Holidays
from bot.core.staff import StaffMember

# In working days. Then the unit is reminded that the business has not answered.
PATIENCE = 10
# In working days, for the case of a unit that is gone.
USUAL_DAYS = 5


class Acts:
    """Changes to cases at one moment.

    Args:
        now: the time, in Denmark.
        holidays: the public holidays.
        staff: who acts; None for the visitor and for what happens by itself.
    """

    def __init__(self, now: datetime, holidays: Holidays, staff: Optional[StaffMember] = None):
        self._now = now
        self._today = now.date()
        self._holidays = holidays
        self._staff = staff

    def claimed(self, case: Case) -> Change:
        """Somebody takes it."""
        return self._change(case, EventKind.CLAIMED, **self._mine())

    def released(self, case: Case) -> Change:
        """It is put back."""
        return self._change(case, EventKind.RELEASED, **self._resumed(case), **_NOBODY)

    def noted(self, case: Case, text: str) -> Change:
        """Somebody writes a note."""
        return self._change(case, EventKind.NOTE, text)

    def answered(self, case: Case, text: str) -> Change:
        """The unit has written to the business."""
        return self._change(case, EventKind.ANSWERED, text)

    def asked(self, case: Case, text: str, mailed: bool) -> Change:
        """The unit has asked the business something, and waits."""
        return self._change(
            case,
            EventKind.ASKED,
            text,
            {"mailed": mailed},
            waiting_since=case.waiting_since or self._today,
            follow_up=add_working_days(self._today, PATIENCE, self._holidays),
        )

    def resumed(self, case: Case, text: str) -> Change:
        """The business has answered the unit by mail or telephone."""
        return self._change(case, EventKind.RESUMED, text, **self._resumed(case))

    def forwarded(self, case: Case, unit: str, text: str, misrouted: bool) -> Change:
        """It goes to another unit; the promised date stays."""
        details = {"from": case.unit, "to": unit, "misrouted": misrouted}
        resumed = {**_NOT_WAITING, **self._resumed(case)}
        values = {**resumed, **_NOBODY, **self._told_anew(resumed.get("answer_by", case.answer_by))}
        return self._change(
            case,
            EventKind.FORWARDED,
            text,
            details,
            unit=unit,
            misrouted=case.misrouted or misrouted,
            **values,
        )

    def promised(self, case: Case, day: date, text: str, follows: Optional[Case] = None) -> Change:
        """Another date is promised, for a reason that the visitor is told; `follows` is the part that moved it."""
        details = {"from": case.answer_by.isoformat(), "to": day.isoformat()}
        details.update({"reference": follows.reference} if follows else {})
        return self._change(
            case, EventKind.PROMISED, text, details, answer_by=day, reminded_for=None, escalated_for=None
        )

    def closed(self, case: Case, outcome: Outcome, text: str) -> Change:
        """It has an end."""
        return self._change(
            case, EventKind.CLOSED, text, {"outcome": outcome.value}, outcome=outcome, **self._ended()
        )

    def reopened(self, case: Case, text: str, working_days: int) -> Change:
        """Somebody takes it up again, with a new promised date."""
        return self._change(
            case, EventKind.REOPENED, text, **self._mine(), **self._promise_anew(working_days)
        )

    def reopened_with(self, case: Case, other: Case, day: date) -> Change:
        """A part of it, or what it is a part of, is opened again: it is promised for that day at the earliest.

        One that had ended is new again; an open one goes on, and its history tells.
        """
        values: Dict[str, Any] = {}
        if not case.open:
            values = {**_NOBODY, **self._promise_for(day)}
        elif day > case.answer_by:
            values = {"answer_by": day, **self._told_anew(day)}
        return self._change(case, EventKind.REOPENED_WITH, details={"reference": other.reference}, **values)

    def merged(self, case: Case, survivor: Case, earliest: date) -> Tuple[Change, Change]:
        """It is answered together with another case, by the earlier of the two promised dates.

        Not before `earliest`, by when the open parts of the other are answered.
        """
        lost = self._change(
            case, EventKind.MERGED, details={"into": survivor.id}, merged_into=survivor.id, **self._ended()
        )
        day = max(min(case.answer_by, survivor.answer_by), earliest)
        told = self._told_anew(day) if day != survivor.answer_by else {}
        details = {"from": case.id, "reference": case.reference}
        kept = self._change(survivor, EventKind.ABSORBED, case.reference, details, answer_by=day, **told)
        return lost, kept

    def withdrawn(self, case: Case) -> Change:
        """The visitor does not want an answer any more."""
        return self._change(case, EventKind.WITHDRAWN, **self._ended())

    def message(self, case: Case, text: str, working_days: int) -> Change:
        """The visitor writes; a case that had ended is open again, one that waited goes on."""
        values = self._resumed(case)
        if not case.open:
            values = {**_NOBODY, **self._promise_anew(working_days)}
        return self._change(case, EventKind.VISITOR_MESSAGE, text, **values)

    def reminded(self, case: Case, of: date) -> Change:
        """The unit is reminded of a date."""
        return self._change(case, EventKind.REMINDED, details={"of": of.isoformat()}, reminded_for=of)

    def escalated(self, case: Case, names: str) -> Change:
        """The leader is told that the promised date has passed."""
        details = {"of": case.answer_by.isoformat()}
        return self._change(case, EventKind.ESCALATED, names, details, escalated_for=case.answer_by)

    def _change(
        self, case: Case, kind: EventKind, text: str = "", details: Optional[dict] = None, **values: Any
    ) -> Change:
        state = after(kind, case.state)
        changed = replace(case, state=state, version=case.version + 1, **values)
        staff = self._staff
        event = CaseEvent(
            self._now, kind, staff.name if staff else "", text, staff.id if staff else None, details or {}
        )
        return Change(case, changed, (event,))

    def _mine(self) -> Dict[str, Any]:
        if self._staff is None:
            raise NotAllowed("only staff take cases")
        return {"claimed_by": self._staff.id, "claimed_name": self._staff.name}

    def _ended(self) -> Dict[str, Any]:
        return {"closed_at": self._now, **_NOT_WAITING}

    def _resumed(self, case: Case) -> Dict[str, Any]:
        """Return what goes on: the unit has as many working days left as when it asked, and one at least.

        A date that had passed when the unit asked stays passed.
        """
        if case.state is not CaseState.WAITING or case.waiting_since is None:
            return {}
        day = case.answer_by
        if case.waiting_since <= day:
            left = max(working_days_between(case.waiting_since, day, self._holidays), 1)
            day = max(day, add_working_days(self._today, left, self._holidays))
        told = {} if day == case.answer_by else {"reminded_for": None, "escalated_for": None}
        return {"answer_by": day, **_NOT_WAITING, **told}

    def _promise_anew(self, working_days: int) -> Dict[str, Any]:
        return self._promise_for(add_working_days(self._today, working_days, self._holidays))

    def _promise_for(self, day: date) -> Dict[str, Any]:
        return {"answer_by": day, "outcome": None, "closed_at": None, **self._told_anew(day)}

    def _told_anew(self, day: date) -> Dict[str, Any]:
        """Return that unit and leader are to hear of a date; not once more when the mail of today says it."""
        soon = self._today >= working_day_before(day, self._holidays)
        return {"reminded_for": day if soon else None, "escalated_for": None}


def both(first: Change, second: Change) -> Change:
    """Return two acts in a row as one change of the case."""
    return replace(
        second,
        before=first.before,
        after=replace(second.after, version=first.after.version),
        events=first.events + second.events,
        mails=first.mails + second.mails,
    )


_NOBODY: Dict[str, Any] = {"claimed_by": None, "claimed_name": ""}
_NOT_WAITING: Dict[str, Any] = {"waiting_since": None, "follow_up": None}
