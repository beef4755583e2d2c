"""Writes the receipt to whoever handed a case over."""

from dataclasses import replace
from typing import List

from bot.core.case_links import address
from bot.core.cases import Case
from bot.core.danish import long_day
from bot.core.mails import Mail
from bot.core.units import Units
from bot.notify.texts import MailTexts


class ReceiptWriter:
    """Writes the receipt from data/mails/receipt.txt; `site` is the address of the public web."""

    def __init__(self, texts: MailTexts, units: Units, site: str):
        self._texts = texts
        self._units = units
        self._site = site

    def receipt(self, case: Case, token: str) -> List[Mail]:
        """Return the mail with the link that the token opens; nothing when no address is known."""
        if not case.contact.email:
            return []
        unit = self._units.get(case.unit)
        mail = self._texts.compose(
            "receipt",
            case.contact.email,
            f"{case.id}.receipt",
            case=case,
            unit=unit,
            answer_by=long_day(case.answer_by),
            link=address(self._site, token),
        )
        return [replace(mail, reply_to=unit.mailbox)]
