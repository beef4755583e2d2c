"""What editors must see to soon: reviews, and figures that have no value from some day on."""

from datetime import date, timedelta

import pytest

from bot.core.due import due, runs_out
from bot.core.knowledge import Authority, Confidence, Fact, Period, Source, Topic

TODAY = date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NEW_YEAR = date(2027, 1, 1)
SILVESTER = date(2026, 12, 31)
LAW = Source("law", "Loven", "https://lov.example", date(2026, 11, 1))


def fee(*periods, name="gebyr"):
    return Fact(name, "gebyret", "kr.", LAW, Confidence.HIGH, periods)


def topic(name, review_by=date(2030, 1, 1), *facts):
    return Topic(
        id=name, theme="start", title=name, description="", goals=("G1",), owner="erhverv", review_by=review_by,
        authority=Authority("x", "X", "https://x.example"), short="", facts={fact.id: fact for fact in facts},
        sources=(LAW,),
    )  # fmt: skip


def tasks(*topics, days=60, today=TODAY):
    return [
        (item.day, item.topic.id, item.fact.id if item.fact else "review")
        for item in due(topics, today, days)
    ]


@pytest.mark.parametrize(
    ("periods", "last"),
    [
        ([Period("1")], None),
        ([Period("1", TODAY)], None),
        ([Period("1", None, TODAY)], TODAY),
        ([Period("1", None, SILVESTER)], SILVESTER),
        ([Period("1", None, SILVESTER), Period("2", NEW_YEAR)], None),
        ([Period("1", None, SILVESTER), Period("2", NEW_YEAR, date(2027, 12, 31))], date(2027, 12, 31)),
        # a day without a value between two of them
        ([Period("1", None, SILVESTER), Period("2", NEW_YEAR + timedelta(days=1))], SILVESTER),
        # past gaps and past values do not count
        ([Period("0", None, date(2024, 1, 1)), Period("1", date(2025, 1, 1))], None),
        # nothing today
        ([Period("1", None, YESTERDAY)], YESTERDAY),
        ([Period("0", None, date(2020, 1, 1)), Period("1", None, date(2025, 5, 5))], date(2025, 5, 5)),
        ([Period("1", None, YESTERDAY), Period("2", TOMORROW)], YESTERDAY),
        ([Period("2", TOMORROW)], YESTERDAY),
        ([Period("1", None, date.max)], None),
    ],
)
def test_a_figure_runs_out_on_the_last_day_before_one_without_a_value(periods, last):
    assert runs_out(fee(*periods), TODAY) == last


@pytest.mark.parametrize(("days", "found"), [(0, False), (38, False), (39, True), (60, True)])
def test_a_figure_is_listed_when_its_last_day_is_within_the_days(days, found):
    ends = topic("a", date(2030, 1, 1), fee(Period("1", None, SILVESTER)))
    assert tasks(ends, days=days) == ([(SILVESTER, "a", "gebyr")] if found else [])


@pytest.mark.parametrize(
    ("review_by", "days", "found"),
    [(YESTERDAY, 0, True), (TODAY, 0, True), (TOMORROW, 0, False), (TOMORROW, 1, True)],
)
def test_a_review_is_listed_when_its_day_is_within_the_days(review_by, days, found):
    assert tasks(topic("a", review_by), days=days) == ([(review_by, "a", "review")] if found else [])


def test_the_oldest_comes_first_and_a_day_is_in_the_order_of_names():
    topics = [
        topic(
            "c",
            SILVESTER,
            fee(Period("1", None, SILVESTER), name="z"),
            fee(Period("1", None, SILVESTER), name="y"),
        ),
        topic("b", date(2026, 1, 1)),
        topic("a", SILVESTER),
    ]
    assert tasks(*topics) == [
        (date(2026, 1, 1), "b", "review"),
        (SILVESTER, "a", "review"),
        (SILVESTER, "c", "review"),
        (SILVESTER, "c", "y"),
        (SILVESTER, "c", "z"),
    ]


def test_the_day_is_passed_in_and_decides():
    ends = topic("a", date(2030, 1, 1), fee(Period("1", None, SILVESTER)))
    assert tasks(ends, days=0, today=date(2026, 12, 30)) == []
    assert tasks(ends, days=0, today=NEW_YEAR) == [(SILVESTER, "a", "gebyr")]


def test_without_topics_nothing_is_due():
    assert tasks() == []


def test_the_thresholds_of_tenders_run_out_with_2027(content):
    found = due(content.knowledge.topics.values(), date(2027, 11, 15), 60)
    assert [item.day for item in found if item.fact and item.fact.id == "taerskel_kommune_varer"] == [
        date(2027, 12, 31)
    ]
