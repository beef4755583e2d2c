"""Figures that are kept, the tables made from them, and what a measurement leaves behind."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core import gate
from bot.core.evaluation import Kind, Utterance, judged
from bot.core.figures import Share, of_set
from bot.core.reactions import Reaction
from bot.measuring import document, outcome, plots, records, tables

SECRET = "rabarberkvarter"
THEMES = {"moms": "start", "espd": "udbud"}
ROOT = Path(__file__).resolve().parents[2]


def item(topic, *said, kind=Kind.QUESTIONS, confidence=0.9, style="1"):
    """Return an utterance that was answered with what is said; with nothing it was not understood."""
    ranking = ((said[0], confidence),) if said else ()
    reaction = Reaction("answer" if said else "rephrase", said, ranking=ranking)
    return judged(Utterance((topic,), style, SECRET, kind), reaction)


def made(*items, model="Genvej", digest="x", held_out=None, **others):
    """Return the record of a set of questions, and of others by kind."""
    sets = {"topics.tsv": (of_set(Kind.QUESTIONS, digest, items, THEMES), list(items))}
    for kind, found in others.items():
        sets[f"{kind}.tsv"] = (of_set(Kind[kind], "x", found, THEMES), list(found))
    return records.make(model, date(2026, 11, 22), 9, sets, held_out)


@pytest.fixture
def record():
    items = [item("moms", "moms"), item("espd", "moms", confidence=1.0000001, style="2"), item("moms")]
    return made(*items, held_out=of_set(Kind.QUESTIONS, "5 folds", items, THEMES))


def test_a_record_is_the_same_when_it_is_read_again(record, tmp_path):
    path = tmp_path / "figures/a.json"
    records.write(path, record)
    found = records.read(path)
    assert (found.sets, found.held_out, found.confusions) == (
        record.sets,
        record.held_out,
        record.confusions,
    )
    assert (found.model, found.day, found.training_examples) == ("Genvej", date(2026, 11, 22), 9)
    assert found.calibration_error == pytest.approx(record.calibration_error, abs=1e-3)
    assert gate.problems(found.sets, record.sets) == []
    first = path.read_bytes()
    records.write(path, found)
    assert path.read_bytes() == first


def test_no_utterance_is_in_a_record(record, tmp_path):
    records.write(tmp_path / "a.json", record)
    assert SECRET not in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_what_was_not_recorded_is_not_there(tmp_path):
    assert records.read(tmp_path / "a.json") is None


def test_calibration_is_that_of_questions_in_danish(record):
    other = made(item("moms", "moms"), LANGUAGES=[item("moms", "espd", kind=Kind.LANGUAGES)])
    assert sum(each.count for each in other.bins) == 1
    # Not understood at all counts as surely wrong; a trifle above one as one.
    assert [each.count for each in record.bins if each.count] == [1, 2]


def test_a_share_has_its_interval_and_nothing_counted_is_a_dash():
    assert tables.cell(Share(81, 263)) == "30.8% (26-37)"
    assert tables.cell(Share(0, 0)) == "-"


def test_a_table_is_markdown_whose_columns_stand_in_line():
    assert tables.table([["set", "n"], ["a", "100"]]) == "| set |   n |\n| --- | --: |\n| a   | 100 |"


def test_columns_in_which_nothing_happened_are_left_out():
    table = tables.of_sets(made(item("moms", "moms")).sets)
    assert "right at once" in table
    assert "confidently wrong" in table
    assert "wrongly refused" not in table


MARKED = f"before\n{document.BEGIN}\nyesterday\n{document.END}\nafter\n"


def test_the_figures_take_the_place_of_the_old_ones(record):
    text = document.with_figures(MARKED, record, None)
    assert text.startswith("before\n")
    assert text.endswith(f"{document.END}\nafter\n")
    assert "yesterday" not in text
    assert "33.3%" in text
    assert document.with_figures(text, record, None) == text


def test_without_figures_the_document_says_so():
    assert document.NOTHING in document.with_figures(MARKED, None, None)


@pytest.mark.parametrize("text", ["", document.BEGIN, f"{document.END}\n{document.BEGIN}"])
def test_a_document_without_its_marks_is_refused(text):
    with pytest.raises(ValueError, match="marks"):
        document.with_figures(text, None, None)


def test_two_models_stand_side_by_side(record):
    diet = made(item("moms", "espd"), model="Plain")
    table = document.side_by_side(record, diet)
    assert table.splitlines()[0].replace(" ", "") == "||Genvej|Plain|"
    row = next(line for line in table.splitlines() if line.startswith("| right at once "))
    assert "33.3% (6-79)" in row
    assert "0.0% (0-79)" in row


def test_a_comparison_on_other_files_is_not_shown(record):
    assert "other files" in document.side_by_side(record, made(item("moms", "moms"), digest="y"))
    assert "make eval-diet" in document.side_by_side(record, None)


def test_asking_between_two_equal_topics_counts_as_right_in_the_comparison():
    either = judged(Utterance(("moms", "espd"), "-", "x", Kind.EITHER), Reaction("clarify", ("moms", "espd")))
    found = made(item("moms", "moms"), EITHER=[either])
    row = next(
        line for line in document.side_by_side(found, found).splitlines() if "either of two topics" in line
    )
    assert row.count("100.0%") == 2


def test_the_document_shows_the_recorded_figures_and_no_others():
    text = (ROOT / document.DOCUMENT).read_text(encoding="utf-8")
    ours, diet = (records.read(ROOT / path) for path in (records.UNDERSTANDING, records.DIET))
    assert document.with_figures(text, ours, diet) == text, (
        "run: .venv/bin/python -m bot.commands.evaluate --document"
    )


def test_the_report_and_the_document_quote_no_utterance(record):
    assert SECRET not in outcome.report(record, record)
    assert SECRET not in document.figures(record, None)


def test_a_measurement_leaves_plots_and_mistakes(record, tmp_path):
    (tmp_path / "of_another_folder.mistakes.txt").write_text("old", encoding="utf-8")
    mistaken = {"topics.tsv": [item("moms", "moms"), item("moms"), item("espd", "moms")]}
    paths = list(outcome.leave(tmp_path, record, mistaken, replace(record, model="Plain")))
    assert {path.name for path in paths} == {path.name for path in tmp_path.iterdir()}
    lines = (tmp_path / "topics.mistakes.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in lines] == ["harm", "10.0", "2.0"]
    pictures = [path for path in paths if path.suffix == ".png"]
    assert len(pictures) == 2
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


def test_a_model_measured_on_other_files_is_not_drawn_beside(record, tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr(plots, "reliability", lambda _path, models: drawn.append(len(models)))
    for digest in ("x", "y"):
        list(outcome.leave(tmp_path, record, {}, made(item("moms", "moms"), digest=digest)))
    assert drawn == [2, 1]


def test_a_folder_without_single_questions_has_nothing_to_draw(tmp_path):
    nothing = made()
    assert list(outcome.leave(tmp_path, nothing, {}, None)) == []
    assert "all questions in Danish" in outcome.report(nothing, None)
