"""The ways to type a word come out in one spelling."""

import pytest

from bot.understanding.danish.letters import fold, tidy


@pytest.mark.parametrize("typed", ["søge", "soege", "soge", "SØGE", "SOEGE"])
def test_the_ways_to_type_danish_letters_fold_alike(typed):
    assert fold(typed) == "soge"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Æble", "able"),
        ("på", "pa"),
        ("paa", "pa"),
        ("café", "cafe"),
        ("Øl 2026", "ol 0000"),
        ("", ""),
        ("🍺", "🍺"),
    ],
)
def test_case_and_accents_go_and_digits_become_nought(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("Tilladelse", "tilladelse"),
        ("a\u030a", "å"),
        ("ud\u200beservering", "udeservering"),
        ("til\u00adladelse", "tilladelse"),
        ("\u202ebrød\u202c", "brød"),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_what_nobody_sees_is_left_out(typed, tidied):
    assert tidy(typed) == tidied
