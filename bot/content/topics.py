"""Topic files become topics: alone and beside each other."""

from collections import Counter
from typing import Dict, Iterable, List, Mapping

from bot.content import checks, schema
from bot.content.reading import Document, Problem
from bot.content.shapes import valid
from bot.core.errors import InvalidContent
from bot.core.knowledge import Authority, Confidence, Fact, Period, Source, Topic
from bot.core.units import Units


class TopicReader:
    """Reads topic files against what they point to.

    Args:
        authorities: who can decide, by id.
        units: the municipality's units.
    """

    def __init__(self, authorities: Mapping[str, Authority], units: Units):
        self._authorities = authorities
        self._units = units

    def read(self, documents: Iterable[Document], problems: List[Problem]) -> Dict[str, Topic]:
        """Return the topics of files and add what is wrong to `problems`; a file that is wrong gives no topic."""
        good = valid(documents, schema.TopicFile, problems)
        known = {document.data["topic"] for document in good}
        owners = Counter(name for document in good for name in (document.data.get("facts") or {}))
        topics: Dict[str, Topic] = {}
        for document in good:
            wrong = [*checks.check_topic(document), *self._check_references(document, known, owners)]
            problems += wrong
            if not wrong:
                topics[document.data["topic"]] = self._topic(document)
        return topics

    def read_one(self, document: Document, others: Mapping[str, Topic]) -> Topic:
        """Return the topic of a file that takes its place among `others`; InvalidContent names every problem."""
        problems: List[Problem] = []
        good = valid([document], schema.TopicFile, problems)
        if good:
            topic_id = document.data["topic"]
            beside = [topic for topic in others.values() if topic.id != topic_id]
            owners = Counter(name for topic in beside for name in topic.facts)
            owners.update(list(document.data.get("facts") or ()))
            known = {topic_id, *(topic.id for topic in beside)}
            problems += [*checks.check_topic(document), *self._check_references(document, known, owners)]
        if problems:
            raise InvalidContent(sorted(set(problems), key=str))
        return self._topic(document)

    def _check_references(
        self, document: Document, known: Iterable[str], owners: Mapping[str, int]
    ) -> Iterable[Problem]:
        data = document.data
        if data["authority"] not in self._authorities:
            yield document.problem(f"unknown authority {data['authority']}", "authority")
        if not self._units.has(data["owner"]):
            yield document.problem(f"unknown unit {data['owner']}", "owner")
        if not self._units.covers(data["topic"]):
            yield document.problem(f"no unit in data/units has the topic {data['topic']}", "topic")
        for name in data.get("related") or []:
            if name not in known:
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

    def _topic(self, document: Document) -> Topic:
        data = document.data
        sources = {
            name: Source(name, item["title"], item["url"], item["checked"])
            for name, item in data["sources"].items()
        }
        return Topic(
            id=data["topic"],
            theme=document.path.parent.name,
            title=data["title"],
            description=data["description"],
            goals=tuple(data["goals"]),
            owner=data["owner"],
            authority=self._authorities[data["authority"]],
            review_by=data["review_by"],
            short=data["short"],
            aspects=dict(data.get("aspects") or {}),
            steps=tuple(data.get("steps") or ()),
            facts={name: _fact(name, item, sources) for name, item in (data.get("facts") or {}).items()},
            sources=tuple(sources.values()),
            related=tuple(data.get("related") or ()),
            full=data["status"] == "full",
        )


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
