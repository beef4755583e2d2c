"""Builds what needs no database: content, planner, extractor, calculations."""

from datetime import date
from pathlib import Path
from typing import Dict, List, Mapping, Optional

import holidays

from bot.bootstrap.clock import now
from bot.content import gazetteer
from bot.content.loading import Content, due, load
from bot.content.municipalities import municipalities
from bot.content.reading import Problem
from bot.core.calculations import Calculation, Calculations
from bot.core.deadline_answers import DeadlineCalculation
from bot.core.deadline_texts import Deadlines
from bot.core.plans.planner import Planner
from bot.core.ports import Holidays
from bot.core.tenders.answering import InvoiceCalculation, TenderCalculation
from bot.core.tenders.limits import Limits
from bot.settings import Settings
from bot.understanding.entities.extractor import Extractor

ROOT = Path(__file__).resolve().parents[2]


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


def load_calculations(content: Content, deadlines: Deadlines) -> Calculations:
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
