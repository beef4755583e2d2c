"""A message after another one: what the conversation is about, and which topic a short message turns to."""

import json

import pytest

from bot.core.context import (
    Before,
    Open,
    Rankings,
    before_of,
    in_context,
    is_elliptic,
    may_lean,
    rest_of,
    signs,
    slots_of,
    texts_of,
)
from bot.core.deciding import FOLLOW_UP, OUTSIDE, PERSON, Step
from bot.core.weighing import Weights

WEIGHTS = Weights(
    {"alone": 1.0, "together": 0.5, "rest": 1.0, "near": 1.0, "same_follows": 0.5, "same_side": 2.0}
)
NEARBY = {"alkoholbevilling": ("udeservering",)}
BEFORE = Before("alkoholbevilling", "må vi skænke øl")


# what the conversation is about


def test_an_answer_is_what_it_is_about_from_then_on():
    assert Before().then("om moms", Step.ANSWER, ["moms"], False) == Before("moms", "om moms")
    assert Before("moms", "om moms").then("skilt", Step.ANSWER, ["a", "b"], False) == Before("b", "skilt")


def test_a_follow_up_leaves_the_words_that_named_the_topic():
    assert Before("moms", "om moms").then("hvad koster det", Step.ANSWER, ["moms"], True) == Before(
        "moms", "om moms"
    )


def test_a_button_of_an_earlier_answer_takes_no_other_topics_words():
    assert Before("skilt", "om skilt").then("", Step.ANSWER, ["moms"], True) == Before("moms", "")


def test_a_question_back_is_about_what_it_asks_between():
    asked = Before("moms", "om moms").then("hvad koster skilt", Step.CLARIFY, ["a", "b"], side="pris")
    assert asked == Before("moms", "om moms", Open("hvad koster skilt", ("a", "b"), "pris"))
    assert (asked.spoken_of, asked.words) == (("a", "b"), "hvad koster skilt")


def test_asked_back_twice_about_the_same_the_first_words_and_the_newest_side_count():
    asked = Before().then("skilt", Step.CLARIFY, ["a", "b"])
    again = asked.then("hvad koster det", Step.CLARIFY, ["b", "a"], side="pris")
    assert again.open == Open("skilt", ("b", "a"), "pris")
    assert asked.then("vogn", Step.CLARIFY, ["c", "d"]).open == Open("vogn", ("c", "d"))


def test_what_is_answered_after_a_question_back_has_its_words():
    asked = Before("moms", "om moms").then("skilt", Step.CLARIFY, ["a", "b"])
    assert asked.then("den anden", Step.ANSWER, ["b"], True) == Before("b", "skilt")
    assert asked.then("hvad koster moms", Step.ANSWER, ["moms"]) == Before("moms", "hvad koster moms")


@pytest.mark.parametrize("topic", ["hils", OUTSIDE])
def test_small_talk_leaves_the_topic_and_drops_the_question(topic):
    asked = Before("moms", "om moms").then("noget med skilt", Step.CLARIFY, ["a", "b"])
    assert asked.then("hej", Step.ANSWER, [topic]) == Before("moms", "om moms")


@pytest.mark.parametrize("step", [Step.OUTSIDE, Step.REPHRASE])
def test_the_words_of_what_was_not_answered_are_kept_until_the_next_message(step):
    after = Before("moms", "om moms").then("noget med skilt", step, [])
    assert after == Before("moms", "om moms", Open("noget med skilt"))
    assert after.spoken_of == ("moms",)
    assert after.then("tak", Step.ANSWER, ["tak"]) == Before("moms", "om moms")


@pytest.mark.parametrize("step", [Step.OUTSIDE, Step.REPHRASE])
def test_a_button_that_led_nowhere_leaves_no_words(step):
    assert Before("moms", "om moms").then("", step, []) == Before("moms", "om moms")


def test_a_question_about_nothing_waits_for_its_topic():
    after = Before().then("hvad koster det", Step.ANSWER, [FOLLOW_UP], True, "pris")
    assert after == Before("", "", Open("hvad koster det", (), "pris"))
    assert after.spoken_of == ()


def test_a_person_who_was_offered_is_no_topic_that_is_spoken_of():
    assert Before().then("hvem", Step.CLARIFY, ["kontakt", PERSON]).spoken_of == ("kontakt",)


@pytest.mark.parametrize(
    "before",
    [
        Before(),
        Before("moms", "om moms"),
        Before("moms", "", Open("skilt", ("a", "b"), "pris")),
        Before("", "", Open("x")),
    ],
)
def test_what_is_kept_between_two_messages_comes_back(before):
    kept = json.loads(json.dumps(slots_of(before)))
    assert before_of(kept.get) == before


