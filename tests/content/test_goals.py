"""Every goal of the municipality is served, and the page that says so is up to date."""

import re

from bot.commands.goals import PAGE, read_goals, written
from tests.conftest import ROOT

LEAST = 3


def serving(content, goal):
    return [topic.id for topic in content.knowledge.topics.values() if goal in topic.goals]


def test_each_of_the_thirteen_goals_has_at_least_three_topics(content):
    goals = [name for name in read_goals(ROOT) if name.startswith("G")]
    assert goals == [f"G{number}" for number in range(1, 14)]
    assert {goal: serving(content, goal) for goal in goals if len(serving(content, goal)) < LEAST} == {}


def test_topics_name_only_goals_that_there_are(content):
    known = set(read_goals(ROOT))
    assert {goal for topic in content.knowledge.topics.values() for goal in topic.goals} <= known


def test_the_page_of_goals_is_what_the_files_say(content):
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert page == written(read_goals(ROOT), content.knowledge.topics.values()), "run `make goals`"
    assert set(re.findall(r"`([a-z_]+)`", page)) >= set(content.knowledge.topics)
