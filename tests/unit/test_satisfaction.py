"""The figures of the survey, against values worked out elsewhere; and reading answers."""

import pytest

from bot.core.errors import InvalidInput
from bot.core.satisfaction import Sent, average, figures, index_of, on_100, share
from bot.core.survey_answers import AREAS, OVERALL, Answer, Solved, read_answer, read_scores


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        # Wilson's interval without continuity correction, as in Newcombe 1998, table I.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_a_share_has_wilsons_interval(hits, count, low, high):
    found = share(hits, count)
    assert (found.value, found.count) == (hits / count, count)
    assert (found.low, found.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_a_share_of_nobody_is_none():
    assert share(0, 0) is None
    assert average([], 1, 5) is None


@pytest.mark.parametrize(
    ("values", "mean", "reach"),
    [
        # The quantile of t by degrees of freedom, times the standard error.
        ([1, 2, 3, 4, 5], 3, 2.776 * 1.5811388 / 5**0.5),
        ([3, 3.5], 3.25, 12.706 * 0.3535534 / 2**0.5),
        ([3] * 10, 3, 0),
        ([2, 4] * 50, 3, 2.000 * 1.0050378 / 10),
    ],
)
def test_a_mean_has_a_t_interval_within_its_scale(values, mean, reach):
    found = average(values, 1, 5)
    assert found.value == pytest.approx(mean)
    assert found.low == pytest.approx(max(1, mean - reach), abs=1e-6)
    assert found.high == pytest.approx(min(5, mean + reach), abs=1e-6)


def test_one_answer_says_nothing_about_the_others():
    found = average([4], 1, 5)
    assert (found.value, found.low, found.high) == (4, 1, 5)


def test_ten_points_are_a_hundred_and_one_is_nothing():
    assert [on_100(score) for score in (1, 5.5, 10)] == [0, 50, 100]


@pytest.mark.parametrize(
    ("scores", "index"),
    [
        ((10, 10, 10), 100),
        ((1, 1, 1), 0),
        ((8, 7, 6), 66.6667),
        ((10, 1, 1), 33.3333),
    ],
)
def test_the_index_is_the_mean_of_its_three_questions_on_a_scale_to_a_hundred(scores, index):
    assert index_of(dict(zip(OVERALL, scores))) == pytest.approx(index, abs=1e-3)


def test_the_index_needs_all_three_questions():
    assert index_of({"tilfredshed": 8, "ideal": 7}) is None
    assert index_of({}) is None


def many(count, **changes):
    return [Answer(**{"service": 4, "solved": Solved.YES, **changes}) for _ in range(count)]


def test_below_the_fewest_answers_nothing_is_shown_but_the_counts():
    found = figures(Sent(invited=12, delivered=10, answered=4), many(4, comment="Hej"), fewest=5)
    assert not found.shown
    assert (found.answers, found.unanswered, found.rate.value) == (4, 6, 0.4)
    assert (found.service, found.solved, found.index, found.areas, found.comments) == (
        None,
        None,
        None,
        (),
        (),
    )


def test_with_enough_answers_everything_is_shown_but_parts_that_too_few_answered():
    whole = dict.fromkeys((*AREAS, *OVERALL), 10)
    answers = [
        *many(3, scores=whole, comment="Fint"),
        *many(2, service=2, solved=Solved.NO, scores={"kompetence": 1}),
    ]
    found = figures(Sent(invited=5, delivered=5, answered=5), answers, fewest=5)
    assert found.service.value == pytest.approx(3.2)
    assert found.solved.value == 0.6
    assert found.index is None
    assert [(name, value.value) for name, value in found.areas] == [("kompetence", 60)]
    assert found.comments == ("Fint",) * 3


@pytest.mark.parametrize(
    ("service", "solved", "contact", "calls"),
    [
        (1, Solved.YES, False, True),
        (2, Solved.YES, False, True),
        (3, Solved.NO, False, False),
        (3, Solved.NO, True, True),
        (5, Solved.NO, True, True),
        (5, Solved.PARTLY, True, True),
        (5, Solved.PARTLY, False, False),
        (5, Solved.YES, True, False),
    ],
)
def test_a_low_score_or_an_unsolved_matter_with_a_wish_makes_a_call(service, solved, contact, calls):
    assert Answer(service, solved, wants_contact=contact).needs_a_call is calls


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "survey_service_missing"),
        ({"service": "0", "solved": "ja"}, "survey_service_missing"),
        ({"service": "6", "solved": "ja"}, "survey_service_missing"),
        ({"service": "٤", "solved": "ja"}, "survey_service_missing"),
        ({"service": "4.0", "solved": "ja"}, "survey_service_missing"),
        ({"service": "4"}, "survey_solved_missing"),
        ({"service": "4", "solved": "yes"}, "survey_solved_missing"),
        ({"service": "4", "solved": "ja", "comment": "a" * 2001}, "survey_comment_long"),
    ],
)
def test_an_answer_without_its_two_questions_is_refused(values, code):
    with pytest.raises(InvalidInput) as error:
        read_answer(values)
    assert error.value.code == code


def test_a_cpr_number_in_a_comment_is_not_kept():
    read = read_answer({"service": "4", "solved": "ja", "comment": " 010190-1234 ", "contact": "1"})
    assert read == Answer(4, Solved.YES, "[CPR-nummer fjernet]", True)


@pytest.mark.parametrize("score", ["0", "11", "a", "1.5", "-1"])
def test_the_longer_part_takes_one_to_ten(score):
    with pytest.raises(InvalidInput) as error:
        read_scores({"ideal": score})
    assert (error.value.code, error.value.field) == ("survey_score_wrong", "ideal")


def test_the_longer_part_may_be_answered_in_part_but_not_at_all_is_a_mistake():
    assert read_scores({"kompetence": "10", "ideal": "", "other": "3"}) == {"kompetence": 10}
    with pytest.raises(InvalidInput):
        read_scores({"ideal": ""})
