"""How a deadline is counted, step by step, and when it cannot be; data/deadlines.yml has cases of its own."""

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadline_rules import (
    DeadlineRule,
    Direction,
    Length,
    Move,
    Unit,
    YearlyDay,
    length_of,
    year_less,
)
from bot.core.deadlines import is_working_day
from bot.core.due_dates import work_out
from bot.core.errors import InvalidInput
from bot.core.knowledge import Authority, Confidence, Fact, Knowledge, Period, Source, Topic

TODAY = date(2026, 11, 26)
DENMARK = holidays.country_holidays("DK", language="da")
LAW = Source("lov", "Loven", "https://lov.example", date(2026, 11, 26))
RULE = DeadlineRule("klage", "byg", "Klage", "frist", "den dag", "{start} {day}", (LAW,), "Loven.")


def knowing(value="4", unit="uger", *, off="", **period):
    fact = Fact("frist", "fristen", unit, LAW, Confidence.HIGH, (Period(value, **period),))
    topic = Topic(
        "byg",
        "byggeri",
        "Byg",
        "",
        (),
        "byg",
        Authority("x", "X", ""),
        TODAY,
        "Kort.",
        facts={"frist": fact},
        off=off,
    )
    return Knowledge({"byg": topic})


def counted(start, rule=RULE, today=TODAY, **known):
    return work_out(rule, start, knowing(**known), DENMARK, today)


def names(found):
    return [step.name for step in found.counted]


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("4", "uger", Length(4, Unit.WEEKS)),
        ("1", "måned", Length(1, Unit.MONTHS)),
        ("30", "kalenderdage", Length(30, Unit.DAYS)),
        ("7", "arbejdsdage", Length(7, Unit.WORKING_DAYS)),
        ("1", "år", Length(1, Unit.YEARS)),
        ("55-60", "kalenderdage", None),
        ("1½", "år", None),
        ("0", "dage", None),
        ("4", "kr.", None),
        ("4", "", None),
        ("fire", "uger", None),
        ("99999999", "dage", None),
        ("٤", "uger", None),
    ],
)
def test_the_length_is_read_from_the_fact_and_its_unit(value, unit, expected):
    fact = knowing(value, unit).topics["byg"].facts["frist"]
    assert length_of(fact, fact.periods[0]) == expected


def test_a_plain_count_names_the_start_and_the_length():
    found = counted(date(2026, 11, 5))
    assert names(found) == ["count_after", "length_after"]
    assert (found.last_day, found.length, found.passed) == (date(2026, 12, 3), "4 uger", False)


@pytest.mark.parametrize(
    ("move", "expected", "step"),
    [
        (Move.LATER, date(2026, 12, 28), "moved_later"),
        (Move.EARLIER, date(2026, 12, 24), "moved_earlier"),
        (Move.STAYS, date(2026, 12, 25), "stays"),
        (Move.IGNORED, date(2026, 12, 25), None),
    ],
)
def test_a_holiday_moves_the_last_day_as_the_rule_says(move, expected, step):
    found = counted(date(2026, 11, 27), replace(RULE, move=move))
    assert found.last_day == expected
    assert (step in names(found)) is (step is not None)


def test_a_day_when_offices_are_closed_is_mentioned_and_moves_only_where_the_rule_names_it():
    stays = counted(date(2026, 11, 26))
    assert (stays.last_day, names(stays)[-1]) == (date(2026, 12, 24), "closed_day")
    moves = counted(date(2026, 11, 26), replace(RULE, closed=((12, 24), (12, 31))))
    assert (moves.last_day, names(moves)[-1]) == (date(2026, 12, 28), "moved_later")


def test_a_day_moved_onto_christmas_eve_says_that_offices_are_closed():
    found = counted(date(2026, 11, 27), replace(RULE, move=Move.EARLIER))
    assert names(found)[-2:] == ["moved_earlier", "closed_day"]


