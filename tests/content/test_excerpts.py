"""`make content`: below each problem stand the words it is about, and the first line stays as programs read it."""

import re

import pytest

from bot.commands import check_content
from bot.content.excerpts import LONGEST, Excerpts, shortened
from bot.content.reading import Document, Problem
from bot.content.topic_files import topic_paths
from tests.content.conftest import TOPIC_FILE

# With the sentence before it, 86 words.
GOOD = " ".join(["Du må godt."] * 26)
HEAVY = "Kommunalbestyrelsens sagsbehandlingsmedarbejdere offentliggør tilladelsesbetingelser."
PENGE = "Du må gerne bruge pengene."


@pytest.fixture
def said(project, monkeypatch, capsys):
    """Run the command in the small project; return its exit code and its lines."""

    def run():
        monkeypatch.chdir(project.folder)
        code = check_content.main()
        return code, capsys.readouterr().out.splitlines()

    return run


# (what stands in the file, what is planted, a part of the reason, the words below it)
MISTAKES = [
    # prose: the sentence
    (PENGE, "Du må gerne. Brug 5000 af dem. Vent så.", "figure typed into prose", "Brug 5000 af dem."),
    (PENGE, "Brug fx 5 kr. i dag. Vent så.", "figure typed into prose", "Brug fx 5 kr. i dag."),
    (PENGE, "Du må gerne, såfremt du vil.", "officialese", "Du må gerne, såfremt du vil."),
    (PENGE, "Brug {gebyret}. Du må gerne.", "unknown fact", "Brug {gebyret}."),
    ("{gebyr}", "{gebyr", "a lone { or }", "Det koster {gebyr at stifte et selskab."),
    (PENGE, f"Du må gerne. {HEAVY} {HEAVY}", "LIX", HEAVY),
    (PENGE, f"{GOOD} Det her er for meget. Du må.", "words, at most 90", "Det her er for meget."),
    ("- Skriv et dokument.", "- Skriv et dokument inden 14 dage. Vent.", "figure", "Skriv et dokument inden 14 dage."),
    ("title: Kapital\n", "title: Kapital på 20.000\n", "figure", "Kapital på 20.000"),
    ("label: gebyret", "label: gebyret i 2020", "figure", "gebyret i 2020"),
    # everything else: the line of the file
    ("owner: erhvervsservice", "owner: nobody  # who?", "unknown unit nobody", "owner: nobody # who?"),
    ("  pris: >-", "  prisen: >-", "unexpected value", "Det koster {gebyr} at stifte et selskab."),
    ('value: "20.000"', "value: 20.000", "str type expected", "- {value: 20.000, from: 2025-02-27}"),
    ("https://www.lov", "http://www.lov", "scheme not permitted", "url: http://www.lov.example/selskabsloven"),
    ("title: Kapital\n", "", "title: field required", "topic: kapital"),
    ("title: Kapital\n", "title: Kapital: penge\n", "mapping values", "title: Kapital: penge"),
    ("owner: erhvervsservice", "owner:\terhvervsservice", "never with a tab", "owner: erhvervsservice"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "reason", "words"), MISTAKES, ids=[row[2] for row in MISTAKES])
def test_below_a_problem_stand_the_words_it_is_about(said, project, old, new, reason, words):
    project.replace(TOPIC_FILE, old, new)
    code, lines = said()
    assert code == 1
    at = next(number for number, line in enumerate(lines) if reason in line)
    assert re.match(rf"{TOPIC_FILE}:\d+: ", lines[at])
    assert lines[at + 1] == f"    {words}"


def test_a_long_sentence_is_cut_around_what_is_wrong(said, project):
    many = "og det ved du jo godt " * 8
    project.replace(TOPIC_FILE, PENGE, f"Du må gerne, {many}bruge 5000 af dem, {many}hvis du vil.")
    _, lines = said()
    words = lines[next(number for number, line in enumerate(lines) if "5000" in line) + 1].strip()
    assert "bruge 5000 af dem," in words
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert 100 < len(words) <= LONGEST


