"""Postcodes and places in and around the municipality. The names come from data/municipalities/<name>/places.yml.

The value of a postcode is its four digits, that of a place its name as the data has it. `extra["area"]` is inside,
partly (the postcode crosses the border) or outside. A name is known without æ, ø and å, in the genitive, and from six
letters on with one letter wrong: then it needs a capital, a word of place or a postcode before it.
"""

import re
from typing import Iterable, Iterator, Sequence

from bot.core.places import Area, Place, Postcode
from bot.understanding.entities.entity import PLACE, POSTCODE, Entity
from bot.understanding.entities.words import Names, Word, split

_LETTERS_FOR_TYPOS = 6
_PLACE_WORDS = frozenset("i pa ved fra til nar omkring mellem om for lige nord syd".split())
_FOUR = re.compile(r"(?<![\w.,/+-])(?:(?:DK|dk)-?\s?)?(?P<code>\d{4})(?![\w/]|[.,-]\d)")
_LABEL = re.compile(r"(?:postnr|postnummer(?:et)?|post nr|postdistrikt)[\s.:]*(?:er\s+)?(?:DK-?\s?)?$", re.I)
_ADDRESS_BEFORE = re.compile(
    r"\d{1,3}\s?[A-Za-z]?(?:,?\s+[\w.]{1,4}\s?(?:tv|th|mf|sal)\.?)?,\s*(?:DK-?\s?)?$", re.I
)
_HERE = re.compile(r"(?<!\w)(?:her i|i)\s+$", re.I)
_CAPITAL = re.compile(r"\s+[A-ZÆØÅ][a-zæøå]+")
_ENDS = re.compile(r"\s*(?:[.,;!?)]|$)")
_LOWEST_CODE, _HIGHEST_CODE = 800, 9999
_REACH = 30


class PlaceFinder:
    """Finds the places and postcodes that it was given, and other Danish postcodes that stand in an address."""

    def __init__(self, places: Iterable[Place], postcodes: Iterable[Postcode]):
        self._names: Names[Place] = Names(fuzzy_from=_LETTERS_FOR_TYPOS, inflected=False)
        for place in places:
            for name in (place.name, *place.spellings):
                self._names.add(name, place, exact=place.exact)
        self._postcodes = {postcode.code: postcode for postcode in postcodes}

    def find(self, text: str) -> Iterator[Entity]:
        """Give places and postcodes."""
        words = split(text)
        towns = []
        for hit in self._names.find(text, words, _stands_as_a_place):
            if (hit.exact and not hit.found.exact) or _stands_as_a_place(words, hit.first):
                start, end = words[hit.first].start, words[hit.last - 1].end
                towns.append(start)
                extra = {"area": hit.found.area.value, "postcode": hit.found.postcode}
                yield Entity(PLACE, hit.found.name, text[start:end], start, end, extra, sure=hit.exact)
        yield from self._codes(text, towns)

    def _codes(self, text: str, towns: Sequence[int]) -> Iterator[Entity]:
        for match in _FOUR.finditer(text):
            start, end, code = *match.span("code"), match["code"]
            if not _LOWEST_CODE <= int(code) <= _HIGHEST_CODE:
                continue
            known = self._postcodes.get(code)
            before = text[max(0, start - _REACH) : start]
            town = any(0 < at - end <= 2 for at in towns)
            labelled = bool(_LABEL.search(before))
            addressed = bool(_ADDRESS_BEFORE.search(before)) and bool(
                _ENDS.match(text, end) or _CAPITAL.match(text, end)
            )
            if known:
                alone = bool(_ENDS.match(text, end)) and (not before.strip() or bool(_HERE.search(before)))
                fits = town or labelled or addressed or alone
            else:
                fits = labelled or addressed
            if fits:
                area = known.area if known else Area.OUTSIDE
                extra = {"area": area.value, "name": known.name if known else ""}
                yield Entity(POSTCODE, code, text[start:end], start, end, extra)


def _stands_as_a_place(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].key if at else ""
    return words[at].text[0].isupper() or before in _PLACE_WORDS or before.isdigit()
