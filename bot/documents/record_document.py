"""Records as a PDF: facts, what was said and done, one below the other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Sequence, Tuple

from bot.documents.styles import LEAD, SMALL, STRONG, Fact
from bot.documents.writer import DocumentWriter


@dataclass(frozen=True)
class Entry:
    """Something with a time or a name above, and perhaps a text."""

    head: str
    text: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the document; `level` is that of its heading, 2 or 3."""

    heading: str
    facts: Tuple[Fact, ...] = ()
    entries: Tuple[Entry, ...] = ()
    text: str = ""
    level: int = 2


def record_document(
    title: str,
    lead: str,
    sections: Sequence[Section],
    *,
    author: str,
    made: datetime,
    mark: str,
    page_words: str,
) -> bytes:
    """Return the file; every word in it is passed in, as `DocumentWriter` takes them."""
    writer = DocumentWriter(title, author=author, made=made, mark=mark, page_words=page_words)
    writer.paragraph(author, SMALL, gap=1.5)
    writer.heading(title, 1)
    if lead:
        writer.paragraph(lead, LEAD, gap=4)
    for section in sections:
        writer.heading(section.heading, section.level)
        if section.text:
            writer.paragraph(section.text)
        if section.facts:
            writer.facts(section.facts)
        for entry in section.entries:
            writer.paragraph(entry.head, STRONG, gap=0.6)
            if entry.text:
                writer.paragraph(entry.text)
            writer.space(1.6)
    return writer.finished()
