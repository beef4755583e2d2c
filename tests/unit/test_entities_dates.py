"""Dates are read as they are written in Danish, from the day that is passed in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.danish import long_date
from bot.understanding.entities import dates
from tests.unit.entities import only as the_only

TODAY = date(2026, 11, 25)  # a Wednesday in week 48


def found(text, today=TODAY):
    return list(dates.find(text, today))


def only(text, today=TODAY):
    return the_only(found(text, today))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # today and around it
        ("i dag", date(2026, 11, 25)),
        ("idag", date(2026, 11, 25)),
        ("i aften", date(2026, 11, 25)),
        ("i morgen", date(2026, 11, 26)),
        ("imorgen", date(2026, 11, 26)),
        ("i overmorgen", date(2026, 11, 27)),
        ("i går", date(2026, 11, 24)),
        ("i gaar", date(2026, 11, 24)),
        ("igår", date(2026, 11, 24)),
        ("i forgårs", date(2026, 11, 23)),
        ("i forgaars", date(2026, 11, 23)),
        # weekdays
        ("på tirsdag", date(2026, 12, 1)),
        ("paa tirsdag", date(2026, 12, 1)),
        ("på fredag", date(2026, 11, 27)),
        ("på onsdag", date(2026, 12, 2)),
        ("på lørdag", date(2026, 11, 28)),
        ("på loerdag", date(2026, 11, 28)),
        ("pa lordag", date(2026, 11, 28)),
        ("på søndag", date(2026, 11, 29)),
        ("soendag", date(2026, 11, 29)),
        ("tirsdag", date(2026, 12, 1)),
        ("nu på fredag", date(2026, 11, 27)),
        ("førstkommende mandag", date(2026, 11, 30)),
        ("næste fredag", date(2026, 12, 4)),
        ("naeste fredag", date(2026, 12, 4)),
        ("næste mandag", date(2026, 11, 30)),
        ("fredag i næste uge", date(2026, 12, 4)),
        ("sidste mandag", date(2026, 11, 23)),
        ("sidste onsdag", date(2026, 11, 18)),
        ("i mandags", date(2026, 11, 23)),
        ("i lørdags", date(2026, 11, 21)),
        ("i onsdags", date(2026, 11, 18)),
        # numbers
        ("3/11", date(2027, 11, 3)),
        ("1/5", date(2027, 5, 1)),
        ("d. 1/2", date(2027, 2, 1)),
        ("d. 3/11", date(2027, 11, 3)),
        ("den 3/11", date(2027, 11, 3)),
        ("3/12", date(2026, 12, 3)),
        ("25/11", date(2026, 11, 25)),
        ("3/11-26", date(2026, 11, 3)),
        ("3/11-2026", date(2026, 11, 3)),
        ("3/11 2026", date(2026, 11, 3)),
        ("3/11/2026", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("03.11.26", date(2026, 11, 3)),
        ("03-11-2026", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("d. 3.12", date(2026, 12, 3)),
        ("29/2", date(2028, 2, 29)),
        # months by name
        ("3. november", date(2027, 11, 3)),
        ("3.november", date(2027, 11, 3)),
        ("3 november", date(2027, 11, 3)),
        ("den 3. november 2026", date(2026, 11, 3)),
        ("3. nov. 2026", date(2026, 11, 3)),
        ("3 nov", date(2027, 11, 3)),
        ("1. marts", date(2027, 3, 1)),
        ("første marts", date(2027, 3, 1)),
        ("d. 24. december", date(2026, 12, 24)),
        ("onsdag den 2. december", date(2026, 12, 2)),
        ("ons d. 2. december 2026", date(2026, 12, 2)),
        ("mandag 30/11", date(2026, 11, 30)),
        ("1. febuar", date(2027, 2, 1)),
        # counted from today
        ("for 14 dage siden", date(2026, 11, 11)),
        ("14 dage siden", date(2026, 11, 11)),
        ("for to uger siden", date(2026, 11, 11)),
        ("for en måned siden", date(2026, 10, 25)),
        ("for 3 måneder siden", date(2026, 8, 25)),
        ("for 3 mdr. siden", date(2026, 8, 25)),
        ("for et år siden", date(2025, 11, 25)),
        ("for et halvt år siden", date(2026, 5, 25)),
        ("om tre uger", date(2026, 12, 16)),
        ("om 3 uger", date(2026, 12, 16)),
        ("om en uge", date(2026, 12, 2)),
        ("om 14 dage", date(2026, 12, 9)),
        ("om fjorten dage", date(2026, 12, 9)),
        ("om en måned", date(2026, 12, 25)),
        ("om en maaned", date(2026, 12, 25)),
        ("om to år", date(2028, 11, 25)),
        ("om 5 hverdage", date(2026, 12, 2)),
        ("om 10 arbejdsdage", date(2026, 12, 9)),
        # days with a name
        ("juleaften", date(2026, 12, 24)),
        ("nytårsdag", date(2027, 1, 1)),
        ("langfredag", date(2027, 3, 26)),
        ("skærtorsdag", date(2027, 3, 25)),
        ("2. påskedag", date(2027, 3, 29)),
        ("kristi himmelfartsdag", date(2027, 5, 6)),
        ("grundlovsdag", date(2027, 6, 5)),
        # a day of a month that is not named
        ("d. 30", date(2026, 11, 30)),
        ("den 15. i næste måned", date(2026, 12, 15)),
    ],
)
def test_a_day_is_read(text, day):
    entity = only(text)
    assert (entity.kind, entity.value) == ("dato", day)
    assert entity.extra["approximate"] is False
    assert only(f"Vi ses {text}, ikke?").value == day


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("uge 50", date(2026, 12, 7), "week"),
        ("uge 42", date(2027, 10, 18), "week"),
        ("uge 48", date(2026, 11, 23), "week"),
        ("uge 42, 2026", date(2026, 10, 12), "week"),
        ("uge 53", date(2026, 12, 28), "week"),
        ("i næste uge", date(2026, 11, 30), "week"),
        ("i denne uge", date(2026, 11, 23), "week"),
        ("i sidste uge", date(2026, 11, 16), "week"),
        ("november 2027", date(2027, 11, 1), "month"),
        ("i marts", date(2027, 3, 1), "month"),
        ("i november", date(2026, 11, 1), "month"),
        ("i slutningen af marts", date(2027, 3, 31), "month"),
        ("medio december", date(2026, 12, 15), "month"),
        ("ultimo februar", date(2027, 2, 28), "month"),
        ("næste måned", date(2026, 12, 1), "month"),
        ("sidste måned", date(2026, 10, 1), "month"),
        ("sidst på måneden", date(2026, 11, 30), "month"),
        ("inden månedens udgang", date(2026, 11, 30), "month"),
        ("til sommer", date(2027, 6, 1), "season"),
        ("til foråret", date(2027, 3, 1), "season"),
        ("til efteråret", date(2027, 9, 1), "season"),
        ("til vinter", date(2026, 12, 1), "season"),
        ("næste år", date(2027, 1, 1), "year"),
        ("sidste år", date(2025, 1, 1), "year"),
        ("til påske", date(2027, 3, 28), "day"),
        ("inden jul", date(2026, 12, 24), "day"),
        ("efter nytår", date(2027, 1, 1), "day"),
        ("om halvanden måned", date(2027, 1, 9), "day"),
        ("om et par uger", date(2026, 12, 9), "day"),
        ("om 2-3 uger", date(2026, 12, 16), "day"),
        ("omkring 1. marts", date(2027, 3, 1), "day"),
        ("ca. 1. marts", date(2027, 3, 1), "day"),
    ],
)
def test_a_time_that_is_no_single_day_says_so(text, day, precision):
    entity = only(f"Vi åbner {text}, tror jeg")
    assert (entity.kind, entity.value) == ("dato", day)
    assert entity.extra["precision"] == precision
    assert entity.extra["approximate"] is True


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # what has happened lies behind
        ("jeg fik afslag 3/11", date(2026, 11, 3)),
        ("siden 1. marts", date(2026, 3, 1)),
        ("vi åbnede 1. marts", date(2026, 3, 1)),
        ("vi har ventet siden 3. november", date(2026, 11, 3)),
        ("brevet fra 3/11", date(2026, 11, 3)),
        ("det var i marts", date(2026, 3, 1)),
        ("3/11 fik jeg et brev", date(2026, 11, 3)),
        ("jeg ringede mandag", date(2026, 11, 23)),
        ("vi søgte i uge 42", date(2026, 10, 12)),
        ("I skrev d. 30", date(2026, 10, 30)),
        ("sidste sommer", date(2026, 6, 1)),
        ("25/11 fik jeg svar", date(2026, 11, 25)),
        ("karlen væltede 2. august", date(2026, 8, 2)),
        ("jeres nej af 4. marts", date(2026, 3, 4)),
        ("vi fik lov til en tilbygning i marts", date(2026, 3, 1)),
        ("vi har jo lige betalt i oktober", date(2026, 10, 1)),
        ("tjente 1.800 på hækklipning i juni", date(2026, 6, 1)),
        # everything else lies ahead, and of two signs the nearer counts
        ("vi åbner 1. marts", date(2027, 3, 1)),
        ("jeg fik afslag og skal klage inden 3/12", date(2026, 12, 3)),
        ("jeg fik et brev om at jeg skal svare senest 1. marts", date(2027, 3, 1)),
        ("vi var åbne. Må vi åbne igen 1. marts?", date(2027, 3, 1)),
        ("har I åbent 24/12", date(2026, 12, 24)),
        ("må vi allerede begynde 1. marts", date(2027, 3, 1)),
    ],
)
def test_without_a_year_the_words_decide_between_past_and_future(text, day):
    assert only(text).value == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3.-5. november", date(2027, 11, 3), date(2027, 11, 5)),
        ("fra 1. til 3. marts", date(2027, 3, 1), date(2027, 3, 3)),
        ("den 1.-3. juni 2026", date(2026, 6, 1), date(2026, 6, 3)),
        ("uge 50", date(2026, 12, 7), date(2026, 12, 13)),
        ("i næste uge", date(2026, 11, 30), date(2026, 12, 6)),
    ],
)
def test_several_days_have_a_first_and_a_last(text, first, last):
    entity = only(text)
    assert (entity.value, entity.extra["until"]) == (first, last)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("fra 1/12 til 5/12", [date(2026, 12, 1), date(2026, 12, 5)]),
        ("1/12-5/12", [date(2026, 12, 1), date(2026, 12, 5)]),
        ("1. marts eller 1. april", [date(2027, 3, 1), date(2027, 4, 1)]),
        ("på lørdag og søndag", [date(2026, 11, 28), date(2026, 11, 29)]),
        ("i dag eller i morgen", [date(2026, 11, 25), date(2026, 11, 26)]),
    ],
)
def test_every_date_in_a_line_is_found(text, days):
    assert [entity.value for entity in found(text)] == days


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kan jeg komme på tirsdag?", "på tirsdag"),
        ("senest den 3. november 2026.", "den 3. november 2026"),
        ("for 14 dage siden fik jeg", "for 14 dage siden"),
        ("æøå 🙂 3/11", "3/11"),
    ],
)
def test_start_and_end_are_where_the_date_stands(text, words):
    entity = only(text)
    assert entity.text == words
    assert text[entity.start : entity.end] == words


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_whole_date_is_the_same_in_every_spelling(day):
    for text in (
        day.isoformat(),
        long_date(day),
        f"{day.day}/{day.month}-{day.year}",
        f"{day.day}/{day.month} {day.year}",
        f"{day:%d.%m.%Y}",
    ):
        assert only(text).value == day, text


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_a_date_without_a_year_is_never_more_than_a_leap_period_away(today, day):
    ahead = only(f"vi åbner {day.day}/{day.month}", today).value
    behind = only(f"vi fik svar {day.day}/{day.month}", today).value
    assert today <= ahead
    assert behind <= today
    if (day.day, day.month) != (29, 2):
        assert ahead - today <= timedelta(366)
        assert today - behind <= timedelta(366)
