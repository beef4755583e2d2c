"""Every topic file is right by the loader's rules, and everything it points to exists."""

from datetime import date

import pytest
from ruamel.yaml import YAML

from bot.content.loading import due, load
from bot.core.errors import InvalidContent
from bot.core.readability import lix
from tests.conftest import ROOT

FILES = sorted((ROOT / "data" / "knowledge").rglob("*.yml"))
# The day the figures were last gone through. Later days are the calendar walk's business.
CHECKED_ON = date(2026, 11, 26)


def read(path):
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def problems():
    try:
        load(ROOT, "helsingor")
    except InvalidContent as error:
        return error.problems
    return []


@pytest.fixture(scope="module")
def titles():
    return [read(path)["title"].casefold() for path in FILES]


def test_there_are_answers_at_all():
    assert len(FILES) >= 100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_topic_file_is_right(path, problems, titles, content):
    name = path.relative_to(ROOT).as_posix()
    assert [str(problem) for problem in problems if problem.path == name] == []
    data, units = read(path), content.units
    assert data["sources"]
    assert all(source["url"].startswith("https://") for source in data["sources"].values())
    assert units.has(data["owner"])
    assert units.for_topic(path.stem).id == data["owner"]
    assert data["authority"] in read(ROOT / "data" / "authorities.yml")
    assert set(data.get("related") or []) <= set(content.knowledge.topics) - {path.stem}
    assert titles.count(data["title"].casefold()) == 1
    assert data["review_by"] > CHECKED_ON


def test_no_topic_is_in_two_folders():
    assert len({path.stem for path in FILES}) == len(FILES)


def test_only_yaml_files_with_the_right_ending_are_in_the_content_folders():
    folders = ("knowledge", "units", "municipalities", "nlu", "rules", "responses")
    files = [path for folder in folders for path in (ROOT / "data" / folder).rglob("*") if path.is_file()]
    assert [path.name for path in files if path.suffix != ".yml"] == []


def test_no_figure_has_run_out_and_no_source_was_checked_in_the_future():
    assert [str(problem) for problem in due(ROOT, CHECKED_ON)] == []


def test_what_has_run_out_is_found_when_the_day_has_come():
    late = [str(problem) for problem in due(ROOT, date(2099, 1, 1))]
    assert sum("to be reviewed" in problem for problem in late) == len(FILES)
    assert any("ran out" in problem for problem in late)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_shown_is_easy_to_read_with_its_figures_filled_in(path, content):
    """The loader measures the text with a short word for each figure; here it is read as a visitor does."""
    topic = content.knowledge.topics[path.stem]
    for text in (topic.short, *topic.aspects.values()):
        for fact in topic.facts.values():
            text = text.replace(f"{{{fact.id}}}", fact.shown(fact.periods[-1]))
        assert lix(text) <= 50, text


def test_every_theme_has_a_name_for_its_button(content):
    for theme in {topic.theme for topic in content.knowledge.topics.values()}:
        assert content.phrases["answer"].say(f"theme_{theme}")


def test_the_topics_that_must_be_answered_in_full_are(content):
    wanted = """alkoholbevilling udeservering byggetilladelse foedevareregistrering taerskelvaerdi find_udbud e_faktura
        start_virksomhed selskabskapital cvr_registrering moms stadeplads arrangement skiltning_facade laerling_elev
        daekningsafgift erhvervskontakt""".split()
    assert [name for name in wanted if not content.knowledge.topics[name].full] == []
    assert sum(topic.full for topic in content.knowledge.topics.values()) >= 35
