"""Rules, hours and absence: what holds when, when a unit reads a case, and that nothing is ever refused."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.inquiries import Inquiry
from bot.core.opening import next_opening, promised
from bot.core.routing import Situation, route
from bot.core.routing_rules import Condition, Rule, Rules
from bot.core.units import Absence, Unit, Units

DENMARK = ZoneInfo("Europe/Copenhagen")
DANISH_HOLIDAYS = holidays.country_holidays("DK")
NOON = datetime(2026, 11, 25, 12, tzinfo=DENMARK)
WEEKDAYS = {day: (time(9), time(14)) for day in (0, 1, 3, 4)}
UNIT = Unit("byg", "Byg", "dig", "a@b.dk", "1", 5, False, ())


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


# hours


@pytest.mark.parametrize(
    ("comes", "day", "clock", "now", "answer_by"),
    [
        ("2026-11-26T10:00", "2026-11-26", "09:00", True, "2026-12-03"),
        ("2026-11-26T08:00", "2026-11-26", "09:00", False, "2026-12-03"),
        ("2026-11-26T14:00", "2026-11-27", "09:00", False, "2026-12-03"),
        ("2026-11-27T16:30", "2026-11-30", "09:00", False, "2026-12-04"),  # Friday afternoon
        ("2026-11-25T10:00", "2026-11-26", "09:00", False, "2026-12-02"),  # closed on Wednesdays
        ("2026-12-24T14:30", "2026-12-28", "09:00", False, "2027-01-04"),  # Christmas
        ("2027-03-24T15:00", "2027-03-30", "09:00", False, "2027-04-05"),  # Easter
        ("2027-03-28T02:30", "2027-03-30", "09:00", False, "2027-04-05"),  # the hour that summer time skips
        ("2026-12-31T23:59", "2027-01-04", "09:00", False, "2027-01-08"),
    ],
)
def test_a_unit_with_hours_is_said_to_open_and_counts_from_then(comes, day, clock, now, answer_by):
    unit = replace(UNIT, opening=WEEKDAYS)
    opening = next_opening(unit, at(comes), DANISH_HOLIDAYS)
    assert (opening.day.isoformat(), opening.clock, opening.now) == (day, time.fromisoformat(clock), now)
    assert promised(unit, at(comes), opening, DANISH_HOLIDAYS).isoformat() == answer_by


@pytest.mark.parametrize(
    ("comes", "day", "now"),
    [("2026-11-27T23:00", "2026-11-27", True), ("2026-11-28T10:00", "2026-11-30", False)],
)
def test_a_unit_that_has_told_no_hours_reads_on_working_days(comes, day, now):
    opening = next_opening(UNIT, at(comes), DANISH_HOLIDAYS)
    assert (opening.day.isoformat(), opening.clock, opening.now) == (day, None, now)


def test_an_absence_with_nobody_to_stand_in_moves_the_promised_date():
    away = replace(UNIT, absences=(Absence(date(2026, 11, 23), date(2026, 12, 4)),))
    opening = next_opening(away, NOON, DANISH_HOLIDAYS)
    assert opening.day == date(2026, 12, 7)
    assert promised(away, NOON, opening, DANISH_HOLIDAYS) == date(2026, 12, 11)


def test_the_deputys_goal_counts_when_the_deputy_takes_the_case(content):
    away = (Absence(NOON.date(), NOON.date() + timedelta(days=20)),)
    changes = {"havn": {"absences": away, "deputy": "kultur"}, "kultur": {"working_days": 2}}
    units = Units(replace(unit, **changes.get(unit.id, {})) for unit in content.units.all())
    situation = Situation(NOON, DANISH_HOLIDAYS)
    found = route(Inquiry(("havn",)), units, content.municipality, content.routing, situation)
    assert (found.unit.id, found.answer_by) == ("kultur", date(2026, 11, 27))


# conditions


@pytest.mark.parametrize(
    ("when", "inquiry", "holds"),
    [
        (Condition(), Inquiry(), True),
        (Condition(amount_from=100), Inquiry(amount=100), True),
        (Condition(amount_from=100), Inquiry(amount=99.99), False),
        (Condition(amount_below=100), Inquiry(amount=100), False),
        (Condition(amount_from=10, amount_below=100), Inquiry(amount=50), True),
        (Condition(amount_from=10), Inquiry(), False),
        (Condition(trades=frozenset({"cafe"})), Inquiry(trade="cafe"), True),
        (Condition(trades=frozenset({"cafe"})), Inquiry(), False),
        (Condition(languages=frozenset({"en", "de"})), Inquiry(language="de"), True),
        (Condition(languages=frozenset({"en"}), trades=frozenset({"cafe"})), Inquiry(language="en"), False),
        (Condition(plans=frozenset({"cafe"})), Inquiry(plan="butik"), False),
        (Condition(no_topic=True), Inquiry(), True),
    ],
)
def test_every_part_of_a_condition_must_fit(when, inquiry, holds):
    assert when.holds(inquiry, None, frozenset()) is holds


def test_a_rule_without_topic_is_not_about_a_topic():
    assert not Condition(no_topic=True).holds(Inquiry(), "havn", frozenset())


def test_the_first_rule_that_holds_decides(content):
    rules = Rules(
        (
            Rule("a", Condition(amount_from=1000), "plan", "fordi a."),
            Rule("b", Condition(), "jura", "fordi b."),
        )
    )
    for amount, unit in ((2000.0, "plan"), (10.0, "jura")):
        inquiry = Inquiry(("havn",), amount=amount)
        found = route(inquiry, content.units, content.municipality, rules, Situation(NOON))
        assert (found.unit.id, found.main.reason) == (unit, "rule")


def test_a_municipality_may_let_one_unit_keep_all_cases_together(content):
    rules = replace(content.routing, coordinator="erhvervsservice")
    inquiry = Inquiry(("skiltning_facade", "udeservering"))
    found = route(inquiry, content.units, content.municipality, rules, Situation(NOON))
    assert found.unit.id == "erhvervsservice"
    assert [share.unit.id for share in found.parts] == ["byggesag", "vej_byrum"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("jeg vil tale med Plan", "plan"),
        ("JEG VIL TALE MED PLAN", "plan"),
        ("kan I stille om til Bevillinger?", "bevilling"),
        ("jeg vil tale med planlæggeren", ""),
        ("vi har en plan", ""),
        ("jeg har talt med naboen om Byggesag", ""),
        ("", ""),
    ],
)
def test_a_unit_that_is_asked_for_by_name_is_heard(content, text, unit):
    assert content.routing.wished(text, content.units) == unit


# nothing is refused

WORDS = st.text(max_size=30)
REASONS = ("topic", "default", "state", "wish", "wish_several", "plan", "several")


@given(data=st.data())
def test_any_inquiry_gets_units_that_exist_each_once(content, data):
    ids = [unit.id for unit in content.units.all()]
    topics = st.one_of(st.sampled_from(sorted(content.knowledge.topics)), WORDS)
    areas = st.sampled_from(["", "inside", "partly", "outside", "Nordhavnen"])
    inquiry = Inquiry(
        topics=tuple(data.draw(st.lists(topics, max_size=8))),
        plan=data.draw(st.one_of(st.sampled_from(["", "cafe"]), WORDS)),
        amount=data.draw(st.one_of(st.none(), st.floats(allow_nan=True))),
        place=data.draw(st.one_of(st.sampled_from(["Nordhavnen", "Snekkersten Havn", ""]), WORDS)),
        area=data.draw(areas),
        trade=data.draw(st.one_of(st.sampled_from(["dagpleje", ""]), WORDS)),
        language=data.draw(st.sampled_from(["", "en", "xx"])),
        wish=data.draw(st.one_of(st.sampled_from(["", *ids]), WORDS)),
    )
    day = st.dates(date(2026, 11, 1), date(2026, 12, 31))
    changes = {}
    for unit_id in data.draw(st.lists(st.sampled_from(ids), max_size=5)):
        first, last = sorted([data.draw(day), data.draw(day)])
        deputy = data.draw(st.sampled_from(["", "nobody", *ids]))
        full = data.draw(st.sampled_from(["tell", "deputy"]))
        changes[unit_id] = {
            "absences": (Absence(first, last),), "deputy": deputy, "full": full,
            "capacity": data.draw(st.integers(1, 3)), "opening": data.draw(st.sampled_from([{}, WEEKDAYS])),
        }  # fmt: skip
    units = Units(replace(unit, **changes.get(unit.id, {})) for unit in content.units.all())
    loads = data.draw(st.dictionaries(st.sampled_from(ids), st.integers(0, 5)))
    now = data.draw(st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31))).replace(tzinfo=DENMARK)  # noqa: DTZ001
    found = route(
        inquiry, units, content.municipality, content.routing, Situation(now, DANISH_HOLIDAYS, loads)
    )
    got = [share.unit.id for share in (found.main, *found.parts)]
    assert set(got) <= set(ids)
    assert len(got) == len(set(got))
    assert all(share.answer_by > now.date() for share in (found.main, *found.parts))
    assert found.main.because or found.main.reason in REASONS
