"""Builds the services; the only file that knows every room."""

import logging
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Callable, Dict, List, Mapping, Optional
from zoneinfo import ZoneInfo

import holidays

from bot.content import gazetteer
from bot.content.loading import Content, due, load
from bot.content.municipalities import municipalities
from bot.content.reading import Problem
from bot.content.topic_texts import TopicTexts
from bot.core.assistant import Assistant
from bot.core.calculations import Calculation, Calculations
from bot.core.casework import Casework
from bot.core.deadline_answers import DeadlineCalculation
from bot.core.deadline_texts import Deadlines
from bot.core.editorial import Editorial
from bot.core.errors import InvalidSetting, StorageUnavailable
from bot.core.handoff import HandoffService
from bot.core.mails import Mail, WebhookCall
from bot.core.patience import Patience
from bot.core.plans.planner import Planner
from bot.core.ports import Chance, Clock, Holidays
from bot.core.published import PublishedTopics
from bot.core.reminders import Reminders
from bot.core.tenders.answering import InvoiceCalculation, TenderCalculation
from bot.core.tenders.limits import Limits
from bot.core.visitor_acts import VisitorActs
from bot.notify.case_calls import CaseCallWriter
from bot.notify.case_mails import CaseLifeMails
from bot.notify.delivery import FolderGateway, Gateway, Gateways
from bot.notify.outbox import OutboxDelivery
from bot.notify.smtp import SmtpGateway
from bot.notify.texts import MailTexts
from bot.notify.webhooks import Signer, WebhookGateway, check_address
from bot.notify.writing import CaseMailWriter, Writers
from bot.settings import Settings
from bot.storage.cases import CaseRepository
from bot.storage.conversations import ConversationRepository
from bot.storage.database import Database
from bot.storage.editorial import EditorialRepository
from bot.storage.outbox import OutboxRepository
from bot.storage.plans import PlanRepository
from bot.storage.staff import StaffRepository
from bot.storage.tracker import TrackerMemory
from bot.storage.undelivered import UndeliveredRepository
from bot.understanding.entities.extractor import Extractor

ROOT = Path(__file__).resolve().parent.parent
DENMARK = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """Return the time in Denmark: the project's only clock."""
    return datetime.now(DENMARK)


class SystemChance:
    """Unguessable values from the operating system."""

    def secret(self) -> str:
        """Return 256 random bits as text."""
        return secrets.token_urlsafe(32)

    def identifier(self) -> str:
        """Return 128 random bits as hexadecimal digits."""
        return secrets.token_hex(16)

    def digits(self, length: int) -> str:
        """Return random decimal digits."""
        return "".join(secrets.choice("0123456789") for _ in range(length))

    def fraction(self) -> float:
        """Return a random number from 0 up to 1."""
        return secrets.randbelow(2**32) / 2**32


@dataclass(frozen=True)
class Services:
    """Everything the edges work with."""

    settings: Settings
    content: Content
    clock: Clock
    chance: Chance
    database: Database
    conversations: ConversationRepository
    cases: CaseRepository
    casework: Casework
    visitor_acts: VisitorActs
    reminders: Reminders
    staff: StaffRepository
    tracker: TrackerMemory
    assistant: Assistant
    handoff: HandoffService
    outbox: OutboxDelivery
    waiting: OutboxRepository
    undelivered: UndeliveredRepository
    texts: MailTexts
    editorial: Editorial
    holidays: Holidays
    deadlines: Deadlines
    planner: Planner
    plans: PlanRepository
    extractor: Extractor

    def follow_editors(self) -> None:
        """Take over what editors have published; without the database what was known last counts."""
        try:
            self.editorial.follow()
        except StorageUnavailable:
            logging.getLogger(__name__).warning("the database is away: what editors changed may be missing")

    def today(self) -> date:
        """Return the date in Denmark."""
        return self.clock().date()


def load_content(settings: Settings, root: Path = ROOT) -> Content:
    """Read and check data/; InvalidContent names every problem."""
    return load(root, settings.municipality)


def load_municipalities(root: Path = ROOT) -> List[str]:
    """Return the names of all municipalities that data/ holds."""
    return municipalities(root)


def load_extractor(settings: Settings, root: Path = ROOT) -> Extractor:
    """Build what finds amounts, dates, places and so on in a visitor's words; it needs no database and no answers."""
    return Extractor(*gazetteer.load(root, settings.municipality))


def load_holidays() -> Mapping[date, str]:
    """Return the public holidays of Denmark, with their Danish names."""
    return holidays.country_holidays("DK", language="da")


def load_planner(content: Content, danish_holidays: Optional[Holidays] = None) -> Planner:
    """Build what makes plans for visitors."""
    return Planner(
        content.plans,
        content.knowledge,
        content.units,
        content.municipality,
        content.phrases["answer"],
        danish_holidays or load_holidays(),
    )


def load_due(settings: Settings, root: Path = ROOT) -> List[Problem]:
    """Return what editors must see to today."""
    return due(root, settings.municipality, now().date())


