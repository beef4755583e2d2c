"""All kinds of entities in one text."""

from datetime import date
from typing import Iterable, List

from bot.core.places import Place, Postcode
from bot.core.trades import Trade
from bot.understanding.entities import addresses, amounts, companies, contacts, dates
from bot.understanding.entities.entity import Entity, without_overlaps
from bot.understanding.entities.places import PlaceFinder
from bot.understanding.entities.trades import TradeFinder


class Extractor:
    """Finds entities; made once, then used for every message. It never raises, whatever the text is."""

    def __init__(self, places: Iterable[Place], postcodes: Iterable[Postcode], trades: Iterable[Trade]):
        self._places = PlaceFinder(places, postcodes)
        self._trades = TradeFinder(trades)

    def extract(self, text: str, today: date) -> List[Entity]:
        """Return what is found in `text`, in its order and without overlaps, as it is meant on `today`."""
        return without_overlaps(
            [
                *contacts.find(text),
                *companies.find(text),
                *dates.find(text, today),
                *amounts.find(text),
                *addresses.find(text),
                *self._places.find(text),
                *self._trades.find(text),
            ]
        )