def test_problems_stand_in_the_order_of_their_lines(said, project):
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: nobody")
    project.replace(TOPIC_FILE, "Det koster {gebyr} at", "Det koster {gebyr} og 1 at")
    project.replace(TOPIC_FILE, "label: gebyret", "label: gebyret 2")
    _, lines = said()
    assert [int(line.split(":")[1]) for line in lines if line.startswith(TOPIC_FILE)] == [4, 12, 26]
    assert lines[-1] == "3 problems"


def test_one_problem_is_not_called_problems(said, project):
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: nobody")
    assert said() == (1, [f"{TOPIC_FILE}:4: unknown unit nobody", "    owner: nobody", "1 problem"])


def test_content_in_order_is_counted(said):
    code, lines = said()
    assert code == 0
    assert lines == ["helsingor: 2 topics (1 in full), 1 units", "no problems"]


def test_an_empty_file_has_no_words(said, project):
    project.write("data/knowledge/start/moms.yml", "")
    _, lines = said()
    assert any("topic: field required" in line for line in lines)
    assert "    " not in lines


def test_a_file_that_is_not_utf_8_is_shown_as_far_as_it_can_be_read(said, project):
    project.write(TOPIC_FILE, "topic: kapital\ntitle: Børn\n".encode("latin-1"))
    _, lines = said()
    assert lines[:2] == [f"{TOPIC_FILE}:2: not valid YAML: the file is not UTF-8", "    title: B\ufffdrn"]


def test_a_file_that_is_missing_is_named(said, project):
    (project.folder / "data/phrases.yml").unlink()
    with pytest.raises(SystemExit) as stop:
        said()
    assert "phrases.yml cannot be read: No such file" in str(stop.value)


def test_a_line_that_is_not_there_has_no_words(project):
    assert Excerpts(project.folder).of(Problem(TOPIC_FILE, 1000, "x")) == ""


@pytest.mark.parametrize(
    ("text", "kept", "found"),
    [
        ("kort", "", "kort"),
        (" to \n ord ", "", "to ord"),
        ("ord " * 40, "", "ord " * 29 + "…"),
        ("ord " * 40 + "sidst", "sidst", "… " + "ord " * 28 + "sidst"),
        ("x" * 200, "", "x" * 120),
        ("x" * 200 + " 5", "5", "… 5"),
    ],
)
def test_a_text_is_shortened_between_words(text, kept, found):
    assert shortened(text, kept) == found


def test_what_is_kept_stands_in_the_middle():
    before, after = shortened("ord " * 60 + "her er det " + "ord " * 60, "er det").split("her er det")
    assert abs(len(before) - len(after)) <= 8


def test_every_side_of_a_real_topic_is_found_by_its_place_in_the_file(root):
    excerpts = Excerpts(root)
    for path in topic_paths(root / "data")[::10]:
        document = Document(path, root)
        for aspect, text in (document.data.get("aspects") or {}).items():
            assert excerpts.of(Problem(document.name, 1, "x", ("aspects", aspect)))[:40] == text[:40]


def test_a_figure_that_ran_out_without_a_successor_is_refused_though_the_service_starts(said, project):
    line = '{value: "20.000", from: 2025-02-27}'
    project.replace(TOPIC_FILE, line, '{value: "20.000", from: 2025-02-27, to: 2025-12-31}')
    code, lines = said()
    assert code == 1
    expected = project.line_of(TOPIC_FILE, "  aps_kapital:")
    assert f"{TOPIC_FILE}:{expected}: fact aps_kapital ran out on 2025-12-31 and has no successor" in lines
    assert lines[-1].endswith("1 problem that the bot copes with")
    assert "kapital" in project.load().knowledge.topics


def test_a_review_that_is_due_is_told_and_refuses_nothing(said, project):
    project.replace(TOPIC_FILE, "review_by: 2027-05-01", "review_by: 2026-01-01")
    code, lines = said()
    assert code == 0
    assert f"due: {TOPIC_FILE}:6: to be reviewed since 2026-01-01" in lines
