"""How the parts of a document look. Sizes of letters are in points, everything else in millimetres."""

from dataclasses import dataclass
from typing import Dict, Tuple

Colour = Tuple[int, int, int]
# The colours of the pages: bot/web/static/base.css.
INK, MUTED, DEEP, BLUE = (20, 33, 43), (76, 89, 99), (10, 45, 71), (11, 74, 117)
MIST, LINE, COPPER, WHITE = (238, 244, 248), (217, 213, 203), (29, 102, 87), (255, 255, 255)

SIDE, TOP, BOTTOM = 17.0, 16.0, 20.0
# A heading takes at least so much with it to the next page.
LEAST_AFTER_HEADING = 24.0


@dataclass(frozen=True)
class Style:
    """How a text looks: the size of its letters and the height of its lines."""

    size: float
    height: float
    colour: Colour = INK
    strong: bool = False


BODY = Style(11, 5.4)
STRONG = Style(11, 5.4, strong=True)
QUIET = Style(11, 5.4, MUTED)
SMALL = Style(9.5, 4.6, MUTED)
LEAD = Style(13, 6.6, MUTED)
LINK = Style(11, 5.4, BLUE)
NUMBER = Style(11, 7, WHITE, strong=True)
HEADINGS: Dict[int, Style] = {
    1: Style(25, 10.4, DEEP, strong=True),
    2: Style(17, 7.6, DEEP, strong=True),
    3: Style(13, 6.4, DEEP, strong=True),
    4: Style(12.5, 6, INK, strong=True),
}
ABOVE = {1: 0.0, 2: 9.0, 3: 5.0, 4: 0.0}
BELOW = {1: 2.5, 2: 3.0, 3: 2.0, 4: 1.2}


@dataclass(frozen=True)
class Fact:
    """A name and its value, and where the value leads when it is a link."""

    label: str
    text: str
    link: str = ""
