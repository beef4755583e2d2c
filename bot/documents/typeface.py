"""The typeface of the pages, for PDFs, and another one for letters that it does not have.

IBM Plex Sans (SIL Open Font License 1.1) comes with dkfds and has the letters of western Europe. DejaVu Sans (free,
made from Bitstream Vera) comes with matplotlib, which Rasa needs; it is only opened for a text with other letters.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import FrozenSet

from fpdf import FPDF
from fpdf.fonts import TTFFont

_FONTS = Path(__file__).parents[1] / "web" / "static" / "vendor" / "dkfds" / "fonts"
_STYLES = {"": "IBMPlexSans-Regular-Latin1.woff2", "B": "IBMPlexSans-SemiBold-Latin1.woff2"}
FAMILY, _OTHER = "Plex", "DejaVu"


def install(pdf: FPDF) -> FrozenSet[int]:
    """Make the typeface known to the document, regular and semibold; return the letters that it has."""
    for style, name in _STYLES.items():
        pdf.add_font(FAMILY, style, _FONTS / name)
    font = pdf.fonts[FAMILY.lower()]
    return frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()


def add_other_letters(pdf: FPDF) -> None:
    """Let letters that the typeface lacks be drawn with the other one."""
    # Looked up, not imported: matplotlib takes a second.
    found = find_spec("matplotlib")
    if found and found.origin:
        fonts = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
        pdf.add_font(_OTHER, "", fonts / "DejaVuSans.ttf")
        pdf.add_font(_OTHER, "B", fonts / "DejaVuSans-Bold.ttf")
        pdf.set_fallback_fonts([_OTHER])
