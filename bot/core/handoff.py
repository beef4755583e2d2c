"""Hands a business over to the unit that can help, with everything it has told already."""

from dataclasses import dataclass
from typing import Optional

from bot.core import contacts
from bot.core.answering import Phrases
from bot.core.cases import Case, Contact
from bot.core.conversations import CaseLine, Role, Turn
from bot.core.deadlines import add_working_days
from bot.core.errors import Conflict, InvalidInput
from bot.core.knowledge import Knowledge
from bot.core.ports import CaseStore, Chance, Clock, Holidays, MailWriter, Transcripts
from bot.core.privacy import storable
from bot.core.routing import Route, route
from bot.core.units import Municipality, Units

LONGEST_SUMMARY = 4000
REFERENCE_DIGITS = 6
_TRIES_FOR_A_FREE_REFERENCE = 20


@dataclass(frozen=True)
class HandoffRequest:
    """What a business hands over. `request_key` makes asking twice open one case."""

    summary: str
    name: str
    company: str = ""
    cvr: str = ""
    email: str = ""
    phone: str = ""
    topic: Optional[str] = None
    consent: bool = False
    conversation: Optional[str] = None
    request_key: Optional[str] = None


@dataclass(frozen=True)
class Receipt:
    """What the business is told: the case's reference, its unit and the promised date."""

    case: Case
    unit_name: str

    @property
    def line(self) -> CaseLine:
        """The receipt as it goes with a message."""
        return CaseLine(self.case.reference, self.unit_name, self.case.answer_by.isoformat())


class HandoffService:
    """Opens cases, from the conversation and from the contact form alike."""

    def __init__(
        self,
        units: Units,
        municipality: Municipality,
        knowledge: Knowledge,
        phrases: Phrases,
        store: CaseStore,
        transcripts: Transcripts,
        mails: MailWriter,
        holidays: Holidays,
        clock: Clock,
        chance: Chance,
    ):
        self._units = units
        self._municipality = municipality
        self._knowledge = knowledge
        self._phrases = phrases
        self._store = store
        self._transcripts = transcripts
        self._mails = mails
        self._holidays = holidays
        self._clock = clock
        self._chance = chance

    def submit(self, request: HandoffRequest) -> Receipt:
        """Check the request, choose the unit, store the case and return the receipt.

        InvalidInput names the first field that cannot be taken. Nothing is stored then.
        """
        summary, contact = checked(request)
        chosen = route(request.topic, self._units, self._municipality)
        for _ in range(_TRIES_FOR_A_FREE_REFERENCE):
            case = self._new_case(request, summary, contact, chosen)
            try:
                stored = self._store.open(case, self._mails.new_case(case), request.request_key)
            except Conflict:
                continue
            return Receipt(stored, self._units.get(stored.unit).name)
        raise Conflict("no free reference was found")

    def _new_case(self, request: HandoffRequest, summary: str, contact: Contact, chosen: Route) -> Case:
        now = self._clock()
        digits = self._chance.digits(REFERENCE_DIGITS)
        title = self._knowledge.title(request.topic) if request.topic else ""
        return Case(
            id=self._chance.identifier(),
            reference=f"{self._municipality.case_prefix}-{now.year}-{digits}",
            unit=chosen.unit.id,
            topic=request.topic,
            summary=summary,
            contact=contact,
            routed_because=self._phrases.say(chosen.reason, topic=title, unit=chosen.unit.name),
            created_at=now,
            answer_by=add_working_days(now.date(), chosen.unit.working_days, self._holidays),
            conversation=request.conversation,
            transcript=self._transcript(request.conversation),
        )

    def _transcript(self, conversation: Optional[str]) -> tuple:
        if conversation is None:
            return ()
        return tuple(
            Turn(message.role, message.text, message.at, message.reply.topic, message.reply.sources)
            for message in self._transcripts.after(conversation, 0)
            if message.role is not Role.SYSTEM
        )


def checked(request: HandoffRequest) -> tuple:
    """Return (summary, Contact) with every field in its stored form; InvalidInput names the first bad one."""
    summary = storable(request.summary)
    if len(summary) < 3:
        raise InvalidInput("summary_missing", "summary")
    if len(summary) > LONGEST_SUMMARY:
        raise InvalidInput("summary_long", "summary")
    name = contacts.name(storable(request.name), "name")
    company = contacts.name(storable(request.company), "company") if request.company.strip() else ""
    cvr = contacts.cvr(request.cvr) if request.cvr.strip() else ""
    # One way to answer is enough, but what was told in vain must be said so.
    email = contacts.email(storable(request.email)) if request.email.strip() else ""
    phone = contacts.phone(storable(request.phone)) if request.phone.strip() else ""
    if not email and not phone:
        raise InvalidInput("contact_missing", "contact")
    if not request.consent:
        raise InvalidInput("consent_missing", "consent")
    return summary, Contact(name=name, company=company, cvr=cvr, email=email, phone=phone)
