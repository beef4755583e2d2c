"""Writes the mails that follow from what happens to a case. Those inside the house hold no personal data."""

from dataclasses import replace
from typing import Any, Dict, List, Sequence

from bot.core.cases import Case, CaseState
from bot.core.danish import long_day
from bot.core.errors import NotFound
from bot.core.mails import Mail
from bot.core.ports import StaffDirectory
from bot.core.staff import StaffMember
from bot.core.units import Municipality, Unit, Units
from bot.notify.texts import MailTexts


class CaseLifeMails:
    """Mails to visitors, units and leaders; the texts are in data/mails."""

    def __init__(
        self,
        texts: MailTexts,
        units: Units,
        municipality: Municipality,
        staff: StaffDirectory,
        console_address: str,
    ):
        self._texts = texts
        self._units = units
        self._municipality = municipality
        self._staff = staff
        self._console_address = console_address

    def reply(self, case: Case, staff: StaffMember, text: str, unit: str) -> List[Mail]:
        """Return the unit's answer or question to the visitor; an answer to the mail goes to the unit."""
        return self._to_visitor("reply", case, text=text, staff=staff, unit=self._unit(unit))

    def promised(self, case: Case, reason: str) -> List[Mail]:
        """Return the mail that tells the visitor of another date."""
        return self._to_visitor("promised", case, reason=reason)

    def moved(self, case: Case) -> List[Mail]:
        """Return the mail that tells the visitor that a part of the case takes longer, and the new date."""
        return self._to_visitor("moved", case)

    def reopened(self, case: Case) -> List[Mail]:
        """Return the mail that tells the visitor that the case is open again, and the new date."""
        return self._to_visitor("reopened", case)

    def merged(self, case: Case, survivor: Case) -> List[Mail]:
        """Return the mail that tells the visitor which case is answered for both."""
        day = long_day(survivor.answer_by)
        mails = self._to_visitor("merged", case, survivor=survivor, answer_by=day)
        return [replace(mail, reply_to=self._unit(survivor.unit).mailbox) for mail in mails]

    def reopened_with(self, case: Case, other: Case) -> List[Mail]:
        """Return the mail that tells the unit that the case is open again because another is."""
        return self._inside("reopened_with", case, [self._unit(case.unit).mailbox], other=other)

    def to_unit(self, name: str, case: Case, recipients: Sequence[str]) -> List[Mail]:
        """Return a mail to the unit's mailbox, and to the recipients."""
        return self.to(name, case, [self._unit(case.unit).mailbox, *recipients])

    def to(self, name: str, case: Case, recipients: Sequence[str]) -> List[Mail]:
        """Return a mail to each recipient, one to an address that is there twice."""
        return self._inside(name, case, recipients)

    def _inside(self, name: str, case: Case, recipients: Sequence[str], **more: Any) -> List[Mail]:
        addresses = {address.lower(): address for address in recipients}
        values = {
            **self._values(case),
            "claimed_name": self._claimed_name(case),
            "link": f"{self._console_address}/sager/{case.id}",
            **more,
        }
        return [
            self._texts.compose(name, address, f"{_key(case, name)}.{number}", **values)
            for number, address in enumerate(addresses.values(), 1)
        ]

    def _to_visitor(self, name: str, case: Case, **values: Any) -> List[Mail]:
        if not case.contact.email:
            return []
        told = {**self._values(case), **values}
        mail = self._texts.compose(name, case.contact.email, _key(case, name), **told)
        return [replace(mail, reply_to=self._unit(case.unit).mailbox)]

    def _values(self, case: Case) -> Dict[str, Any]:
        return {
            "case": case,
            "unit": self._unit(case.unit),
            "answer_by": long_day(case.answer_by),
            "waiting_since": long_day(case.waiting_since) if case.waiting_since else "",
            "waiting": case.state is CaseState.WAITING,
            "closed": case.state is CaseState.CLOSED,
        }

    def _unit(self, unit: str) -> Unit:
        # Cases outlive units: those of one that is gone are the default unit's to look after.
        return self._units.get(unit if self._units.has(unit) else self._municipality.default_unit)

    def _claimed_name(self, case: Case) -> str:
        if case.claimed_by is None:
            return ""
        try:
            return self._staff.get(case.claimed_by).name
        except NotFound:
            return ""


def _key(case: Case, name: str) -> str:
    # Each change of a case has a version of its own, so that no mail is taken for another.
    return f"{case.id}.{case.version}.{name}"
