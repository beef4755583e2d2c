"""Builds what writes about new cases, what asks how it went, and what hands over mails, text messages and calls."""

from datetime import timedelta
from typing import Dict, Optional

from bot.bootstrap.clock import DENMARK, now
from bot.content.loading import Content
from bot.core.errors import InvalidSetting
from bot.core.mails import Mail, TextMessage, WebhookCall
from bot.core.patience import Patience
from bot.core.ports import Clock, Holidays
from bot.core.survey_links import LinkSigner
from bot.core.surveys import SurveyRules, send_time
from bot.notify.case_calls import CaseCallWriter
from bot.notify.delivery import FolderGateway, Gateway, Gateways
from bot.notify.sms import GatewayApi
from bot.notify.smtp import SmtpGateway
from bot.notify.texts import MailTexts
from bot.notify.webhooks import Signer, WebhookGateway, check_address
from bot.notify.writing import CaseMailWriter, Writers
from bot.settings import Settings


def load_writers(settings: Settings, content: Content, texts: MailTexts) -> Writers:
    """Return what writes about new cases: to the unit, and to the case system when there is one."""
    mails = CaseMailWriter(texts, content.units, settings.console_address)
    if not settings.webhook_url:
        return Writers(mails)
    calls = CaseCallWriter(
        settings.webhook_url, content.municipality, content.units, content.knowledge, settings.console_address
    )
    return Writers(mails, calls)


def load_gateways(
    settings: Settings,
    clock: Clock = now,
    patience: Optional[Patience] = None,
    text_gateway: Optional[Gateway] = None,
) -> Gateways:
    """Build what hands over mails, text messages and calls; InvalidSetting when one cannot work.

    Text messages without a gateway for them, and calls without an address, are set aside.
    """
    patience = patience or Patience()
    by_kind: Dict[type, Gateway] = {TextMessage: text_gateway} if text_gateway else {}
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


def load_text_gateway(
    settings: Settings,
    signer: LinkSigner,
    rules: SurveyRules,
    holidays: Holidays,
    clock: Clock,
    patience: Optional[Patience] = None,
) -> Optional[Gateway]:
    """Return what sends text messages; None without a token."""
    if not settings.sms_token:
        return None
    return GatewayApi(
        settings.sms_url,
        settings.sms_token,
        settings.text_sender,
        f"{settings.web_address}/sms/{signer.path('sms')}" if settings.public_url else "",
        lambda item: send_time(item.message_id, clock(), rules, holidays),
        whole=(patience or Patience()).whole,
    )


def load_survey_rules(settings: Settings) -> SurveyRules:
    """Return who is asked how it went, and when."""
    return SurveyRules(
        DENMARK,
        timedelta(hours=settings.survey_delay_hours),
        timedelta(days=settings.survey_quiet_days),
        valid=timedelta(days=settings.survey_valid_days),
        callback_days=settings.survey_callback_days,
        fewest_answers=settings.survey_min_answers,
        sms=bool(settings.sms_token),
    )
