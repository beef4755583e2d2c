"""What is typed into the tender helper's form is read as people write it, or refused beside its field."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.tenders.limits import Limits
from bot.core.tenders.notices import Message
from bot.core.tenders.purchase import Buyer, Kind
from bot.core.tenders.typed import (
    MESSAGE_FIELDS,
    PURCHASE_FIELDS,
    amount_of,
    day_of,
    read_message,
    read_purchase,
)

TODAY = date(2026, 11, 23)
RIGHT = {"beloeb": "1.200.000", "moms": "uden", "for": "aftale", "art": "byggeri", "koeber": "kommune"}


@pytest.fixture(scope="module")
def limits(content):
    return Limits(content.knowledge)


def filled(limits, **values):
    typed = {
        **dict.fromkeys(PURCHASE_FIELDS, ""),
        **RIGHT,
        **{name.rstrip("_"): value for name, value in values.items()},
    }
    return read_purchase(typed, TODAY, limits)


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("1200000", "1200000"),
        ("1.200.000", "1200000"),
        ("1 200 000", "1200000"),
        ("1.200.000,50", "1200000.50"),
        ("1.200.000 kr.", "1200000"),
        ("kr. 1.200.000", "1200000"),
        ("1.200.000 kroner", "1200000"),
        ("500.000,-", "500000"),
        ("1,2 mio.", "1200000"),
        ("1,2 mio. kr.", "1200000"),
        ("1.2 mio", "1200000"),
        ("1,25 millioner", "1250000"),
        ("2 mia.", "2000000000"),
        ("300 tusind kr.", "300000"),
        ("0", "0"),
        ("-5", "-5"),
        ("  12  ", "12"),
        ("1\u00a0200\u00a0000", "1200000"),
        ("99,5", "99.5"),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, kroner):
    assert amount_of(text) == Decimal(kroner)


@pytest.mark.parametrize(
    "text",
    ["abc", "1.2", "1.20.000", "1,200", "1,200,000", "12.00.00", "en million", "1.200 000", "1e9", "NaN", "½", "٣",
     "1,2,3 mio", "10 euro", "kr.", "--5", "5-", "1.200.00", "."],
)  # fmt: skip
def test_an_amount_that_may_mean_two_things_or_none_is_refused(text):
    assert amount_of(text) is None


@pytest.mark.parametrize(
    "text", ["22-11-2026", "22.11.2026", "22/11/2026", "22/11-2026", "2026-11-22", " 22-11-2026 "]
)
def test_a_day_is_read_as_it_is_written(text):
    assert day_of(text) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    ["", "31-02-2026", "29-02-2027", "22-11", "22-11-26", "11-22-2026", "i morgen", "0-0-0000", "1-1-9999"],
)
def test_a_day_that_is_none_is_refused(text):
    assert day_of(text) is None


def test_a_right_form_gives_the_purchase(limits):
    found = filled(limits, dag="03-01-2026", koeber="stat", for_="aar", aar="4", option="100.000")
    assert (found.errors, found.day) == ({}, date(2026, 1, 3))
    assert (found.purchase.kind, found.purchase.buyer) == (Kind.WORKS, Buyer.STATE)
    assert found.purchase.value == Decimal(4_900_000)


def test_without_a_day_it_is_todays_notice(limits):
    assert filled(limits).day == TODAY


def test_years_do_not_count_when_the_amount_is_for_the_whole_contract(limits):
    assert filled(limits, aar="4").purchase.value == Decimal(1_200_000)
    assert filled(limits, aar="mange").purchase.value == Decimal(1_200_000)


def test_vat_is_taken_off_the_amount_and_the_option(limits):
    assert filled(limits, beloeb="125", option="25", moms="med").purchase.value == Decimal(120)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"beloeb": ""}, {"beloeb": "amount_missing"}),
        ({"beloeb": "   "}, {"beloeb": "amount_missing"}),
        ({"beloeb": "mange penge"}, {"beloeb": "amount_unclear"}),
        ({"beloeb": "0"}, {"beloeb": "amount_not_positive"}),
        ({"beloeb": "-1.000"}, {"beloeb": "amount_not_positive"}),
        ({"beloeb": "9" * 30}, {"beloeb": "amount_absurd"}),
        ({"beloeb": "1.000.000.000.001"}, {"beloeb": "amount_absurd"}),
        ({"art": ""}, {"art": "kind_missing"}),
        ({"art": "kunst"}, {"art": "kind_missing"}),
        ({"option": "-1"}, {"option": "option_negative"}),
        ({"option": "lidt"}, {"option": "option_unclear"}),
        ({"for_": "aar"}, {"aar": "years_missing"}),
        ({"for_": "aar", "aar": "0"}, {"aar": "years_wrong"}),
        ({"for_": "aar", "aar": "fire"}, {"aar": "years_wrong"}),
        ({"for_": "aar", "aar": "2,5"}, {"aar": "years_wrong"}),
        ({"for_": "aar", "aar": "-4"}, {"aar": "years_wrong"}),
        ({"for_": "aar", "aar": "1000"}, {"aar": "years_wrong"}),
        ({"dag": "31-02-2026"}, {"dag": "date_wrong"}),
        ({"moms": "med", "dag": "01-01-2020"}, {"moms": "vat_unknown"}),
        (
            {"beloeb": "abc", "art": "", "for_": "aar", "dag": "x"},
            {"beloeb": "amount_unclear", "art": "kind_missing", "aar": "years_missing", "dag": "date_wrong"},
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_its_field(limits, content, typed, errors):
    found = filled(limits, **typed)
    assert (found.purchase, found.errors) == (None, errors)
    assert all(content.tenders.errors[code] for code in errors.values())


def message(**values):
    return read_message({**dict.fromkeys(MESSAGE_FIELDS, ""), **values})


def test_a_message_is_read_with_its_day_and_way():
    found = message(besked="mini", sendt="22-11-2026", maade="brev")
    assert (found.message, found.sent, found.digital, found.errors) == (
        Message.MINI,
        date(2026, 11, 22),
        False,
        {},
    )


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"besked": "message_missing", "sendt": "sent_missing"}),
        ({"besked": "andet", "sendt": "22-11-2026"}, {"besked": "message_missing"}),
        ({"besked": "mini", "sendt": "i går"}, {"sendt": "date_wrong"}),
    ],
)
def test_a_message_without_its_kind_or_day_is_asked_for_them(typed, errors):
    assert message(**typed).errors == errors


@given(values=st.fixed_dictionaries({name: st.text(max_size=30) for name in PURCHASE_FIELDS}))
def test_no_input_breaks_the_form(limits, values):
    found = read_purchase(values, TODAY, limits)
    assert (found.purchase is None) == bool(found.errors)
