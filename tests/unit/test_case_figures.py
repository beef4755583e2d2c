"""Figures of cases: promises kept or broken, the right unit at once, and how sure a share or a mean is."""

from datetime import date, datetime

import pytest

from bot.bootstrap import DENMARK
from bot.core.case_figures import FEWEST_ANSWERS, History, Opinion, Period, days_from, figures, verdicts
from bot.core.cases import CaseEvent, CaseState, EventKind, Outcome
from bot.core.satisfaction import average, share
from bot.core.unanswered import SaidCounts, of_topics, unanswered
from tests.unit.fakes import a_case


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


WEEK = days_from(date(2026, 11, 16), 7, at("2026-11-16 00:00"))
TODAY = date(2026, 11, 23)
E = EventKind


def history(*happened, promised="2026-11-18", **changes):
    """A case opened on the Monday, promised for the Wednesday unless told; `happened` is (time, kind, details)."""
    events = [CaseEvent(at(when), kind, details=dict(*more)) for when, kind, *more in happened]
    values = {"created_at": at("2026-11-16 09:00"), "answer_by": date.fromisoformat(promised), **changes}
    return History(a_case(**values), tuple(events))


def said(found):
    return [(f"{moment:%m-%d %H:%M}", kept) for moment, kept in found]


VERDICTS = [
    ("answered on the last day", [("2026-11-18 23:59", E.ANSWERED)], {}, [("11-18 23:59", True)]),
    ("closed without a letter", [("2026-11-17 10:00", E.CLOSED)], {}, [("11-17 10:00", True)]),
    ("answered the day after", [("2026-11-19 00:00", E.ANSWERED)], {}, [("11-19 00:00", False)]),
    ("nobody did anything", [], {}, [("11-19 00:00", False)]),
    ("two answers count once", [("2026-11-17 10:00", E.ANSWERED), ("2026-11-20 10:00", E.CLOSED)], {},
     [("11-17 10:00", True)]),
    ("a note is no answer", [("2026-11-17 10:00", E.NOTE)], {}, [("11-19 00:00", False)]),
    ("the date lies ahead", [], {"promised": "2026-11-25"}, []),
    ("it waits for the business", [("2026-11-17 10:00", E.ASKED)], {}, []),
    ("closed while it waited, after the date", [("2026-11-17 10:00", E.ASKED), ("2026-11-20 10:00", E.CLOSED)], {},
     [("11-20 10:00", True)]),
    ("withdrawn in time", [("2026-11-17 10:00", E.WITHDRAWN)], {}, []),
    ("withdrawn after the leader was told",
     [("2026-11-19 08:00", E.ESCALATED, {"of": "2026-11-18"}), ("2026-11-19 10:00", E.WITHDRAWN)], {},
     [("11-19 00:00", False)]),
    ("moved in time and kept",
     [("2026-11-18 10:00", E.PROMISED, {"from": "2026-11-18", "to": "2026-11-20"}), ("2026-11-20 10:00", E.CLOSED)],
     {"promised": "2026-11-20"}, [("11-20 10:00", True)]),
    ("moved only when it had passed",
     [("2026-11-19 10:00", E.PROMISED, {"from": "2026-11-18", "to": "2026-11-20"}), ("2026-11-20 10:00", E.CLOSED)],
     {"promised": "2026-11-20"}, [("11-19 00:00", False)]),
    ("moved after it was answered",
     [("2026-11-17 10:00", E.ANSWERED), ("2026-11-18 10:00", E.PROMISED, {"from": "2026-11-18", "to": "2026-12-01"})],
     {"promised": "2026-12-01"}, [("11-17 10:00", True)]),
    ("opened again has a new promise",
     [("2026-11-17 10:00", E.CLOSED), ("2026-11-18 10:00", E.REOPENED), ("2026-11-20 10:00", E.CLOSED)],
     {"promised": "2026-11-20"}, [("11-17 10:00", True), ("11-20 10:00", True)]),
    ("the business wrote again, and nobody answered",
     [("2026-11-17 10:00", E.CLOSED), ("2026-11-17 12:00", E.VISITOR_MESSAGE)],
     {"promised": "2026-11-19"}, [("11-17 10:00", True), ("11-20 00:00", False)]),
    ("what comes after the period is not known in it", [("2026-11-23 00:00", E.ANSWERED)],
     {"promised": "2026-11-24"}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("happened", "changes", "expected"), [row[1:] for row in VERDICTS], ids=[r[0] for r in VERDICTS]
)
def test_a_promise_is_kept_or_broken_once(happened, changes, expected):
    assert said(verdicts(history(*happened, **changes), WEEK.end)) == expected


def closed(unit="plan", misrouted=False, when="2026-11-17 10:00", **changes):
    values = {"unit": unit, "misrouted": misrouted, "state": CaseState.CLOSED, **changes}
    return history((when, E.CLOSED, {"outcome": "answered"}), **values)


def test_a_week_counts_what_came_what_was_closed_and_what_stands_open():
    cases = [
        closed(),
        closed(misrouted=True),
        closed(when="2026-11-23 10:00", promised="2026-11-24"),
        history(),
        history(promised="2026-12-01", created_at=at("2026-11-23 09:00")),
        history(state=CaseState.MERGED, merged_into="c2"),
    ]
    found = figures(cases, (), WEEK, TODAY)
    assert (found.new, found.closed, found.open, found.overdue) == (4, 2, 2, 1)
    assert (found.kept.count, round(found.kept.value, 3)) == (3, 0.667)
    assert (found.right.count, found.right.value) == (2, 0.5)


def test_a_week_without_anything_has_no_shares():
    found = figures((), (), WEEK, TODAY)
    assert (found.kept, found.right, found.service, found.comments) == (None, None, None, ())


def test_answers_of_businesses_are_shown_from_the_fewest_on_and_not_before():
    few = [Opinion(4, "Fint")] * (FEWEST_ANSWERS - 1)
    found = figures((), few, WEEK, TODAY)
    assert (found.answers, found.service, found.comments) == (len(few), None, ())
    found = figures((), [*few, Opinion(1)], WEEK, TODAY)
    assert (found.service.value, found.comments) == (3.4, ("Fint",) * 4)


def test_only_a_date_that_was_put_off_counts_as_moved():
    later = ("2026-11-17 10:00", E.PROMISED, {"from": "2026-11-18", "to": "2026-11-20"})
    earlier = ("2026-11-17 11:00", E.PROMISED, {"from": "2026-11-20", "to": "2026-11-19"})
    assert figures([history(later, earlier, promised="2026-11-19")], (), WEEK, TODAY).moved == 1


# From R: binom::binom.wilson and t.test.
@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_a_share_has_wilsons_interval(hits, count, low, high):
    found = share(hits, count)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_mean_has_students_interval_within_the_scale():
    found = average([3, 4, 4, 5, 5], 1, 5)
    assert (found.value, round(found.low, 3), found.high) == (4.2, 3.161, 5)
    assert average([5] * 31, 1, 5).low == 5
    assert (average([4], 1, 5).low, average([], 1, 5)) == (1, None)


@pytest.mark.parametrize("first", ["2026-03-23", "2026-10-19", "2026-12-21"])
def test_a_week_is_seven_days_by_the_clock_also_when_the_clocks_change(first):
    day = date.fromisoformat(first)
    week = days_from(day, 7, at("2026-01-01 00:00"))
    assert (f"{week.start:%a %H:%M}", f"{week.end:%a %H:%M}") == ("Mon 00:00", "Mon 00:00")
    assert (week.last - week.first).days == 6
    assert week.before().end == week.start
    assert week.before() == Period(days_from(day, -7, week.start).end, week.start)


def test_what_the_bot_could_not_answer_is_counted_by_topic_the_most_frequent_first():
    missing = a_case(id="c1", topic="skilte", state=CaseState.CLOSED, outcome=Outcome.FACT_MISSING)
    cases = [
        History(missing, (CaseEvent(at("2026-11-17 10:00"), E.CLOSED, details={"outcome": "fact_missing"}),))
    ]
    cases.append(closed(topic="skilte"))
    found = unanswered(SaidCounts(7, 2, {"moms": 1, "skilte": 1}, {"skilte": 1}), cases, WEEK)
    assert [(gap.topic, gap.without_figure, gap.not_useful, gap.cases) for gap in found.topics] == [
        ("skilte", 1, 1, 1),
        ("moms", 1, 0, 0),
    ]
    own = of_topics(found, ["moms"])
    assert ([gap.topic for gap in own.topics], own.not_understood, own.outside) == (["moms"], 7, 2)
