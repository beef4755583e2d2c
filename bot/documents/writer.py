"""Writes a PDF that can be read on a phone and printed on A4: headings, paragraphs, facts, lists, tables.

It knows how things look, and nothing of what they say: every word is passed in. One thing is put below the other;
`keep` holds some of them together on a page.

    writer = DocumentWriter("Sag HEL-1", author="Helsingør Kommune", made=clock(), mark="...", page_words="...")
    writer.heading("Sag HEL-1", 1)
    writer.facts([Fact("Modtaget", "22. november 2026")])
    return writer.finished()
"""

import re
from contextlib import AbstractContextManager
from typing import Callable, Iterable, Sequence

from bot.documents.sheet import Sheets
from bot.documents.styles import (
    ABOVE,
    BELOW,
    BLUE,
    BODY,
    COPPER,
    HEADINGS,
    LEAST_AFTER_HEADING,
    LINK,
    MIST,
    MUTED,
    NUMBER,
    QUIET,
    SMALL,
    STRONG,
    TOP,
    WHITE,
    Fact,
    Style,
)

_BULLET, _BADGE, _PADDING = 5.5, 11.0, 5.0


class DocumentWriter(Sheets):
    """One document, written from its beginning to its end."""

    def heading(self, text: str, level: int = 2, *, listed: bool = True) -> None:
        """Write a heading of level 1 to 4; `listed` puts it into the outline. It never ends a page."""
        style = HEADINGS[level]
        self._gap(ABOVE[level])
        self._room(self._height(text, style) + BELOW[level] + LEAST_AFTER_HEADING)
        if listed and not self._measuring:
            self._pdf.set_y(self._y)
            self._pdf.start_section(text, level - 1, strict=False)
        self._text(text, style, f"H{level}")
        self._y += BELOW[level]

    def paragraph(self, text: str, style: Style = BODY, *, link: str = "", gap: float = 2.2) -> None:
        """Write a text; an empty line in it begins a new paragraph."""
        for part in re.split(r"\r?\n\s*\n", text.strip()):
            if part.strip():
                self._text(part.strip(), style, "Link" if link else "P", link)
                self._y += gap

    def facts(self, facts: Iterable[Fact], label_width: float = 40, *, goes_on: bool = False) -> None:
        """Write names and values beside each other, with a line between them; `goes_on` also before the first."""
        for number, fact in enumerate(facts, int(goes_on)):
            self._y += 1.3
            self._room(self._side_by_side(fact, label_width, measure=True))
            if number and self._y > TOP:
                self._rule(self._y - 1.3)
            with self._group("P"):
                self._side_by_side(fact, label_width)
            self._y += 1.3

    def columns(self, facts: Sequence[Fact], label_width: float = 40) -> None:
        """Write a few short facts side by side, each below its name; as `facts` when one is too long for that."""
        width = (self._right - self._left) / len(facts)
        with self._between(0, self._right - self._left - width + 3):
            fits = all(len(self._lines(fact.text, BODY)) == 1 for fact in facts)
        if not fits:
            self.facts(facts, label_width)
            return
        top = self._y
        for number, fact in enumerate(facts):
            self._y = top
            with self._between(number * width, 0), self._group("P"):
                self._text(fact.label, SMALL, "Span")
                self._text(fact.text, BODY, "Span")
        self._y += 1.3

    def bullets(self, texts: Iterable[str], *, boxes: bool = False) -> None:
        """Write a list; `boxes` to tick off on paper take the place of the bullets."""
        with self._group("L"):
            for text in texts:
                with self._group("LI"), self._between(_BULLET, 0):
                    self.keep(lambda text=text: self._item(text, boxes))  # type: ignore[misc]
        self._y += 1.2

    def link(self, title: str, address: str, below: str = "", *, gap: float = 1.2) -> None:
        """Write a link, and something smaller below it."""

        def draw() -> None:
            self._text(title, LINK, "Link", address)
            if below:
                self._text(below, SMALL, "P")

        self.keep(draw)
        self._y += gap

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], sums: Iterable[Sequence[str]] = ()
    ) -> None:
        """Write a table of two columns; `sums` are rows that stand out."""
        with self._group("Table"):
            for style, kind, some in ((QUIET, "TH", [head]), (BODY, "TD", rows), (STRONG, "TD", sums)):
                for row in some:
                    with self._group("TR"):
                        self.keep(lambda row=row, style=style, kind=kind: self._row(row, style, kind))  # type: ignore[misc]
        self._y += 3

    def box(self, draw: Callable[[], None]) -> None:
        """Draw something on a coloured ground; it must be shorter than a page."""
        with self._between(_PADDING, _PADDING):
            height = self._measured(draw) + 2 * _PADDING
        self._room(height)
        self._decorate(lambda: self._ground(height))
        self._y += _PADDING
        with self._between(_PADDING, _PADDING):
            draw()
        self._y += _PADDING + 2

    def numbered(self, number: int, draw: Callable[[], None], *, done: bool = False) -> None:
        """Draw something beside a number in a circle; a tick takes its place when it is done."""
        # The number must not stay behind when the heading beside it goes to the next page.
        self._room(2 * LEAST_AFTER_HEADING)
        if not self._measuring:
            self._badge(number, done)
        with self.beside_number():
            draw()

    def beside_number(self) -> AbstractContextManager:
        """Go on beside where the number stands."""
        return self._between(_BADGE, 0)

    def rule(self, gap: float = 4) -> None:
        """Draw a line across, with as much room above as below; none at the top of a page."""
        self._gap(gap)
        if self._y > TOP or self._measuring:
            self._rule(self._y)
            self._y += gap

    def space(self, height: float) -> None:
        """Leave some room; none at the top of a page."""
        self._gap(height)

    def _side_by_side(self, fact: Fact, label_width: float, measure: bool = False) -> float:
        """Write a fact from where we are, or only measure it; return its height."""
        before, self._measuring = self._measuring, self._measuring or measure
        top, page = self._y, self._pdf.page
        with self._between(0, self._right - self._left - label_width + 4):
            self._text(fact.label, QUIET, "Span")
        after, self._y = self._y, top
        with self._between(label_width, 0):
            self._text(fact.text, BODY, "Link" if fact.link else "Span", fact.link)
        # What is longer than a page has gone on on the next one.
        self._y = max(after, self._y) if self._pdf.page == page else self._y
        height = self._y - top
        if measure:
            self._y = top
        self._measuring = before
        return height

    def _item(self, text: str, box: bool) -> None:
        self._decorate(lambda: self._bullet(box))
        self._text(text, BODY, "LBody")
        self._y += 1

    def _bullet(self, box: bool) -> None:
        x, middle = self._left - _BULLET, self._y + BODY.height / 2
        if box:
            self._pdf.set_draw_color(*MUTED)
            self._pdf.set_line_width(0.3)
            self._pdf.rect(x, middle - 1.6, 3.2, 3.2)
        else:
            self._pdf.set_fill_color(*BLUE)
            self._pdf.circle(x + 1.6, middle, 0.6, style="F")

    def _row(self, row: Sequence[str], style: Style, kind: str) -> None:
        width, top = 46.0, self._y + 1.4
        bottoms = []
        for text, left, right in (
            (row[0], 0.0, width + 4),
            (row[1], self._right - self._left - width, 0.0),
        ):
            self._y = top
            with self._between(left, right):
                self._text(text, style, kind)
            bottoms.append(self._y)
        self._y = max(bottoms) + 1.4
        self._rule(self._y)

    def _ground(self, height: float) -> None:
        self._pdf.set_fill_color(*MIST)
        self._pdf.rect(
            self._left,
            self._y,
            self._right - self._left,
            height,
            style="F",
            round_corners=True,
            corner_radius=2.5,
        )

    def _badge(self, number: int, done: bool) -> None:
        pdf, radius = self._pdf, NUMBER.height / 2
        x, y = self._left + radius, self._y + radius - 0.5
        with self._tags.decoration():
            pdf.set_fill_color(*(COPPER if done else BLUE))
            pdf.circle(x, y, radius, style="F")
            if done:
                pdf.set_draw_color(*WHITE)
                pdf.set_line_width(0.7)
                pdf.polyline([(x - 1.6, y + 0.1), (x - 0.4, y + 1.3), (x + 1.7, y - 1.2)])
        if not done:
            with self._tags.leaf("P"):
                self._use(NUMBER)
                pdf.set_xy(x - radius, y - radius)
                pdf.cell(2 * radius, NUMBER.height, str(number), align="C")
