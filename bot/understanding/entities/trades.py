"""Trades: what a visitor's business does. `value` is an id from data/trades.yml; extra: title, db07, db25.

A trade is named, not proved: »restauranten ved siden af larmer« names one too.
"""

from typing import Iterable, Iterator

from bot.core.trades import Trade
from bot.understanding.entities.entity import TRADE, Entity
from bot.understanding.entities.words import Names, split

# Shorter words are too near each other: a »brygger« is not somebody who »bygger«.
_LETTERS_FOR_TYPOS = 9


class TradeFinder:
    """Finds the trades that it was given by their words."""

    def __init__(self, trades: Iterable[Trade]):
        self._names: Names[Trade] = Names(fuzzy_from=_LETTERS_FOR_TYPOS, inflected=True)
        for trade in trades:
            for word in trade.words:
                self._names.add(word, trade)
            for word in trade.never:
                self._names.forbid(word)

    def find(self, text: str) -> Iterator[Entity]:
        """Give the trades in the order of the text."""
        words = split(text)
        for hit in self._names.find(text, words):
            start, end = words[hit.first].start, words[hit.last - 1].end
            trade = hit.found
            extra = {"title": trade.title, "db07": trade.db07, "db25": trade.db25}
            yield Entity(TRADE, trade.id, text[start:end], start, end, extra, sure=hit.exact)
