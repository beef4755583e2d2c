"""From words to the bot's next step, with what was spoken of before in view."""

import pytest

from bot.core.aspects import NO_ASPECT, AspectFinder
from bot.core.deciding import FOLLOW_UP, OUTSIDE, Step
from bot.core.understanding import Before, Understander

KNOWN = {
    "hvad koster moms": [("moms", 0.97), ("skat_selvstaendig", 0.03)],
    "hvad koster det": [(FOLLOW_UP, 0.95), ("gebyrer", 0.05)],
    "er det en dyr fornøjelse": [(FOLLOW_UP, 0.4), ("gebyrer", 0.35), ("find_udbud", 0.25)],
    "borde på fortovet er det en dyr fornøjelse": [("udeservering", 0.95), ("gebyrer", 0.04)],
    "moms eller skat": [("moms", 0.5), ("skat_selvstaendig", 0.45), ("gebyrer", 0.05)],
    "hvor får jeg mit pas": [(OUTSIDE, 0.98), ("kontakt", 0.02)],
    "må vi skænke øl": [("alkoholbevilling", 0.95), ("udeservering", 0.05)],
    "og hvad så med udendørs": [("udeservering", 0.4), ("stadeplads", 0.35), ("alkoholbevilling", 0.25)],
    "må vi skænke øl og hvad så med udendørs": [("alkoholbevilling", 0.6), ("udeservering", 0.38)],
    "hvor søger vi om skilt": [("skiltning_facade", 0.93), ("vareudstilling", 0.07)],
    "må vi skænke øl og hvor søger vi om skilt": [("alkoholbevilling", 0.5), ("skiltning_facade", 0.5)],
    "øl og skilt": [("skiltning_facade", 0.55), ("alkoholbevilling", 0.43)],
    "øl": [("alkoholbevilling", 0.99), ("udeservering", 0.01)],
    "skilt": [("skiltning_facade", 0.99), ("vareudstilling", 0.01)],
}
NEARBY = {"alkoholbevilling": ("udeservering",)}


def rank(texts):
    return [KNOWN.get(text, []) for text in texts]


def aspects(text):
    return [("pris", 0.9), (NO_ASPECT, 0.1)] if "koster" in text else [(NO_ASPECT, 1.0)]


@pytest.fixture
def understander(content):
    return Understander(rank, AspectFinder(content.aspects, aspects), NEARBY)


def test_a_sure_topic_is_answered_with_the_side_asked_for(understander):
    found = understander.understand("hvad koster moms")
    assert (found.step, found.topics, found.aspect) == (Step.ANSWER, ("moms",), "pris")
    assert not found.follow_up


def test_an_unsure_one_is_asked_about_and_no_side_is_guessed(understander):
    found = understander.understand("moms eller skat")
    assert (found.step, found.topics, found.aspect) == (
        Step.CLARIFY,
        ("moms", "skat_selvstaendig", "gebyrer"),
        None,
    )


def test_a_bare_follow_up_is_about_the_topic_before(understander):
    found = understander.understand("hvad koster det", Before("moms", "hvad med moms"))
    assert (found.topics, found.aspect, found.follow_up) == (("moms",), "pris", True)


def test_a_follow_up_in_unusual_words_is_one_too_when_there_is_something_to_follow(understander):
    after = understander.understand("er det en dyr fornøjelse", Before("udeservering", "borde på fortovet"))
    assert (after.topics, after.follow_up) == (("udeservering",), True)


def test_a_bare_follow_up_with_nothing_before_stays_one(understander):
    found = understander.understand("hvad koster det")
    assert (found.topics, found.follow_up) == ((FOLLOW_UP,), True)


def test_a_short_question_is_understood_in_context(understander):
    alone = understander.understand("og hvad så med udendørs")
    after = understander.understand("og hvad så med udendørs", Before("alkoholbevilling", "må vi skænke øl"))
    assert alone.step is Step.CLARIFY
    assert (after.step, after.topics) == (Step.ANSWER, ("udeservering",))


def test_a_question_that_speaks_for_itself_is_not_bent_by_what_was_before(understander):
    found = understander.understand("hvor søger vi om skilt", Before("moms", "hvad koster moms"))
    assert found.topics == ("skiltning_facade",)
    assert found.ranking[0] == ("skiltning_facade", 0.93)


def test_two_questions_are_both_to_be_answered(understander):
    found = understander.understand("må vi skænke øl og hvor søger vi om skilt")
    assert found.questions == (
        ("alkoholbevilling", "må vi skænke øl"),
        ("skiltning_facade", "hvor søger vi om skilt"),
    )


def test_two_matters_without_a_question_mark_or_a_verb_are_found_too(understander):
    found = understander.understand("øl og skilt")
    assert [topic for topic, _ in found.questions] == ["alkoholbevilling", "skiltning_facade"]


@pytest.mark.parametrize("text", ["", "  ", "🙂🙂", "1234"])
def test_what_cannot_be_ranked_is_asked_for_in_other_words(understander, text):
    assert understander.understand(text, Before("moms", "moms")).step is Step.REPHRASE


def test_a_pasted_list_of_questions_is_asked_for_one_at_a_time(understander):
    found = understander.understand("hvad koster moms? hvor søger vi om skilt? " * 150)
    assert (found.step, found.ranking) == (Step.REPHRASE, ())


def test_what_lies_outside_is_outside(understander):
    found = understander.understand("hvor får jeg mit pas")
    assert (found.step, found.topics) == (Step.OUTSIDE, ())


def test_what_travels_through_rasa_is_plain(understander):
    assert understander.understand("hvad koster moms").as_dict() == {
        "step": "answer",
        "topics": ["moms"],
        "aspect": "pris",
        "follow_up": False,
        "questions": [],
    }


def test_what_about_something_else_turns_to_it_when_the_words_name_it(content):
    known = {
        "og hvad med et skilt": [(FOLLOW_UP, 0.97), ("skiltning_facade", 0.03)],
        "et skilt": [("skiltning_facade", 0.9), (FOLLOW_UP, 0.1)],
        "og hvad med vinteren": [(FOLLOW_UP, 0.97), ("gebyrer", 0.03)],
        "vinteren": [("gebyrer", 0.2), ("havn", 0.2), ("filmoptagelse", 0.2), (OUTSIDE, 0.4)],
    }
    understander = Understander(
        lambda texts: [known.get(text, [("udeservering", 1.0)]) for text in texts],
        AspectFinder(content.aspects, aspects),
        NEARBY,
    )
    before = Before("udeservering", "borde på fortovet")
    assert understander.understand("og hvad med et skilt", before).topics == ("skiltning_facade",)
    assert understander.understand("og hvad med vinteren", before).topics == ("udeservering",)
