"""The shared writer of PDFs: letters, pages, structure, and the same bytes for the same content."""

import io
from datetime import datetime, timezone

import pytest
from pypdf import PdfReader

from bot.documents.styles import Fact
from bot.documents.writer import DocumentWriter

MADE = datetime(2026, 11, 27, 9, tzinfo=timezone.utc)


def new():
    return DocumentWriter(
        "Prøve",
        author="Helsingør Kommune",
        made=MADE,
        mark="Lavet i dag",
        page_words="Side {page} af {pages}",
    )


def read(writer):
    return PdfReader(io.BytesIO(writer.finished()))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tree(reader):
    """Return the kinds of all elements, each with those above it, in the order they are read."""
    found = []

    def walk(element, above):
        path = (*above, element["/S"])
        found.append(path)
        for kid in element["/K"]:
            kid = kid.get_object()
            if hasattr(kid, "keys"):
                walk(kid, path)

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object(), ())
    return found


@pytest.mark.parametrize(
    "text",
    ["æøå ÆØÅ", "10 € – 20 €", "“citat” »citat«", "½ § ²", "Wałęsa", "Привет", "{nb} {page} %s **ikke fed**"],
)
def test_a_text_is_found_as_it_was_written(text):
    writer = new()
    writer.paragraph(text)
    assert text in words(read(writer))


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n\n", "\r\n", "a\0b\x07c", "🎂", "x" * 3000, "\ue000\ue000\ue000"]
)
def test_awkward_texts_make_a_document_all_the_same(text):
    writer = new()
    writer.paragraph(text)
    writer.facts([Fact(text, text)])
    writer.bullets([text])
    writer.table((text, text), [(text, text)])
    assert words(read(writer)).endswith("Side 1 af 1") or len(text) > 1000


def test_the_same_content_gives_the_same_bytes():
    one, two = new(), new()
    for writer in (one, two):
        writer.heading("Åbn", 1)
        writer.link("Virk", "https://virk.dk")
    assert one.finished() == two.finished()


def test_a_document_says_its_title_language_and_when_it_was_made():
    reader = read(new())
    assert reader.metadata.title == "Prøve"
    assert reader.metadata.creation_date == MADE
    assert reader.trailer["/Root"]["/Lang"] == "da-DK"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_page_says_which_of_how_many_it_is():
    writer = new()
    for _ in range(90):
        writer.paragraph("En linje")
    reader = read(writer)
    last = len(reader.pages)
    assert last > 2
    for number, page in enumerate(reader.pages, 1):
        assert f"Side {number} af {last}" in page.extract_text()


def test_headings_lists_and_tables_are_tagged():
    writer = new()
    writer.heading("Overskrift", 1)
    writer.bullets(["et"])
    writer.table(("Trin", "Pris"), [("A", "1 kr.")])
    writer.link("Virk", "https://virk.dk")
    assert tree(read(writer)) == [
        ("/Document",),
        ("/Document", "/H1"),
        ("/Document", "/L"),
        ("/Document", "/L", "/LI"),
        ("/Document", "/L", "/LI", "/LBody"),
        ("/Document", "/Table"),
        *[("/Document", "/Table", *row) for row in (("/TR",), ("/TR", "/TH"), ("/TR", "/TH"))],
        *[("/Document", "/Table", *row) for row in (("/TR",), ("/TR", "/TD"), ("/TR", "/TD"))],
        ("/Document", "/Link"),
    ]


def test_the_outline_has_the_headings():
    writer = new()
    writer.heading("Åbn en café", 1)
    writer.heading("Trin", 2)
    outline = read(writer).outline
    assert outline[0].title == "Åbn en café"
    assert outline[1][0].title == "Trin"


@pytest.mark.parametrize("lines", range(30, 50))
def test_a_heading_never_ends_a_page(lines):
    writer = new()
    for _ in range(lines):
        writer.paragraph("Fyld", gap=0)
    writer.heading("OVERSKRIFT")
    writer.paragraph("Teksten under den")
    [page] = [page.extract_text() for page in read(writer).pages if "OVERSKRIFT" in page.extract_text()]
    assert "Teksten under den" in page


@pytest.mark.parametrize("lines", range(30, 50))
def test_what_is_kept_together_stands_on_one_page(lines):
    writer = new()
    for _ in range(lines):
        writer.paragraph("Fyld", gap=0)
    writer.keep(lambda: [writer.paragraph(f"Del {number}") for number in range(6)])
    assert sum("Del " in page.extract_text() for page in read(writer).pages) == 1


def test_what_is_longer_than_a_page_flows_on_and_loses_nothing():
    writer = new()
    text = " ".join(f"ord{number}" for number in range(3000))
    writer.keep(lambda: writer.facts([Fact("Lang", text)]))
    found = words(read(writer)).split()
    assert [word for word in found if word.startswith("ord")] == text.split()


def test_a_link_leads_where_it_says():
    writer = new()
    writer.link("Virk", "https://virk.dk/a?b=c&d=%C3%A6")
    [page] = read(writer).pages
    [note] = page["/Annots"]
    assert note.get_object()["/A"]["/URI"] == "https://virk.dk/a?b=c&d=%C3%A6"


@pytest.mark.parametrize("lines", range(30, 50))
def test_a_short_step_is_kept_with_the_heading_above_it(lines):
    writer = new()
    for _ in range(lines):
        writer.paragraph("Fyld", gap=0)
    writer.keep(lambda: [writer.heading("OVER", 3), writer.numbered(1, lambda: writer.heading("UNDER", 4))])
    assert any("OVER 1 UNDER" in " ".join(page.extract_text().split()) for page in read(writer).pages)
