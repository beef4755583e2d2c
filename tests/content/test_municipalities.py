"""A municipality is a folder: general answers name none, and one municipality's answers name no other."""

import re

import pytest

from tests.conftest import ROOT
from tests.contents import CONTENTS

GENERAL = sorted((ROOT / "data/knowledge").rglob("*.yml"))
# What belongs to one municipality: names, places, addresses, pages, units and telephone numbers.
LOCAL = re.compile(
    r"Helsing[øo]r|helsingor|Egedal|egedal|egekom|Gademanual|Axeltorv|Stengade|Espergærde|Hornbæk|Snekkersten|Ålsgårde"
    r"|Skibstrup|Kulturværft|Toldkammer|Kronborg|Nordhavn|Ølstykke|Stenløse|Smørum|Center for |Comdia|U/NORD"
    r"|\b\d\d \d\d \d\d \d\d\b"
)


def everything_said(content):
    """Give (topic, text) for all that a visitor of a municipality may read about its topics."""
    for topic in content.knowledge.topics.values():
        for text in (topic.title, topic.description, topic.short, *topic.aspects.values(), *topic.steps):
            yield topic.id, text
        for fact in topic.facts.values():
            yield topic.id, f"{fact.label} {' '.join(period.value for period in fact.periods)}"
        for source in topic.sources:
            yield topic.id, f"{source.title} {source.url}"
        yield topic.id, f"{topic.authority.name} {topic.authority.url}"


@pytest.mark.parametrize("path", GENERAL, ids=lambda path: path.stem)
def test_a_general_file_names_no_municipality(path):
    text = path.read_text(encoding="utf-8")
    units = [unit for content in CONTENTS.values() for unit in content.units.all()]
    names = {name for unit in units for name in (unit.name, unit.called)}
    assert LOCAL.findall(text) == []
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b(?!-)", text)] == []


@pytest.mark.parametrize(
    ("municipality", "other"),
    [("egedal", r"[Hh]elsing[øo]r|Elsinore"), ("helsingor", r"[Ee]gedal\b(?!kommune\.dk)")],
)
def test_no_answer_of_one_municipality_is_about_another(municipality, other):
    said = [
        (topic, text) for topic, text in everything_said(CONTENTS[municipality]) if re.search(other, text)
    ]
    # A neighbour's page may back what is said; its answers may not.
    assert [item for item in said if "https://egedalkommune.dk" not in item[1]] == []


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_no_reserved_word_is_left_open(content):
    for topic, text in everything_said(content):
        facts = content.knowledge.topics[topic].facts
        assert set(re.findall(r"\{(\w+)\}", text)) <= set(facts), (topic, text)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_every_topic_belongs_to_exactly_one_unit(content):
    topics = [topic for unit in content.units.all() for topic in unit.topics]
    assert sorted(topics) == sorted(content.knowledge.topics)


def test_a_municipality_without_a_harbour_has_no_answer_about_one():
    egedal, helsingor = CONTENTS["egedal"].knowledge, CONTENTS["helsingor"].knowledge
    assert helsingor.get("havn")
    assert not egedal.get("havn")
    assert egedal.elsewhere == {"havn"}
    assert helsingor.elsewhere == frozenset()
    assert "havn" in helsingor.topics["naturbeskyttelse"].related
    assert "havn" not in egedal.topics["naturbeskyttelse"].related


def test_the_first_theme_of_the_street_has_a_harbour_only_where_there_is_one():
    said = {name: content.phrases["answer"].say("theme_byrum") for name, content in CONTENTS.items()}
    assert "havn" in said["helsingor"]
    assert "havn" not in said["egedal"]


def test_the_municipality_itself_decides_where_it_does():
    for content in CONTENTS.values():
        authority = content.knowledge.topics["byggetilladelse"].authority
        assert (authority.name, authority.url) == (content.municipality.name, content.municipality.url)


def test_a_unit_that_a_municipality_does_not_have_is_stood_in_for():
    content = CONTENTS["egedal"]
    assert content.knowledge.topics["alkoholbevilling"].owner == "erhvervsservice"
    assert "Spørg Erhvervsservice" in content.knowledge.topics["alkoholbevilling"].aspects["kontakt"]
    assert content.units.for_topic("byggetilladelse").id == "byggesag"
    assert content.units.for_topic("raaden_over_vej").name == "Klima, natur og miljø"
