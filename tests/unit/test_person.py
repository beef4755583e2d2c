"""Whom somebody means, and which texts are theirs."""

import pytest

from bot.core.errors import InvalidInput
from bot.core.rights import By, Person, person_of, says


@pytest.mark.parametrize(
    ("text", "by", "value"),
    [
        ("anna@firma.dk", By.EMAIL, "anna@firma.dk"),
        ("  Anna@Firma.DK\n", By.EMAIL, "anna@firma.dk"),
        ("49 28 28 28", By.PHONE, "49282828"),
        ("+45 49282828", By.PHONE, "49282828"),
        ("+46 70 123 45 67", By.PHONE, "+46701234567"),
        ("10150817", By.CVR, "10150817"),
        ("CVR-nr. 10150817", By.CVR, "10150817"),
        ("cvr: 10 15 08 17", By.CVR, "10150817"),
        ("tlf. 49282828", By.PHONE, "49282828"),
        ("hel-2026-000123", By.REFERENCE, "HEL-2026-000123"),
        (f"https://x.dk/min-plan/{'a' * 43}#trin-1", By.PLAN, "a" * 43),
    ],
)
def test_one_thing_that_a_person_gives_tells_who_they_are(text, by, value):
    assert person_of(text) == Person(by, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Anna",
        "%",
        "anna@",
        "anna holm@firma.dk",
        "1234",
        "12345678",
        "CVR 12345678",
        "' OR 1=1",
        "\0",
    ],
)
def test_what_names_nobody_finds_nobody(text):
    with pytest.raises(InvalidInput, match="person_unclear"):
        person_of(text)


def test_eight_digits_that_may_be_either_are_asked_about():
    with pytest.raises(InvalidInput, match="person_either"):
        person_of("25313763")
    assert person_of("CVR 25313763").by is By.CVR
    assert person_of("tlf 25313763").by is By.PHONE


@pytest.mark.parametrize(
    ("by", "value", "text", "theirs"),
    [
        (By.EMAIL, "anna@firma.dk", "Skriv til Anna@Firma.dk.", True),
        (By.EMAIL, "anna@firma.dk", "<anna@firma.dk>", True),
        (By.EMAIL, "anna@firma.dk", "johanna@firma.dk", False),
        (By.EMAIL, "anna@firma.dk", "j.anna@firma.dk", False),
        (By.EMAIL, "anna@firma.dk", "anna@firma.dk.example", False),
        (By.EMAIL, "anna@firma.dk", "anna@firma-dk", False),
        (By.PHONE, "49282828", "ring 49 28 28 28", True),
        (By.PHONE, "49282828", "+4549282828", True),
        (By.PHONE, "49282828", "149282828", False),
        (By.PHONE, "49282828", "492828281", False),
        (By.PHONE, "+46701234567", "+46 701234567", True),
        (By.CVR, "10150817", "10150817", False),
    ],
)
def test_only_a_whole_address_or_number_is_the_persons(by, value, text, theirs):
    assert says(Person(by, value), text) is theirs
