"""A topic's file survives the way into a form and back."""

import pytest
from ruamel.yaml import YAML

from bot.content.topic_fields import fields_of, text_with
from bot.content.topic_texts import TopicTexts
from bot.core.errors import InvalidContent
from tests.conftest import ROOT
from tests.contents import CONTENTS

TOPIC = "selskabskapital"


@pytest.fixture(scope="module")
def texts(content):
    return TopicTexts(ROOT, "helsingor", content.topic_reader)


@pytest.fixture
def text(texts):
    return texts.released(TOPIC)


@pytest.fixture
def change(texts, content, text):
    """Change fields of a topic and return it, or raise what is wrong with it."""

    def make(**fields):
        changed = {name.replace("__", "."): value for name, value in fields.items()}
        return texts.read(TOPIC, text_with(text, {**fields_of(text), **changed}), content.knowledge.topics)

    return make


@pytest.mark.parametrize("name", CONTENTS["helsingor"].knowledge.topics)
def test_a_form_that_nobody_touched_says_the_same(name, texts, content):
    text = texts.released(name)
    same = texts.read(name, text_with(text, fields_of(text)), content.knowledge.topics)
    assert same == content.knowledge.topics[name]


def test_what_no_field_stands_for_stays(text):
    before, after = (
        YAML(typ="safe", pure=True).load(each) for each in (text, text_with(text, fields_of(text)))
    )
    assert {
        name: before[name] for name in ("topic", "goals", "owner", "authority", "description", "status")
    } == {name: after[name] for name in ("topic", "goals", "owner", "authority", "description", "status")}


@pytest.mark.parametrize(
    "words",
    [
        "Spørg: »må jeg?« # ikke en kommentar",
        "- det er ikke en liste",
        "'citat' og \"citat\"",
        "ja",
        "null",
        "@ & * ! | > % ` ?",
        "æøå 😀 é",
        "en linje\nog en til\r\n\r\nog en",
    ],
)
def test_words_that_mean_something_in_yaml_are_only_words(change, words):
    assert change(aspects__klage=words).aspects["klage"] == " ".join(words.split())


def test_an_emptied_aspect_is_gone_and_a_filled_one_is_there(change):
    topic = change(aspects__kontakt="", aspects__klage="Du kan ikke klage.", steps="Skriv.\n\n  Betal.  \n")
    assert "kontakt" not in topic.aspects
    assert topic.aspects["klage"] == "Du kan ikke klage."
    assert topic.steps == ("Skriv.", "Betal.")


def test_a_fact_and_a_source_can_be_added_in_the_same_form(change, content):
    topic = change(
        aspects__klage="Du kan klage inden {kapital_klagefrist}.",
        **{
            "sources__+__id": "ny_kilde",
            "sources__+__title": "En ny kilde",
            "sources__+__url": "https://www.retsinformation.dk/",
            "sources__+__checked": "2026-11-20",
            "facts__+__id": "kapital_klagefrist",
            "facts__+__label": "fristen",
            "facts__+__unit": "uger",
            "facts__+__source": "ny_kilde",
            "facts__+__confidence": "medium",
            "facts__+__values__0__value": "4",
        },
    )
    fact = topic.facts["kapital_klagefrist"]
    assert (fact.unit, fact.source.title, fact.periods[0].value) == ("uger", "En ny kilde", "4")


def test_a_fact_that_is_taken_away_must_not_be_used_any_more(change):
    with pytest.raises(InvalidContent) as caught:
        change(facts__kapital_aps__remove="1")
    assert {problem.code for problem in caught.value.problems} == {"unknown_fact"}


# What is typed, and the place and name of what is wrong with it.
MISTAKES = [
    ({"title": ""}, ("title",), "shape_min_length"),
    ({"title": "x" * 49}, ("title",), "shape_max_length"),
    ({"short": ""}, ("short",), "shape_min_length"),
    ({"review_by": "i morgen"}, ("review_by",), "shape_day"),
    ({"review_by": "2027-02-30"}, ("review_by",), "shape_day"),
    ({"review_by": ""}, ("review_by",), "shape_day"),
    ({"aspects.klage": "Inden 14 dage."}, ("aspects", "klage"), "figure_in_prose"),
    ({"aspects.klage": "Inden tre uger."}, ("aspects", "klage"), "figure_in_words"),
    ({"aspects.klage": "Det står i {ukendt}."}, ("aspects", "klage"), "unknown_fact"),
    ({"aspects.klage": "Det står i {her."}, ("aspects", "klage"), "lone_brace"),
    ({"aspects.klage": "Der rettes henvendelse."}, ("aspects", "klage"), "officialese"),
    ({"aspects.klage": "Du må godt. " * 31}, ("aspects", "klage"), "too_many_words"),
    ({"steps": "Skriv.\nVent 14 dage."}, ("steps", 1), "figure_in_prose"),
    ({"related": "moms findes_ikke"}, ("related",), "unknown_topic"),
    ({"sources.selskabsloven.url": "http://www.lov.dk"}, ("sources", "selskabsloven", "url"), "not_https"),
    ({"sources.selskabsloven.url": "lov"}, ("sources", "selskabsloven", "url"), "not_https"),
    ({"sources.selskabsloven.checked": "22/11"}, ("sources", "selskabsloven", "checked"), "shape_day"),
    ({"facts.kapital_as.values.0.to": "2018-06-30"}, ("facts", "kapital_as", "values", 0, "to"), "shape_ends_before"),
    ({"facts.kapital_aps.values.0.to": "2025-02-27"}, ("facts", "kapital_aps", "values"), "shape_overlap"),
    ({"facts.kapital_as.values.0.value": ""}, ("facts", "kapital_as", "values", 0, "value"), "shape_min_length"),
    ({"facts.kapital_as.confidence": "low"}, ("facts", "kapital_as", "values"), "shape_known_missing"),
    ({"facts.kapital_as.confidence": "nok"}, ("facts", "kapital_as", "confidence"), "shape_const"),
    ({"facts.kapital_as.source": "ukendt"}, ("facts", "kapital_as", "source"), "unknown_source"),
    ({"facts.+.id": "Stort Navn", "facts.+.values.0.value": "5"}, ("facts",), "shape_regex"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "keys", "code"), MISTAKES)
def test_a_mistake_in_a_form_is_named_by_its_place_in_words_an_editor_knows(
    typed, keys, code, texts, text, content
):
    fields = {**fields_of(text), **typed}
    with pytest.raises(InvalidContent) as caught:
        texts.read(TOPIC, text_with(text, fields), content.knowledge.topics)
    assert (keys, code) in [(problem.keys, problem.code) for problem in caught.value.problems], [
        (problem.keys, problem.code, str(problem)) for problem in caught.value.problems
    ]
    sentence = content.phrases["editing"].say(f"problem_{code}", what="ordet")
    assert sentence.endswith(".")
