"""Choosing among offered topics in writing."""

import pytest

from bot.core.choosing import chosen

ASKED = ("skiltning_facade", "vareudstilling", "udeservering")


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1", ASKED[:1]),
        ("den første", ASKED[:1]),
        ("Det første!", ASKED[:1]),
        ("foerste", ASKED[:1]),
        ("jeg mener nr. 2", ASKED[1:2]),
        ("nummer 2 tak", ASKED[1:2]),
        ("nummer to", ASKED[1:2]),
        ("den anden", ASKED[1:2]),
        ("den anden mulighed", ASKED[1:2]),
        ("3", ASKED[2:]),
        ("den sidste", ASKED[2:]),
        ("sidstnævnte", ASKED[2:]),
        ("alle tre", ASKED),
        ("ja, alle", ASKED),
    ],
)
def test_a_place_or_all_of_them_is_a_choice(text, picked):
    assert chosen(text, ASKED) == picked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "skilt",
        "den første kunde kom i går",
        "12",
        "det haster",
        "hvad koster det",
        "anden sal",
        "min anden butik",
        "4",
        "andet",
        "det andet",
        "et andet emne",
        "begge dele",
    ],
)
def test_other_words_are_no_choice(text):
    assert chosen(text, ASKED) == ()


@pytest.mark.parametrize("text", ["1", "den sidste", "begge", "3"])
def test_nothing_can_be_chosen_where_nothing_was_offered(text):
    assert chosen(text, ()) == ()


@pytest.mark.parametrize("text", ["begge", "begge dele", "ja, begge to", "1 og 2"])
def test_both_are_chosen_where_two_were_offered(text):
    assert chosen(text, ASKED[:2]) == ASKED[:2]
    assert chosen(text, ASKED) == ()


def test_a_place_that_was_not_offered_is_no_choice():
    assert chosen("3", ASKED[:2]) == ()
