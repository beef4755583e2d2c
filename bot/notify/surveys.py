"""Writes what the survey sends: invitations and reminders by mail or SMS, and mails about calls to make."""

from datetime import date
from typing import Any, List, Sequence

from bot.core.danish import long_day
from bot.core.mails import Mail, Outgoing, TextMessage
from bot.core.survey_answers import HIGHEST, LOWEST
from bot.core.surveys import INVITATION, REMINDER, Invitation, Way
from bot.core.units import Units
from bot.notify.texts import MailTexts


class SurveyMessages:
    """Writes from the texts in data/mails. None of it says what the case was about or who it goes to."""

    def __init__(self, texts: MailTexts, units: Units, web_address: str, console_address: str):
        self._texts = texts
        self._units = units
        self._web_address = web_address
        self._console_address = console_address

    def invitation(self, invitation: Invitation, token: str) -> Outgoing:
        """Return the invitation, by the way that was chosen."""
        return self._asking("survey", INVITATION, invitation, token)

    def reminder(self, invitation: Invitation, token: str) -> Outgoing:
        """Return the one reminder."""
        return self._asking("survey_reminder", REMINDER, invitation, token)

    def callback(self, invitation: Invitation, recipients: Sequence[str], due: date) -> List[Mail]:
        """Return one mail to each recipient about the call that is due."""
        return [
            self._texts.compose(
                "callback",
                recipient,
                f"callback.{invitation.id}.{number}",
                unit_name=self._name(invitation.unit),
                due=long_day(due),
                link=f"{self._console_address}/maalinger#opkald",
            )
            for number, recipient in enumerate(recipients, 1)
        ]

    def _asking(self, name: str, begins: str, invitation: Invitation, token: str) -> Outgoing:
        key = f"{begins}{invitation.id}"
        values: Any = {
            "link": f"{self._web_address}/m/{token}",
            "unit_name": self._name(invitation.unit),
            "scores": range(LOWEST, HIGHEST + 1),
            "expires": long_day(invitation.expires_at.date()),
        }
        if invitation.way is Way.SMS:
            return TextMessage(key, invitation.recipient, self._texts.text(f"{name}_sms", **values)[1])
        return self._texts.compose(name, invitation.recipient, key, **values)

    def _name(self, unit: str) -> str:
        return self._units.get(unit).name if self._units.has(unit) else ""
