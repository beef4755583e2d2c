"""Hands a business over to the unit that can help, with everything it has told already."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Callable, Mapping, Optional, Sequence, Tuple

from bot.core import contacts
from bot.core.answering import Phrases
from bot.core.case_links import token_hash, without_tokens
from bot.core.cases import Case, Contact
from bot.core.conversations import CaseLine, Role, Turn
from bot.core.errors import Conflict, InvalidInput
from bot.core.inquiries import Inquiry
from bot.core.knowledge import Knowledge
from bot.core.mails import Outgoing
from bot.core.parts import part_reference
from bot.core.ports import CaseStore, Chance, Clock, Holidays, MailWriter, ReceiptMails, Transcripts
from bot.core.privacy import storable
from bot.core.route_words import RouteWords
from bot.core.routing import Route, Share, Situation, route
from bot.core.routing_rules import Rules
from bot.core.units import Municipality, Units

LONGEST_SUMMARY = 4000
REFERENCE_DIGITS = 6
SURVEY_WAYS = ("mail", "sms", "none")
_TRIES_FOR_A_FREE_REFERENCE = 20


@dataclass(frozen=True)
class HandoffRequest:
    """What a business hands over. `request_key` makes asking twice open one case.

    Beside `topic` it is routed by more `topics`, the plan it comes from, and what the words name (see `Inquiry`).
    """

    summary: str
    name: str
    company: str = ""
    cvr: str = ""
    email: str = ""
    phone: str = ""
    survey_by: str = ""
    topic: Optional[str] = None
    consent: bool = False
    conversation: Optional[str] = None
    request_key: Optional[str] = None
    topics: Tuple[str, ...] = ()
    plan: str = ""
    amount: Optional[float] = None
    place: str = ""
    area: str = ""
    trade: str = ""
    language: str = ""
    wish: str = ""


@dataclass(frozen=True)
class ReceiptLimits:
    """How many receipts one mail address gets in an hour and in a day: anybody can type anybody's address."""

    hour: int = 5
    day: int = 20


