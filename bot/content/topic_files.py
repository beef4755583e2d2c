"""Where the topics of a municipality stand: in general files, and in its own, beside them or laid over them."""

import re
from datetime import date
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, List, Optional

from pydantic import ValidationError

from bot.content import schema
from bot.content.layers import Layered
from bot.content.reading import Document, documents
from bot.core.errors import NotFound

# The source that a general file names as `kommunen: {}`: the page that municipality.yml gives.
OWN_PAGE = "kommunen"
# Stands in while municipality.yml is wrong itself, so that its mistake is not reported once for each topic.
_NO_PAGE = {"title": "kommunen", "url": "https://kommunen.example", "checked": date.min}
# The lines below `facts:`, and the names among them.
_FACTS = re.compile(r"^facts:[^\n]*\n((?:[ #][^\n]*\n|\n)*)", re.M)
_NAME = re.compile(r"^ {2}([a-z][a-z0-9_]*):", re.M)


class TopicFiles:
    """Finds and reads the files of topics.

    Args:
        root: the project's folder.
        municipality: the name of its folder in data/municipalities.
    """

    def __init__(self, root: Path, municipality: str):
        folder = root / "data" / "municipalities" / municipality
        self._root = root
        self._page = _page(Document(folder / "municipality.yml", root))
        self._general = root / "data" / "knowledge"
        self._own = folder / "knowledge"

    def documents(self) -> List[Document]:
        """Read every topic that the municipality has, in the order of themes and names."""
        own = self._by_topic(documents(self._own, self._root))
        found: List[Document] = []
        for general in documents(self._general, self._root):
            found.append(self._laid(general, own.pop(general.path.stem, None)))
        found += [self._laid(alone, None) for alone in own.values()]
        return sorted(found, key=lambda document: (document.path.parent.name, document.path.name))

    def document(self, topic_id: str, text: Optional[str] = None) -> Document:
        """Read one topic with its comments, or `text` as its file; NotFound when the municipality has no such topic."""
        general, own = self._path(self._general, topic_id), self._path(self._own, topic_id)
        first = general or own
        if first is None:
            raise NotFound("no such topic")
        over = Document(own, self._root, commented=True) if general and own and text is None else None
        return self._laid(Document(first, self._root, text, commented=True), over)

    def raw(self, topic_id: str) -> Optional[str]:
        """Return a topic's file as it is written; None when it takes more than the file to say what counts."""
        general, own = self._path(self._general, topic_id), self._path(self._own, topic_id)
        path = general or own
        if path is None or (general and own):
            return None
        document = Document(path, self._root)
        sources = document.data.get("sources")
        open_page = isinstance(sources, dict) and sources.get(OWN_PAGE) == {}
        return None if open_page else path.read_text(encoding="utf-8")

    def _laid(self, general: Document, over: Optional[Document]) -> Document:
        document = Layered(general, over) if over else general
        sources = document.data.get("sources")
        if isinstance(sources, dict) and sources.get(OWN_PAGE) == {}:
            sources[OWN_PAGE] = dict(self._page)
        return document

    @staticmethod
    def _by_topic(found: Iterable[Document]) -> Dict[str, Document]:
        own: Dict[str, Document] = {}
        for document in found:
            first = own.setdefault(document.path.stem, document)
            if first is not document:
                first.problems.append(document.problem(f"{first.name} has the topic too", "topic"))
        return own

    @staticmethod
    def _path(folder: Path, topic_id: str) -> Optional[Path]:
        # Compared, never joined to a path: the id may come from an address.
        return next((path for path in sorted(folder.glob("*/*.yml")) if path.stem == topic_id), None)


def _page(place: Document) -> Dict[str, Any]:
    page = place.data.get("page")
    try:
        schema.SourceFile.parse_obj(page)
    except ValidationError:
        return dict(_NO_PAGE)
    return dict(page)


def topics_anywhere(root: Path) -> FrozenSet[str]:
    """Return the ids of the topics that at least one municipality has."""
    return frozenset(path.stem for path in topic_paths(root / "data"))


def topic_paths(data: Path) -> List[Path]:
    """Return the files of all topics of all municipalities: the theme is the folder of each, its name the topic."""
    own = data.glob("municipalities/*/knowledge/*/*.yml")
    return sorted({*data.glob("knowledge/*/*.yml"), *own})


def facts_anywhere(root: Path) -> FrozenSet[str]:
    """Return the names of the facts that the topics of at least one municipality have.

    The files are not parsed but searched: those of all municipalities together would take seconds.
    """
    found: List[str] = []
    for path in topic_paths(root / "data"):
        for block in _FACTS.findall(path.read_text(encoding="utf-8", errors="replace")):
            found += _NAME.findall(block)
    return frozenset(found)
