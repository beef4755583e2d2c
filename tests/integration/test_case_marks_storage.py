"""What a list says of a case besides what is in it: has the business written, and which cases belong together."""

from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import event

from bot.bootstrap import load_holidays
from bot.core.case_acts import Acts
from bot.core.case_marks import NOTHING, News
from bot.core.cases import Outcome
from bot.core.staff import StaffRole
from bot.storage.case_marks import CaseMarkReader

NOON = datetime(2026, 11, 23, 11, tzinfo=timezone.utc)
DAY = date(2026, 12, 1)
ACTS = {
    "takes": lambda acts, one, other: acts.claimed(one),
    "returns": lambda acts, one, other: acts.released(one),
    "notes": lambda acts, one, other: acts.noted(one, "Ringet"),
    "answers": lambda acts, one, other: acts.answered(one, "Ja"),
    "asks": lambda acts, one, other: acts.asked(one, "Hvor?", True),
    "resumes": lambda acts, one, other: acts.resumed(one, "De ringede"),
    "forwards": lambda acts, one, other: acts.forwarded(one, "havn", "Jeres", True),
    "promises": lambda acts, one, other: acts.promised(one, DAY, "Høring"),
    "closes": lambda acts, one, other: acts.closed(one, Outcome.ANSWERED, ""),
    "reopens": lambda acts, one, other: acts.reopened(one, "Igen", 5),
    "merges": lambda acts, one, other: acts.merged(one, other, date.min)[0],
    # What staff do with another case, and this one follows.
    "absorbs": lambda acts, one, other: acts.merged(other, one, date.min)[1],
    "follows": lambda acts, one, other: acts.promised(one, DAY, "Høring", other),
    "wakes": lambda acts, one, other: acts.reopened_with(one, other, DAY),
    "WRITES": lambda acts, one, other: acts.message(one, "Hej igen", 5),
    "WITHDRAWS": lambda acts, one, other: acts.withdrawn(one),
    "reminder": lambda acts, one, other: acts.reminded(one, DAY),
    "late": lambda acts, one, other: acts.escalated(one, "Leder"),
}
# By the business, or by the clock.
BY_NO_STAFF = ("WRITES", "WITHDRAWS", "reminder", "late")
HISTORIES = {
    "": None,
    "takes answers": None,
    "reminder late": None,
    # Nobody has written to the business: what it writes is no answer.
    "WRITES": News.MESSAGE,
    "takes notes WRITES": News.MESSAGE,
    "takes asks WRITES": News.REPLY,
    "takes answers WRITES": News.REPLY,
    "takes answers WRITES WRITES": News.REPLY,
    # Ended, and then the business writes.
    "takes closes WRITES": News.REPLY,
    "WITHDRAWS WRITES": News.MESSAGE,
    # Seen to by staff.
    "WRITES takes": None,
    "takes asks WRITES notes": None,
    "takes asks WRITES answers": None,
    "takes asks WRITES asks": None,
    "takes asks WRITES returns": None,
    "takes asks WRITES forwards": None,
    "takes asks WRITES promises": None,
    "takes asks WRITES closes": None,
    "takes asks resumes": None,
    "takes asks WRITES notes WRITES": News.REPLY,
    "takes closes WRITES takes": None,
    "takes closes reopens": None,
    # What happens by itself, and what staff do with another case, is no look at this one.
    "takes asks WRITES reminder": News.REPLY,
    "takes asks WRITES reminder late": News.REPLY,
    "takes asks WRITES absorbs": News.REPLY,
    "takes asks WRITES follows": News.REPLY,
    "takes asks WRITES wakes": News.REPLY,
    # Ended for good: nobody is to answer.
    "takes asks WRITES WITHDRAWS": None,
    "WRITES WITHDRAWS": None,
    "WRITES merges": None,
}


@pytest.fixture
def reader(database):
    return CaseMarkReader(database)


@pytest.fixture
def mette(staff):
    return staff.add("mette", "Mette", StaffRole.STAFF, ("bevilling",), "x")


@pytest.fixture
def live(cases, new_case, mette):
    """Give a function that opens a case and lets one thing after another happen to it."""

    def run(steps, number=1, **changes):
        case = new_case(number, **changes)
        other = new_case(number + 500)
        cases.open(case, [], None)
        for minute, step in enumerate(steps.split(), 1):
            at = NOON + timedelta(minutes=minute)
            acts = Acts(at, load_holidays(), None if step in BY_NO_STAFF else mette)
            if step == "merges":
                cases.open(other, [], None)
            cases.apply(ACTS[step](acts, cases.get(case.id), other))
        return case.id

    return run


def test_a_case_has_news_when_the_business_wrote_after_the_last_act_of_staff(reader, live):
    # All in one database: a list shows them side by side, too.
    ids = {live(steps, number): steps for number, steps in enumerate(HISTORIES, 1)}
    assert {ids[case]: marks.news for case, marks in reader.of(list(ids)).items()} == HISTORIES


def test_each_case_has_its_own_marks_and_a_part_is_told_apart_from_its_whole(reader, live):
    whole = live("takes asks WRITES", 1)
    parts = [live("", 2, parent=whole), live("WRITES", 3, parent=whole)]
    lone = live("takes", 4)
    found = reader.of([whole, *parts, lone])
    assert found[whole].news is News.REPLY
    assert (found[whole].parts, found[whole].whole) == (2, "")
    assert [found[part].whole for part in parts] == ["HEL-2026-000001"] * 2
    assert [found[part].news for part in parts] == [None, News.MESSAGE]
    assert found[lone] == NOTHING


def test_a_part_names_its_whole_though_that_stands_on_another_page(reader, live):
    part = live("", 2, parent=live("", 1))
    assert reader.of([part])[part].whole == "HEL-2026-000001"


def test_what_is_not_there_has_no_marks(reader):
    assert reader.of(["findes-ikke"]) == {}
    assert reader.of([]) == {}


def test_a_page_of_cases_takes_as_many_queries_as_one_case(reader, live, database):
    ids = [live("takes asks WRITES", number) for number in range(1, 6)]
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    reader.of(ids[:1])
    one = len(asked)
    reader.of(ids)
    assert len(asked) == 2 * one