def test_the_first_day_counts_where_the_rule_says_so():
    found = counted(
        date(2027, 1, 1), replace(RULE, first_day_counts=True, move=Move.IGNORED), value="30", unit="dage"
    )
    assert (found.last_day, names(found)[0]) == (date(2027, 1, 30), "count_from")


def test_whole_days_between_need_one_day_more():
    back = replace(RULE, direction=Direction.BEFORE, move=Move.IGNORED)
    assert counted(date(2020, 10, 28), back, value="6", unit="dage").last_day == date(2020, 10, 22)
    assert counted(
        date(2020, 10, 28), replace(back, full_days=True), value="6", unit="dage"
    ).last_day == date(2020, 10, 21)


def test_working_days_name_the_holidays_that_were_skipped_and_the_days_that_were_not():
    found = counted(date(2026, 12, 21), value="7", unit="arbejdsdage")
    assert names(found) == ["count_after", "length_working", "skipped", "closed_inside"]
    assert found.counted[2].among == (date(2026, 12, 25),)
    assert found.counted[3].among == (date(2026, 12, 24), date(2026, 12, 31))


def test_a_month_without_the_day_ends_on_its_last():
    found = counted(date(2027, 1, 31), replace(RULE, move=Move.IGNORED), value="1", unit="måned")
    assert (found.last_day, names(found)[-1]) == (date(2027, 2, 28), "month_end")


def test_a_deadline_has_passed_the_day_after_its_last():
    start = date(2026, 10, 29)
    assert not counted(start, today=date(2026, 11, 26)).passed
    assert counted(start, today=date(2026, 11, 27)).passed


@pytest.mark.parametrize(
    "start", [date(1999, 1, 1), date(2015, 12, 31), date(2037, 1, 1), date(9999, 12, 31)]
)
def test_a_start_that_is_far_away_is_not_counted_from(start):
    with pytest.raises(InvalidInput) as caught:
        counted(start)
    assert (caught.value.code, caught.value.field) == ("date_far", "dato")


@pytest.mark.parametrize(
    "known",
    [
        {"valid_from": date(2026, 12, 1)},
        {"valid_to": date(2026, 11, 1)},
        {"off": "Emnet er slået fra."},
        {"value": "cirka 4"},
        {"unit": "kr."},
    ],
)
def test_a_length_that_is_not_known_on_the_day_is_never_guessed(known):
    with pytest.raises(InvalidInput) as caught:
        counted(date(2026, 11, 5), **known)
    assert caught.value.code == "deadline_unknown"


def test_a_topic_or_a_fact_that_an_editor_took_away_is_no_crash():
    for rule in (replace(RULE, topic="andet"), replace(RULE, fact="andet")):
        with pytest.raises(InvalidInput):
            counted(date(2026, 11, 5), rule)


def test_a_calendar_gives_the_next_day_and_what_it_is_for():
    due = replace(
        RULE, fact=None, calendar=(YearlyDay(3, 1, "sidste kvartal {year_before}"), YearlyDay(9, 1, "{year}"))
    )
    found = counted(date(2026, 9, 2), due)
    assert (found.last_day, found.due_for, names(found)) == (
        date(2027, 3, 1),
        "sidste kvartal 2026",
        ["law_day"],
    )


@pytest.mark.parametrize(
    ("day", "before"), [(date(2028, 2, 29), date(2027, 2, 28)), (date(2026, 12, 5), date(2025, 12, 5))]
)
def test_the_same_day_a_year_before(day, before):
    assert year_less(day) == before


@given(start=st.dates(date(2018, 1, 1), date(2035, 12, 31)), weeks=st.integers(1, 60))
def test_a_moved_day_is_a_working_day_with_only_free_days_between(start, weeks):
    bare = start + timedelta(weeks=weeks)
    last_day = counted(start, value=str(weeks)).last_day
    assert last_day >= bare
    assert is_working_day(last_day, DENMARK)
    between = (bare + timedelta(days=number) for number in range((last_day - bare).days))
    assert not any(is_working_day(day, DENMARK) for day in between)
