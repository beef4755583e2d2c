"""What the model learns from beside data/nlu, and what its weights are set on: whole, and refused when it is wrong."""

import shutil
from pathlib import Path

import pytest

from bot.content.examples import read_aspects, read_calibration, read_several, refuse_unknown_topics
from bot.core.aspects import NO_ASPECT
from bot.core.deciding import OUTSIDE, SMALL_TALK
from bot.core.errors import InvalidContent
from bot.core.knowledge import ASPECTS

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def calibration(tmp_path):
    return Path(shutil.copytree(DATA / "calibration", tmp_path / "calibration"))


def test_every_side_has_examples_of_both_kinds():
    found = read_aspects(DATA / "aspect_examples")
    assert {aspect for _, aspect in found.aspects} == {*ASPECTS, NO_ASPECT}
    assert 1_000 < len(found.follow_ups) < len(found.aspects) / 3
    assert len({text for text, _ in found.aspects}) == len(found.aspects)


def test_messages_ask_about_one_topic_or_two_that_there_are(content):
    several = read_several(DATA / "several_questions")
    topics = {*content.knowledge.topics, OUTSIDE, *SMALL_TALK}
    assert {len(item.topics) for item in several} == {1, 2}
    assert {topic for item in several for topic in item.topics} <= topics


def test_what_weights_are_set_on_was_not_learned_from():
    found = read_calibration(DATA / "calibration")
    learned = {item.text for item in read_several(DATA / "several_questions")}
    assert found.exchanges
    assert not learned & {item.text for item in found.several}


@pytest.mark.parametrize("name", ["topics.tsv", "multi.tsv", "followup.tsv", "context.tsv"])
@pytest.mark.parametrize("line", ["moms", "moms\t", "a\tb\tc\td\te", ""])
def test_a_line_with_other_columns_is_named(calibration, name, line):
    path = calibration / name
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], line, *lines[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(InvalidContent, match=f"{name}:2: expected"):
        read_calibration(calibration)


def test_a_file_that_is_missing_is_named(calibration):
    (calibration / "context.tsv").unlink()
    with pytest.raises(InvalidContent, match=r"calibration/context\.tsv is missing"):
        read_calibration(calibration)


def test_an_unknown_topic_and_a_third_question_are_refused(calibration):
    several = calibration / "multi.tsv"
    several.write_text("moms+skat+espd\thej\n", encoding="utf-8")
    found = read_calibration(calibration)
    with pytest.raises(InvalidContent) as refused:
        refuse_unknown_topics([], found, {"moms", "skat"})
    assert "unknown topic: espd" in str(refused.value)
    assert "moms+skat+espd" in str(refused.value)


@pytest.mark.parametrize("name", ["vejr.yml", "pris.yml"])
def test_a_side_that_does_not_exist_or_is_missing_is_refused(tmp_path, name):
    folder = Path(shutil.copytree(DATA / "aspect_examples", tmp_path / "aspects"))
    if name == "pris.yml":
        (folder / name).unlink()
    else:
        (folder / name).write_text("follow_ups: [solskin]\n", encoding="utf-8")
    with pytest.raises(InvalidContent, match=name.partition(".")[0]):
        read_aspects(folder)
