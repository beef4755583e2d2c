"""Two questions in one message: what its parts are about, and what speaks for two."""

import pytest

from bot.core.deciding import FOLLOW_UP, OUTSIDE, PERSON
from bot.core.parting import Parter, form_signs, pairs_of, topics_of
from bot.core.questions import BORDERS
from bot.core.weighing import Weights


def ranking(*topics):
    """Return a ranking of topics with falling shares."""
    return [(topic, share) for topic, share in zip(topics, (0.8, 0.15, 0.05))]


def test_each_part_is_about_its_likeliest_topic():
    first, second = ranking("udbud", "espd"), ranking("skilt", "moms")
    assert topics_of(ranking("udbud", "skilt"), (first, second)) == ("udbud", "skilt")


def test_a_part_that_could_be_several_is_what_the_message_speaks_of():
    unsure = [("gebyrer", 0.4), ("stadeplads", 0.35), ("havn", 0.25)]
    whole = [("cvr_registrering", 0.6), ("stadeplads", 0.4)]
    assert topics_of(whole, (ranking("cvr_registrering"), unsure)) == ("cvr_registrering", "stadeplads")


def test_two_parts_about_the_same_topic_are_taken_for_the_next_that_the_message_speaks_of():
    only = [("moms", 1.0)]
    assert topics_of(ranking("moms"), (only, only)) == ("", "")
    assert topics_of(ranking("moms", "espd"), (only, ranking("moms", "espd"))) == ("moms", "espd")


@pytest.mark.parametrize("nothing", [OUTSIDE, FOLLOW_UP, "hils"])
def test_what_is_no_topic_is_no_question(nothing):
    whole = ranking("moms", nothing)
    assert topics_of(whole, (ranking("moms"), ranking(nothing))) == ("", "")
    assert topics_of(whole, ([], ranking("moms"))) == ("", "")


def test_whoever_asks_for_a_person_too_asks_two_things():
    parts = ranking("aktindsigt"), ranking(PERSON)
    assert topics_of(ranking("aktindsigt", PERSON), parts) == ("aktindsigt", PERSON)


def test_a_way_is_also_taken_for_the_two_topics_that_the_message_speaks_of_in_the_order_of_its_parts():
    parts = ranking("gebyrer", "stadeplads"), ranking("skilt", "moms")
    whole = [("moms", 0.5), ("gebyrer", 0.3), ("skilt", 0.2)]
    assert pairs_of(whole, parts) == [("gebyrer", "skilt"), ("gebyrer", "moms")]
    assert pairs_of(ranking("skilt", "gebyrer"), parts) == [("gebyrer", "skilt")]


def test_a_part_that_follows_up_is_taken_for_what_it_is_otherwise():
    follows = [(FOLLOW_UP, 0.6), ("e_faktura", 0.4)]
    assert topics_of(ranking("udbud"), (ranking("udbud"), follows)) == ("udbud", "e_faktura")


WORDS = {"moms": "moms", "skilt": "skilt", "borde": "borde"}


class Words:
    """Ranks topics by their words, and takes every message with "og" for two questions."""

    def topics(self, texts):
        return [
            sorted(
                ((topic, 0.9 if word in text else 0.01) for word, topic in WORDS.items()),
                key=lambda item: -item[1],
            )
            for text in texts
        ]

    def asks_two(self, text):
        return 0.8 if "og" in text else 0.1


def rank(texts):
    return Words().topics(texts)


@pytest.fixture
def parter():
    return Parter(Words(), {"moms": ("skilt",)}, lambda text: float("pris" in text))


def test_only_ways_to_two_topics_are_looked_at(parter):
    text = "moms, skilt og mere om skilt"
    assert {parted.topics for parted in parter.partings(text, rank([text])[0])} == {("moms", "skilt")}
    assert parter.partings("moms", rank(["moms"])[0]) == []


def test_the_signs_of_every_way_are_the_same_numbers(parter):
    texts = [f"moms{joint}skilt" for joint in (". ", ", og hvad med ", " hvad er ", " og ", ", ")]
    found = [parter.signs(text, parter.partings(text, rank([text])[0])[0]) for text in texts]
    assert len({tuple(each) for each in found}) == 1
    assert all(each["related"] == 1.0 for each in found)
    assert [[each[border] for border in BORDERS].index(1.0) for each in found] == [0, 1, 2, 3, 4]
    assert (
        set(form_signs("moms", [], 0.0)) == set(parter.form_signs("moms", rank(["moms"])[0])) < set(found[0])
    )


def test_what_the_message_says_as_a_whole_is_a_sign(parter):
    for text in ("moms og skilt", "moms, skilt"):
        (parted,) = parter.partings(text, rank([text])[0])
        assert (parter.signs(text, parted)["asks_two"] > 0) is ("og" in text)


def test_the_likeliest_way_has_the_likelihood_of_its_topics_whatever_the_border(parter):
    pairing = Weights({"sure_first": 1.0, "sure_second": 1.0})
    text = "moms, og hvad med skilt?"
    parted, signs = parter.likeliest(text, rank([text])[0], pairing)
    assert parted.topics == ("moms", "skilt")
    assert signs["pair"] == pytest.approx(1.0)
    assert parter.likeliest("moms", rank(["moms"])[0], pairing) is None


def test_a_second_part_that_asks_for_a_side_says_so(parter):
    text = "moms og pris på skilt"
    (parted, _) = parter.likeliest(text, rank([text])[0], Weights({"sure_second": 1.0}))
    signs = parter.signs(text, parted)
    assert (signs["side_first"], signs["side_second"], signs["side_short"]) == (0.0, 1.0, 1.0)
