"""A visitor of the second municipality meets its name, its telephone and its units, and nothing of the first one."""

import re

import pytest

from tests.contents import CONTENTS
from tests.web.strict_browser import StrictBrowser, words
from tests.web.test_pages import PAGES

HELSINGOER = re.compile(r"Helsing[øo]r|helsingor|49 28 28 28|Stengade", re.I)


@pytest.fixture
def content():
    return CONTENTS["egedal"]


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


# Egedal has no leaders who have told when they can be met.
@pytest.mark.parametrize("path", [path for path in PAGES if path != "/dialog/erhvervsservice"])
def test_a_page_names_the_municipality_and_its_telephone(browser, path):
    page = browser.get(path)
    assert page.status == 200
    assert "Egedal Kommune" in page.text
    assert "72 59 60 00" in page.text or "indlejret" in path
    assert HELSINGOER.findall(page.text) == []


def test_every_topic_has_a_page_without_another_municipality_on_it(browser, content):
    for topic_id in content.knowledge.topics:
        page = browser.get(f"/emner/{topic_id}")
        assert page.status == 200
        assert HELSINGOER.findall(page.text) == [], topic_id
        assert "{" not in page.text, topic_id


@pytest.mark.parametrize(
    ("topic", "unit"),
    [
        ("byggetilladelse", "Byggesag"),
        ("gravetilladelse", "Klima, natur og miljø"),
        ("alkoholbevilling", "Erhvervsservice"),
    ],
)
def test_a_topics_page_names_the_unit_that_answers_it_here(browser, topic, unit):
    page = browser.get(f"/emner/{topic}")
    assert unit in [words(found) for found in page.all("p")]


def test_the_harbour_has_no_page_and_is_not_listed(browser):
    assert browser.get("/emner/havn").status == 404
    assert "/emner/havn" not in {link.get("href") for link in browser.get("/emner").all("a")}


def test_the_chat_greets_in_the_name_of_the_municipality(browser):
    assert "hos Egedal Kommune" in words(browser.get("/").find("main"))


def test_a_case_has_the_prefix_and_the_unit_of_the_municipality(hand_over):
    case = hand_over("Vi vil bygge til", "byggetilladelse")
    assert case.reference.startswith("EGE-")
    assert case.unit == "byggesag"
