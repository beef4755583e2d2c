"""What an act on one case does to the others it hangs together with: a whole and its parts.

The visitor knows the whole alone, and its date. So it holds always: a whole that has ended has no open part, and an
open whole is not promised before its open parts are.
"""

from dataclasses import replace
from datetime import date
from typing import Callable, List, Tuple

from bot.core.case_acts import Acts
from bot.core.case_states import Change
from bot.core.cases import Case, CaseState
from bot.core.errors import InvalidInput
from bot.core.parts import went_with
from bot.core.ports import CaseDesk, CaseMails


class Families:
    """Works out what else changes; all of it is to be stored together with the change itself."""

    def __init__(self, desk: CaseDesk, mails: CaseMails):
        self._desk = desk
        self._mails = mails

    def with_whole(self, acts: Acts, change: Change, reason: str = "") -> Tuple[Change, ...]:
        """Return the change of a case and, when it is a part that was opened again or put off, that of its whole.

        `reason` is what the visitor reads of a date that moves. InvalidInput `part_of_merged` when the whole is
        answered as another case.
        """
        part = change.after
        if part.parent is None or not part.open:
            return (change,)
        whole = self._desk.get(part.parent)
        if not change.before.open:
            return change, self._woken(acts, whole, part)
        if whole.open and part.answer_by > max(whole.answer_by, change.before.answer_by):
            moved = acts.promised(whole, part.answer_by, reason, part)
            return change, replace(
                moved, mails=tuple(self._mails.promised(moved.after, reason) if reason else ())
            )
        return (change,)

    def with_parts(self, acts: Acts, change: Change, first_day: Callable[[Case], date]) -> Tuple[Change, ...]:
        """Return the change that opens a whole again, and those of the parts that were withdrawn with it.

        Their units would not hear of it otherwise. `first_day` tells by when the unit of a case aims to answer it.
        """
        parts = [part for part in self._desk.parts(change.before.id) if went_with(part, change.before)]
        woken: List[Change] = []
        for part in parts:
            one = acts.reopened_with(part, change.after, first_day(part))
            woken.append(replace(one, mails=tuple(self._mails.reopened_with(one.after, change.after))))
        day = max([change.after.answer_by, *(one.after.answer_by for one in woken)])
        whole = replace(change, after=replace(change.after, answer_by=day))
        return (whole, *woken)

    def _woken(self, acts: Acts, whole: Case, part: Case) -> Change:
        """Return what becomes of a whole when a part of it is opened again.

        It is changed in any case, so that whoever is just closing it is refused.
        """
        if whole.state is CaseState.MERGED:
            raise InvalidInput("part_of_merged")
        change = acts.reopened_with(whole, part, part.answer_by)
        after = change.after
        mails = []
        if not whole.open:
            mails = [*self._mails.reopened_with(after, part), *self._mails.reopened(after)]
        elif after.answer_by != whole.answer_by:
            mails = self._mails.moved(after)
        return replace(change, mails=tuple(mails))
