"""Builds what leaders get: figures, weekly letters, and talks that businesses book."""

from typing import Optional

from bot.content.loading import Content
from bot.core.dialog_service import Dialogs
from bot.core.digests import Digests, NoOpinions, Opinions, Overviews
from bot.core.ports import Chance, Clock, Holidays
from bot.notify.dialogs import DialogMailWriter
from bot.notify.digests import DigestMailWriter
from bot.notify.texts import MailTexts
from bot.settings import Settings
from bot.storage.case_histories import CaseHistoryReader
from bot.storage.database import Database
from bot.storage.dialogs import DialogRepository
from bot.storage.digests import DigestRepository
from bot.storage.staff import StaffRepository


def load_overviews(database: Database, content: Content, opinions: Optional[Opinions] = None) -> Overviews:
    """Build what works figures out; without `opinions` no business is asked how it went."""
    say = content.phrases["answer"].say
    # What the bot could not say is known by its own sentences.
    misses = [say(key) for key in ("rephrase", "search_hits", "search_empty", "offer_person", "not_here")]
    blank = dict.fromkeys(("label", "authority", "title"), "\0")
    lacking = [say(key, **blank).partition("\0")[0] for key in ("fact_missing", "no_pris", "no_tid")]
    histories = CaseHistoryReader(database, misses, lacking)
    return Overviews(histories, opinions or NoOpinions(), content.units)


def load_digests(
    overviews: Overviews,
    database: Database,
    content: Content,
    texts: MailTexts,
    settings: Settings,
    clock: Clock,
    holidays: Holidays,
) -> Digests:
    """Build what writes to leaders each week."""
    writer = DigestMailWriter(
        texts, content.units, content.knowledge, content.phrases["figures"], settings.console_address
    )
    return Digests(overviews, DigestRepository(database), writer, StaffRepository(database), clock, holidays)


def load_dialogs(
    database: Database,
    content: Content,
    texts: MailTexts,
    settings: Settings,
    clock: Clock,
    chance: Chance,
    holidays: Holidays,
) -> Dialogs:
    """Build what books talks."""
    domain = settings.sender.split("@")[-1]
    writer = DialogMailWriter(texts, content.units, content.phrases["dialog"], settings.web_address, domain)
    return Dialogs(content.dialogs, DialogRepository(database), writer, holidays, clock, chance)
