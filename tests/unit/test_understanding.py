"""From words to the bot's next step, with what was spoken of before in view."""

import json

import pytest

from bot.core.aspects import NO_ASPECT, AspectFinder
from bot.core.context import Before
from bot.core.deciding import FOLLOW_UP, OUTSIDE, Step
from bot.core.learned import Known, Learned
from bot.core.understanding import Understander
from bot.core.weighing import Weights
from tests.unit.known_rankings import LEARNED, Model, aspects


def test_a_sure_topic_is_answered_with_the_side_asked_for(understander):
    found = understander.understand("hvad koster moms")
    assert (found.step, found.topics, found.aspect) == (Step.ANSWER, ("moms",), "pris")
    assert not found.follow_up


def test_an_unsure_one_is_asked_about(understander):
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


def test_a_first_message_that_names_a_matter_a_little_is_about_that(understander):
    text = "hvor mange bilag skal jeg have"
    assert understander.understand(text).topics == ("bogfoering_regnskab",)
    assert understander.understand(text, Before("moms", "hvad koster moms")).topics == ("moms",)


def test_a_complaint_without_a_matter_is_about_what_was_spoken_of(understander):
    alone = understander.understand("hvor lang er klagefristen")
    assert (alone.topics, alone.aspect) == (("klage_afgoerelse",), "klage")
    after = understander.understand(
        "hvor lang er klagefristen", Before("alkoholbevilling", "må vi skænke øl")
    )
    assert (after.topics, after.aspect, after.follow_up) == (("alkoholbevilling",), "klage", True)


def test_a_long_complaint_that_names_no_matter_leans_on_what_was_spoken_of(content):
    text = "brevet kom i går, og vi er helt uenige, så nu vil vi gerne vide, hvordan man kan klage over det"
    rankings = {
        text: [("klage_afgoerelse", 0.6), (FOLLOW_UP, 0.38), ("moms", 0.02)],
        **dict.fromkeys(
            (f"om skilte {text}", f" {text}"), [("klage_afgoerelse", 0.9), ("skiltning_facade", 0.1)]
        ),
        "om skilte": [("skiltning_facade", 1.0)],
    }
    understander = Understander(
        Model(rankings), AspectFinder(content.aspects, aspects), Known({}, {}, {}), LEARNED
    )
    found = understander.understand(text, Before("skiltning_facade", "om skilte"))
    assert (found.topics, found.aspect, found.follow_up) == (("skiltning_facade",), "klage", True)
    assert understander.understand(text).topics == ("klage_afgoerelse",)


def test_a_short_question_is_understood_in_context(understander):
    alone = understander.understand("og hvad så med udendørs")
    after = understander.understand("og hvad så med udendørs", Before("alkoholbevilling", "må vi skænke øl"))
    assert alone.step is Step.CLARIFY
    assert (after.step, after.topics) == (Step.ANSWER, ("udeservering",))


def test_a_question_that_speaks_for_itself_is_not_bent_by_what_was_before(understander):
    found = understander.understand("hvor søger vi om skilt", Before("moms", "hvad koster moms"))
    assert found.topics == ("skiltning_facade",)
    assert found.ranking[0] == ("skiltning_facade", 0.98)


def test_a_single_word_after_an_answer_is_weighed_as_the_model_ranks_it(content):
    by_itself = LEARNED._replace(context=Weights({"alone": 1.0}))
    understander = Understander(Model(), AspectFinder(content.aspects, aspects), Known({}, {}, {}), by_itself)
    found = understander.understand("skat", Before("alkoholbevilling", "må vi skænke øl"))
    assert found.ranking[0] == ("skat_selvstaendig", pytest.approx(0.93, abs=0.02))
    assert understander.understand("skat").ranking[0][1] < 0.9


@pytest.mark.parametrize(
    ("word", "step"),
    [("skatten", Step.CLARIFY), ("prisen", Step.ANSWER)],
)
def test_a_single_word_asks_for_a_side_of_what_was_spoken_of_only_when_it_names_one(content, word, step):
    half = [("moms", 0.5), ("skat_selvstaendig", 0.2), *((f"topic {number}", 0.05) for number in range(6))]
    by_itself = LEARNED._replace(context=Weights({"alone": 1.0}))
    likely_a_price = AspectFinder(content.aspects, lambda text: [("pris", 0.5), (NO_ASPECT, 0.5)])
    rankings = dict.fromkeys((word, f"moms {word}", f" {word}", "moms"), half)
    understander = Understander(Model(rankings), likely_a_price, Known({}, {}, {}), by_itself)
    assert understander.understand(word, Before("moms", "moms")).step is step


def test_what_is_written_in_other_letters_does_not_lean_on_what_was_before(content):
    text = "מה זה עולה"
    known = [(OUTSIDE, 0.9), ("moms", 0.1)]
    rankings = {
        **dict.fromkeys((text, f" {text}"), known),
        "moms": [("moms", 1.0)],
        f"moms {text}": [("moms", 1.0)],
    }
    understander = Understander(
        Model(rankings), AspectFinder(content.aspects, aspects), Known({}, {}, {}), LEARNED
    )
    assert understander.understand(text, Before("moms", "moms")).step is Step.OUTSIDE


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
        "perhaps": None,
        "words": "",
    }


def test_what_about_names_a_neighbour_even_where_it_is_not_surely_meant(understander):
    before = Before("alkoholbevilling", "må vi skænke øl")
    assert understander.understand("og hvad med terrassen", before).topics == ("udeservering",)
    assert understander.understand("terrassen", before).step is Step.CLARIFY


def test_after_a_button_the_title_stands_for_the_words(understander):
    found = understander.understand("og hvad så med udendørs", Before("alkoholbevilling", ""))
    assert found.topics == ("udeservering",)


def test_what_was_learned_travels_as_plain_numbers():
    assert Learned.from_dict(json.loads(json.dumps(LEARNED.as_dict()))) == LEARNED
