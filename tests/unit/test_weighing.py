"""Signs and their weights: no number that cannot be reckoned with, whatever goes in."""

import math

import pytest

from bot.core.weighing import Weights, log, log_odds


@pytest.mark.parametrize("probability", [0.0, 1e-300, 1e-4, 0.5, 1.0])
def test_logarithms_stay_finite_and_rise_with_the_probability(probability):
    assert math.isfinite(log(probability))
    assert math.isfinite(log_odds(probability))
    assert log(probability) <= log(1.0) == 0.0
    assert log_odds(0.0) <= log_odds(probability) <= log_odds(1.0)


def test_a_weighted_sum_becomes_a_probability():
    weights = Weights({"asks": 2.0}, bias=-1.0)
    assert weights.total({"asks": 0.5, "unknown": 99.0}) == pytest.approx(0.0)
    assert weights.probability({"asks": 0.5}) == pytest.approx(0.5)
    assert weights.probability({"asks": 1.0}) == pytest.approx(1 / (1 + math.exp(-1)))


@pytest.mark.parametrize("value", [-1e9, 1e9])
def test_very_strong_signs_overflow_nothing(value):
    assert Weights({"asks": 1.0}).probability({"asks": value}) == pytest.approx(float(value > 0))
    assert Weights({"asks": 1.0}).shares([{"asks": value}, {}]) == pytest.approx(
        [float(value > 0), float(value < 0)]
    )


def test_shares_add_up_and_the_stronger_sign_has_more():
    shares = Weights({"near": 1.0}).shares([{"near": 1.0}, {}, {"near": -1.0}])
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert Weights({}).shares([]) == []
