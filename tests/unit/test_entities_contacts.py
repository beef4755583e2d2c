"""Telephone numbers and e-mail addresses are found as the contact form takes them."""

import pytest

from bot.core import contacts as form
from bot.understanding.entities import contacts


def phones(text):
    return [entity.value for entity in contacts.find(text) if entity.kind == "telefon"]


def emails(text):
    return [entity.value for entity in contacts.find(text) if entity.kind == "email"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("49282828", "49282828"),
        ("49 28 28 28", "49282828"),
        ("4928 2828", "49282828"),
        ("49-28-28-28", "49282828"),
        ("49.28.28.28", "49282828"),
        ("49\u00a028\u00a028\u00a028", "49282828"),
        ("tlf.: 49282828", "49282828"),
        ("tlf 49 28 28 28.", "49282828"),
        ("ring 49282828, helst efter kl. 10", "49282828"),
        ("+4549282828", "49282828"),
        ("+45 49 28 28 28", "49282828"),
        ("(+45) 49 28 28 28", "49282828"),
        ("0045 49 28 28 28", "49282828"),
        ("mobil 20 00 12 34", "20001234"),
        ("tlf. 64502018", "64502018"),
        ("ring på 64 50 20 18", "64502018"),
        ("+46 70 123 45 67", "+46701234567"),
        ("+46 (0)70-123 45 67", "+46701234567"),
        ("0046 70 123 45 67", "+46701234567"),
        ("+49 30 901820", "+4930901820"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_phone_number_is_found_and_written_as_the_form_writes_it(text, number):
    assert phones(text) == [number]
    assert phones(f"Kan I hjælpe? {text}") == [number]
    assert form.find_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4928282",
        "492828281",
        "10203040",
        "112",
        "kl. 10.30",
        "1234567890123",
        "20.304.050",
        "1.200.000 kr",
        "010190-1234",
        "EAN 5798000123456",
        "sagsnr. 49282828",
        "3000 Helsingør",
        "cvr 64502018",
        "2026-11-03",
        "2026-2029",
        "P-nummer 1003388394",
    ],
)
def test_other_digits_are_no_phone_number(text):
    assert phones(text) == []


def test_two_phone_numbers_are_both_found():
    assert phones("49 28 28 28 eller 21 22 23 24") == ["49282828", "21222324"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mette@holm.dk", "mette@holm.dk"),
        ("Mette@Holm.DK", "mette@holm.dk"),
        ("min mail er mette@holm.dk.", "mette@holm.dk"),
        ("<mette@holm.dk>", "mette@holm.dk"),
        ("(mette@holm.dk)", "mette@holm.dk"),
        ("mailto:mette@holm.dk", "mette@holm.dk"),
        ("mette.holm+genvej@post.holm.co.uk", "mette.holm+genvej@post.holm.co.uk"),
        ("info@rødgrød.dk", "info@rødgrød.dk"),
        ("o'brien@firma.ie", "o'brien@firma.ie"),
        ("navn_1@firma-2.dk", "navn_1@firma-2.dk"),
        ("12345678@firma.dk", "12345678@firma.dk"),
    ],
)
def test_an_address_is_found_whole_as_the_form_finds_it(text, address):
    assert emails(text) == [address]
    assert form.find_email(text) == address


@pytest.mark.parametrize("text", ["", "mette", "mette@holm", "@holm.dk", "mette @ holm.dk", "mette@holm.d"])
def test_what_is_no_address_is_not_taken_for_one(text):
    assert emails(text) == []


def test_two_addresses_are_both_found():
    assert emails("a@holm.dk, b@holm.dk") == ["a@holm.dk", "b@holm.dk"]
