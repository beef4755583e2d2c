"""Days that do not exist are returned as such, and what only looks like a date is left alone."""

from datetime import date

import pytest

from bot.understanding.entities import dates
from tests.unit.entities import only as the_only

TODAY = date(2026, 11, 25)  # a Wednesday in week 48


def found(text):
    return list(dates.find(text, TODAY))


def only(text):
    return the_only(found(text))


@pytest.mark.parametrize(
    "text",
    [
        "31/2",
        "31/4",
        "30/2-2026",
        "29/2-2027",
        "31. februar",
        "32. marts",
        "den 32/1",
        "d. 12/13",
        "2026-13-01",
        "2026-02-30",
        "31.02.2026",
        "uge 54",
        "uge 53 2027",
        "0. marts",
    ],
)
def test_a_day_that_does_not_exist_is_returned_as_such(text):
    entity = only(f"Jeg åbner {text} måske")
    assert (entity.kind, entity.value) == ("invalid_date", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3 ansatte",
        "kl. 14",
        "kl. 14.30",
        "kl. 10-12",
        "24/7",
        "døgnet rundt 24/7",
        "50/50",
        "1/2 liter",
        "1/2 portion",
        "3/4 af pladsen",
        "§ 56",
        "1.200.000 kr",
        "1,2 mio.",
        "49 28 28 28",
        "12.34.56.78",
        "hver mandag",
        "om mandagen",
        "om mandagen og tirsdagen",
        "mandag til fredag",
        "mandag-fredag",
        "lukket lørdag og søndag",
        "om året",
        "om måneden",
        "en gang om ugen",
        "2 gange om året",
        "inden for 14 dage",
        "i 14 dage",
        "10 dage",
        "3 år gammel",
        "marts",
        "Jan",
        "til Jan",
        "version 1.2.3.4",
        "010190-1234",
        "3. sal",
        "2 sider",
        "uge 3 gange",
        "sommerhus",
        "julemarked",
        "hele året",
        "i 2026",
        "2026",
        "fredagsbar",
        "ISO 9001-2015",
        "man skal",
        "den 3. person",
        "d. d.",
        "de sidste år",
        "på en lørdag",
        "noget, I går efter",
    ],
)
def test_what_is_no_date_is_left_alone(text):
    assert found(text) == []
    assert found(f"Hos os er der {text} og mere") == []
