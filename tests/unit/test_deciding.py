"""When the bot answers, asks back, says that a matter is outside, and when it admits that it did not understand."""

import pytest

from bot.core.deciding import (
    ASKED_BETWEEN,
    CLARIFY_FROM,
    NOT_CHOOSABLE,
    OUTSIDE,
    SMALL_TALK,
    WRONG_ANSWER,
    Step,
    decide,
)

# With only one topic to choose, the other way out is to ask for other words.
SURE_ENOUGH = 1 - ASKED_BETWEEN / WRONG_ANSWER


def test_nothing_understood_is_asked_for_in_other_words():
    assert decide([]).step is Step.REPHRASE


@pytest.mark.parametrize("probability", [SURE_ENOUGH, 0.9, 1.0])
def test_a_topic_that_is_likely_enough_is_answered(probability):
    decision = decide([("moms", probability), ("skat_selvstaendig", 1 - probability)])
    assert (decision.step, decision.topics) == (Step.ANSWER, ("moms",))


def test_just_below_the_bound_the_bot_asks_back():
    decision = decide([("moms", SURE_ENOUGH - 0.01), ("skat_selvstaendig", 1.01 - SURE_ENOUGH)])
    assert (decision.step, decision.topics) == (Step.CLARIFY, ("moms", "skat_selvstaendig"))


def test_no_more_than_three_topics_are_asked_between():
    decision = decide([("a", 0.4), ("b", 0.3), ("c", 0.2), ("d", 0.1)])
    assert (decision.step, decision.topics) == (Step.CLARIFY, ("a", "b", "c"))


def test_a_topic_that_hardly_anybody_meant_is_no_choice():
    decision = decide([("a", 0.5), ("b", 0.44), ("c", CLARIFY_FROM - 0.001)])
    assert decision.topics == ("a", "b")


def test_topics_that_are_unlikely_together_are_not_offered():
    assert decide([(f"topic_{number}", 0.05) for number in range(20)]).step is Step.REPHRASE


@pytest.mark.parametrize("name", NOT_CHOOSABLE)
def test_what_is_no_topic_is_never_among_the_choices(name):
    decision = decide([("moms", 0.45), ("skat_selvstaendig", 0.4), (name, 0.15)])
    assert (decision.step, decision.topics) == (Step.CLARIFY, ("moms", "skat_selvstaendig"))


@pytest.mark.parametrize("name", SMALL_TALK)
def test_small_talk_that_is_sure_is_answered(name):
    assert decide([(name, 0.9)]).topics == (name,)


@pytest.mark.parametrize("ranking", [[(OUTSIDE, 0.9)], [(OUTSIDE, 0.34 + 0.31), ("moms", 0.35)]])
def test_what_is_surely_outside_is_said_to_be_so_whatever_else_it_resembles(ranking):
    decision = decide(ranking)
    assert (decision.step, decision.topics) == (Step.OUTSIDE, ())


def test_a_question_that_may_well_be_a_business_matter_is_not_refused():
    assert decide([(OUTSIDE, 0.15), ("moms", 0.45), ("gebyrer", 0.4)]).step is not Step.OUTSIDE


def test_a_question_less_likely_than_not_to_lie_outside_is_asked_for_in_other_words():
    others = [(f"topic_{number}", 0.06) for number in range(10)]
    assert decide([(OUTSIDE, 0.4), *others]).step is Step.REPHRASE
    assert decide([(OUTSIDE, 0.6), *others]).step is Step.OUTSIDE


def test_nothing_is_outside_while_a_topic_is_likelier():
    ranking = [("klage_afgoerelse", 0.45), (OUTSIDE, 0.28), ("udbudsklage", 0.13), ("skiltning_facade", 0.1)]
    decision = decide(ranking)
    assert decision.topics == ("klage_afgoerelse", "udbudsklage", "skiltning_facade")


def test_what_resembles_nothing_is_not_called_outside_for_want_of_a_better_idea():
    ranking = [("taxi_transport", 0.2), (OUTSIDE, 0.15), *((f"topic_{number}", 0.05) for number in range(13))]
    assert decide(ranking).step is not Step.OUTSIDE


def test_a_person_may_be_among_the_choices():
    assert "tal_med_medarbejder" in decide([("tal_med_medarbejder", 0.5), ("moms", 0.5)]).topics


@pytest.mark.parametrize("wrong", [0.0, 0.1, 0.3, 0.5, 0.9])
def test_a_likelier_topic_never_makes_the_bot_less_willing_to_answer(wrong):
    steps = [decide([("a", share), ("b", 1 - share)]).step for share in (wrong, (1 + wrong) / 2, 1.0)]
    answered = [step is Step.ANSWER for step in steps]
    assert answered == sorted(answered)


@pytest.mark.parametrize(("topic", "step"), [("moms", Step.ANSWER), ("skat_selvstaendig", Step.CLARIFY)])
def test_a_side_of_what_was_spoken_of_is_answered_when_less_sure(topic, step):
    ranking = [("moms", 0.65), ("skat_selvstaendig", 0.35)]
    assert decide(ranking).step is Step.CLARIFY
    assert decide(ranking, spoken_of=(topic,)).step is step
