"""Topics are found by the words a visitor writes, and common words find nothing."""

import pytest

from bot.core.search import search


def found(content, text, most=5):
    return [topic.id for topic in search(content.knowledge, text, most)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("skilt", "skiltning_facade"),
        ("SKILT", "skiltning_facade"),
        ("jeg vil have et skilt på min facade", "skiltning_facade"),
        ("moms", "moms"),
        ("container på vejen", "raaden_over_vej"),
        ("skraldespand", "erhvervsaffald"),
        ("leje et lokale", "lokaler_grunde"),
        ("EAN", "e_faktura"),
        ("lærling", "laerling_elev"),
        ("laerling", "laerling_elev"),
        ("alkoholbevillingen", "alkoholbevilling"),
    ],
)
def test_the_topic_that_has_the_word_comes_first(content, text, first):
    assert found(content, text)[0] == first


@pytest.mark.parametrize(
    ("text", "topic"),
    [("øl", "alkoholbevilling"), ("oel", "alkoholbevilling"), ("løn", "ansaette_medarbejder")],
)
def test_a_short_word_finds_its_topic(content, text, topic):
    assert topic in found(content, text)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "x", "asdfgh", "kan jeg det", "hvad er det", "du skal ikke og eller", "12"]
)
def test_words_that_say_nothing_find_nothing(content, text):
    assert found(content, text) == []


def test_so_many_are_found_and_no_more(content):
    assert len(found(content, "tilladelse", 3)) == 3
    assert len(found(content, "tilladelse")) == 5


def test_the_same_words_in_another_order_find_the_same(content):
    assert found(content, "stillads på fortovet") == found(content, "fortovet på stillads")
