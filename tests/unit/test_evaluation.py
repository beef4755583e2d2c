"""What a reaction is worth to somebody who asked about a topic, and what a mistake costs."""

import pytest

from bot.core.evaluation import Kind, Result, Utterance, harm, judge, judged
from bot.core.reactions import Reaction

OUTSIDE = "udenfor_emne"


def asked(*topics, kind=Kind.QUESTIONS, aspect=None):
    return Utterance(topics, "1", "tekst", kind, aspect)


def answered(*topics, aspect=None, follow_up=False):
    return Reaction("answer", topics, aspect, follow_up)


def offered(*topics):
    return Reaction("clarify", topics)


REPHRASE = Reaction("rephrase")
REFUSED = Reaction("outside")


@pytest.mark.parametrize(
    ("reaction", "result"),
    [
        (answered("moms"), Result.RIGHT),
        (answered("e_faktura"), Result.WRONG),
        (answered("hils"), Result.WRONG),
        (answered("moms", "e_faktura"), Result.PARTLY),
        (offered("e_faktura", "moms"), Result.OFFERED),
        (offered("e_faktura", "espd"), Result.UNANSWERED),
        (REPHRASE, Result.UNANSWERED),
        (Reaction("answer"), Result.UNANSWERED),
        (REFUSED, Result.REFUSED),
    ],
)
def test_a_question_of_a_business_is_judged_by_what_the_visitor_meets(reaction, result):
    assert judge(asked("moms"), reaction) is result


@pytest.mark.parametrize(
    ("reaction", "result"),
    [
        (REFUSED, Result.OUTSIDE),
        (answered("moms"), Result.WRONG),
        (answered("tak"), Result.WRONG),
        (offered("moms", "espd"), Result.UNANSWERED),
        (REPHRASE, Result.UNANSWERED),
    ],
)
def test_a_message_outside_is_only_right_when_it_is_said_to_be(reaction, result):
    assert judge(asked(OUTSIDE), reaction) is result


@pytest.mark.parametrize(
    ("reaction", "result"),
    [
        (answered("moms", "espd"), Result.RIGHT),
        (answered("espd", "moms"), Result.RIGHT),
        (answered("moms"), Result.PARTLY),
        (answered("moms", "e_faktura"), Result.WRONG),
        (answered("moms", "espd", "e_faktura"), Result.WRONG),
        (answered("e_faktura"), Result.WRONG),
        (offered("moms", "espd"), Result.OFFERED),
        (offered("moms", "e_faktura"), Result.PARTLY),
        (offered("e_faktura", "hils"), Result.UNANSWERED),
        (REPHRASE, Result.UNANSWERED),
        (REFUSED, Result.REFUSED),
    ],
)
def test_two_questions_are_right_when_both_are_answered_and_nothing_else(reaction, result):
    assert judge(asked("moms", "espd", kind=Kind.SEVERAL), reaction) is result


@pytest.mark.parametrize(
    ("reaction", "result"),
    [
        (answered("moms"), Result.RIGHT),
        (answered("espd"), Result.RIGHT),
        (offered("espd", "e_faktura"), Result.OFFERED),
        (answered("e_faktura"), Result.WRONG),
    ],
)
def test_of_two_topics_that_are_equally_right_either_will_do(reaction, result):
    assert judge(asked("moms", "espd", kind=Kind.EITHER), reaction) is result


@pytest.mark.parametrize(
    ("reaction", "result"),
    [
        (answered("moms", aspect="pris", follow_up=True), Result.RIGHT),
        (answered("moms", aspect="pris"), Result.RIGHT),
        (answered("moms", aspect="tid", follow_up=True), Result.PARTLY),
        (answered("moms", follow_up=True), Result.PARTLY),
        (answered("espd", aspect="pris", follow_up=True), Result.WRONG),
        (REPHRASE, Result.UNANSWERED),
        (REFUSED, Result.REFUSED),
    ],
)
def test_a_follow_up_needs_the_right_topic_and_the_right_side_of_it(reaction, result):
    assert judge(asked("moms", kind=Kind.FOLLOW_UPS, aspect="pris"), reaction) is result


def test_a_follow_up_with_nothing_to_follow_is_right_when_it_is_seen_as_one():
    alone = asked("opfoelgning")
    assert judge(alone, Reaction("rephrase", follow_up=True)) is Result.RIGHT
    assert judge(alone, REPHRASE) is Result.UNANSWERED
    assert judge(asked("moms"), Reaction("rephrase", follow_up=True)) is Result.UNANSWERED


def cost(topic, reaction):
    return harm(judged(asked(topic), reaction))


def test_what_is_right_in_the_end_does_no_harm():
    assert cost("moms", answered("moms")) == 0
    assert cost("moms", offered("moms", "espd")) == 0
    assert cost(OUTSIDE, REFUSED) == 0


def test_mistakes_are_ordered_by_what_they_cost_the_visitor():
    costs = [
        cost("moms", reaction)
        for reaction in (
            answered("espd"),
            REFUSED,
            offered("espd", "e_faktura"),
            REPHRASE,
            answered("moms", "espd"),
        )
    ]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)


@pytest.mark.parametrize(("meant", "said"), [("tak", "moms"), ("moms", "tak"), ("tak", "farvel")])
def test_small_talk_mistaken_weighs_less_than_a_wrong_answer_about_money(meant, said):
    assert 0 < cost(meant, answered(said)) < cost("moms", answered("espd"))


def test_a_business_answer_to_a_message_outside_weighs_in_full():
    assert cost(OUTSIDE, answered("moms")) == cost("moms", answered("espd"))
