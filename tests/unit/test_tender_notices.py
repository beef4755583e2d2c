"""The end of the standstill and the last day for a complaint, over weekends, Easter and Christmas, counted by hand."""

from datetime import date

import holidays
import pytest

from bot.core.tenders.limits import Limits
from bot.core.tenders.notices import Message, complaint, standstill
from bot.core.tenders.telling import Teller

DENMARK = holidays.country_holidays("DK")
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def limits(content):
    return Limits(content.knowledge)


@pytest.fixture(scope="module")
def teller(content, limits):
    return Teller(content.tenders, limits)


# lov om Klagenævnet for Udbud § 3: 10 days after a digital message, else 15; regulation 1182/71 for the last day
@pytest.mark.parametrize(
    ("sent", "digital", "end", "sign_from"),
    [
        (date(2026, 11, 13), True, date(2026, 11, 23), date(2026, 11, 24)),
        # a Saturday and a Sunday: on to Monday, signed on Tuesday
        (date(2026, 11, 11), True, date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 12), True, date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 6), False, date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 9), False, date(2026, 11, 24), date(2026, 11, 25)),
        # Christmas 2026: the 25th is a Friday, the 26th a Saturday; Christmas Eve is no holiday here
        (date(2026, 12, 14), True, date(2026, 12, 24), date(2026, 12, 25)),
        (date(2026, 12, 15), True, date(2026, 12, 28), date(2026, 12, 29)),
        (date(2026, 12, 16), True, date(2026, 12, 28), date(2026, 12, 29)),
        (date(2026, 12, 10), False, date(2026, 12, 28), date(2026, 12, 29)),
        # New Year's Day is a Friday
        (date(2026, 12, 22), True, date(2027, 1, 4), date(2027, 1, 5)),
        (date(2026, 12, 21), True, date(2026, 12, 31), date(2027, 1, 1)),
        # Easter 2027: Maundy Thursday 25 March, Easter Monday 29 March
        (date(2027, 3, 12), True, date(2027, 3, 22), date(2027, 3, 23)),
        (date(2027, 3, 14), True, date(2027, 3, 24), date(2027, 3, 25)),
        (date(2027, 3, 15), True, date(2027, 3, 30), date(2027, 3, 31)),
        (date(2027, 3, 16), True, date(2027, 3, 30), date(2027, 3, 31)),
        (date(2027, 3, 19), True, date(2027, 3, 30), date(2027, 3, 31)),
        (date(2027, 3, 20), True, date(2027, 3, 30), date(2027, 3, 31)),
        (date(2027, 3, 15), False, date(2027, 3, 30), date(2027, 3, 31)),
        (date(2027, 3, 10), False, date(2027, 3, 30), date(2027, 3, 31)),
        # Ascension Day 6 May, Whit Monday 17 May 2027; Constitution Day 2026 is a Friday that counts
        (date(2027, 4, 26), True, date(2027, 5, 7), date(2027, 5, 8)),
        (date(2027, 5, 7), True, date(2027, 5, 18), date(2027, 5, 19)),
        (date(2026, 5, 26), True, date(2026, 6, 5), date(2026, 6, 6)),
    ],
)
def test_the_standstill_ends_on_a_working_day(limits, sent, digital, end, sign_from):
    found = standstill(sent, digital, limits, DENMARK)
    assert (found.end, found.sign_from) == (end, sign_from)
    assert found.wait.number == (10 if digital else 15)


# lov om Klagenævnet for Udbud § 7
@pytest.mark.parametrize(
    ("message", "sent", "last", "safe"),
    [
        (Message.NOT_SELECTED, date(2026, 11, 3), date(2026, 11, 23), date(2026, 11, 23)),
        (Message.NOT_SELECTED, date(2026, 11, 2), date(2026, 11, 22), date(2026, 11, 20)),
        (Message.NOT_SELECTED, date(2027, 3, 5), date(2027, 3, 25), date(2027, 3, 24)),
        (Message.NOT_SELECTED, date(2026, 12, 6), date(2026, 12, 26), date(2026, 12, 24)),
        (Message.WINNER_NATIONAL, date(2026, 11, 20), date(2027, 1, 4), date(2027, 1, 4)),
        (Message.WINNER_NATIONAL, date(2026, 11, 10), date(2026, 12, 25), date(2026, 12, 24)),
        (Message.WINNER_NATIONAL, date(2027, 2, 9), date(2027, 3, 26), date(2027, 3, 24)),
        (Message.WINNER_NATIONAL, date(2027, 2, 12), date(2027, 3, 29), date(2027, 3, 24)),
        (Message.PUBLISHED, date(2026, 12, 1), date(2027, 1, 15), date(2027, 1, 15)),
        (Message.PUBLISHED, date(2026, 11, 17), date(2027, 1, 1), date(2026, 12, 31)),
        (Message.MINI, date(2026, 11, 24), date(2026, 12, 24), date(2026, 12, 24)),
        (Message.MINI, date(2026, 11, 25), date(2026, 12, 25), date(2026, 12, 24)),
        # six months: the same date, or the last day of a shorter month
        (Message.FRAMEWORK, date(2027, 1, 15), date(2027, 7, 15), date(2027, 7, 15)),
        (Message.FRAMEWORK, date(2026, 6, 25), date(2026, 12, 25), date(2026, 12, 24)),
        (Message.FRAMEWORK, date(2026, 9, 29), date(2027, 3, 29), date(2027, 3, 24)),
        (Message.FRAMEWORK, date(2026, 8, 31), date(2027, 2, 28), date(2027, 2, 26)),
        (Message.FRAMEWORK, date(2027, 8, 31), date(2028, 2, 29), date(2028, 2, 29)),
        (Message.FRAMEWORK, date(2026, 7, 1), date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_deadline_for_complaints_names_a_day_that_is_safe(limits, message, sent, last, safe):
    found = complaint(message, sent, limits, DENMARK)
    assert (found.last, found.safe) == (last, safe)


def test_after_an_eu_tender_the_deadline_waits_for_the_publication(limits, teller):
    sent = date(2027, 3, 15)
    assert complaint(Message.WINNER_EU, sent, limits, DENMARK) is None
    said = " ".join(teller.message(Message.WINNER_EU, sent, True, TODAY, DENMARK))
    assert "Den slutter tirsdag den 30. marts 2027." in said
    assert "tidligst skrives under onsdag den 31. marts 2027" in said
    assert "45 kalenderdage" in said
    assert "kontrakten er offentliggjort i EU" in said


def test_tilbudsloven_has_no_standstill(teller):
    lines = teller.message(Message.WINNER_NATIONAL, date(2026, 11, 10), True, TODAY, DENMARK)
    assert "ingen fast ventetid" in lines[0]
    assert "senest fredag den 25. december 2026" in lines[1]
    assert "Klag senest torsdag den 24. december 2026" in lines[2]


def test_a_deadline_that_has_passed_is_said_to_have(teller):
    lines = teller.message(Message.MINI, date(2026, 10, 1), True, TODAY, DENMARK)
    assert lines[-1].startswith("Den dag er gået.")


def test_before_the_law_of_2010_the_standstill_is_not_known(limits, teller):
    sent = date(2009, 5, 1)
    assert standstill(sent, True, limits, DENMARK) is None
    assert "Ventetiden" not in " ".join(teller.message(Message.WINNER_EU, sent, True, TODAY, DENMARK))
