"""data/tenders.yml is right, leads to topics that exist, and a mistake in it is refused with line and reason."""

import pytest

from bot.core.readability import lix
from bot.core.tenders.texts import LINES

FILE = "data/tenders.yml"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("  direkte:\n    title:", "  direkte:\n    titel:", "titel:", "unknown key"),
        ("  one_year: Jeg", "  two_years: Jeg", "lines:", "lines.one_year is missing"),
        ("  one_year: Jeg", "  two_years: Jeg", "two_years:", "unknown: lines.two_years"),
        ("  option: Optionen er", "  option: Optionen på {sum} er", "option: Optionen", "unknown value {sum}"),
        ("beløbet er under {market}.", "beløbet er under 500.000 kr.", "says:", "figure typed into prose: 500.000"),
        ("      - Giv en skriftlig pris uden moms.\n", "      - Giv en {pris.\n", "Giv en {", "a lone { or }"),
        ("  highest: Jeg", "  highest: Vedrørende det har jeg", "highest:", "officialese: Vedrørende"),
        ('      "maler":', '      "*ma*ler":', "    words:", "does not match"),
        ('      "bleer":', '      "kloak*":', "  varer:", "byggeri has the word kloak* too"),
        ("years: {et: 1", "years: {et: 11", "years:", "less than or equal to 10"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_and_reason(project, old, new, line, reason):
    text = (project.folder / FILE).read_text(encoding="utf-8")
    assert old in text
    project.write(FILE, text.replace(old, new, 1))
    found = project.problems()
    expected = project.line_of(FILE, line)
    assert any(
        problem.path == FILE and problem.line == expected and reason in problem.reason for problem in found
    ), "\n".join(map(str, found))


def test_a_sentence_that_is_too_hard_is_refused(project):
    heavy = "Kommunalbestyrelsens sagsbehandlingsmedarbejdere offentliggør tilladelsesbetingelser."
    project.replace(FILE, "Fristen for dit bud står i det, du får tilsendt.", heavy)
    assert any("LIX" in problem.reason for problem in project.problems())


def test_what_it_names_exists(content):
    tenders = content.tenders
    named = (*tenders.topics, *tenders.invoice_topics, *tenders.works_topics, *tenders.checklists)
    assert [topic for topic in named if content.knowledge.get(topic) is None] == []
    sources = {source.id for source in content.knowledge.topics[tenders.backing_topic].sources}
    assert set(tenders.backing_sources) <= sources


def test_every_single_sentence_is_plain_danish(content):
    blanks = {name: "tal" for names in LINES.values() for name in names}
    hard = {key: lix(content.tenders.line(key, **blanks)) for key in LINES}
    # A few words alone are no sentence to be measured by.
    sentences = {key for key, text in content.tenders.lines.items() if len(text.split()) > 4}
    assert {key: value for key, value in hard.items() if value > 45 and key in sentences} == {}
