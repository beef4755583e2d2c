"""`make links`: every address of the sources and authorities is asked for, each once, by a name of its own."""

import pytest

from bot.commands import links
from bot.content.addresses import Place, addresses
from tests.content.conftest import PLACE_FILE, TOPIC_FILE


def test_the_addresses_of_topics_and_authorities_are_asked_for_once_each(project, monkeypatch):
    asked = {}
    monkeypatch.chdir(project.folder)
    monkeypatch.setattr(links, "run", lambda places, manners, agent: asked.update(places, agent=agent) or 0)
    assert links.main() == 0
    law = "https://www.lov.example/selskabsloven"
    assert asked[law] == [Place(TOPIC_FILE, project.line_of(TOPIC_FILE, law))]
    assert [place.path for place in asked["https://skat.dk"]] == [
        "data/knowledge/start/moms.yml",
        "data/authorities.yml",
    ]
    assert "https://www.helsingor.dk" in asked["agent"]


def test_the_addresses_of_every_municipality_are_asked_for_too(project):
    project.write(
        "data/municipalities/egedal/knowledge/start/kapital.yml",
        "topic: kapital\nsources:\n  loven: {}\n"
        "  egen: {title: Egen, url: https://www.egen.example, checked: 2026-11-26}\n",
    )
    found = addresses(project.folder)
    assert found["https://www.egen.example"] == [
        Place("data/municipalities/egedal/knowledge/start/kapital.yml", 4)
    ]
    assert [place.path for place in found["https://www.helsingor.dk/virksomhed"]] == [PLACE_FILE]
    assert [place.path for place in found["https://www.helsingor.dk"]] == [PLACE_FILE]


def test_content_with_a_mistake_is_named_instead(project, monkeypatch):
    project.replace(TOPIC_FILE, "https://www.lov.example", "http://www.lov.example")
    monkeypatch.chdir(project.folder)
    with pytest.raises(SystemExit) as stop:
        links.main()
    assert str(stop.value).startswith(f"The content has a mistake: {TOPIC_FILE}:")
