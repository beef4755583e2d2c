"""Reads the folder of a municipality: who it is, its units, who decides, and the names that texts leave open."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, List, Mapping, NamedTuple

from bot.content import local_schema
from bot.content.checks import with_names
from bot.content.layers import laid
from bot.content.reading import Document, Problem, documents
from bot.content.shapes import entry_problems, valid
from bot.content.unit_files import check_units, unit_of
from bot.core.knowledge import Authority
from bot.core.units import Municipality, Unit, Units

# The authority that stands for the municipality itself.
OWN_AUTHORITY = "kommunen"
_UNIT = "enhed"


class Names(NamedTuple):
    """What the reserved words of a text stand for; they are no facts and belong to no topic.

    `common` are the same in every topic, `units` the names of the units for {enhed} and {enhed_fuldt}, by topic.
    """

    common: Mapping[str, str]
    units: Units

    def of(self, topic_id: str) -> Dict[str, str]:
        """Return the names for the texts of a topic, by reserved word."""
        unit = self.units.for_topic(topic_id)
        own = {_UNIT: unit.called, f"{_UNIT}_fuldt": unit.called_in_full} if unit else {}
        return {**self.common, **own}

    def fill(self, text: str, topic_id: str) -> str:
        """Put the names into a text that belongs to a topic; facts stay as they are."""
        return with_names(text, self.of(topic_id))


class Folder(NamedTuple):
    """What stands in the folder of a municipality; `roles` are the ids that units have in any municipality."""

    place: Document
    municipality: Municipality
    units: Units
    roles: FrozenSet[str]
    authorities: Mapping[str, Authority]

    @property
    def names(self) -> Names:
        """The names that texts leave open."""
        here = self.municipality
        default = self.units.get(here.default_unit)
        roles = {role: self.units.get(role) if self.units.has(role) else default for role in self.roles}
        called = {f"{_UNIT}_{role}": unit.called for role, unit in roles.items()}
        return Names(
            {"kommune": here.name, "kommunes": here.genitive, "sted": here.place, **called}, self.units
        )

    def say(self, phrases: Mapping[str, Any]) -> Dict[str, Dict[str, str]]:
        """Return the sentences of data/phrases.yml as this municipality says them, by part and key."""
        own = laid(phrases, self.place.data.get("phrases") or {})
        common = self.names.common
        return {
            part: {key: with_names(str(text), common) for key, text in texts.items()}
            for part, texts in own.items()
            if isinstance(texts, dict)
        }


def municipalities(root: Path) -> List[str]:
    """Return the names of the folders that hold a municipality."""
    return sorted(path.parent.name for path in root.glob("data/municipalities/*/municipality.yml"))


def read(root: Path, name: str, topics: Iterable[Document], problems: List[Problem]) -> Folder:
    """Read a municipality's folder below `root` and add what is wrong to `problems`.

    Args:
        root: the project's folder.
        name: the folder's name.
        topics: the files of the topics that it has. One that no unit lists belongs to its owner, else to the default.
        problems: grows.
    """
    folder = root / "data" / "municipalities" / name
    place = Document(folder / "municipality.yml", root)
    right = valid([place], local_schema.MunicipalityFile, problems)
    here = _municipality(name, place.data if right else {})
    files = valid(documents(folder / "units", root), local_schema.UnitFile, problems)
    found = [unit_of(document) for document in files] or [_NOBODY]
    if here.default_unit not in [unit.id for unit in found]:
        if right:
            problems.append(place.problem(f"unknown unit {here.default_unit}", "default_unit"))
        # The mistake is reported; with some unit in its place the topics can be checked too.
        here = replace(here, default_unit=found[0].id)
    owners = {document.path.stem: document.data.get("owner") for document in topics}
    problems += check_units(files, owners)
    units = Units(_with_unlisted(found, owners, here.default_unit))
    roles = frozenset(path.stem for path in root.glob("data/municipalities/*/units/*.yml"))
    return Folder(place, here, units, roles, _authorities(root, folder, here, problems))


# Stands in while every file of a unit is wrong.
_NOBODY = Unit("", "", "", "", "", 1, False, ())


def _municipality(name: str, data: Mapping[str, Any]) -> Municipality:
    """Return the municipality; of one whose file is wrong only the name is known."""
    texts = {field.name: data.get(field.name, name) for field in fields(Municipality)}
    return Municipality(**{**texts, "id": name, "suggestions": tuple(data.get("suggestions") or ())})


def _with_unlisted(units: List[Unit], owners: Mapping[str, Any], default: str) -> List[Unit]:
    """Give each topic that no unit lists to the unit that its file names as owner, else to the default unit."""
    listed = {topic for unit in units for topic in unit.topics}
    ids = {unit.id for unit in units}
    more: Dict[str, List[str]] = {}
    for topic, owner in owners.items():
        if topic not in listed:
            more.setdefault(owner if owner in ids else default, []).append(topic)
    return [replace(unit, topics=(*unit.topics, *more.get(unit.id, ()))) for unit in units]


def _authorities(
    root: Path, folder: Path, here: Municipality, problems: List[Problem]
) -> Mapping[str, Authority]:
    found = {OWN_AUTHORITY: Authority(OWN_AUTHORITY, here.name, here.url)}
    for path in (root / "data" / "authorities.yml", folder / "authorities.yml"):
        # A municipality needs a file of its own only when somebody decides there who decides nowhere else.
        if path.parent == folder and not path.exists():
            continue
        document = Document(path, root)
        problems += document.problems + entry_problems(document, local_schema.AuthorityFile)
        for name, entry in document.data.items():
            if name == OWN_AUTHORITY:
                problems.append(document.problem(f"{name} is the municipality itself", name))
            elif isinstance(entry, dict):
                found[name] = Authority(
                    name, entry.get("name", ""), entry.get("url", ""), entry.get("phone") or ""
                )
    return found
