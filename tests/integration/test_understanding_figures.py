"""The trained model understands data/eval as well as docs/figures says, give or take what bot/core/gate.py allows."""

import pytest

from bot.commands.evaluate import FOLDER, find_aspect, genvej, measure
from bot.content.examples import read_aspects, read_calibration, read_several
from bot.core import gate
from bot.measuring import records
from bot.measuring.sets import read, read_folder, themes
from bot.rasa_ext.cross_validation import examples
from tests.servers import MODEL, ROOT

pytestmark = pytest.mark.slow
# docs/adr/0013 has how many were before a follow-up was thought unlikely where nothing was said before it.
MOST_ASKED_ABOUT = 0.08


@pytest.fixture(scope="module")
def trained_on():
    return examples(str(ROOT / "data/nlu"))


@pytest.fixture(scope="module")
def topics(trained_on):
    return {example.topics[0] for example in trained_on}


@pytest.fixture(scope="module")
def sets(topics):
    return read_folder(ROOT / FOLDER, topics)


@pytest.fixture(scope="module")
def beginnings(topics):
    return read(ROOT / "data/calibration/short.tsv", topics)


@pytest.fixture(scope="module")
def measured(sets, beginnings):
    if not MODEL.is_file():
        raise AssertionError(f"{MODEL.relative_to(ROOT)} is missing: run `make train` first")
    return measure(MODEL, [*sets, beginnings], genvej(find_aspect()))


def test_no_question_of_the_test_set_is_one_that_the_model_has_seen(trained_on, sets, beginnings):
    def plain(text):
        return " ".join("".join(char if char.isalnum() else " " for char in text.lower()).split())

    calibration = read_calibration(ROOT / "data/calibration")
    learned = [
        *(example.text for example in trained_on),
        *(text for text, _ in read_aspects(ROOT / "data/aspect_examples").aspects),
        *(item.text for item in (*read_several(ROOT / "data/several_questions"), *calibration.several)),
        *(text for text, _ in calibration.utterances),
        *(item.first for item in calibration.exchanges),
    ]
    seen = {plain(text) for text in learned}
    business = themes(ROOT / "data")
    # Only the number is told, for whoever reads the lines must write no examples. Everybody greets in the same words.
    told = [
        f"{each.name}: utterance {number}"
        for each in (*sets, beginnings)
        for number, utterance in enumerate(each.utterances, start=1)
        if utterance.topics[0] in business and plain(utterance.before or utterance.text) in seen
    ]
    assert told == []


def test_understanding_is_no_worse_than_recorded(measured, sets):
    recorded = records.read(ROOT / records.UNDERSTANDING)
    assert recorded, "no figures are recorded: run `make eval RECORD=1`"
    found = {each.name: measured[each.name][0] for each in sets}
    assert gate.problems(recorded.sets, found) == []


def test_few_words_that_begin_a_conversation_and_name_a_topic_are_seldom_asked_what_they_are_about(
    measured, beginnings
):
    _, answers = measured[beginnings.name]
    open_ended = [each for each in answers if each.reaction.follow_up]
    assert len(open_ended) <= MOST_ASKED_ABOUT * len(answers)
