"""Numbers in Danish: figures with dots and commas, words such as »halvanden million«, and both together.

The libraries are no help. num2words only writes numbers. text2num 3.1 reads Danish, but not »halvtres«, »halvanden«,
»en halv« or »en kvart«, and a blank text stops it with an exception that no `except Exception` catches.
"""

import re
from decimal import Decimal
from typing import Iterator, List, NamedTuple, Optional

_SMALL = "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
_WORDS = {word: Decimal(value) for value, word in enumerate(_SMALL.split())}
_WORDS.update({
    "et": Decimal(1), "én": Decimal(1), "ét": Decimal(1), "tyve": Decimal(20), "tredive": Decimal(30),
    "tredve": Decimal(30), "fyrre": Decimal(40), "halvtreds": Decimal(50), "halvtres": Decimal(50),
    "tres": Decimal(60), "treds": Decimal(60), "halvfjerds": Decimal(70), "halvfjers": Decimal(70),
    "firs": Decimal(80), "halvfems": Decimal(90),
})  # fmt: skip
_ARTICLES = ("en", "et", "én", "ét")
_FRACTIONS = {
    "halv": Decimal("0.5"), "halvt": Decimal("0.5"), "halve": Decimal("0.5"), "kvart": Decimal("0.25"),
    "trekvart": Decimal("0.75"), "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"),
    "1/2": Decimal("0.5"), "1/4": Decimal("0.25"), "3/4": Decimal("0.75"),
}  # fmt: skip
_MIXED = {"halvanden": Decimal("1.5"), "halvandet": Decimal("1.5")}
_SCALES = {
    "hundrede": 100, "hundred": 100, "hundre": 100, "tusind": 1000, "tusinde": 1000, "tusin": 1000,
    "million": 10**6, "millioner": 10**6, "milion": 10**6, "milioner": 10**6,
    "milliard": 10**9, "milliarder": 10**9, "miliard": 10**9, "miliarder": 10**9,
}  # fmt: skip
# Short for a scale, and never a number of their own: »vitamin k«.
_SHORT_SCALES = {
    "k": 1000, "tus": 1000, "tkr": 1000, "t.kr": 1000, "tdkk": 1000,
    "mio": 10**6, "mill": 10**6, "mille": 10**6, "mia": 10**9, "mrd": 10**9,
}  # fmt: skip
_VALUES = {
    **{word: ("word", value) for word, value in _WORDS.items()},
    **{word: ("fraction", value) for word, value in _FRACTIONS.items()},
    **{word: ("mixed", value) for word, value in _MIXED.items()},
    **{word: ("scale", Decimal(value)) for word, value in _SCALES.items()},
    **{word: ("short", Decimal(value)) for word, value in _SHORT_SCALES.items()},
    "par": ("pair", Decimal(2)),
}
_BEGIN_ALONE = ("hundrede", "hundred", "tusind", "tusinde")
_SPACE = r"[ \t\u00a0\u202f]"
# At most fifteen figures: what is longer is a serial number.
_FIGURES = (
    rf"\d{{1,3}}(?:\.\d{{3}})+(?!\d)(?:,\d{{1,2}}(?!\d))?"
    rf"|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d.])(?:,\d{{1,2}}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)"
    r"|\d{1,15}(?:[.,]\d{1,3})?(?!\d)"
)
_TOKEN = re.compile(
    rf"(?<![\w/§])(?P<fraction>[13]/[24](?={_SPACE}?(?:mio|mill|mia|t\.?kr|tusind|hundred)))"
    rf"|(?<![\w/§])(?<!\d[.,])(?P<figures>{_FIGURES})"
    r"|(?P<vulgar>[½¼¾])"
    r"|(?<!\w)(?P<tkr>t\.kr)(?!\w)"
    r"|(?<![^\W\d_])(?P<word>[^\W\d_]{1,60})(?!\w)",
    re.I,
)
_ATOMS = "|".join(sorted({*_WORDS, *_SCALES, *_MIXED, "og"}, key=len, reverse=True))
# Few repeats: »halvtredshalvtreds…« can be split in more ways than there is time.
_GLUED = re.compile(rf"(?:{_ATOMS}){{2,9}}")
_ATOM = re.compile(_ATOMS)
_BETWEEN = re.compile(rf"\.?(?:{_SPACE}|-){{0,3}}(og)?(?:{_SPACE}|-){{0,3}}", re.I)


class Number(NamedTuple):
    """A number and where it stands.

    `scale`: the last word for a thousand or more in it, else 1. `figures`: the figures that it begins with, as typed.
    `approximate`: »et par hundrede«. `typed` is false when it is nothing but an article: »en café«.
    """

    value: Decimal
    start: int
    end: int
    scale: int
    figures: str
    approximate: bool
    typed: bool


class _Part(NamedTuple):
    kind: str
    value: Decimal
    start: int
    end: int
    text: str
    joined: bool = False


_APART = _Part("apart", Decimal(0), -1, -1, "")


