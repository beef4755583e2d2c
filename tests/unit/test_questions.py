"""Two questions in one message: where it can be parted."""

import pytest

from bot.core.questions import Way, asks, is_no_question, signs_of_form, ways


@pytest.mark.parametrize(
    ("text", "parts", "border"),
    [
        (
            "Må vi have et skilt over døren, og skal vi betale for borde på fortovet?",
            ("Må vi have et skilt over døren", "skal vi betale for borde på fortovet?"),
            "asking",
        ),
        (
            "Hvor finder jeg jeres udbud? Hvordan sender jeg en faktura?",
            ("Hvor finder jeg jeres udbud?", "Hvordan sender jeg en faktura?"),
            "sentence",
        ),
        (
            "hvordan får jeg et cvr nummer hvornår skal jeg betale moms",
            ("hvordan får jeg et cvr nummer", "hvornår skal jeg betale moms"),
            "bare",
        ),
        (
            "hvad koster et CVR-nummer og en stadeplads",
            ("hvad koster et CVR-nummer", "en stadeplads"),
            "link",
        ),
        ("alkoholbevilling + skilt", ("alkoholbevilling", "skilt"), "comma"),
        ("borde på torvet, neonskilt", ("borde på torvet", "neonskilt"), "comma"),
        ("1) moms\n2) skilt", ("1) moms", "2) skilt"), "sentence"),
        ("jeg mangler en elev, og vil jeg skal også høre om moms", None, "asking"),
    ],
)
def test_a_message_is_parted_at_the_plainest_border(text, parts, border):
    found = ways(text)[0]
    assert found.border == border
    assert parts is None or found[:2] == parts


def test_every_border_is_tried_once_and_there_are_never_many():
    found = ways(
        "Vi er et lille bageri. Må vi have borde ude? Og hvad koster et skilt på muren, og en markise?"
    )
    assert len({way.second for way in found}) == len(found) <= 5
    assert len(ways("a bc, de. fg og hi? " * 50)) <= 5


@pytest.mark.parametrize(
    "text", ["", "moms", "og", " og ", "?", "…", "a & b", "skilt og", "og skilt", "🙂, 🙂"]
)
def test_what_has_no_words_on_both_sides_is_not_parted(text):
    assert ways(text) == []


@pytest.mark.parametrize("text", ["hvad? " * 9, "Må jeg det? " * 300])
def test_a_pasted_list_of_questions_is_none_that_can_be_answered(text):
    assert is_no_question(text)


@pytest.mark.parametrize("text", ["ord " * 250, "moms " * 20, "skilt på facaden " * 10, "Tak tak TAK " * 8])
def test_the_same_words_over_and_over_are_none_either(text):
    assert is_no_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hvad koster moms?",
        "moms moms moms",
        "Vi har en butik. Den er lille. Skal vi søge? Og hvornår? Hvem spørger jeg?",
        "Skal vi have moms på moms, og moms af moms af det, vi har købt med moms, når det er uden moms for os og for "
        "dem, der har købt det af os?",
    ],
)
def test_a_story_with_some_questions_is_one(text):
    assert not is_no_question(text)


@pytest.mark.parametrize(
    ("part", "form"),
    [("et skilt?", True), ("kan jeg få et skilt", True), ("vi mangler et skilt", True), ("et skilt", False)],
)
def test_a_question_or_a_wish_is_known_by_its_form(part, form):
    assert asks(part) is form


@pytest.mark.parametrize(
    ("first", "second", "sign"),
    [
        ("Vi har fået plads på torvet", "hvad kræver vognen?", "story_first"),
        ("Hvad koster et skilt", "en stadeplads", "tail"),
        ("Vi vil byde på en opgave", "hvordan skriver man tilbuddet", "wish_first"),
        ("moms", "skilt", "keywords"),
        ("må vi skænke øl", "kræver det noget", "points_back"),
    ],
)
def test_the_form_of_the_parts_says_what_they_are(first, second, sign):
    found = signs_of_form(Way(first, second, "comma"))
    assert found[sign] == 1.0
    assert set(found) == set(signs_of_form(Way("a b", "c d", "link")))
