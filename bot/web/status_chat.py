"""Where a case stands, in the chat: the reference, then the e-mail address, then a short answer.

That it was asked for stands in the payload of the button below the question, as with plans; see docs/adr/0020. The
e-mail address lives in memory for one message: the transcript has a mark in its place, and Rasa is not told.
"""

from dataclasses import dataclass
from typing import List, Optional, Sequence

from bot.bootstrap import Services
from bot.core import contacts
from bot.core.case_links import ROOM
from bot.core.case_status import Status
from bot.core.conversations import Choice, Message, Reply, Role
from bot.core.errors import TooMany
from bot.core.privacy import mask_email
from bot.web.status_check import StatusCheck, minutes

_STOP = f"{ROOM}/andet?nr="
_PLAN = "/plan/"
# Longer messages tell of more than a case number: they are the bot's.
_LONGEST = 100
_PERSON = "/tal_med_medarbejder"


@dataclass(frozen=True)
class Asked:
    """What somebody asks: `shown` goes into the transcript; `email` is empty until it is told."""

    shown: str
    reference: str
    email: str
    wrong: bool
    address: str


class StatusChat:
    """Sees messages before plans and Rasa do."""

    def __init__(self, services: Services, check: StatusCheck):
        content = services.content
        self._services = services
        self._check = check
        self._phrases = content.phrases["status"]
        self._errors = content.phrases["errors"]
        self._answers = content.phrases["answer"]
        self._phone = content.municipality.phone
        self._not_understood = {self._answers.say(key) for key in ("rephrase", "search_hits", "search_empty")}

    def concerns(self, text: str) -> bool:
        """Tell whether a message may be about a case, without reading the conversation."""
        return "@" in text or bool(self._check.find(text))

    def read(self, before: Sequence[Message], text: str, address: str) -> Optional[Asked]:
        """Return what is asked, or None when the message is for somebody else.

        Args:
            before: the conversation up to the message.
            text: what was written.
            address: the visitor's network address.
        """
        last = next((one for one in reversed(before) if one.role is Role.BOT), None)
        waiting = self._asked_for(last)
        named = self._check.find(text)
        if named and not waiting and (len(text) > _LONGEST or self._another_asks(last)):
            return None
        if not named and not (waiting and "@" in text):
            return None
        email = contacts.find_email(text)
        return Asked(mask_email(text), named or waiting, email, "@" in text and not email, address)

    def answer(self, asked: Asked) -> List[Reply]:
        """Return the question for the e-mail address, or where the case stands."""
        if asked.wrong:
            return [self._ask_again(asked, self._errors.say("email_wrong"))]
        if not asked.email:
            return [self._ask_again(asked, self._phrases.say("chat_ask", reference=asked.reference))]
        try:
            found = self._check.look(asked.reference, asked.email, asked.address)
        except TooMany as error:
            wait = self._errors.say("status_wait", minutes=minutes(error.retry_after))
            return [Reply(role=Role.BOT, text=wait, choices=(self._person(),))]
        if found is None:
            return [self._ask_again(asked, self._errors.say("status_unknown", phone=self._phone))]
        return [self._found(found)]

    def tapped(self, payload: str) -> Optional[List[Reply]]:
        """Return what follows on the button below the question; None for other buttons and for words."""
        if not payload.startswith(_STOP):
            return None
        return [Reply(role=Role.BOT, text=self._phrases.say("chat_stopped"), choices=(self._person(),))]

    def _found(self, status: Status) -> Reply:
        told = " ".join(self._check.words.sentences(status, self._services.today()))
        first = self._phrases.say("chat_found", reference=status.case.reference, told=told)
        text = "\n\n".join((first, self._phrases.say("chat_more")))
        return Reply(role=Role.BOT, text=text, topic="sagsstatus")

    def _ask_again(self, asked: Asked, text: str) -> Reply:
        other = Choice(self._phrases.say("chat_other"), f"{_STOP}{asked.reference}")
        return Reply(role=Role.BOT, text=text, choices=(other, self._person()))

    def _person(self) -> Choice:
        return Choice(self._answers.say("person"), _PERSON, _PERSON[1:])

    def _asked_for(self, last: Optional[Message]) -> str:
        """Return the reference whose e-mail address was asked for last, or an empty string."""
        payloads = [choice.payload for choice in last.reply.choices] if last else []
        return next((one[len(_STOP) :] for one in payloads if one.startswith(_STOP)), "")

    def _another_asks(self, last: Optional[Message]) -> bool:
        """Tell whether the handoff form waits for an answer: its questions are about no topic."""
        if last is None or last.reply.topic or last.reply.clarify or last.text in self._not_understood:
            return False
        return not any(choice.payload.startswith(_PLAN) for choice in last.reply.choices)