@dataclass(frozen=True)
class Receipt:
    """What the business is told: the case's reference, its unit and the promised date.

    `notes` are sentences about when it is read, which other units get a part, and that no mail follows where one was
    due. `token` opens the link where the case can be followed; it is known to nobody else. `mailed` tells whether the
    receipt goes out as a mail too.
    """

    case: Case
    unit_name: str
    notes: Tuple[str, ...] = ()
    token: str = ""
    mailed: bool = False

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
        receipts: ReceiptMails,
        holidays: Holidays,
        clock: Clock,
        chance: Chance,
        rules: Rules = Rules(),  # noqa: B008 (frozen)
        loads: Callable[[], Mapping[str, int]] = dict,
        plan_titles: Optional[Mapping[str, str]] = None,
        limits: Optional[ReceiptLimits] = None,
    ):
        """Take what it works with; `loads` counts the open cases of each unit. Without `limits` all get a receipt."""
        self._limits = limits
        self._units = units
        self._municipality = municipality
        self._knowledge = knowledge
        self._words = RouteWords(phrases, knowledge, municipality, plan_titles or {})
        self._store = store
        self._transcripts = transcripts
        self._mails = mails
        self._receipts = receipts
        self._holidays = holidays
        self._clock = clock
        self._chance = chance
        self._rules = rules
        self._loads = loads

    def submit(self, request: HandoffRequest) -> Receipt:
        """Check the request, choose the unit, store the case and return the receipt.

        InvalidInput names the first field that cannot be taken. Nothing is stored then.
        """
        summary, contact = checked(request)
        transcript = self._transcript(request.conversation)
        inquiry = self._inquiry(request, summary, transcript)
        chosen = self._route(inquiry)
        token = self._chance.secret()
        link = token_hash(token)
        for _ in range(_TRIES_FOR_A_FREE_REFERENCE):
            case = self._new_case(request, summary, contact, chosen, transcript, inquiry.language)
            parts = [self._part(case, chosen, number, share) for number, share in enumerate(chosen.parts, 1)]
            try:
                stored = self._store.open(
                    case,
                    self._mails.new_case(case),
                    request.request_key,
                    [(part, self._mails.new_case(part)) for part in parts],
                    link=link,
                    receipt=partial(self._receipt, case, token),
                )
            except Conflict:
                continue
            if stored.id != case.id:
                # Asked for twice. The first link is with whoever got it; this receipt needs one too.
                self._store.add_link(stored.id, link, self._clock())
            mailed = self._store.has_receipt(stored.id)
            notes = self._words.notes(chosen, no_mail=bool(stored.contact.email) and not mailed)
            return Receipt(stored, self._units.get(stored.unit).name, notes, token, mailed)
        raise Conflict("no free reference was found")

    def sent_on(self, topic: Optional[str], where: str) -> str:
        """Return where a visitor with this topic is sent on to instead of handing over a case; empty to hand it over.

        `where` is `chat` or `page`: the last sentence tells how they ask the municipality all the same.
        """
        if topic not in self._rules.sent_on or not self._knowledge.get(topic):
            return ""
        unit = self._units.get(self._municipality.default_unit)
        return self._words.sent_on(topic, unit.called, where)

    def _receipt(self, case: Case, token: str, count: Callable[[datetime], int]) -> Sequence[Outgoing]:
        now, most = case.created_at, self._limits
        spent = most and (
            count(now - timedelta(hours=1)) >= most.hour or count(now - timedelta(days=1)) >= most.day
        )
        return () if spent else self._receipts.receipt(case, token)

    def _route(self, inquiry: Inquiry) -> Route:
        # Counted only where it decides something.
        counted = any(unit.capacity is not None for unit in self._units.all())
        situation = Situation(self._clock(), self._holidays, self._loads() if counted else {})
        return route(inquiry, self._units, self._municipality, self._rules, situation)

    def _inquiry(self, request: HandoffRequest, summary: str, transcript: Sequence[Turn]) -> Inquiry:
        spoken_of = [turn.topic for turn in transcript if turn.topic and self._units.covers(turn.topic)]
        topics = [*([request.topic] if request.topic else []), *request.topics]
        if self._rules.is_about_everything(summary):
            topics += spoken_of
        elif not topics and not request.plan:
            topics = spoken_of[-1:]
        return Inquiry(
            topics=tuple(topics),
            plan=request.plan,
            amount=request.amount,
            place=f"{request.place}\n{summary}",
            area=request.area,
            trade=request.trade,
            language=request.language,
            wish=request.wish or self._rules.wished(summary, self._units),
        )

    def _new_case(
        self,
        request: HandoffRequest,
        summary: str,
        contact: Contact,
        chosen: Route,
        transcript: Tuple[Turn, ...],
        language: str,
    ) -> Case:
        now = self._clock()
        digits = self._chance.digits(REFERENCE_DIGITS)
        reference = f"{self._municipality.case_prefix}-{now.year}-{digits}"
        topics = chosen.main.topics
        return Case(
            id=self._chance.identifier(),
            reference=reference,
            unit=chosen.unit.id,
            topic=request.topic or (topics[0] if topics else None),
            summary=summary,
            contact=contact,
            routed_because=self._words.whole(chosen, reference, request.plan, language),
            created_at=now,
            # The coordinating unit answers for the whole: its date is that of the slowest part.
            answer_by=chosen.answer_by,
            conversation=request.conversation,
            transcript=transcript,
        )

    def _part(self, whole: Case, chosen: Route, number: int, share: Share) -> Case:
        return replace(
            whole,
            id=self._chance.identifier(),
            reference=part_reference(whole.reference, number),
            unit=share.unit.id,
            topic=share.topics[0] if share.topics else None,
            routed_because=self._words.part(share, chosen, whole.reference),
            answer_by=share.answer_by,
            parent=whole.id,
        )

    def _transcript(self, conversation: Optional[str]) -> Tuple[Turn, ...]:
        if conversation is None:
            return ()
        return tuple(
            Turn(
                message.role,
                without_tokens(message.text),
                message.at,
                message.reply.topic,
                message.reply.sources,
            )
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
    survey_by = request.survey_by if request.survey_by in SURVEY_WAYS else ""
    return summary, Contact(name, company, cvr, email, phone, survey_by)
