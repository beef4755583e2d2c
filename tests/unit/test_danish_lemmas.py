"""Forms of a word have one lemma."""

import pytest

from bot.understanding.danish.lemmas import lemma
from tests.unit.danish_texts import pipeline


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("tilladelse tilladelsen tilladelser tilladelserne tilladelsens", "tilladelse"),
        ("søge søger søgte", "søge"),
        ("pris prisen priser priserne", "pris"),
        ("hal hallen haller hallerne", "hal"),
        ("kursus kurset kurser kurserne", "kursus"),
        ("lokale lokalet lokaler lokalerne", "lokale"),
        ("skat skatten skatter", "skat"),
        ("jobcenter jobcentret", "jobcenter"),
        ("med", "med"),
        ("tage tager", "tage"),
        ("byggetilladelse byggetilladelsen", "byggetilladelse"),
        ("kaffevogn kaffevognen kaffevogne", "kaffevogn"),
    ],
)
def test_the_forms_of_a_word_have_one_lemma(forms, expected):
    assert {lemma(form) for form in forms.split()} == {expected}


@pytest.mark.parametrize("word", ["", "🍺", "123", "qwertyuiop", "рест", "a" * 1000])
def test_what_is_no_word_is_its_own_lemma(word):
    assert lemma(word) == word


def test_a_token_has_the_lemma_of_the_word_that_was_meant():
    assert [token.lemma_ for token in pipeline()("tiladelser hvormeget")] == ["tilladelse", "hvor meget"]
