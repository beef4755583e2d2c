"""Builds what writes about new cases, and what hands over mails and calls."""

from typing import Dict, Optional

from bot.bootstrap.clock import now
from bot.content.loading import Content
from bot.core.errors import InvalidSetting
from bot.core.mails import Mail, WebhookCall
from bot.core.patience import Patience
from bot.core.ports import Clock
from bot.notify.case_calls import CaseCallWriter
from bot.notify.delivery import FolderGateway, Gateway, Gateways
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
