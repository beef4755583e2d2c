"""What stands beside an amount is kept: a year, VAT, a bound, a currency, and that it is only about right."""

from decimal import Decimal

import pytest

from bot.understanding.entities import amounts
from tests.unit.entities import only as the_only


def only(text):
    return the_only(amounts.find(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("200.000 kr. om året", True),
        ("200.000 kr årligt", True),
        ("200.000 kr. pr. år", True),
        ("200.000 kr/år", True),
        ("200.000 kr. p.a.", True),
        ("en årlig omsætning på 2 mio.", True),
        ("årsomsætning: 2 mio kr", True),
        ("vi omsætter om året for 2 mio", True),
        ("200.000 kr.", False),
        ("500 kr. i timen", False),
        ("500 kr om måneden", False),
        ("500 kr. Vi har åbent hele året", False),
        ("8,5 mio., men hvad skal jeg betale årligt", False),
    ],
)
def test_an_amount_a_year_is_told_from_one_that_is_not(text, expected):
    assert only(text).extra["per_year"] is expected


@pytest.mark.parametrize(
    ("text", "vat"),
    [
        ("500.000 kr. ekskl. moms", "ekskl. moms"),
        ("500.000 kr ex moms", "ekskl. moms"),
        ("500.000 kr eks moms", "ekskl. moms"),
        ("500.000 kr. excl. moms", "ekskl. moms"),
        ("500.000 uden moms, altså kroner", "ekskl. moms"),
        ("500.000 kr plus moms", "ekskl. moms"),
        ("500.000 kr + moms", "ekskl. moms"),
        ("uden moms 500.000 kr", "ekskl. moms"),
        ("500.000 kr. inkl. moms", "inkl. moms"),
        ("500.000 kr incl moms", "inkl. moms"),
        ("500.000 kr med moms", "inkl. moms"),
        ("500.000 kr. inklusive moms", "inkl. moms"),
        ("500.000 kr", None),
        ("500.000 kr, skal jeg betale moms?", None),
    ],
)
def test_with_or_without_vat_is_kept(text, vat):
    assert only(f"kontrakten er på {text}").extra["vat"] == vat


def test_each_amount_has_its_own_vat():
    first, second = amounts.find("100 kr ekskl. moms eller 125 kr inkl. moms")
    assert (first.extra["vat"], second.extra["vat"]) == ("ekskl. moms", "inkl. moms")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ca. 500 kr", True),
        ("cirka 2 mio.", True),
        ("omkring 500 kr", True),
        ("knap 2 mio", True),
        ("et par hundrede tusind", True),
        ("~500 kr", True),
        ("500 kr", False),
        ("præcis 500 kr", False),
    ],
)
def test_an_amount_that_is_only_about_right_says_so(text, expected):
    assert only(text).extra["approximate"] is expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("op til 500.000 kr", "at_most"),
        ("højst 500.000 kr", "at_most"),
        ("under 500.000 kr", "at_most"),
        ("max 500.000 kr", "at_most"),
        ("mindst 500.000 kr", "at_least"),
        ("over 500.000 kr", "at_least"),
        ("mere end 500.000 kr", "at_least"),
        ("500.000 kr", None),
    ],
)
def test_a_bound_is_kept(text, bound):
    assert only(text).extra["bound"] == bound


@pytest.mark.parametrize(
    ("text", "currency"),
    [("500 euro", "EUR"), ("€ 500", "EUR"), ("500€", "EUR"), ("500 SEK", "SEK"), ("500 kr", "DKK")],
)
def test_another_currency_is_named(text, currency):
    assert only(text).value == Decimal(500)
    assert only(text).extra["currency"] == currency
