"""Two questions in one message."""

import pytest

from bot.core.questions import SURE_FROM, parts_at_joints, separate, separate_at_joint, split


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
            "Jeg skal have lavet en faktura til skolen, og kan jeg i øvrigt få et skilt op?",
            ["Jeg skal have lavet en faktura til skolen", "kan jeg i øvrigt få et skilt op?"],
        ),
        (
            "Vi er et lille bageri. Må vi have borde ude? Og hvad koster et skilt på muren?",
            ["Vi er et lille bageri. Må vi have borde ude?", "Og hvad koster et skilt på muren?"],
        ),
        (
            "hvor ser jeg jeres udbud, hvordan får jeg en p-plads til bilen",
            ["hvor ser jeg jeres udbud", "hvordan får jeg en p-plads til bilen"],
        ),
    ],
)
def test_a_message_is_parted_where_the_next_question_begins(text, parts):
    assert split(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jeg sælger øl og vin",
        "vi åbner en bager i Hornbæk og hvordan søger vi om skilt på muren",
        "Vi har en butik. Den er lille. Skal vi søge om noget?",
        "hvad? hvad? hvad?",
        "a b c d? " * 300,
    ],
)
def test_what_is_one_matter_stays_whole(text):
    assert split(text) == [text]


def sure(topic):
    return [(topic, 0.99), ("moms", 0.001)]


def test_parts_about_different_topics_are_questions_of_their_own():
    first, second = "hvor finder jeg jeres udbud for tiden", "hvordan sender man jer en faktura"
    assert separate([(first, sure("find_udbud")), (second, sure("e_faktura"))], []) == [
        ("find_udbud", first),
        ("e_faktura", second),
    ]


def test_a_part_that_says_little_by_itself_counts_only_where_the_message_speaks_of_its_topic():
    parts = [
        ("må vi hænge et skilt over døren", sure("skiltning_facade")),
        ("kræver det en aftale", sure("rammeaftale_ski")),
    ]
    assert separate(parts, [("skiltning_facade", 1.0)]) == []
    assert len(separate(parts, [("skiltning_facade", 0.9), ("rammeaftale_ski", 0.1)])) == 2


def test_at_a_mere_comma_both_topics_must_be_spoken_of():
    parts = [
        ("borde på hele torvet foran caféen om sommeren", sure("udeservering")),
        ("musik til langt ud på natten hver lørdag", sure("musik_koda")),
    ]
    assert len(separate_at_joint(parts, [("udeservering", 0.9), ("musik_koda", 0.1)])) == 2
    assert separate_at_joint(parts, [("udeservering", 1.0)]) == []


def test_a_part_that_follows_up_is_taken_for_what_it_is_otherwise():
    follows = [("opfoelgning", 0.6), ("e_faktura", 0.4)]
    parts = [
        ("hvor finder jeg jeres udbud for tiden", sure("find_udbud")),
        ("hvordan sender man jer sådan en regning", follows),
    ]
    assert [topic for topic, _ in separate(parts, [("e_faktura", 0.2)])] == ["find_udbud", "e_faktura"]


@pytest.mark.parametrize(
    "ranked",
    [
        [],
        [("a", sure("find_udbud"))],
        [("a", sure("find_udbud")), ("b", sure("find_udbud"))],
        [("a", sure("find_udbud")), ("b", [("e_faktura", SURE_FROM - 0.01), ("moms", 1.01 - SURE_FROM)])],
        [("a", sure("find_udbud")), ("b", sure("udenfor_emne"))],
        [("a", sure("find_udbud")), ("b", sure("tal_med_medarbejder"))],
        [("a", sure("find_udbud")), ("b", [])],
    ],
)
def test_an_unsure_part_makes_no_second_question(ranked):
    assert separate(ranked, [("find_udbud", 0.5), ("e_faktura", 0.5)]) == []


def test_without_the_form_of_a_question_every_joint_is_a_way_to_part_it():
    assert parts_at_joints("borde, skilt og musik") == [
        ("borde", "skilt og musik"),
        ("borde, skilt", "musik"),
    ]


@pytest.mark.parametrize("text", ["", "moms", "og", "a & " * 500])
def test_joints_without_words_on_both_sides_part_nothing_and_many_are_cut_short(text):
    assert len(parts_at_joints(text)) <= 8
