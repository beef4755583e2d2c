"""Street addresses: »Stengade 59A, 2. tv«. `value` is the address in one spelling; extra: street, number, floor.

There is no list of streets in here: a street is known by how its name ends. With a house number it may stand
anywhere, without one (number "") only with a capital behind a word of place: »min café i Stengade«. Postcode and town
are entities of their own (places.py). Libraries for addresses (libpostal) need a model of two gigabytes.
"""

import re
from typing import Iterator

from bot.understanding.entities.entity import ADDRESS, Entity

_ROADS = r"(?:(?:vej|gade|stræde|straede|torv|vænge|vaenge)(?:en|et|t|n)?|all[eé](?:en)?)"
# These also end ordinary words, so they need a capital: »parkeringsplads 12«.
_OTHERS = (
    r"(?:(?:park|plads|have|bakke|toft|sti|krog|eng|lund|mark|kaj|boulevard|høj|ager|vang|gang|skov|dal|bjerg|skrænt|"
    r"banke|led|bo|hegn|bred|esplanade|promenade)(?:en|et|n)?|strand|bro|broen)"
)
_OLD_NEW = (
    r"(?:(?:(?:Gl|Gammel|Gamle|Ny|Nye|Nordre|Søndre|Østre|Vestre|Øster|Vester|Nørre|Sønder|Store|Lille|Øvre|Nedre|"
    r"Indre|Ydre|Sct|Skt|Sankt)\.?|[A-ZÆØÅ]\w+(?:ør|bæk|rød|rup|strup|by|gærde|gårde?|øb|holm|sten|høj))[ \t]+)"
)
_NAME = r"[A-Za-zÆØÅæøåÉéÖöÄä]"
_NUMBER = r"(?P<number>\d{1,3}(?:[A-Za-z]|[ ][A-HK-Z])?(?:\s?[-\u2013]\s?\d{1,3}[A-Za-z]?)?)(?![\wæøå])"
_FLOOR = (
    r"(?:,?\s+(?P<floor>(?i:(?:\d{1,2}|st|kl)\.?\s?(?:sal\.?,?\s?)?(?:tv|th|mf)(?!\w)|\d{1,2}\.\s?sal(?!\w)|"
    r"stuen(?!\w)|st\.?(?=\s*(?:,|$)))))?"
)
_COUNTED = (
    r"(?!\s*(?:[%²³]|[.:/]\d|(?i:m2|kvm|dage?|døgn|uger?|mdr|måned|år|time|min|kr|personer|ansatte|stk|meter|km|gange|"
    r"etager|borde|stole|pladser|skilte|mio|tusind|biler|boliger|kunder|gæster)))"
)
_COMPOUND = rf"(?P<street>{_OLD_NEW}*{_NAME}{{3,30}}?(?P<kind>(?i:{_ROADS}|{_OTHERS})))(?!\w)"
_APART = (
    r"(?P<street>(?:[A-ZÆØÅ][\w.'-]{0,30}[ \t]+){1,3}"
    r"(?P<kind>Vej|Gade|Allé|Alle|Plads|Torv|Stræde|Boulevard|Park|Have))(?!\w)"
)
_WITH_NUMBER = tuple(
    re.compile(rf"(?<!\w){street}\s+{_NUMBER}{_COUNTED}{_FLOOR}") for street in (_COMPOUND, _APART)
)
_WITHOUT_NUMBER = re.compile(
    rf"(?<!\w)(?i:på|paa|i|ved|fra|til|langs|nær|hjørnet af)\s+"
    rf"(?P<street>{_OLD_NEW}*[A-ZÆØÅ]{_NAME}{{2,30}}?(?P<kind>{_ROADS}))(?!\w)"
)
_ROAD_ONLY = re.compile(_ROADS, re.I)
_NO_STREET = re.compile(
    r"(?:gen|om|ud|af|ad|ind|motor|motortrafik|hoved|privat|fælles|.*fælles|cykel|adgangs|tilkørsels|indkørsels|grus|mark|"
    r"blind|side|bi|stam|lede|vand|luft|jern|sø|kørsels|land|offentlig|kommune|flugt)vej(?:en)?|"
    r"(?:side|gå|bi|shopping|handels)gade(?:n)?|"
    r".*(?:parkerings|arbejds|lege|markeds?|stade|bygge|lager|torve|sidde|sove|camping|affalds)plads(?:en)?|"
    r".*(?:indgang|udgang|omgang|adgang|afgang|gennemgang|overgang|industripark)(?:en)?",
    re.I,
)


def find(text: str) -> Iterator[Entity]:
    """Give the street addresses of `text`."""
    done = set()
    for pattern in _WITH_NUMBER:
        for match in pattern.finditer(text):
            if _is_street(match):
                done.add(match.start("street"))
                yield _entity(text, match, match["number"], match["floor"] or "", match.end())
    for match in _WITHOUT_NUMBER.finditer(text):
        if match.start("street") not in done and _is_street(match):
            yield _entity(text, match, "", "", match.end("street"))


def _is_street(match: "re.Match[str]") -> bool:
    street = match["street"]
    if _NO_STREET.fullmatch(street.split()[-1]):
        return False
    return street[0].isupper() or bool(_ROAD_ONLY.fullmatch(match["kind"]))


def _entity(text: str, match: "re.Match[str]", number: str, floor: str, end: int) -> Entity:
    start = match.start("street")
    street = " ".join(match["street"].split())
    street = street[0].upper() + street[1:]
    number = re.sub(r"\s", "", number).upper()
    floor = " ".join(floor.lower().split())
    value = f"{street} {number}".strip() + (f", {floor}" if floor else "")
    extra = {"street": street, "number": number, "floor": floor}
    return Entity(ADDRESS, value, text[start:end], start, end, extra, sure=bool(number))
