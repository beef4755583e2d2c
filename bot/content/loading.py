"""Builds the core objects from the files in data/."""

from datetime import date
from pathlib import Path
from typing import Dict, Iterable, List, Mapping, NamedTuple, Tuple

from bot.content import checks, gazetteer, languages, schema
from bot.content.reading import Document, Problem, documents
from bot.content.shapes import entry_problems, valid
from bot.content.topics import TopicReader
from bot.core.answering import Phrases
from bot.core.aspects import AspectRecogniser
from bot.core.errors import InvalidContent
from bot.core.handoff_form import FormReader
from bot.core.knowledge import Authority, Knowledge, Topic
from bot.core.languages import Languages
from bot.core.places import Place, Postcode
from bot.core.trades import Trade
from bot.core.units import Municipality, Unit, Units


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
    places: Tuple[Place, ...]
    postcodes: Tuple[Postcode, ...]
    trades: Tuple[Trade, ...]

    def with_topics(self, topics: Mapping[str, Topic]) -> "Content":
        """Return the content with other topics in it."""
        knowledge = Knowledge(topics)
        return self._replace(knowledge=knowledge, languages=self.languages.with_knowledge(knowledge))


def load(root: Path, municipality: str) -> Content:
    """Read all content below `root` (the project's folder); InvalidContent names every problem."""
    data = root / "data"
    problems: List[Problem] = []
    authorities = read_authorities(Document(data / "authorities.yml", root), problems)
    unit_files = valid(documents(data / "units", root), schema.UnitFile, problems)
    units = units_of(unit_files)
    reader = TopicReader(authorities, units)
    topics = reader.read(documents(data / "knowledge", root), problems)
    problems += _check_units(unit_files)
    place = Document(data / "municipalities" / municipality / "municipality.yml", root)
    if valid([place], schema.MunicipalityFile, problems) and not units.has(place.data["default_unit"]):
        problems.append(place.problem(f"unknown unit {place.data['default_unit']}", "default_unit"))
    aspects = Document(data / "aspects.yml", root)
    problems += entry_problems(aspects, schema.AspectFile)
    problems += checks.check_aspects(aspects)
    handoff = Document(data / "handoff.yml", root)
    valid([handoff], schema.HandoffFile, problems)
    phrases = Document(data / "phrases.yml", root)
    problems += checks.check_phrases(phrases)
    problems += aspects.problems + phrases.problems
    wordings = languages.read(root, problems)
    names = gazetteer.read(root, municipality, problems)
    if problems:
        raise InvalidContent(sorted(set(problems), key=str))
    knowledge = Knowledge(topics)
    return Content(
        knowledge=knowledge,
        topic_reader=reader,
        units=units,
        municipality=Municipality(id=municipality, **dict(place.data)),
        aspects=AspectRecogniser({name: dict(entry) for name, entry in aspects.data.items()}),
        form=FormReader(handoff.data),
        phrases={name: Phrases(texts) for name, texts in phrases.data.items()},
        languages=Languages(wordings, knowledge),
        places=names.places,
        postcodes=names.postcodes,
        trades=names.trades,
    )


def due(root: Path, today: date) -> List[Problem]:
    """Return what an editor must see to on `today`; the bot copes with it by saying that it does not know."""
    topics = documents(root / "data" / "knowledge", root)
    return [problem for document in topics for problem in checks.check_on_day(document, today)]


def read_authorities(document: Document, problems: List[Problem]) -> Dict[str, Authority]:
    """Return who can decide, by id, and add what is wrong with the file to `problems`."""
    problems += document.problems + entry_problems(document, schema.AuthorityFile)
    return {
        name: Authority(name, entry.get("name", ""), entry.get("url", ""))
        for name, entry in document.data.items()
        if isinstance(entry, dict)
    }


def _check_units(unit_files) -> Iterable[Problem]:
    owner: Dict[str, str] = {}
    for document in unit_files:
        if document.data["id"] != document.path.stem:
            yield document.problem(
                f"id is {document.data['id']}, the file is named {document.path.stem}", "id"
            )
        for number, topic in enumerate(document.data["topics"]):
            first = owner.setdefault(topic, document.name)
            if first != document.name:
                yield document.problem(f"{first} has the topic {topic} too", "topics", number)


def units_of(unit_files: Iterable[Document]) -> Units:
    """Return the units of files that have the right shape."""
    return Units([_unit(document) for document in unit_files])


def _unit(document) -> Unit:
    data = dict(document.data)
    goal = data.pop("service_goal")
    data["topics"] = tuple(data["topics"])
    return Unit(working_days=goal["working_days"], goal_agreed=goal["agreed"], **data)
