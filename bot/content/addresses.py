"""Where the web addresses stand that visitors are sent to: sources of topics, authorities, and municipalities."""

from pathlib import Path
from typing import Dict, List, NamedTuple

from bot.content.reading import Document
from bot.content.topic_files import topic_paths


class Place(NamedTuple):
    """A line of a file; lines count from 1."""

    path: str
    line: int


def addresses(root: Path) -> Dict[str, List[Place]]:
    """Return every address below `root` (the project's folder) with all its places.

    The files are taken to be right: bot/content/loading.py refuses those that are not.
    """
    found: Dict[str, List[Place]] = {}
    data = root / "data"
    for path in topic_paths(data):
        document = Document(path, root)
        _add(found, document, document.data.get("sources") or {}, "sources")
    for path in (data / "authorities.yml", *sorted(data.glob("municipalities/*/authorities.yml"))):
        document = Document(path, root)
        _add(found, document, document.data)
    for path in sorted(data.glob("municipalities/*/municipality.yml")):
        document = Document(path, root)
        _add(found, document, {"page": document.data["page"]})
        found.setdefault(str(document.data["url"]), []).append(Place(document.name, document.line(["url"])))
    return found


def _add(found: Dict[str, List[Place]], document: Document, entries, *keys: str) -> None:
    for name, entry in entries.items():
        # What a municipality lays over a source need not have the address anew.
        if not entry or "url" not in entry:
            continue
        place = Place(document.name, document.line([*keys, name, "url"]))
        found.setdefault(str(entry["url"]), []).append(place)
