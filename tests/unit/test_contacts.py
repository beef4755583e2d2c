"""What a business tells about itself is checked, however it is spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import contacts
from bot.core.errors import InvalidInput

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def passes_modulus_11(digits: str) -> bool:
    """Return whether a CVR number is right, computed apart from the code under test."""
    total = 0
    for digit, weight in zip(digits, WEIGHTS):
        total += int(digit) * weight
    return total % 11 == 0


def code_of(call, *arguments):
    with pytest.raises(InvalidInput) as caught:
        call(*arguments)
    return caught.value.code


# CVR


@pytest.mark.parametrize("number", ["64502018", "29188416", "24256790", "10150817", "22756214"])
def test_a_cvr_number_that_passes_modulus_11_is_taken(number):
    assert passes_modulus_11(number)
    assert contacts.cvr(number) == number


@pytest.mark.parametrize(
    "spelling",
    [
        "DK 64 50 20 18",
        "dk64502018",
        "DK-64502018",
        "CVR-nr.: 64502018",
        "CVR nr 64 50 20 18",
        "cvr-nummer 6450 2018",
        "cvr nummeret er 64502018.",
        "64.50.20.18",
        "64-50-20-18",
        "64\u00a050\u00a020\u00a018",
        "  64502018 ",
        "det er 64502018",
        "»64502018«",
    ],
)
def test_a_cvr_number_is_found_in_awkward_spellings(spelling):
    assert contacts.cvr(spelling) == "64502018"


@pytest.mark.parametrize("number", ["64502019", "64502081", "12345678", "11111111", "46502018"])
def test_a_cvr_number_with_a_wrong_digit_is_refused(number):
    assert not passes_modulus_11(number)
    assert code_of(contacts.cvr, number) == "cvr_check"


@pytest.mark.parametrize("number", ["00000000", "01000004"])
def test_a_cvr_number_never_begins_with_zero(number):
    assert code_of(contacts.cvr, number) == "cvr_check"


@pytest.mark.parametrize(
    "text", ["", "cvr", "6450201", "645020181", "64502018 og 29188416", "P-nummer 1003388394", "ved ikke"]
)
def test_a_text_without_just_eight_digits_is_no_cvr_number(text):
    assert code_of(contacts.cvr, text) == "cvr_length"


@given(st.integers(10_000_000, 99_999_999).map(str))
def test_a_cvr_number_is_taken_just_when_modulus_11_holds(digits):
    try:
        taken = contacts.cvr(digits) == digits
    except InvalidInput:
        taken = False
    assert taken == passes_modulus_11(digits)


@given(st.integers(10_000_000, 99_999_999).map(str).filter(passes_modulus_11), st.integers(0, 6))
def test_two_digits_swapped_by_mistake_are_noticed(digits, at):
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if swapped != digits:
        assert code_of(contacts.cvr, swapped) == "cvr_check"


# e-mail


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mette@holm.dk", "mette@holm.dk"),
        ("Mette@Holm.DK", "mette@holm.dk"),
        ("min mail er mette@holm.dk.", "mette@holm.dk"),
        ("<mette@holm.dk>", "mette@holm.dk"),
        ("'mette@holm.dk'", "mette@holm.dk"),
        ("mailto:mette@holm.dk", "mette@holm.dk"),
        ("mette.holm+genvej@post.holm.co.uk", "mette.holm+genvej@post.holm.co.uk"),
        ("info@rødgrød.dk", "info@rødgrød.dk"),
        ("søren@østergård.dk", "søren@østergård.dk"),
        ("o'brien@firma.ie", "o'brien@firma.ie"),
        ("mette@holm.dk, jens@holm.dk", "mette@holm.dk"),
        ("skriv til mette@holm.dk - eller ring", "mette@holm.dk"),
        ("navn_1@firma-2.dk", "navn_1@firma-2.dk"),
    ],
)
def test_an_address_is_found_whole(text, address):
    assert contacts.find_email(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "mette", "mette@holm", "@holm.dk", "mette @ holm.dk", "mette@holm..dk", "mette@holm.d", "mette@.dk"],
)
def test_what_is_no_address_is_not_taken_for_one(text):
    assert contacts.find_email(text) == ""


def test_a_long_text_without_an_address_is_read_at_once():
    assert contacts.find_email("a" * 100_000) == ""


# phone


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
        ("ring 49282828, helst efter kl. 10", "49282828"),
        ("+4549282828", "49282828"),
        ("+45 49 28 28 28", "49282828"),
        ("(+45) 49 28 28 28", "49282828"),
        ("004549282828", "49282828"),
        ("0045 49 28 28 28", "49282828"),
        ("45 49 28 28 28", "49282828"),
        ("45 82 12 34", "45821234"),
        ("20 00 12 34", "20001234"),
        ("+46 70 123 45 67", "+46701234567"),
        ("+46 (0)70-123 45 67", "+46701234567"),
        ("(+46) 70 123 45 67", "+46701234567"),
        ("0046 70 123 45 67", "+46701234567"),
        ("+49 30 901820", "+4930901820"),
        ("+354 555 1234", "+3545551234"),
        ("+44 20 7946 0958", "+442079460958"),
        ("10002000 er forkert, 49282828 er rigtigt", "49282828"),
        ("a1234567890@firma.dk 49282828", "49282828"),
    ],
)
def test_a_phone_number_is_found_in_every_spelling(text, number):
    assert contacts.find_phone(text) == number


@pytest.mark.parametrize(
    "text", ["", "4928282", "492828281", "10203040", "01234567", "112", "kl. 10.30", "1234567890123"]
)
def test_what_is_no_phone_number_is_not_taken_for_one(text):
    assert contacts.find_phone(text) == ""


def test_an_address_and_a_number_are_both_kept():
    found = contacts.contact("mette@holm.dk eller 49 28 28 28")
    assert found == {"email": "mette@holm.dk", "phone": "49282828"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "contact_missing"),
        ("ring til mig", "contact_missing"),
        ("mette@holm", "email_wrong"),
        ("@", "email_wrong"),
    ],
)
def test_a_way_to_answer_that_is_none_is_refused_with_the_reason(text, code):
    assert code_of(contacts.contact, text) == code


# names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mette Holm", "Mette Holm"),
        ("  Mette \n  Holm ", "Mette Holm"),
        ("Bo", "Bo"),
        ("3F", "3F"),
        ("7-11", "7-11"),
        ("Åse Ørsted-Æbelø", "Åse Ørsted-Æbelø"),
        ("x" * 120, "x" * 120),
    ],
)
def test_a_name_is_taken_with_its_white_space_folded(text, name):
    assert contacts.name(text, "name") == name


@pytest.mark.parametrize("text", ["", " ", "-", "...", "_", "x", "\t\n"])
def test_a_name_without_letters_is_missing(text):
    assert code_of(contacts.name, text, "name") == "name_missing"
    assert code_of(contacts.name, text, "company") == "company_missing"


def test_a_name_of_more_than_120_characters_is_too_long():
    assert code_of(contacts.name, "x" * 121, "company") == "name_long"
