"""Where the web addresses stand that visitors are sent to: the sources of topics, and the authorities."""

from pathlib import Path
from typing import Dict, List, NamedTuple

from bot.content.reading import Document, documents


class Place(NamedTuple):
    """A line of a file; lines count from 1."""

    path: str
    line: int


def addresses(root: Path) -> Dict[str, List[Place]]:
    """Return every address below `root` (the project's folder) with all its places.

    The files are taken to be right: bot/content/loading.py refuses those that are not.
    """
    found: Dict[str, List[Place]] = {}
    for document in documents(root / "data" / "knowledge", root):
        _add(found, document, document.data["sources"], "sources")
    authorities = Document(root / "data" / "authorities.yml", root)
    _add(found, authorities, authorities.data)
    return found


def _add(found: Dict[str, List[Place]], document: Document, entries, *keys: str) -> None:
    for name, entry in entries.items():
        place = Place(document.name, document.line([*keys, name, "url"]))
        found.setdefault(str(entry["url"]), []).append(place)
