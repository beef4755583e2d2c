"""Writes the mails that a case gives rise to."""

from typing import List, Sequence

from bot.core.cases import Case
from bot.core.danish import long_day
from bot.core.mails import Mail, Outgoing
from bot.core.ports import MailWriter
from bot.core.units import Units
from bot.notify.texts import MailTexts


class CaseMailWriter:
    """Tells a unit that a case has come. The mail holds no personal data: it is read in the console."""

    def __init__(self, texts: MailTexts, units: Units, console_address: str):
        self._texts = texts
        self._units = units
        self._console_address = console_address

    def new_case(self, case: Case) -> Sequence[Mail]:
        """Return the mail to the unit's mailbox."""
        unit = self._units.get(case.unit)
        return [
            self._texts.compose(
                "new_case",
                unit.mailbox,
                f"{case.id}.new",
                case=case,
                unit=unit,
                answer_by=long_day(case.answer_by),
                link=f"{self._console_address}/sager/{case.id}",
            )
        ]


class Writers:
    """Writes all that a case gives rise to: mails, and calls to other systems."""

    def __init__(self, *writers: MailWriter):
        self._writers = writers

    def new_case(self, case: Case) -> List[Outgoing]:
        """Return everything that goes out when a case is opened."""
        return [item for writer in self._writers for item in writer.new_case(case)]