def build_services(
    settings: Optional[Settings] = None,
    *,
    content: Optional[Content] = None,
    clock: Callable[[], datetime] = now,
    chance: Optional[Chance] = None,
    gateway: Optional[Gateway] = None,
    patience: Optional[Patience] = None,
) -> Services:
    """Wire everything together; tests pass their own clock, chance, gateway and patience."""
    settings = settings or Settings.from_environment()
    content = content or load_content(settings)
    topics = PublishedTopics(content.knowledge.topics)
    # Whoever holds the knowledge meets what editors have published.
    content = content.with_topics(topics)
    chance = chance or SystemChance()
    database = Database(settings.database)
    conversations = ConversationRepository(database)
    cases = CaseRepository(database)
    danish_holidays = load_holidays()
    outbox = OutboxRepository(database)
    texts = MailTexts(ROOT / "data" / "mails", settings.sender.split("@")[-1], content.municipality.name)
    staff = StaffRepository(database)
    case_mails = CaseLifeMails(texts, content.units, content.municipality, staff, settings.console_address)
    deadlines = Deadlines(content.deadlines, content.knowledge, danish_holidays, content.phrases["deadline"])
    return Services(
        settings=settings,
        content=content,
        clock=clock,
        chance=chance,
        database=database,
        conversations=conversations,
        cases=cases,
        casework=Casework(cases, clock, danish_holidays, content.units, case_mails),
        visitor_acts=VisitorActs(cases, clock, danish_holidays, content.units, case_mails, staff),
        reminders=Reminders(cases, clock, danish_holidays, content.units, case_mails, staff),
        staff=staff,
        tracker=TrackerMemory(Database(settings.tracker_database)),
        assistant=Assistant(
            content.knowledge,
            content.units,
            content.aspects,
            content.phrases["answer"],
            _calculations(content, deadlines),
        ),
        handoff=HandoffService(
            units=content.units,
            municipality=content.municipality,
            knowledge=content.knowledge,
            phrases=content.phrases["routing"],
            store=cases,
            transcripts=conversations,
            mails=_writers(settings, content, texts),
            holidays=danish_holidays,
            clock=clock,
            chance=chance,
        ),
        outbox=OutboxDelivery(
            outbox,
            gateway or load_gateways(settings, clock, patience),
            clock,
            patience or Patience(),
            chance.fraction,
        ),
        waiting=outbox,
        undelivered=UndeliveredRepository(database),
        texts=texts,
        editorial=Editorial(
            EditorialRepository(database),
            TopicTexts(ROOT, content.municipality.id, content.topic_reader),
            topics,
            clock,
        ),
        holidays=danish_holidays,
        deadlines=deadlines,
        planner=load_planner(content, danish_holidays),
        plans=PlanRepository(database),
        extractor=Extractor(content.places, content.postcodes, content.trades),
    )


def _calculations(content: Content, deadlines: Deadlines) -> Calculations:
    """Return what each topic can work out from a visitor's figures."""
    limits, tenders = Limits(content.knowledge), content.tenders
    by_topic: Dict[str, List[Calculation]] = {}
    for topic in tenders.topics:
        by_topic.setdefault(topic, []).append(TenderCalculation(tenders, limits))
    for topic in tenders.invoice_topics:
        by_topic.setdefault(topic, []).append(InvoiceCalculation(tenders, limits))
    due = DeadlineCalculation(deadlines, content.phrases["deadline"], content.phrases["errors"])
    for topic in {rule.topic for rule in deadlines.rules}:
        by_topic.setdefault(topic, []).append(due)
    return Calculations(by_topic)


def _writers(settings: Settings, content: Content, texts: MailTexts) -> Writers:
    """Return what writes about new cases: to the unit, and to the case system when there is one."""
    mails = CaseMailWriter(texts, content.units, settings.console_address)
    if not settings.webhook_url:
        return Writers(mails)
    calls = CaseCallWriter(
        settings.webhook_url, content.municipality, content.units, content.knowledge, settings.console_address
    )
    return Writers(mails, calls)


def load_gateways(settings: Settings, clock: Clock = now, patience: Optional[Patience] = None) -> Gateways:
    """Build what hands over mails and calls; InvalidSetting when one cannot work.

    There is no gateway for text messages yet, and none for calls without an address: those are set aside.
    """
    patience = patience or Patience()
    by_kind: Dict[type, Gateway] = {}
    if settings.webhook_url:
        check_address(
            settings.webhook_url,
            InvalidSetting(f"GENVEJ_WEBHOOK_URL is {settings.webhook_url!r}, but must be an https address"),
        )
        signer = Signer(settings.webhook_secret)
        by_kind[WebhookCall] = WebhookGateway(signer, clock, settings.ca_file, patience)
    if not settings.smtp_host:
        by_kind[Mail] = FolderGateway(settings.var_dir / "mail", settings.sender, clock)
    else:
        by_kind[Mail] = SmtpGateway(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_user,
            settings.smtp_password,
            settings.smtp_tls,
            settings.sender,
            clock,
            settings.ca_file,
            patience,
        )
    return Gateways(by_kind)
