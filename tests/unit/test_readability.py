"""LIX, against values computed by hand: words per sentence + 100 × share of words of seven letters or more."""

import pytest

from bot.core.readability import lix, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 4 words, 1 sentence, none long
        ("Du skal søge nu.", 4),
        # 4 words, 2 sentences, none long
        ("Du skal. Søg nu.", 2),
        # 5 words, 1 sentence, 2 long (tilladelse, kommunen)
        ("Søg om tilladelse hos kommunen.", 5 + 40),
        # 3 words, no full stop counts as one sentence, 1 long
        ("Skilt på facaden", 3 + 100 / 3),
        # 6 letters are not long, 7 are: kroner 6, kronerne 8
        ("kroner", 1),
        ("kronerne", 101),
        ("ansøger", 101),
        # question mark, exclamation mark and colon end a sentence
        ("Må du? Ja! Sådan: søg.", 5 / 4),
        # two marks end one sentence, a full stop inside a figure or an abbreviation none
        ("Er det nu?!", 3),
        ("Det er 20.000 kr. om året.", 5),
        ("Du kan fx. se her.", 5),
        # figures are no words
        ("2026 2027 2028", 0),
        ("", 0),
    ],
)
def test_lix_is_what_it_is_by_hand(text, expected):
    assert lix(text) == pytest.approx(expected)


def test_a_hyphenated_word_is_one_word():
    assert words("Patent- og Varemærkestyrelsen") == ["Patent", "og", "Varemærkestyrelsen"]
    assert words("CVR-nummer på e-mail") == ["CVR-nummer", "på", "e-mail"]


def test_longer_sentences_and_longer_words_are_harder():
    assert lix("Du skal søge nu og du skal betale nu.") > lix("Du skal søge nu. Du skal betale nu.")
    assert lix("Ansøgningen sendes elektronisk.") > lix("Send den på nettet.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Uden punktum", ["Uden punktum"]),
        ("Søg nu. Vent så! Er det nu?", ["Søg nu.", "Vent så!", "Er det nu?"]),
        ("Betal fx 670 kr. om året. Vent.", ["Betal fx 670 kr. om året.", "Vent."]),
        ("Sådan gør du: Søg på Virk.", ["Sådan gør du:", "Søg på Virk."]),
        ("Vent ... og søg på virk.dk nu.", ["Vent ...", "og søg på virk.dk nu."]),
        ("Ca. 5 mio. kr. er nok. Og så", ["Ca. 5 mio. kr. er nok.", "Og så"]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text, found):
    assert sentences(text) == found
