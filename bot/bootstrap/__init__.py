"""Builds the services; the only file that knows every room."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Callable, Optional

from bot.bootstrap.clock import DENMARK, SystemChance, now
from bot.bootstrap.leaders import load_dialogs, load_digests, load_overviews
from bot.bootstrap.loading import (
    ROOT,
    load_calculations,
    load_content,
    load_due,
    load_extractor,
    load_holidays,
    load_municipalities,
    load_planner,
)
from bot.bootstrap.outgoing import load_gateways, load_survey_rules, load_text_gateway, load_writers
from bot.content.loading import Content
from bot.content.topic_texts import TopicTexts
from bot.core.assistant import Assistant
from bot.core.case_lists import CaseLists
from bot.core.case_marks import CaseMarker
from bot.core.casework import Casework
from bot.core.deadline_texts import Deadlines
from bot.core.dialog_service import Dialogs
from bot.core.digests import Digests, Overviews
from bot.core.editorial import Editorial
from bot.core.errors import StorageUnavailable
from bot.core.handoff import HandoffService, ReceiptLimits
from bot.core.leader_lists import LeaderLists
from bot.core.patience import Patience
from bot.core.plans.planner import Planner
from bot.core.ports import Chance, Clock, Holidays
from bot.core.published import PublishedTopics
from bot.core.reminders import Reminders
from bot.core.retention import Keeping, Retention
from bot.core.rights import RightsDesk
from bot.core.silence import SilentConversations
from bot.core.survey_links import LinkSigner
from bot.core.survey_service import Surveys
from bot.core.visitor_acts import VisitorActs
from bot.notify.case_mails import CaseLifeMails
from bot.notify.delivery import Gateway
from bot.notify.outbox import OutboxDelivery
from bot.notify.receipts import ReceiptWriter
from bot.notify.surveys import SurveyMessages
from bot.notify.texts import MailTexts
from bot.settings import Settings
from bot.storage.audit import AuditRepository
from bot.storage.case_lists import CaseListReader
from bot.storage.case_marks import CaseMarkReader
from bot.storage.cases import CaseRepository
from bot.storage.conversations import ConversationRepository
from bot.storage.database import Database
from bot.storage.editorial import EditorialRepository
from bot.storage.leader_lists import LeaderListReader
from bot.storage.opinions import OpinionReader
from bot.storage.outbox import OutboxRepository
from bot.storage.plans import PlanRepository
from bot.storage.retention import RetentionRepository
from bot.storage.rights import RightsRepository
from bot.storage.rights_holdings import DialogHolding, SurveyHolding
from bot.storage.secret import kept_secret
from bot.storage.staff import StaffRepository
from bot.storage.survey_figures import SurveyFigures
from bot.storage.surveys import SurveyRepository
from bot.storage.tracker import TrackerMemory
from bot.storage.undelivered import UndeliveredRepository
from bot.understanding.entities.extractor import Extractor

__all__ = [
    "DENMARK",
    "ROOT",
    "Services",
    "SystemChance",
    "build_services",
    "load_content",
    "load_due",
    "load_extractor",
    "load_gateways",
    "load_holidays",
    "load_municipalities",
    "load_planner",
    "now",
]


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
    case_lists: CaseLists
    case_marks: CaseMarker
    leader_lists: LeaderLists
    visitor_acts: VisitorActs
    reminders: Reminders
    overviews: Overviews
    digests: Digests
    dialogs: Dialogs
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
    surveys: Surveys
    survey_figures: SurveyFigures
    signer: LinkSigner
    audit: AuditRepository
    retention: Retention
    silent: SilentConversations
    rights: RightsDesk

    def follow_editors(self) -> None:
        """Take over what editors have published; without the database what was known last counts."""
        try:
            self.editorial.follow()
        except StorageUnavailable:
            logging.getLogger(__name__).warning("the database is away: what editors changed may be missing")

    @property
    def takes_texts(self) -> bool:
        """Whether there is a gateway that text messages can be sent by."""
        return bool(self.settings.sms_token)

    def today(self) -> date:
        """Return the date in Denmark."""
        return self.clock().date()


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
    danish_holidays = load_holidays()
    outbox = OutboxRepository(database)
    texts = MailTexts(ROOT / "data" / "mails", settings.sender.split("@")[-1], content.municipality.name)
    staff = StaffRepository(database)
    case_mails = CaseLifeMails(texts, content.units, content.municipality, staff, settings.console_address)
    signer = LinkSigner(settings.secret.encode() or kept_secret(settings.var_dir, chance))
    rules, survey_figures = load_survey_rules(settings), SurveyFigures(database)
    asked = SurveyRepository(database)
    writer = SurveyMessages(texts, content.units, settings.web_address, settings.console_address)
    surveys = Surveys(
        asked, survey_figures, writer, staff, content.units, signer, rules, danish_holidays, clock, chance
    )
    text_gateway = load_text_gateway(settings, signer, rules, danish_holidays, clock, patience)
    cases = CaseRepository(database, [surveys.watch])
    tracker = TrackerMemory(Database(settings.tracker_database))
    audit = AuditRepository(database)
    keeping = Keeping(settings.case_days, settings.mail_days, settings.audit_days)
    deadlines = Deadlines(content.deadlines, content.knowledge, danish_holidays, content.phrases["deadline"])
    case_lists = CaseLists(CaseListReader(database), clock)
    overviews = load_overviews(database, content, OpinionReader(database))
    return Services(
        settings=settings,
        content=content,
        clock=clock,
        chance=chance,
        database=database,
        conversations=conversations,
        cases=cases,
        casework=Casework(cases, clock, danish_holidays, content.units, case_mails),
        case_lists=case_lists,
        case_marks=CaseMarkReader(database),
        leader_lists=LeaderLists(LeaderListReader(database), clock),
        visitor_acts=VisitorActs(cases, clock, danish_holidays, content.units, case_mails, staff),
        reminders=Reminders(cases, clock, danish_holidays, content.units, case_mails, staff),
        overviews=overviews,
        digests=load_digests(overviews, database, content, texts, settings, clock, danish_holidays),
        dialogs=load_dialogs(database, content, texts, settings, clock, chance, danish_holidays),
        staff=staff,
        tracker=tracker,
        assistant=Assistant(
            content.knowledge,
            content.units,
            content.aspects,
            content.phrases["answer"],
            load_calculations(content, deadlines),
        ),
        handoff=HandoffService(
            units=content.units,
            municipality=content.municipality,
            knowledge=content.knowledge,
            phrases=content.phrases["routing"],
            store=cases,
            transcripts=conversations,
            mails=load_writers(settings, content, texts),
            receipts=ReceiptWriter(texts, content.units, settings.web_address),
            holidays=danish_holidays,
            clock=clock,
            chance=chance,
            rules=content.routing,
            loads=case_lists.open_by_unit,
            plan_titles={plan.id: plan.title for plan in content.plans.values()},
            limits=ReceiptLimits(settings.receipts_hour, settings.receipts_day)
            if settings.rate_limit
            else None,
        ),
        outbox=OutboxDelivery(
            outbox,
            gateway or load_gateways(settings, clock, patience, text_gateway),
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
        surveys=surveys,
        survey_figures=survey_figures,
        signer=signer,
        audit=audit,
        retention=Retention(RetentionRepository(database), audit, clock, keeping),
        silent=SilentConversations(conversations, tracker, clock, settings.conversation_days),
        rights=RightsDesk(
            RightsRepository(database, tracker, [SurveyHolding(clock, signer), DialogHolding()]), audit, clock
        ),
    )
