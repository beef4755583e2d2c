"""Reads the names that the bot knows: places of the municipality and trades.

Apart from the rest of the content, because Rasa needs only these and starts without the answers.
"""

from pathlib import Path
from typing import List, NamedTuple, Tuple

from bot.content import local_schema, schema
from bot.content.reading import Document, Problem
from bot.content.shapes import entry_problems, valid
from bot.core.errors import InvalidContent
from bot.core.places import Area, Place, Postcode
from bot.core.trades import Trade


class Gazetteer(NamedTuple):
    """The names, checked."""

    places: Tuple[Place, ...] = ()
    postcodes: Tuple[Postcode, ...] = ()
    trades: Tuple[Trade, ...] = ()


def load(root: Path, municipality: str) -> Gazetteer:
    """Read the names below `root` (the project's folder); InvalidContent names every problem."""
    problems: List[Problem] = []
    names = read(root, municipality, problems)
    if problems:
        raise InvalidContent(sorted(set(problems), key=str))
    return names


def read(root: Path, municipality: str, problems: List[Problem]) -> Gazetteer:
    """Read the names and add what is wrong to `problems`; with something wrong nothing is returned."""
    places = Document(root / "data" / "municipalities" / municipality / "places.yml", root)
    trades = Document(root / "data" / "trades.yml", root)
    right = valid([places], local_schema.PlacesFile, problems)
    wrong = trades.problems + entry_problems(trades, schema.TradeFile)
    if right:
        wrong += [
            places.problem(f"unknown postcode {entry['postcode']}", "places", name, "postcode")
            for name, entry in places.data["places"].items()
            if "postcode" in entry and entry["postcode"] not in places.data["postcodes"]
        ]
    problems += wrong
    if wrong or not right:
        return Gazetteer()
    return Gazetteer(
        places=tuple(_place(name, entry) for name, entry in places.data["places"].items()),
        postcodes=tuple(
            Postcode(code, entry["name"], Area(entry["area"]))
            for code, entry in places.data["postcodes"].items()
        ),
        trades=tuple(
            Trade(
                id=name,
                title=entry["title"],
                words=tuple(entry["words"]),
                never=tuple(entry.get("never") or ()),
                db07=entry.get("db07", ""),
                db25=entry.get("db25", ""),
            )
            for name, entry in trades.data.items()
        ),
    )


def _place(name: str, entry: dict) -> Place:
    return Place(
        name=name,
        area=Area(entry["area"]),
        postcode=entry.get("postcode", ""),
        spellings=tuple(entry.get("also") or ()),
        exact=entry.get("exact", False),
    )