def scan(text: str) -> List[Number]:
    """Return the numbers of `text` from left to right; an article (»en café«) is the number one."""
    numbers: List[Number] = []
    sum_: Optional[_Sum] = None
    parts = [*_with_fractions(text, _parts(text)), _APART]
    for part, following in zip(parts, [*parts[1:], _APART]):
        if sum_ and sum_.take(part, following):
            continue
        if sum_:
            numbers.append(sum_.number())
        begins = part.kind not in ("apart", "short") and (part.kind != "scale" or part.text in _BEGIN_ALONE)
        sum_ = _Sum(part) if begins else None
    return numbers


def figures_value(figures: str, thousands: bool = False) -> Decimal:
    """Return the value of Danish figures: 1.200.000 and 1 200 000 are whole, 1,25 and 1.2 have decimals.

    1,250 is one and a quarter (as in 1,250 mio.), unless `thousands` says that the comma groups.
    """
    plain = re.sub(_SPACE, "", figures)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if plain.count(",") > 1 or (thousands and re.fullmatch(r"\d{1,3},\d{3}", plain)):
        return Decimal(plain.replace(",", ""))
    return Decimal(plain.replace(",", "."))


class _Sum:
    """Adds up the parts of one number; a part that cannot belong to it begins the next."""

    def __init__(self, first: _Part):
        self._first = self._last = first
        self._total = Decimal(0)
        self._group: Optional[Decimal] = first.value
        self._ceiling = Decimal(10**12)
        self._scale_word = 1
        self._parts = 1
        self._approximate = first.kind == "pair"
        if first.kind == "scale":
            self._group = None
            self._scale(first)

    def take(self, part: _Part, following: _Part) -> bool:
        """Add `part` and return True, or return False when it is not of this number."""
        if part.kind in ("apart", "pair"):
            return False
        taken = self._scale(part) if part.kind in ("scale", "short") else self._add(part, following)
        if taken:
            self._last, self._parts = part, self._parts + 1
        return taken

    def number(self) -> Number:
        """Return the number as far as it was added up."""
        return Number(
            value=self._total + (self._group or Decimal(0)),
            start=self._first.start,
            end=self._last.end,
            scale=self._scale_word,
            figures=self._first.text if self._first.kind == "figures" else "",
            approximate=self._approximate,
            typed=self._parts > 1 or self._first.text not in _ARTICLES,
        )

    def _scale(self, part: _Part) -> bool:
        if part.value >= self._ceiling or part.joined:
            return False
        group = Decimal(1) if self._group is None else self._group
        if part.value == 100:
            if group >= 100:
                return False
            self._group = group * 100
        else:
            self._total, self._group = self._total + group * part.value, None
            self._ceiling, self._scale_word = part.value, int(part.value)
        return True

    def _add(self, part: _Part, following: _Part) -> bool:
        if self._group is None:
            # »en million to hundrede tusind« and »1 mio. 200.000«, but not »en million to gange«.
            fits = following.kind in ("scale", "short") or (part.kind == "figures" and part.value >= 1000)
            if fits and part.value < self._ceiling:
                self._group = part.value
                return True
            return False
        last = self._last
        if part.kind == "fraction":
            fits = last.kind in ("figures", "word") and self._group == self._group.to_integral_value()
        elif part.kind != "word":
            fits = False
        elif last.kind == "word":
            # »fem og tyve« is one number, »to tre« are two.
            fits = part.joined and part.value >= 20 and 0 < last.value < 10
        else:
            fits = last.kind == "scale" and part.value < 100
        if fits:
            self._group += part.value
        return fits


def _parts(text: str) -> Iterator[_Part]:
    for match in _TOKEN.finditer(text):
        start, end, found = match.start(), match.end(), match.group()
        if match.lastgroup == "figures":
            yield _Part("figures", figures_value(found), start, end, found)
            continue
        word = found.lower()
        if word in _VALUES:
            yield _Part(*_VALUES[word], start, end, word)
        elif len(word) > 5 and _GLUED.fullmatch(word):
            for atom in _ATOM.finditer(word):
                if atom.group() != "og":
                    part = atom.group()
                    yield _Part(*_VALUES[part], start + atom.start(), start + atom.end(), part)


def _with_fractions(text: str, parts: Iterator[_Part]) -> Iterator[_Part]:
    """Join »en halv«, »tre kvart« and »et par«, and mark what follows an »og«; parts apart begin anew."""
    ready: List[_Part] = []
    for part in parts:
        last = ready[-1] if ready else None
        between = _BETWEEN.fullmatch(text, last.end, part.start) if last else None
        if last and not between:
            yield from ready
            yield _APART
            ready = []
        elif last and between:
            part = part._replace(joined=bool(between.group(1)))
            if not part.joined and last.text in (*_ARTICLES, "tre") and part.kind in ("fraction", "pair"):
                value = part.value * last.value if last.text == "tre" else part.value
                ready[-1] = _Part(part.kind, value, last.start, part.end, part.text, last.joined)
                continue
        ready.append(part)
    yield from ready
