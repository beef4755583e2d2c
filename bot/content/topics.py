"""Topic files become topics: alone and beside each other."""

from collections import Counter
from typing import Collection, Dict, Iterable, List, Mapping

from bot.content import checks, schema
from bot.content.municipalities import Folder
from bot.content.reading import Document, Problem
from bot.content.shapes import valid
from bot.core.errors import InvalidContent
from bot.core.knowledge import Confidence, Fact, Period, Source, Topic


class TopicReader:
    """Reads topic files against what they point to.

    Args:
        folder: the municipality: who can decide there, its units, and the names that texts leave open.
        anywhere: the topics of all municipalities. A topic that is only elsewhere is no mistake, and no neighbour.
    """

    def __init__(self, folder: Folder, anywhere: Collection[str]):
        self._authorities = folder.authorities
        self._units = folder.units
        self._roles = folder.roles
        self._names = folder.names
        self._anywhere = anywhere

    def read(self, documents: Iterable[Document], problems: List[Problem]) -> Dict[str, Topic]:
        """Return the topics of files and add what is wrong to `problems`; a file that is wrong gives no topic."""
        good = valid(documents, schema.TopicFile, problems)
        here = {document.data["topic"] for document in good}
        owners = Counter(name for document in good for name in (document.data.get("facts") or {}))
        topics: Dict[str, Topic] = {}
        for document in good:
            wrong = self._problems(document, owners)
            problems += wrong
            if not wrong:
                topics[document.data["topic"]] = self._topic(document, here)
        return topics

    def read_one(self, document: Document, others: Mapping[str, Topic], among: bool = True) -> Topic:
        """Return the topic of a file that takes its place among `others`; InvalidContent names every problem.

        With `among` its figures must have names that none of the others' has.
        """
        problems: List[Problem] = []
        good = valid([document], schema.TopicFile, problems)
        if good:
            topic_id = document.data["topic"]
            beside = [topic for topic in others.values() if topic.id != topic_id]
            owners = Counter(name for topic in beside if among for name in topic.facts)
            owners.update(list(document.data.get("facts") or ()))
            problems += self._problems(document, owners)
        if problems:
            raise InvalidContent(sorted(set(problems), key=str))
        return self._topic(document, [topic_id, *(topic.id for topic in beside)])

    def _problems(self, document: Document, owners: Mapping[str, int]) -> List[Problem]:
        names = self._names.of(document.data["topic"])
        return [*checks.check_topic(document, names), *self._check_references(document, owners)]

    def _check_references(self, document: Document, owners: Mapping[str, int]) -> Iterable[Problem]:
        data = document.data
        if data["authority"] not in self._authorities:
            yield document.problem(f"unknown authority {data['authority']}", "authority")
        if data["owner"] not in self._roles:
            yield document.problem(f"unknown unit {data['owner']}", "owner")
        for name in data.get("related") or []:
            if name not in self._anywhere:
                yield document.problem(
                    f"related topic {name} has no file", "related", code="unknown_topic", what=name
                )
        for name in data.get("facts") or {}:
            if owners[name] > 1:
                yield document.problem(
                    f"another topic has a fact named {name} too",
                    *("facts", name),
                    code="fact_taken",
                    what=name,
                )

    def _topic(self, document: Document, here: Collection[str]) -> Topic:
        data = document.data
        names = self._names.of(data["topic"])
        sources = {
            name: Source(name, item["title"], item["url"], item["checked"])
            for name, item in data["sources"].items()
        }
        return Topic(
            id=data["topic"],
            theme=document.path.parent.name,
            title=checks.with_names(data["title"], names),
            description=checks.with_names(data["description"], names),
            goals=tuple(data["goals"]),
            owner=self._owner(data),
            authority=self._authorities[data["authority"]],
            review_by=data["review_by"],
            short=checks.with_names(data["short"], names),
            aspects={
                aspect: checks.with_names(text, names) for aspect, text in (data.get("aspects") or {}).items()
            },
            steps=tuple(checks.with_names(step, names) for step in data.get("steps") or ()),
            facts={
                name: _fact(name, {**item, "label": checks.with_names(item["label"], names)}, sources)
                for name, item in (data.get("facts") or {}).items()
            },
            sources=tuple(sources.values()),
            related=tuple(name for name in data.get("related") or () if name in here),
            full=data["status"] == "full",
            file=document.name,
        )

    def _owner(self, data: Mapping) -> str:
        """Return the unit that the file names, where there is one; else the unit that answers the topic."""
        answers = self._units.for_topic(data["topic"])
        return data["owner"] if self._units.has(data["owner"]) or not answers else answers.id


def _fact(name: str, item, sources: Mapping[str, Source]) -> Fact:
    return Fact(
        id=name,
        label=item["label"],
        unit=item.get("unit", ""),
        source=sources[item["source"]],
        confidence=Confidence(item["confidence"]),
        periods=tuple(
            Period(str(value["value"]), value.get("from"), value.get("to"), str(value.get("known", "")))
            for value in item["values"]
        ),
    )
