"""Builds the core objects from the files in data/."""

from datetime import date
from pathlib import Path
from typing import Dict, List, Mapping, NamedTuple, Tuple

from bot.content import (
    checks,
    deadline_rules,
    dialogs,
    gazetteer,
    languages,
    municipalities,
    plan_words,
    plans,
    routing,
    schema,
    tenders,
)
from bot.content.reading import Document, Problem
from bot.content.shapes import entry_problems, valid
from bot.content.topic_files import TopicFiles, topics_anywhere
from bot.content.topics import TopicReader
from bot.core.answering import Phrases
from bot.core.aspects import AspectRecogniser
from bot.core.deadline_rules import DeadlineRules
from bot.core.dialogs import DialogRules
from bot.core.errors import InvalidContent
from bot.core.handoff_form import FormReader
from bot.core.knowledge import Knowledge, Topic
from bot.core.languages import Languages
from bot.core.places import Place, Postcode
from bot.core.plans.plan import Plan
from bot.core.plans.wording import PlanWords
from bot.core.routing_rules import Rules
from bot.core.tenders.texts import TenderTexts
from bot.core.trades import Trade
from bot.core.units import Municipality, Units


class Content(NamedTuple):
    """Everything that data/ holds, checked."""

    knowledge: Knowledge
    topic_reader: TopicReader
    units: Units
    municipality: Municipality
    aspects: AspectRecogniser
    form: FormReader
    phrases: Dict[str, Phrases]
    languages: Languages
    deadlines: DeadlineRules
    places: Tuple[Place, ...]
    postcodes: Tuple[Postcode, ...]
    trades: Tuple[Trade, ...]
    tenders: TenderTexts
    plans: Mapping[str, Plan]
    plan_words: PlanWords
    routing: Rules
    dialogs: DialogRules

    def with_topics(self, topics: Mapping[str, Topic]) -> "Content":
        """Return the content with other topics in it."""
        knowledge = Knowledge(topics, self.knowledge.elsewhere)
        return self._replace(knowledge=knowledge, languages=self.languages.with_knowledge(knowledge))


def load(root: Path, municipality: str) -> Content:
    """Read all content below `root` (the project's folder); InvalidContent names every problem."""
    data = root / "data"
    problems: List[Problem] = []
    anywhere = topics_anywhere(root)
    topic_files = TopicFiles(root, municipality).documents()
    folder = municipalities.read(root, municipality, topic_files, problems)
    reader = TopicReader(folder, anywhere)
    topics = reader.read(topic_files, problems)
    aspects = Document(data / "aspects.yml", root)
    problems += entry_problems(aspects, schema.AspectFile)
    problems += checks.check_aspects(aspects)
    handoff = Document(data / "handoff.yml", root)
    valid([handoff], schema.HandoffFile, problems)
    phrases = Document(data / "phrases.yml", root)
    problems += checks.check_phrases(phrases)
    problems += checks.check_own_phrases(folder.place, phrases)
    problems += aspects.problems + phrases.problems
    wordings = languages.read(root, problems)
    deadlines = deadline_rules.read(root, topics, problems)
    names = gazetteer.read(root, municipality, problems)
    helper = tenders.read(root, problems)
    found = plans.read(root, folder, topics, [trade.id for trade in names.trades], problems)
    trades = [trade.id for trade in names.trades]
    rules = routing.read(root, folder, topics, anywhere, list(found), trades, problems)
    words = plan_words.read(root, found, problems)
    talks = dialogs.read(root, folder, problems)
    if problems or helper is None or words is None:
        raise InvalidContent(sorted(set(problems), key=str))
    knowledge = Knowledge(topics, anywhere - set(topics))
    return Content(
        knowledge=knowledge,
        topic_reader=reader,
        units=folder.units,
        municipality=folder.municipality,
        aspects=AspectRecogniser({name: dict(entry) for name, entry in aspects.data.items()}),
        form=FormReader(handoff.data),
        phrases={part: Phrases(texts) for part, texts in folder.say(phrases.data).items()},
        languages=Languages(wordings, knowledge),
        deadlines=deadlines,
        places=names.places,
        postcodes=names.postcodes,
        trades=names.trades,
        tenders=helper,
        plans=found,
        plan_words=words,
        routing=rules,
        dialogs=talks,
    )


def due(root: Path, municipality: str, today: date) -> List[Problem]:
    """Return what an editor must see to on `today`; the bot copes with it by saying that it does not know."""
    topics = TopicFiles(root, municipality).documents()
    return [problem for document in topics for problem in checks.check_on_day(document, today)]
