"""From words to the bot's next step, with what was spoken of before in view."""

import json

import pytest

from bot.core.aspects import NO_ASPECT, AspectFinder
from bot.core.context import Before, Open
from bot.core.deciding import FOLLOW_UP, OUTSIDE, PERSON, Step
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


# after a question back


ASKED = Before("", "", Open("moms eller skat", ("moms", "skat_selvstaendig")))


def test_a_side_asked_for_after_a_question_back_is_about_the_likelier_topic(understander):
    found = understander.understand("hvad koster det", ASKED)
    assert (found.step, found.topics, found.aspect) == (Step.ANSWER, ("moms",), "pris")
    assert found.follow_up


def test_an_unclear_message_after_a_question_back_is_another_try_and_no_follow_up(understander):
    found = understander.understand("tilladelse", Before("", "", Open("tilladelse", ("moms", "gebyrer"))))
    assert (found.step, found.follow_up) == (Step.CLARIFY, False)


def test_what_about_names_a_neighbour_even_where_it_is_not_surely_meant(understander):
    before = Before("alkoholbevilling", "må vi skænke øl")
    assert understander.understand("og hvad med terrassen", before).topics == ("udeservering",)
    assert understander.understand("terrassen", before).step is Step.CLARIFY


def test_where_both_are_as_likely_it_asks_again_and_keeps_the_side(content):
    even = {
        "hvad koster det": [(FOLLOW_UP, 1.0), ("a", 0.0), ("b", 0.0)],
        "skilt hvad koster det": [("a", 0.5), ("b", 0.5)],
    }
    finder = AspectFinder(content.aspects, aspects)
    understander = Understander(Model(even), finder, Known({}, {}, {}), LEARNED)
    found = understander.understand("hvad koster det", Before("", "", Open("skilt", ("a", "b"))))
    assert (found.step, set(found.topics), found.aspect) == (Step.CLARIFY, {"a", "b"}, "pris")


NOT_ANSWERED = Before("", "", Open("en container ved huset"))


def test_a_side_of_what_was_refused_is_understood_by_the_words_of_both(content):
    rankings = {
        "hvad koster det": [(FOLLOW_UP, 0.99), ("gebyrer", 0.01)],
        "en container ved huset hvad koster det": [("raaden_over_vej", 0.9), (FOLLOW_UP, 0.1)],
    }
    understander = Understander(
        Model(rankings), AspectFinder(content.aspects, aspects), Known({}, {}, {}), LEARNED
    )
    found = understander.understand("hvad koster det", NOT_ANSWERED)
    assert (found.step, found.topics, found.aspect) == (Step.ANSWER, ("raaden_over_vej",), "pris")
    assert (found.follow_up, found.words) == (False, "en container ved huset hvad koster det")
    assert understander.understand("hvad koster det").topics == (FOLLOW_UP,)


@pytest.mark.parametrize("both", [OUTSIDE, FOLLOW_UP])
def test_a_side_of_what_was_refused_is_asked_about_where_both_together_name_nothing_either(content, both):
    rankings = {
        "hvad koster det": [(FOLLOW_UP, 0.99), ("gebyrer", 0.01)],
        "en container ved huset hvad koster det": [(both, 0.9), ("moms", 0.1)],
    }
    understander = Understander(
        Model(rankings), AspectFinder(content.aspects, aspects), Known({}, {}, {}), LEARNED
    )
    assert understander.understand("hvad koster det", NOT_ANSWERED).topics == (FOLLOW_UP,)


def after(content, before, text, alone, together):
    """Understand a message by what it is about alone, and by the words of both."""
    rankings = {text: alone, f" {text}": alone, f"{before.words} {text}": together, before.words: together}
    if before.open:
        rankings[f"{before.open.text} {text}"] = together
    by_itself = LEARNED._replace(context=Weights({"alone": 1.0, "same_follows": 0.5, "same": 5.0}))
    finder = AspectFinder(content.aspects, aspects)
    return Understander(Model(rankings), finder, Known({}, {}, {}), by_itself).understand(text, before)


def test_another_matter_after_a_refusal_is_understood_by_itself(content):
    alone = [("skiltning_facade", 0.8), (FOLLOW_UP, 0.15), ("raaden_over_vej", 0.05)]
    found = after(content, NOT_ANSWERED, "hvad koster det at få et skilt", alone, [("raaden_over_vej", 1.0)])
    assert (found.topics, found.words) == (("skiltning_facade",), "")


