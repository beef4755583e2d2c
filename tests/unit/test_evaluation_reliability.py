"""Calibration bins, and the risk of answering so and so much."""

import pytest

from bot.core.reliability import area_under, bins, calibration_error, risk_coverage, thinned


def test_every_probability_finds_its_bin():
    found = bins([(0.0, False), (0.09, True), (0.1, True), (0.95, True), (1.0, False)])
    assert [each.count for each in found] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (found[0].accuracy, found[0].confidence) == (0.5, pytest.approx(0.045))
    assert (found[-1].lower, found[-1].upper, found[-1].right) == (0.9, 1.0, 1)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_is_refused(confidence):
    with pytest.raises(ValueError, match="no probability"):
        bins([(confidence, True)])


def test_no_bins_are_refused():
    with pytest.raises(ValueError, match="bins"):
        bins([(0.5, True)], count=0)


def test_probabilities_that_come_true_have_no_calibration_error():
    assert calibration_error(bins([(0.75, True)] * 3 + [(0.75, False)])) == pytest.approx(0)


def test_the_calibration_error_is_the_mean_gap_weighed_by_messages():
    samples = [(0.95, False)] * 3 + [(0.5, True)]
    assert calibration_error(bins(samples)) == pytest.approx((3 * 0.95 + 0.5) / 4)


def test_nothing_measured_is_no_error():
    assert calibration_error(bins([])) == 0
    assert risk_coverage([]) == []
    assert area_under([]) == 0


def test_the_surest_come_first_whatever_the_order():
    points = risk_coverage([(0.2, False), (0.9, True), (0.6, True), (0.4, False)])
    assert [point.coverage for point in points] == [0.25, 0.5, 0.75, 1.0]
    assert [point.risk for point in points] == pytest.approx([0, 0, 1 / 3, 1 / 2])
    assert [point.threshold for point in points] == [0.9, 0.6, 0.4, 0.2]


def test_equal_probabilities_cannot_be_parted_by_a_threshold():
    [only] = risk_coverage([(0.5, True), (0.5, False)])
    assert (only.coverage, only.risk) == (1.0, 0.5)


@pytest.mark.parametrize(("right", "area"), [(True, 0.0), (False, 1.0)])
def test_the_area_goes_from_nothing_wrong_to_all_wrong(right, area):
    assert area_under(risk_coverage([(value / 10, right) for value in range(10)])) == pytest.approx(area)


def test_a_ranking_that_puts_mistakes_last_has_less_under_it():
    good = [(0.9, True), (0.8, True), (0.2, False)]
    bad = [(0.9, False), (0.8, True), (0.2, True)]
    assert area_under(risk_coverage(good)) < area_under(risk_coverage(bad))


def test_a_thinned_curve_keeps_its_ends():
    points = risk_coverage([(value / 1000, value % 3 > 0) for value in range(1000)])
    kept = thinned(points, steps=20)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert 20 <= len(kept) <= 22
