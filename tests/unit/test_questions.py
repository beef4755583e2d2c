"""Two questions in one message."""

import pytest

from bot.core.questions import separate, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Må vi have et skilt over døren, og skal vi betale for borde på fortovet?",
            ["Må vi have et skilt over døren", "skal vi betale for borde på fortovet?"],
        ),
        (
            "Hvor finder jeg jeres udbud? Hvordan sender jeg en faktura til en skole?",
            ["Hvor finder jeg jeres udbud?", "Hvordan sender jeg en faktura til en skole?"],
        ),
        (
            "vi åbner en bager i Hornbæk og hvordan søger vi om skilt på muren",
            ["vi åbner en bager i Hornbæk", "hvordan søger vi om skilt på muren"],
        ),
    ],
)
def test_a_message_is_parted_where_the_next_question_begins(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hvordan får jeg et cvr-nummer og hvad koster det",
        "jeg sælger øl og vin",
        "Vi har en butik. Den er lille. Skal vi søge om noget?",
        "hvad? hvad? hvad?",
        "a b c d? " * 300,
    ],
)
def test_what_is_one_matter_stays_whole(text):
    assert split(text) == [text]


def sure(topic):
    return [(topic, 0.9), ("moms", 0.05)]


def test_parts_about_different_topics_are_questions_of_their_own():
    assert separate([("a", sure("find_udbud")), ("b", sure("e_faktura"))]) == [
        ("find_udbud", "a"),
        ("e_faktura", "b"),
    ]


@pytest.mark.parametrize(
    "ranked",
    [
        [],
        [("a", sure("find_udbud"))],
        [("a", sure("find_udbud")), ("b", sure("find_udbud"))],
        [("a", sure("find_udbud")), ("b", [("e_faktura", 0.6)])],
        [("a", sure("find_udbud")), ("b", sure("udenfor_emne"))],
        [("a", sure("find_udbud")), ("b", sure("tal_med_medarbejder"))],
        [("a", sure("find_udbud")), ("b", [])],
    ],
)
def test_an_unsure_part_makes_no_second_question(ranked):
    assert separate(ranked) == []
