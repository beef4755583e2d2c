"""When the bot answers, when it asks back, and when it admits that it did not understand."""

import pytest

from bot.core.deciding import ANSWER_FROM, CLARIFY_FROM, CLARIFY_TOGETHER_FROM, NOT_CHOOSABLE, Step, decide


def test_nothing_understood_is_asked_for_in_other_words():
    assert decide([]).step is Step.REPHRASE


@pytest.mark.parametrize("probability", [ANSWER_FROM, 0.5, 1.0])
def test_a_likely_enough_topic_is_answered(probability):
    decision = decide([("moms", probability), ("skat_selvstaendig", 0.0)])
    assert (decision.step, decision.topics) == (Step.ANSWER, ("moms",))


def test_just_below_the_bound_the_bot_asks_back():
    decision = decide([("moms", ANSWER_FROM - 0.001), ("skat_selvstaendig", 0.2)])
    assert (decision.step, decision.topics) == (Step.CLARIFY, ("moms", "skat_selvstaendig"))


def test_no_more_than_three_topics_are_asked_between():
    decision = decide([(name, 0.2) for name in ("a", "b", "c", "d", "e")])
    assert decision.topics == ("a", "b", "c")


def test_a_single_likely_topic_is_nothing_to_choose_between():
    assert decide([("moms", 0.29), ("skat_selvstaendig", CLARIFY_FROM - 0.001)]).step is Step.REPHRASE


def test_topics_that_are_unlikely_together_are_not_offered():
    each = CLARIFY_TOGETHER_FROM / 2
    assert decide([("a", each + 0.001), ("b", each)]).step is Step.CLARIFY
    assert decide([("a", each - 0.001), ("b", each)]).step is Step.REPHRASE


@pytest.mark.parametrize("name", NOT_CHOOSABLE)
def test_small_talk_and_follow_ups_are_never_among_the_choices(name):
    decision = decide([(name, 0.28), ("moms", 0.2), ("skat_selvstaendig", 0.15)])
    assert decision.topics == ("moms", "skat_selvstaendig")


@pytest.mark.parametrize("name", NOT_CHOOSABLE)
def test_small_talk_that_is_sure_is_answered(name):
    assert decide([(name, 0.9)]).topics == (name,)


def test_a_person_may_be_among_the_choices():
    assert "tal_med_medarbejder" in decide([("tal_med_medarbejder", 0.2), ("moms", 0.2)]).topics
