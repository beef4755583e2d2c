"""Writes the mails about a talk with a leader, each with a file for the calendar."""

from typing import List

from bot.core.answering import Phrases
from bot.core.danish import clock_time, long_day
from bot.core.dialogs import Dialog, DialogOffer, mail_key
from bot.core.invitations import Invitation, Person, invitation_file, method
from bot.core.mails import Attachment, Mail
from bot.core.units import Units
from bot.notify.texts import MailTexts


class DialogMailWriter:
    """The texts are in data/mails; what stands in the calendar in data/phrases.yml, `dialog`."""

    def __init__(
        self, texts: MailTexts, units: Units, phrases: Phrases, web_address: str, sender_domain: str
    ):
        self._texts = texts
        self._units = units
        self._phrases = phrases
        self._web_address = web_address
        self._sender_domain = sender_domain

    def booked(self, dialog: Dialog, offer: DialogOffer, token: str) -> List[Mail]:
        """Return the invitations to the business and to the leader; either may call it off by the link."""
        link = f"{self._web_address}/dialog/aftale/{token}"
        return self._both("dialog_booked", dialog, offer.mailbox, link)

    def cancelled(self, dialog: Dialog, mailbox: str) -> List[Mail]:
        """Return the mails that call it off."""
        return self._both("dialog_cancelled", dialog, mailbox, f"{self._web_address}/dialog")

    def _both(self, name: str, dialog: Dialog, mailbox: str, link: str) -> List[Mail]:
        unit = self._unit_name(dialog.unit)
        mails = []
        for whose, recipient in (("", dialog.email), ("_leader", mailbox)):
            if not recipient:
                continue
            values = {
                "dialog": dialog,
                "unit": unit,
                "day": long_day(dialog.starts_at.date()),
                "clock": clock_time(dialog.starts_at),
                "link": link,
            }
            file = self._file(dialog, unit, mailbox)
            key = f"{mail_key(dialog.id)}{dialog.sequence}{whose}"
            mails.append(self._texts.compose(f"{name}{whose}", recipient, key, (file,), **values))
        return mails

    def _file(self, dialog: Dialog, unit: str, mailbox: str) -> Attachment:
        # The same file for both: it holds no link, for a calendar is often seen by others.
        meeting = Invitation(
            uid=f"dialog-{dialog.id}@{self._sender_domain}",
            sequence=dialog.sequence,
            starts=dialog.starts_at,
            ends=dialog.ends_at,
            summary=self._phrases.say("calendar_summary", unit=unit),
            description=self._phrases.say("calendar_about", about=dialog.about.replace("\n", " ")),
            place=dialog.place,
            organizer=Person(unit, mailbox or f"genvej@{self._sender_domain}"),
            attendees=(Person(dialog.name, dialog.email), *([Person(unit, mailbox)] if mailbox else [])),
            cancelled=dialog.cancelled_at is not None,
        )
        text = invitation_file(meeting, dialog.cancelled_at or dialog.created_at)
        kind = f"text/calendar; method={method(meeting)}; charset=utf-8"
        return Attachment("aftale.ics", kind, text.encode("utf-8"))

    def _unit_name(self, unit: str) -> str:
        return self._units.get(unit).name if self._units.has(unit) else unit
