"""Messages that ask several things, and those that perhaps do."""

import pytest

from bot.core.aspects import AspectFinder
from bot.core.deciding import OUTSIDE, PERSON
from bot.core.learned import Known
from bot.core.understanding import Understander
from tests.unit.known_rankings import LEARNED, Model, aspects


def test_two_questions_are_both_to_be_answered(understander):
    found = understander.understand("må vi skænke øl og hvor søger vi om skilt")
    assert found.questions == (
        ("alkoholbevilling", "må vi skænke øl", None),
        ("skiltning_facade", "hvor søger vi om skilt", "ansoeg"),
    )


def test_two_matters_without_a_question_mark_or_a_verb_are_found_too(understander):
    found = understander.understand("øl og skilt")
    assert [topic for topic, _, _ in found.questions] == ["alkoholbevilling", "skiltning_facade"]


@pytest.mark.parametrize(
    ("text", "topic", "perhaps"),
    [
        # Two questions, but not surely.
        ("øl og noget", "alkoholbevilling", ("moms", "noget", None)),
        # One question, but perhaps about the other topic.
        ("hvad koster øl", "alkoholbevilling", ("moms", "hvad koster øl", "pris")),
        ("hvad koster moms", "moms", None),
        ("øl eller et menneske", "alkoholbevilling", None),
        ("øl eller pas", "alkoholbevilling", None),
        ("pas til øl", None, ("alkoholbevilling", "pas til øl", None)),
    ],
)
def test_what_may_have_been_meant_too_or_instead_goes_along_with_the_answer(content, text, topic, perhaps):
    rankings = {
        "øl og noget": [("alkoholbevilling", 0.95), ("moms", 0.05)],
        "øl": [("alkoholbevilling", 0.9), ("moms", 0.1)],
        "noget": [("moms", 0.6), (OUTSIDE, 0.4)],
        "hvad koster øl": [("alkoholbevilling", 0.85), ("moms", 0.15)],
        "hvad koster moms": [("moms", 0.97), ("alkoholbevilling", 0.03)],
        "øl eller et menneske": [("alkoholbevilling", 0.85), (PERSON, 0.15)],
        "øl eller pas": [("alkoholbevilling", 0.85), (OUTSIDE, 0.15)],
        "pas til øl": [(OUTSIDE, 0.85), ("alkoholbevilling", 0.15)],
    }
    understander = Understander(
        Model(rankings), AspectFinder(content.aspects, aspects), Known({}, {}, {}), LEARNED
    )
    found = understander.understand(text)
    assert (found.topics, found.questions) == ((topic,) if topic else (), ())
    assert found.perhaps == perhaps


def test_beside_a_question_back_or_two_answers_nothing_else_is_offered(understander):
    for text in ("moms eller skat", "øl og skilt"):
        assert understander.understand(text).perhaps is None


def test_what_shares_a_verb_asks_for_the_same_side(understander):
    found = understander.understand("hvad koster et cvr-nummer og en stadeplads")
    assert found.questions == (
        ("cvr_registrering", "hvad koster et cvr-nummer", "pris"),
        ("stadeplads", "en stadeplads", "pris"),
    )


def test_three_questions_are_all_to_be_answered_and_the_same_topic_only_once(understander):
    found = understander.understand("øl og skilt og moms")
    assert [topic for topic, _, _ in found.questions] == ["alkoholbevilling", "skiltning_facade", "moms"]


def test_whoever_asks_for_a_person_beside_a_matter_has_the_matter_answered_first(understander):
    found = understander.understand("jeg vil tale med et menneske og hvor søger vi om skilt")
    assert found.topics == ("skiltning_facade", PERSON)


def test_a_part_that_is_unsure_makes_no_second_question(understander):
    assert understander.understand("øl og noget andet").questions == ()


def test_two_sides_of_one_topic_are_two_questions(understander):
    found = understander.understand("hvad koster moms, og hvor lang tid tager det")
    assert found.topics == ("moms",)
    assert found.questions == (
        ("moms", "hvad koster moms", "pris"),
        ("moms", "hvor lang tid tager det", "tid"),
    )


def test_a_side_that_has_no_answer_is_said_to_have_none(understander):
    found = understander.understand("hvad koster moms, og kan jeg klage")
    assert [side for _, _, side in found.questions] == ["pris", "klage"]


def test_the_same_side_twice_is_no_second_question(understander):
    assert understander.understand("hvad koster moms, og hvad er prisen").questions == ()
