"""Writes mails from the texts in data/mails."""

from pathlib import Path
from typing import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.cases import Case
from bot.core.danish import long_day
from bot.core.mails import Mail
from bot.core.units import Units


class CaseMailWriter:
    """Tells a unit that a case has come. The mail holds no personal data: it is read in the console."""

    def __init__(self, texts: Path, units: Units, console_address: str, sender_domain: str):
        # Plain text: escaping would put &amp; into mails.
        self._texts = Environment(  # noqa: S701
            loader=FileSystemLoader(texts), undefined=StrictUndefined, keep_trailing_newline=True
        )
        self._units = units
        self._console_address = console_address
        self._sender_domain = sender_domain

    def new_case(self, case: Case) -> Sequence[Mail]:
        """Return the mail to the unit's mailbox."""
        unit = self._units.get(case.unit)
        body = self._texts.get_template("new_case.txt").render(
            case=case,
            unit=unit,
            answer_by=long_day(case.answer_by),
            link=f"{self._console_address}/sager/{case.id}",
        )
        return [
            Mail(
                message_id=f"<{case.id}.new@{self._sender_domain}>",
                recipient=unit.mailbox,
                subject=f"Ny sag {case.reference}",
                body=body,
            )
        ]
