"""Sheets of A4 that text is put on from top to bottom: where lines and pages end, and what belongs together."""

import re
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Callable, Dict, Iterator, List, Tuple

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import MethodReturnValue

from bot.documents import typeface
from bot.documents.styles import BOTTOM, LINE, LINK, SIDE, SMALL, TOP, Style
from bot.documents.tags import Tags

# Takes the number of pages in the end; from the letters that Unicode leaves free, which no text keeps.
_PAGES = "\ue000" * 3
_UNSEEN = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]")
# A paragraph of so many lines is not parted.
_SHORT = 4


class _Pages(FPDF):
    below: Callable[[], None]

    def footer(self) -> None:
        self.below()


class Sheets:
    """The pages of one document, a place on them, and the margins as they are there.

    Args:
        title: what the document is called.
        author: whose it is.
        made: when; the same content made at the same time gives the same bytes.
        mark: stands at the foot of every page.
        page_words: the number of a page, with `{page}` and `{pages}`.
        language: of the text.
    """

    def __init__(
        self, title: str, *, author: str, made: datetime, mark: str, page_words: str, language: str = "da-DK"
    ):
        self._pdf = pdf = _Pages(format="A4")
        self._mark, self._page_words = mark, page_words
        self._letters = typeface.install(pdf)
        self._lines_of: Dict[Tuple[str, Style, float], List[str]] = {}
        pdf.below = self._foot
        pdf.set_auto_page_break(False)
        pdf.set_margins(SIDE, TOP)
        pdf.c_margin = 0
        pdf.alias_nb_pages(_PAGES)
        pdf.set_title(title)
        pdf.set_author(author)
        pdf.set_creator("Genvej")
        pdf.set_lang(language)
        pdf.set_creation_date(made)
        pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._tags = Tags(pdf)
        self._left, self._right, self._end = SIDE, pdf.w - SIDE, pdf.h - BOTTOM
        self._measuring = self._kept = False
        pdf.add_page()
        self._y = TOP

    def finished(self) -> bytes:
        """Return the file."""
        return bytes(self._pdf.output())

    def keep(self, draw: Callable[[], None]) -> None:
        """Draw something on one page, unless it is longer than a page."""
        height = self._measured(draw)
        self._room(height)
        before = self._kept
        # What fits must not be parted by a heading in it that asks for more room than it needs there.
        self._kept = before or self._y + height <= self._end
        draw()
        self._kept = before

    def _room(self, height: float) -> None:
        """Begin a page when less than that is left; what needs more than a page begins where it is."""
        if not (self._measuring or self._kept) and self._end < self._y + height <= self._y - TOP + self._end:
            self._turn()

    def _turn(self) -> None:
        self._pdf.add_page()
        self._y = TOP

    def _gap(self, height: float) -> None:
        """Leave some room, but not at the top of a page."""
        if self._y > TOP or self._measuring:
            self._y += height

    def _measured(self, draw: Callable[[], None]) -> float:
        """Return how much room something takes, without drawing it."""
        before, y = self._measuring, self._y
        self._measuring = True
        draw()
        height = self._y - y
        self._measuring, self._y = before, y
        return height

    def _decorate(self, draw: Callable[[], None]) -> None:
        """Draw what a screen reader passes over."""
        if not self._measuring:
            with self._tags.decoration():
                draw()

    def _group(self, kind: str) -> AbstractContextManager:
        return nullcontext() if self._measuring else self._tags.group(kind)

    @contextmanager
    def _between(self, left: float, right: float) -> Iterator[None]:
        """Move both margins inwards."""
        before = self._left, self._right
        self._left, self._right = self._left + left, self._right - right
        yield
        self._left, self._right = before

    def _height(self, text: str, style: Style) -> float:
        return len(self._lines(text, style)) * style.height

    def _lines(self, text: str, style: Style) -> List[str]:
        """Return the text as it falls into lines between the margins."""
        text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
        key = (text, style, self._right - self._left)
        if key not in self._lines_of:
            missing = {letter for letter in text if ord(letter) not in self._letters and letter != "\n"}
            if missing:
                self._letters = self._letters.union(map(ord, missing))
                typeface.add_other_letters(self._pdf)
            self._use(style)
            lines = self._pdf.multi_cell(
                key[2], style.height, text, dry_run=True, output=MethodReturnValue.LINES, align="L"
            )
            self._lines_of[key] = lines if isinstance(lines, list) else []
        return self._lines_of[key]

    def _text(self, text: str, style: Style, kind: str, link: str = "") -> None:
        """Put a text between the margins, tagged as `kind`; it flows on to the next page."""
        lines = self._lines(text, style)
        if self._measuring:
            self._y += len(lines) * style.height
            return
        self._room(style.height * (len(lines) if len(lines) <= _SHORT else 2))
        while lines:
            fit = max(1, int((self._end - self._y + 0.001) // style.height))
            with self._tags.leaf(kind):
                for number, line in enumerate(lines[:fit], 1):
                    # Without the space a screen reader would join the words at the end of a line.
                    self._line(line if number == len(lines) else f"{line.rstrip()} ", style, link)
            lines = lines[fit:]
            if lines:
                self._turn()

    def _line(self, line: str, style: Style, link: str = "") -> None:
        self._use(style, underlined=bool(link))
        self._pdf.set_xy(self._left, self._y)
        self._pdf.cell(self._pdf.get_string_width(line), style.height, line, link=link)
        self._y += style.height

    def _use(self, style: Style, underlined: bool = False) -> None:
        shape = ("B" if style.strong else "") + ("U" if underlined else "")
        self._pdf.set_font(typeface.FAMILY, shape, style.size)
        self._pdf.set_text_color(*(LINK.colour if underlined else style.colour))

    def _rule(self, y: float) -> None:
        def draw() -> None:
            self._pdf.set_draw_color(*LINE)
            self._pdf.set_line_width(0.25)
            self._pdf.line(self._left, y, self._right, y)

        self._decorate(draw)

    def _foot(self) -> None:
        pdf, y = self._pdf, self._pdf.h - 12
        with self._tags.decoration():
            self._use(SMALL)
            pdf.set_xy(SIDE, y)
            pdf.cell(0, SMALL.height, self._mark)
            words = self._page_words.format(page=pdf.page, pages=_PAGES)
            pdf.set_xy(pdf.w - SIDE - pdf.get_string_width(words.replace(_PAGES, str(pdf.page))), y)
            pdf.cell(text=words, h=SMALL.height)
