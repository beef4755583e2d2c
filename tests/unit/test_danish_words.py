"""Which words are known, and what the domain adds to them."""

import pytest

from bot.understanding.danish.gathering import gather
from bot.understanding.danish.words import Use, WordList
from tests.unit.danish_texts import words


@pytest.mark.parametrize("word", ["tilladelse", "søge", "rollator", "nemkonto", "espd", "fedtudskilleren"])
def test_general_words_and_words_of_the_domain_are_known(word):
    assert word in words()


@pytest.mark.parametrize("word", ["tiladelse", "qwertyuiop", "soege", ""])
def test_other_words_are_not(word):
    assert word not in words()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("soege", "søge"),
        ("soge", "søge"),
        ("maa", "må"),
        ("paa", "på"),
        ("aabne", "åbne"),
        ("faar", "får"),
        ("loen", "løn"),
        ("hjaelpe", "hjælpe"),
        ("kore", "køre"),
    ],
)
def test_danish_letters_typed_with_others_are_restored(typed, meant):
    assert words().restored(typed) == meant


@pytest.mark.parametrize("word", ["skemaet", "mad", "bor", "poet", "for", "være", "xyz", "", "123"])
def test_words_that_only_look_typed_so_are_kept(word):
    assert words().restored(word) == word


def test_the_domains_words_weigh_more_than_general_ones():
    known = words()
    assert known.frequency("tilladelse") > known.use("tilladelse").general > 0
    assert known.frequency("søge") > known.frequency("soge") == 0


def test_a_misspelling_in_the_examples_does_not_become_a_known_word():
    gathered = gather(["tilladelse til tilladelse", *2 * ["tiladelse hvormeget"], "resturant", "soege"])
    assert "tilladelse" in gathered
    assert not {"tiladelse", "resturant", "soege", "hvormeget"} & set(gathered)


def test_a_word_that_only_the_domain_has_is_believed_when_it_comes_twice():
    assert "oioubl" in gather(["OIOUBL", "oioubl"])
    assert "oioubl" not in gather(["oioubl"])


def test_a_compound_of_known_words_is_believed_at_once():
    assert "kaffevognsgebyr" in gather(["kaffevognsgebyr"])


@pytest.mark.parametrize("texts", [[], [""], ["🍺 123 !?"]])
def test_general_danish_is_known_without_a_domain(texts):
    gathered = gather(texts)
    assert gathered["tilladelse"].general > 0
    assert not any(use.domain for use in gathered.values())


def test_of_two_words_with_the_same_plain_letters_the_commoner_is_meant():
    known = WordList()
    known.fill({"løn": Use(1e-5, 0.0), "lån": Use(1e-6, 0.0), "lon": Use(1e-7, 0.0)})
    assert known.reading("lon") == "løn"
    assert known.reading("lan") == "lån"
    assert known.reading("xyz") is None
