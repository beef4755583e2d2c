"""Evaluation files: the name tells the form, and a mistake is named by file and line without quoting anybody."""

import pytest

from bot.core.errors import InvalidContent
from bot.core.evaluation import Kind, Utterance
from bot.measuring.sets import read, read_folder, themes

TOPICS = ("moms", "espd", "udenfor_emne")


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("name", "line", "utterance"),
    [
        ("topics_a.tsv", "moms\t3\ttekst", Utterance(("moms",), "3", "tekst")),
        ("dev.tsv", "udenfor_emne\tborger\ttekst", Utterance(("udenfor_emne",), "borger", "tekst")),
        ("languages.tsv", "moms\ten\ttekst", Utterance(("moms",), "en", "tekst", Kind.LANGUAGES)),
        ("multi.tsv", "moms+espd\ttekst", Utterance(("moms", "espd"), "-", "tekst", Kind.SEVERAL)),
        ("ambiguous.tsv", "moms|espd\ttekst", Utterance(("moms", "espd"), "-", "tekst", Kind.EITHER)),
        (
            "followup.tsv",
            "moms\tpris\tførst\tsiden",
            Utterance(("moms",), "pris", "siden", Kind.FOLLOW_UPS, aspect="pris", before="først"),
        ),
        (
            "context.tsv",
            "moms\tførst\tsiden\tespd",
            Utterance(("espd",), "-", "siden", Kind.CONTEXT, before="først"),
        ),
    ],
)
def test_the_name_of_a_file_tells_its_form(file, name, line, utterance):
    found = read(file(name, f"{line}\n\n"), TOPICS)
    assert (found.name, found.kind, found.utterances) == (name, utterance.kind, [utterance])


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("dev.tsv", "moms\themmelig", "expected 3 columns with something in each"),
        ("dev.tsv", "moms\t\themmelig", "expected 3 columns with something in each"),
        ("dev.tsv", "moms\t1\themmelig\t", "expected 3 columns with something in each"),
        ("dev.tsv", "hemmelig\t1\tmoms", "unknown topic"),
        ("multi.tsv", "moms+hemmelig\ttekst", "unknown topic"),
        ("context.tsv", "moms\tførst\tespd\themmelig", "unknown topic"),
    ],
)
def test_a_mistake_is_named_by_its_line_and_quotes_nothing(file, name, line, reason):
    good = {"dev.tsv": "moms\t1\ttekst", "multi.tsv": "moms+espd\tx", "context.tsv": "moms\ta\tb\tespd"}[name]
    with pytest.raises(InvalidContent) as error:
        read(file(name, f"{good}\n{line}\n{good}\n{line}\n"), TOPICS)
    assert error.value.problems == [f"{name}:2: {reason}", f"{name}:4: {reason}"]
    assert "hemmelig" not in str(error.value)


def test_the_digest_changes_with_the_file(file):
    before = read(file("dev.tsv", "moms\t1\ttekst\n"), TOPICS).digest
    assert read(file("dev.tsv", "moms\t1\ttekst\n"), TOPICS).digest == before
    assert read(file("dev.tsv", "moms\t2\ttekst\n"), TOPICS).digest != before


def test_an_empty_file_and_an_empty_folder_are_refused(file, tmp_path):
    with pytest.raises(InvalidContent, match=r"no \.tsv file"):
        read_folder(tmp_path, TOPICS)
    file("dev.tsv", "\n")
    with pytest.raises(InvalidContent, match="has no utterances"):
        read_folder(tmp_path, TOPICS)


def test_every_file_of_a_folder_is_read_in_the_order_of_the_names(file, tmp_path):
    file("b.tsv", "moms\t1\ttekst")
    file("a.tsv", "moms\t1\ttekst")
    file("README.md", "no set")
    assert [found.name for found in read_folder(tmp_path, TOPICS)] == ["a.tsv", "b.tsv"]


def test_a_theme_is_the_folder_of_the_answer(root):
    found = themes(root / "data")
    assert found["moms"] == "start"
    assert "hils" not in found
