"""Every topic of every municipality is right by the loader's rules, and everything it points to exists."""

import re
from datetime import date

import pytest
from ruamel.yaml import YAML

from bot.content.checks import HARDEST_LIX
from bot.content.loading import due
from bot.content.topic_files import topic_paths
from bot.core.readability import lix
from tests.conftest import ROOT
from tests.contents import CONTENTS, TOPICS

FILES = topic_paths(ROOT / "data")
# The day the figures were last gone through. Later days are the calendar walk's business.
CHECKED_ON = date(2026, 11, 27)

every_municipality = pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)


def read(path):
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def test_there_are_answers_at_all():
    assert all(len(content.knowledge.topics) >= 99 for content in CONTENTS.values())


@pytest.mark.parametrize(("municipality", "name"), TOPICS)
def test_a_topic_is_right(municipality, name):
    content = CONTENTS[municipality]
    topic = content.knowledge.topics[name]
    assert topic.sources
    assert all(source.url.startswith("https://") for source in topic.sources)
    assert content.units.has(topic.owner)
    assert content.units.for_topic(name)
    assert set(topic.related) <= set(content.knowledge.topics) - {name}
    assert topic.review_by > CHECKED_ON


def test_the_unit_that_owns_an_answer_gets_the_cases_about_it_in_the_first_municipality():
    content = CONTENTS["helsingor"]
    for topic in content.knowledge.topics.values():
        assert content.units.for_topic(topic.id).id == topic.owner


@every_municipality
def test_no_title_stands_for_two_topics(content):
    titles = [topic.title.casefold() for topic in content.knowledge.topics.values()]
    assert len(set(titles)) == len(titles)


def test_no_topic_is_in_two_folders_of_one_place():
    places = [(path.parent.parent, path.stem) for path in FILES]
    assert len(set(places)) == len(places)


def test_only_yaml_files_with_the_right_ending_are_in_the_content_folders():
    folders = ("knowledge", "municipalities", "nlu", "rules", "responses")
    files = [path for folder in folders for path in (ROOT / "data" / folder).rglob("*") if path.is_file()]
    assert [path.name for path in files if path.suffix != ".yml"] == []


@pytest.mark.parametrize("municipality", CONTENTS)
def test_no_figure_has_run_out_and_no_source_was_checked_in_the_future(municipality):
    assert [str(problem) for problem in due(ROOT, municipality, CHECKED_ON)] == []


@pytest.mark.parametrize("municipality", CONTENTS)
def test_what_has_run_out_is_found_when_the_day_has_come(municipality):
    late = [str(problem) for problem in due(ROOT, municipality, date(2099, 1, 1))]
    topics = CONTENTS[municipality].knowledge.topics
    assert sum("to be reviewed" in problem for problem in late) == len(topics)
    assert any("ran out" in problem for problem in late)


@pytest.mark.parametrize(("municipality", "name"), TOPICS)
def test_what_is_shown_is_easy_to_read_with_its_figures_filled_in(municipality, name):
    """The loader measures the text with a short word for each figure; here it is read as a visitor does."""
    topic = CONTENTS[municipality].knowledge.topics[name]
    for text in (topic.short, *topic.aspects.values()):
        for fact in topic.facts.values():
            text = text.replace(f"{{{fact.id}}}", fact.shown(fact.periods[-1]))
        assert lix(text) <= HARDEST_LIX, text


@pytest.mark.parametrize(("municipality", "name"), TOPICS)
def test_a_short_answer_stands_alone_before_anything_was_asked(municipality, name):
    """A topic is also opened from a list or a link, and a yes may answer the opposite of what was asked."""
    short = CONTENTS[municipality].knowledge.topics[name].short
    assert not re.match(r"(ofte |som regel )?(ja|nej)\b", short, re.I), short


@every_municipality
def test_every_theme_has_a_name_for_its_button(content):
    for theme in {topic.theme for topic in content.knowledge.topics.values()}:
        assert content.phrases["answer"].say(f"theme_{theme}")


@pytest.mark.parametrize(("municipality", "name"), TOPICS)
def test_every_topic_is_answered_in_full(municipality, name):
    """`full` is a word in a file; what makes it true is several sides of the matter and somebody to ask."""
    topic = CONTENTS[municipality].knowledge.topics[name]
    assert topic.full
    assert len(topic.aspects) >= 3
    assert "kontakt" in topic.aspects
