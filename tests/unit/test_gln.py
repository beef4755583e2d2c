"""A GLN has thirteen digits and a check digit; what is wrong with one is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.gln import GlnFault, digits_of, fault

LENGTH = 13


@pytest.mark.parametrize(
    "number",
    [
        "5798009811578",
        "5790000000005",
        # examples of GS1 and others, with their sums worked out there
        "4260304620007",
        "7300011000017",
        "7042110024760",
        "0000000000000",
        "5798 0098 1157 8",
        "57-98009-811578",
        "579.800.981.1578",
        " 5798009811578\t",
        "5798\u00a0009811578",
    ],
)
def test_a_right_number_has_no_fault_however_it_is_typed(number):
    assert fault(number, LENGTH) is None


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", GlnFault.MISSING),
        ("  - ", GlnFault.MISSING),
        ("5798009811579", GlnFault.CHECK_DIGIT),
        ("5798009811587", GlnFault.CHECK_DIGIT),
        ("7598009811578", GlnFault.CHECK_DIGIT),
        ("579800981157", GlnFault.TOO_SHORT),
        ("8", GlnFault.TOO_SHORT),
        ("57980098115788", GlnFault.TOO_LONG),
        ("5798009811578" * 40, GlnFault.TOO_LONG),
        ("579800981157O", GlnFault.NOT_DIGITS),
        ("EAN 5798009811578", GlnFault.NOT_DIGITS),
        ("-5798009811578x", GlnFault.NOT_DIGITS),
        ("٥٧٩٨٠٠٩٨١١٥٧٨", GlnFault.NOT_DIGITS),
        ("5798009811½78", GlnFault.NOT_DIGITS),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(number, reason):
    assert fault(number, LENGTH) is reason


@given(digits=st.text("0123456789", min_size=12, max_size=12))
def test_of_the_ten_last_digits_just_one_is_right(digits):
    assert [fault(f"{digits}{last}", LENGTH) for last in range(10)].count(None) == 1


@given(
    digits=st.text("0123456789", min_size=12, max_size=12),
    place=st.integers(0, 12),
    new=st.sampled_from("0123456789"),
)
def test_one_wrong_digit_is_always_seen(digits, place, new):
    number = next(f"{digits}{last}" for last in range(10) if fault(f"{digits}{last}", LENGTH) is None)
    changed = number[:place] + new + number[place + 1 :]
    assert fault(changed, LENGTH) is (None if changed == number else GlnFault.CHECK_DIGIT)


@given(text=st.text(max_size=60))
def test_no_text_breaks_it(text):
    assert fault(text, LENGTH) is None or digits_of(text) == digits_of(digits_of(text))
