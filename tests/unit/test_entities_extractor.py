"""All kinds of entities in one message: what overlaps is settled, and no text stops it."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.entities.entity import KINDS, Entity, as_json, without_overlaps
from bot.understanding.entities.extractor import Extractor

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.fixture(scope="module")
def extractor(content):
    return Extractor(content.places, content.postcodes, content.trades)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # digits that could be several things
        ("mit cvr er 64502018", [("cvr", "64502018")]),
        ("64502018", [("cvr", "64502018")]),
        ("49282828", [("telefon", "49282828")]),
        ("ring på 64502018", [("telefon", "64502018")]),
        ("64 50 20 18", [("telefon", "64502018")]),
        ("cvr 12345678", [("invalid_cvr", "12345678")]),
        ("64502018 kr", [("beloeb", Decimal(64502018))]),
        ("tlf. 49 28 28 28 og cvr 64502018", [("telefon", "49282828"), ("cvr", "64502018")]),
        ("64502018@firma.dk", [("email", "64502018@firma.dk")]),
        ("2026-11-03", [("dato", date(2026, 11, 3))]),
        ("3/11", [("dato", date(2027, 11, 3))]),
        ("31/2", [("invalid_date", "31/2")]),
        ("3/4 mio. kr", [("beloeb", Decimal(750_000))]),
        ("3000 kr", [("beloeb", Decimal(3000))]),
        ("3000 Helsingør", [("postnummer", "3000"), ("sted", "Helsingør")]),
        ("§ 56 og kl. 14, 40 m2 og 3 ansatte", []),
        ("010190-1234", []),
        # whole messages
        (
            "Kan min café på Stengade 59A, 3000 Helsingør få borde ud fra 1. maj for 1.200 kr?",
            [
                ("branche", "cafe"),
                ("adresse", "Stengade 59A"),
                ("postnummer", "3000"),
                ("sted", "Helsingør"),
                ("dato", date(2027, 5, 1)),
                ("beloeb", Decimal(1200)),
            ],
        ),
        (
            "tømrer i hornbæk, cvr 64502018, tlf 49282828, mail a@b.dk, omsætning 1,2 mio",
            [
                ("branche", "toemrer"),
                ("sted", "Hornbæk"),
                ("cvr", "64502018"),
                ("telefon", "49282828"),
                ("email", "a@b.dk"),
                ("beloeb", Decimal(1_200_000)),
            ],
        ),
        ("Tikøb Hovedgade 12 i Tikøb", [("adresse", "Tikøb Hovedgade 12"), ("sted", "Tikøb")]),
        ("jeg fik afslag for 14 dage siden", [("dato", date(2026, 11, 11))]),
        ("hvordan søger jeg om tilladelse", []),
    ],
)
def test_a_message_is_read_whole(extractor, text, expected):
    assert [(entity.kind, entity.value) for entity in extractor.extract(text, TODAY)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\t\r\x0b",
        "\x00\x01\x1b[31m",
        "🙂🎉👨‍👩‍👧 3/11 🙂",
        "\u200b3\u200b/\u200b11",
        "\u202e11/3 tlf 82828294\u202c",
        "מספר 3/11 שלום",
        "٣/١١ og ٥٠٠ kr",
        "½ ¾ ² ³ ① Ⅳ",
        "İstanbul ﬁn ß ŉ",
        "e\u0301 A\u030a a\u030alsga\u030arde",
        "\ud800",
        "kr",
        "mio",
        "om siden for",
        "d.",
        "den",
        "cvr",
        "@",
        "+45",
        "uge",
        "9" * 5000,
        "1 " * 2500,
        "1.000." * 830,
        "3/11 " * 1000,
        "3/11-" * 1000,
        "halvtreds" * 555,
        "hundrede " * 555,
        "en og " * 830,
        "a@" * 2500,
        "a" * 5000,
        "Stengade " * 555,
        "A. " * 1600,
        "Gl. " * 1250,
        "vej" * 1666,
        "12 34 56 78 " * 416,
        "helsingør " * 500,
        "på tirsdag og " * 350,
        "mellem 1 og " * 400,
        "31/2 " * 1000,
        "( " * 2500,
        "-" * 5000,
        ", " * 2500,
        "for 99999999999999 dage siden",
        "om 999999 år",
        "om 9999 år",
        "i uge 99999",
        "99999999999999 mia. kr.",
        "31/12-9999",
        "9999-12-31",
        "0/0",
        "0000-00-00",
        "29. februar",
        "29/2-1900",
    ],
)
def test_no_text_stops_it(extractor, text):
    for entity in extractor.extract(text, TODAY):
        assert text[entity.start : entity.end] == entity.text


@pytest.mark.parametrize("today", [date.min, date(1, 1, 1), date(2024, 2, 29), date(9999, 12, 31)])
def test_no_day_stops_it(extractor, today):
    text = (
        "i går, i overmorgen, næste fredag, forrige mandag, uge 1, uge 53, sidste år, næste måned, 29/2, 1. maj, "
        "til sommer, inden jul, langfredag, for 3 år siden, om 5 hverdage, d. 31, i slutningen af marts, siden 1. marts"
    )
    for entity in extractor.extract(text, today):
        assert text[entity.start : entity.end] == entity.text


PIECES = st.sampled_from(
    "kr kr. mio. mia k tkr 1 2 3,5 1.200 50.000,- ½ halvanden en et to tusind million og til - / . , : ( ) § % + @ "
    "mellem fra om for siden uge dage år maj 3/11 31/2 d. den på tirsdag næste sidste i går cvr tlf 64502018 49 28 "
    "Stengade 59A vej 3000 3060 Helsingør hornbek café maler er b & æ ø å \u00a0 \u200b \u202e 🙂 \x00 \n".split(
        " "
    )
)


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_entities_in_order_and_apart(extractor, text):
    check(extractor.extract(text, TODAY), text)


@given(st.lists(PIECES, max_size=25), st.sampled_from(["", " "]))
def test_whatever_is_put_together_gives_entities_in_order_and_apart(extractor, pieces, between):
    text = between.join(pieces)
    check(extractor.extract(text, TODAY), text)


def check(found, text):
    end = 0
    for entity in found:
        assert entity.kind in KINDS
        assert end <= entity.start < entity.end
        assert text[entity.start : entity.end] == entity.text
        end = entity.end
        again = json.loads(json.dumps(as_json(entity)))
        assert again["entity"] == entity.kind


def test_of_two_finds_that_overlap_the_sure_one_stays_then_the_longer():
    phone = Entity("telefon", "1", "1234", 0, 4, sure=False)
    amount = Entity("beloeb", Decimal(1), "34 kr", 2, 7)
    day = Entity("dato", TODAY, "1234 34 kr", 0, 10)
    place = Entity("sted", "x", "x", 20, 21)
    assert without_overlaps([place, phone, amount]) == [amount, place]
    assert without_overlaps([phone, amount, day]) == [day]


def test_json_holds_dates_as_text_and_amounts_as_numbers():
    entity = Entity("beloeb", Decimal("1200.50"), "x", 0, 1, {"low": Decimal(5), "until": TODAY, "vat": None})
    assert as_json(entity)["value"] == 1200.5
    assert as_json(entity)["extra"] == {"low": 5, "until": "2026-11-25", "vat": None}
