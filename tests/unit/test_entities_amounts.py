"""Amounts are read as they are written in Danish, and other numbers are left alone."""

from decimal import Decimal

import pytest

from bot.understanding.entities import amounts
from tests.unit.entities import only as the_only


def values(text):
    return [entity.value for entity in amounts.find(text)]


def only(text):
    return the_only(amounts.find(text))


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        # figures with a currency
        ("500 kr", 500),
        ("500 kr.", 500),
        ("500kr", 500),
        ("kr. 500", 500),
        ("kr 500", 500),
        ("kr.500", 500),
        ("DKK 500", 500),
        ("500 DKK", 500),
        ("500 kroner", 500),
        ("500,-", 500),
        ("500.-", 500),
        ("50.000,-", 50_000),
        ("50.000,- kr.", 50_000),
        ("50.000 kr", 50_000),
        ("50 000 kr", 50_000),
        ("50\u00a0000 kr", 50_000),
        ("1.200.000 kr", 1_200_000),
        ("1 200 000 kr", 1_200_000),
        ("1200000 kr", 1_200_000),
        ("1,200,000 kr", 1_200_000),
        ("1,200 kr", 1_200),
        ("1.200,50 kr", "1200.50"),
        ("kr. 1.200,50", "1200.50"),
        ("99,95 kr", "99.95"),
        ("99.95 kr", "99.95"),
        ("50 øre", "0.50"),
        ("0 kr", 0),
        ("20304050 kr", 20_304_050),
        # figures with a scale
        ("1,2 mio.", 1_200_000),
        ("1,2 mio", 1_200_000),
        ("1.2 mio", 1_200_000),
        ("1,25 mio. kr.", 1_250_000),
        ("1,2 mio.kr.", 1_200_000),
        ("1,2mio", 1_200_000),
        ("2 millioner", 2_000_000),
        ("2 millioner kroner", 2_000_000),
        ("2 mill. kr", 2_000_000),
        ("2 mille", 2_000_000),
        ("0,5 mio", 500_000),
        ("2½ mio.", 2_500_000),
        ("½ mio", 500_000),
        ("1/2 mio", 500_000),
        ("1.200 mio. kr.", 1_200_000_000),
        ("3 mia", 3_000_000_000),
        ("3 mia. kr.", 3_000_000_000),
        ("3 milliarder", 3_000_000_000),
        ("50 k", 50_000),
        ("50k", 50_000),
        ("5 tkr", 5_000),
        ("5 t.kr.", 5_000),
        ("5 tkr.", 5_000),
        ("200 tusind", 200_000),
        ("200 tusinde kroner", 200_000),
        ("1 mio. 200 tusind", 1_200_000),
        # words
        ("halvanden million", 1_500_000),
        ("halvanden mio.", 1_500_000),
        ("en halv million", 500_000),
        ("en halv mio", 500_000),
        ("en kvart million", 250_000),
        ("trekvart million", 750_000),
        ("to en halv million", 2_500_000),
        ("to og en halv million", 2_500_000),
        ("2 en halv mio", 2_500_000),
        ("en million", 1_000_000),
        ("tre millioner kroner", 3_000_000),
        ("to hundrede tusind", 200_000),
        ("tohundredetusind", 200_000),
        ("tohundredetusinde kroner", 200_000),
        ("tyve tusind", 20_000),
        ("tyvetusinde", 20_000),
        ("femogtyve tusind", 25_000),
        ("fem og tyve tusinde", 25_000),
        ("halvtreds tusind", 50_000),
        ("halvtres tusind", 50_000),
        ("halvfems tusind", 90_000),
        ("fyrre tusind", 40_000),
        ("hundrede tusind", 100_000),
        ("fem hundrede kroner", 500),
        ("femhundrede kroner", 500),
        ("femten hundrede kroner", 1_500),
        ("tusind kroner", 1_000),
        ("en million to hundrede tusind kroner", 1_200_000),
        ("tre hundrede og femogtredive tusind", 335_000),
    ],
)
def test_an_amount_is_read_in_kroner(text, kroner):
    assert values(text) == [Decimal(str(kroner))]
    assert values(f"Vi har fået et tilbud på {text}, er det meget?") == [Decimal(str(kroner))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3 ansatte",
        "40 m2",
        "40m2",
        "1.200 m2",
        "1.200 m² erhvervsareal",
        "kl. 14",
        "kl. 14.30",
        "§ 56",
        "stk. 2",
        "i 2026",
        "budget 2027",
        "omsætning i 2026",
        "3/11",
        "3/11-26",
        "1. marts",
        "24/7",
        "3000 Helsingør",
        "20.000 besøgende",
        "20 tusind gæster",
        "to tusind plakater",
        "en million mennesker",
        "100 %",
        "25 procent",
        "12 måneder",
        "om 14 dage",
        "3500 kg",
        "50 km",
        "50 km/t",
        "ISO 9001",
        "sag 2026-1234",
        "49 28 28 28",
        "49282828",
        "CVR 64502018",
        "3. sal",
        "en café",
        "vi er to",
        "et par dage",
        "2-3 ansatte",
        "Stengade 59",
        "hundrede gæster",
        "krav",
        "kr",
        "mio",
        "5 kroer",
        "version 1.2",
        "100 siddepladser",
        "10-14 borde",
        "12 k\u00f8er",
        "3 million\u00e6rer",
        "6.-klasser",
        "julefrokost for 180 i hallen",
    ],
)
def test_a_number_that_is_no_amount_is_left_alone(text):
    assert values(text) == []
    assert values(f"Jeg har en forretning, {text}, hvad gør jeg?") == []


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("vi omsætter for 1.200.000", 1_200_000),
        ("en brugt gravko til 265.000?", 265_000),
        ("fik 25.000 i bøde", 25_000),
        ("huslejen er 8.500", 8_500),
        ("budgettet er 350000", 350_000),
        ("det kostede 750", 750),
        ("et gebyr på 1450", 1_450),
        ("1.200.000", 1_200_000),
        ("350000", 350_000),
        ("en opgave på 2 mio jeg gerne vil byde på", 2_000_000),
    ],
)
def test_without_a_currency_the_words_before_decide(text, kroner):
    assert values(text) == [Decimal(kroner)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("mellem 2 og 3 mio.", 2_000_000, 3_000_000),
        ("2-3 mio.", 2_000_000, 3_000_000),
        ("2 til 3 millioner", 2_000_000, 3_000_000),
        ("to-tre millioner", 2_000_000, 3_000_000),
        ("mellem 500.000 og 1 mio.", 500_000, 1_000_000),
        ("fra 500.000 til 1.000.000 kr.", 500_000, 1_000_000),
        ("fra 500 kr. til 1.000 kr.", 500, 1_000),
        ("100.000 - 200.000 kr", 100_000, 200_000),
        ("100.000\u2013200.000 kr", 100_000, 200_000),
        ("mellem 50 og 60.000 kr", 50_000, 60_000),
    ],
)
def test_a_range_keeps_both_ends_and_its_value_is_the_higher(text, low, high):
    found = only(f"Opgaven er på {text} i alt")
    assert (found.extra["low"], found.extra["high"]) == (Decimal(low), Decimal(high))
    assert found.value == Decimal(high)
    assert found.text == text.replace("mellem ", "").replace("fra ", "").rstrip(".")


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("20.000 eller 40.000 kr", [20_000, 40_000]),
        ("780, 2.140 og 395 kr", [2_140, 395]),
        ("7.900 og 11.250 kr", [7_900, 11_250]),
        ("2 eller 3 mio.", [2_000_000, 3_000_000]),
        ("3 ansatte og 500 kr", [500]),
    ],
)
def test_amounts_in_a_list_share_their_currency(text, kroner):
    assert values(text) == [Decimal(value) for value in kroner]


def test_a_number_of_things_and_a_price_are_no_range():
    found = only("kan jeg købe 2 til 500 kr")
    assert (found.value, found.extra["low"]) == (Decimal(500), None)


@pytest.mark.parametrize("text", ["er 1.200.000 kr. nok?", "Jeg har kr. 500 i kassen", "halvanden million!"])
def test_start_and_end_are_where_the_amount_stands(text):
    found = only(text)
    assert text[found.start : found.end] == found.text
    assert found.text in {"1.200.000 kr", "kr. 500", "halvanden million"}