def test_another_matter_after_a_question_back_is_none_of_those_offered(content):
    before = Before("", "", Open("noget med et skilt", ("skiltning_facade", "raaden_over_vej")))
    alone = [
        ("byggetilladelse", 0.88),
        (FOLLOW_UP, 0.12),
        ("skiltning_facade", 0.0),
        ("raaden_over_vej", 0.0),
    ]
    together = [("byggetilladelse", 0.9), ("skiltning_facade", 0.08), ("raaden_over_vej", 0.02)]
    found = after(content, before, "hvad koster en byggetilladelse til et skur", alone, together)
    assert found.topics == ("byggetilladelse",)


@pytest.mark.parametrize("said", ["asdf", "hvad koster moms? hvor søger vi om skilt? " * 20])
def test_what_nobody_can_answer_does_not_stand_between_a_topic_and_what_it_costs(content, said):
    before = Before("alkoholbevilling", "må vi skænke øl", Open(said))
    alone = [(FOLLOW_UP, 0.9), ("alkoholbevilling", 0.05), ("moms", 0.05)]
    together = [("moms", 0.9), (FOLLOW_UP, 0.1)] if len(said) > 100 else [(FOLLOW_UP, 0.9), ("moms", 0.1)]
    found = after(content, before, "hvad koster det", alone, together)
    assert (found.topics, found.follow_up) == (("alkoholbevilling",), True)


def test_a_complaint_is_about_what_was_spoken_of_whatever_was_said_between(content):
    before = Before("alkoholbevilling", "må vi skænke øl", Open("asdf"))
    alone = [("klage_afgoerelse", 0.9), (FOLLOW_UP, 0.05), ("alkoholbevilling", 0.05)]
    found = after(content, before, "hvor lang er klagefristen", alone, [("klage_afgoerelse", 1.0)])
    assert (found.topics, found.aspect) == (("alkoholbevilling",), "klage")


def test_what_a_refused_matter_costs_is_not_answered_with_the_topic_before_it(content):
    before = Before("alkoholbevilling", "må vi skænke øl", Open("hvordan får jeg et pas"))
    alone = [(FOLLOW_UP, 0.9), ("alkoholbevilling", 0.1)]
    found = after(content, before, "hvad koster det", alone, [(OUTSIDE, 0.95), ("alkoholbevilling", 0.05)])
    assert (found.topics, found.follow_up) == ((FOLLOW_UP,), True)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("den første", ("moms",)),
        ("2", ("skat_selvstaendig",)),
        ("begge dele", ("moms", "skat_selvstaendig")),
    ],
)
def test_a_topic_can_be_picked_by_its_place(understander, text, topics):
    found = understander.understand(text, ASKED)
    assert (found.step, found.topics) == (Step.ANSWER, topics)
    assert len(found.questions) == (len(topics) if len(topics) > 1 else 0)


def test_what_is_picked_has_the_side_that_was_asked_for(understander):
    asked = Before("", "", Open("hvad koster moms eller skat", ("moms", "skat_selvstaendig"), "pris"))
    found = understander.understand("den anden", asked)
    assert (found.topics, found.aspect, found.follow_up) == (("skat_selvstaendig",), "pris", True)


def test_a_person_who_is_picked_is_asked_for_and_not_read_out(understander):
    asked = Before("", "", Open("hvem", ("moms", PERSON)))
    alone, both = (understander.understand(text, asked) for text in ("2", "begge dele"))
    assert (alone.topics, alone.follow_up) == ((PERSON,), False)
    assert (both.topics, both.questions) == (("moms",), ())


def test_a_message_about_something_else_has_nothing_of_the_open_question(understander):
    asked = Before("", "", Open("hvad koster moms eller skat", ("moms", "skat_selvstaendig"), "pris"))
    found = understander.understand("skilt", asked)
    assert (found.topics, found.aspect) == (("skiltning_facade",), None)


def test_a_topic_named_after_a_question_about_nothing_has_the_side_of_that(understander):
    found = understander.understand("skilt", Before("", "", Open("hvad koster det", (), "pris")))
    assert (found.topics, found.aspect) == (("skiltning_facade",), "pris")


def test_after_a_button_the_title_stands_for_the_words(understander):
    found = understander.understand("og hvad så med udendørs", Before("alkoholbevilling", ""))
    assert found.topics == ("udeservering",)


def test_what_was_learned_travels_as_plain_numbers():
    assert Learned.from_dict(json.loads(json.dumps(LEARNED.as_dict()))) == LEARNED
