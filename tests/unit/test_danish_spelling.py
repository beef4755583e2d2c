"""Misspelt words are repaired into words that the domain uses, and everything else is left alone."""

import pytest

from tests.unit.danish_texts import pipeline


def repaired(text):
    return [token._.repaired for token in pipeline()(text)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tiladelse", "tilladelse"),
        ("tilladlese", "tilladelse"),
        ("tilladdelse", "tilladelse"),
        ("tiladlse", "tilladelse"),
        ("resturant", "restaurant"),
        ("restauratn", "restaurant"),
        ("udeserverring", "udeservering"),
        ("ansøgnig", "ansøgning"),
        ("ansoegnig", "ansøgning"),
        ("gebyrert", "gebyret"),
        ("fortåvet", "fortovet"),
        ("fasaden", "facaden"),
        ("komunens", "kommunens"),
        ("byggetiladelse", "byggetilladelse"),
        ("virksomhedn", "virksomheden"),
        ("alkoholbevilingg", "alkoholbevilling"),
        ("medarbejdr", "medarbejder"),
    ],
)
def test_a_misspelt_word_is_repaired(typed, meant):
    assert repaired(typed) == [meant]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("maa jeg saette borde paa fortovet", "må jeg sætte borde på fortovet"),
        ("ma jeg gore det pa torvet", "må jeg gøre det på torvet"),
    ],
)
def test_danish_letters_come_before_everything_else(typed, meant):
    assert repaired(typed) == meant.split()


@pytest.mark.parametrize(
    ("typed", "meant"), [("stilladstiladelse", "stilladstilladelse"), ("skiltebevilingg", "skiltebevilingg")]
)
def test_a_compound_with_one_misspelt_part_is_repaired_when_it_is_sure(typed, meant):
    assert repaired(typed) == [meant]


@pytest.mark.parametrize(
    ("typed", "meant"), [("hvormeget", "hvor meget"), ("kanman", "kan man"), ("hvorlaenge", "hvor længe")]
)
def test_words_that_were_run_together_are_parted(typed, meant):
    assert repaired(typed) == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "jeg vil gerne have en stilling som servitrice",
        "min kone sejler til svenske skær",
        "der er slot og skov og strand",
        "rollator og trampolin i haven",
        "madvognsgebyr",
        "2.500 kr",
        "x y z øl",
        "cvr 12345678",
        "hejsa@eksempel.dk",
        "www.tiladelse.dk",
        "a1b2c3",
        "akassen",
        "efaktura",
    ],
)
def test_known_words_numbers_addresses_short_words_and_other_first_letters_are_left_alone(text):
    assert repaired(text) == [token.lower_ for token in pipeline().make_doc(text)]


@pytest.mark.parametrize("text", ["Jeg hedder Resturant Tiladelse og vil søge", "Ring til Komuna i dag"])
def test_a_name_in_the_middle_of_a_sentence_is_not_touched(text):
    assert repaired(text) == text.lower().split()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tiladelse til borde", "tilladelse til borde"),
        ("HVAD KOSTER EN TILADELSE", "hvad koster en tilladelse"),
        ("Hej. Resturant i byen", "hej . restaurant i byen"),
        ("»Tiladelse til borde", "» tilladelse til borde"),
    ],
)
def test_a_capital_that_makes_no_name_does_not_hinder(text, meant):
    assert repaired(text) == meant.split()


@pytest.mark.parametrize(
    "text",
    [
        "wie bekomme ich eine genehmigung bitte",
        "jak mogę otworzyć restaurację tutaj",
        "як отримати дозвіл",
        "كيف أحصل على تصريح",
    ],
)
def test_another_language_is_not_taken_for_bad_spelling(text):
    assert repaired(text) == [token.lower_ for token in pipeline().make_doc(text)]


def test_the_word_of_the_domain_wins_over_a_general_one():
    # »fortøjet« is one letter away too.
    assert repaired("fortovvet") == ["fortovet"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("bygge tilladelse", "byggetilladelse"),
        ("jeg skal bruge en alkohol bevilling", "alkoholbevilling"),
        ("ude servering", "udeservering"),
        ("alkohol beviling", "alkoholbevilling"),
    ],
)
def test_a_compound_in_two_words_can_be_read_as_one_too(text, joined):
    doc = pipeline()(text)
    assert [token._.joined for token in doc if token._.joined] == [joined]


@pytest.mark.parametrize(
    "text", ["", "jeg vil søge tilladelse", "min restaurant", "borde og stole", "hvad koster det"]
)
def test_other_words_are_not_joined(text):
    assert not any(token._.joined for token in pipeline()(text))