# a short message


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("og hvad så med udendørs?", "udendørs?"),
        ("Hvad med skiltet", "skiltet"),
        ("okay, men hvad hvis det er en enkelt aften", "det er en enkelt aften"),
        ("hva med musik", "musik"),
        ("og skiltet?", "skiltet?"),
        ("gælder det også markisen", "markisen"),
    ],
)
def test_what_stands_after_the_opening_is_what_is_asked_about(text, rest):
    assert rest_of(text) == rest


@pytest.mark.parametrize("text", ["", "og", "hvad koster moms", "skiltet", "ogsaa", "hvad med"])
def test_a_message_without_an_opening_has_no_rest(text):
    assert rest_of(text) is None


def test_only_a_short_message_leans_on_what_was_before():
    assert is_elliptic("og hvad så med udendørs?")
    assert not is_elliptic("vi er to venner der vil åbne et sted hvor man kan købe kaffe og kager")


def test_a_neighbour_of_the_topic_is_likelier():
    alone = [("stadeplads", 0.5), ("udeservering", 0.5)]
    found = in_context("udendørs", Rankings(alone, [], alone, alone), BEFORE, NEARBY, 0.0, WEIGHTS)
    assert found[0][0] == "udeservering"
    assert sum(share for _, share in found) == pytest.approx(1.0)


def test_a_message_that_asks_for_a_side_stays_with_the_topic():
    alone = [(FOLLOW_UP, 0.6), ("gebyrer", 0.3), ("alkoholbevilling", 0.1)]
    together = [("alkoholbevilling", 0.9), ("gebyrer", 0.1)]
    found = in_context("er det dyrt", Rankings(alone, [], together, together), BEFORE, NEARBY, 1.0, WEIGHTS)
    assert found[0][0] == "alkoholbevilling"
    assert FOLLOW_UP not in dict(found)


def test_after_a_question_back_every_topic_asked_about_counts_as_spoken_of():
    alone = [(FOLLOW_UP, 0.9), ("a", 0.03), ("b", 0.03), ("c", 0.04)]
    together = [("a", 0.7), ("b", 0.3)]
    before = Before("", "", Open("skilt", ("a", "b")))
    found = in_context("hvad koster det", Rankings(alone, [], together, together), before, {}, 1.0, WEIGHTS)
    assert [topic for topic, _ in found[:2]] == ["a", "b"]


def test_what_follows_the_opening_counts_only_where_there_is_one():
    ranking = [("a", 0.6), ("b", 0.4)]
    plain = signs("skilt", Rankings(ranking, [], ranking, ranking), BEFORE, {}, 0.0)
    opened = signs(
        "og skilt", Rankings(ranking, [], ranking, ranking, [("b", 0.9), ("a", 0.1)]), BEFORE, {}, 0.0
    )
    assert "rest" not in plain["a"]
    assert opened["b"]["rest"] > opened["a"]["rest"]


def test_a_message_is_ranked_alone_and_after_the_words_and_the_title_of_what_was_spoken_of():
    titles = {"alkoholbevilling": "Alkoholbevilling"}
    assert texts_of("og udendørs?", BEFORE, titles) == [
        "og udendørs?",
        "må vi skænke øl",
        "må vi skænke øl og udendørs?",
        "Alkoholbevilling og udendørs?",
        "udendørs?",
    ]
    after_a_button = texts_of("udendørs", Before("alkoholbevilling", ""), titles)
    assert after_a_button == ["udendørs", "Alkoholbevilling", *["Alkoholbevilling udendørs"] * 2]


def test_what_a_message_adds_to_the_one_before_speaks_for_what_it_turns_to():
    before, alone = [("a", 0.9), ("b", 0.05), ("c", 0.05)], [("a", 0.4), ("b", 0.3), ("c", 0.3)]
    together = [("a", 0.6), ("b", 0.35), ("c", 0.05)]
    found = signs("skilt", Rankings(alone, before, together, together), BEFORE, {}, 0.0)
    assert found["b"]["gain"] > found["c"]["gain"] > found["a"]["gain"]


def test_a_message_that_can_only_follow_up_on_something_names_no_other_topic():
    only = [(FOLLOW_UP, 1.0), ("a", 0.0)]
    found = signs("og det?", Rankings(only, only, only, only), Before("a", "om a"), {}, 0.0)
    assert found["a"]["same_other"] < 0


LONG = "og når de så bliver ved med at sige nej til det, hvor går jeg så hen med det"


@pytest.mark.parametrize(
    ("text", "follows", "leans"),
    [("og udendørs?", 0.0, True), (LONG, 0.9, True), (LONG, 0.1, False)],
)
def test_a_long_message_leans_on_the_one_before_only_when_it_follows_up_on_something(text, follows, leans):
    assert may_lean(text, [(FOLLOW_UP, follows), ("stadeplads", 1 - follows)]) is leans
