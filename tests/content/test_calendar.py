"""From today to the end of 2030 no answer shows a figure on a day it does not hold."""

import re
from datetime import date, timedelta

import pytest

from bot.core.answering import PLACEHOLDER, answer
from bot.core.knowledge import ASPECTS
from tests.contents import CONTENTS, TOPICS

FIRST, LAST = date(2026, 11, 22), date(2030, 12, 31)
ASKED = [(None, False), *((aspect, follow_up) for aspect in ASPECTS for follow_up in (False, True))]


def months():
    day = FIRST
    while day <= LAST:
        yield day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    yield LAST


def boundaries(topic):
    for fact in topic.facts.values():
        for period in fact.periods:
            for edge in filter(None, (period.valid_from, period.valid_to)):
                yield from (edge + timedelta(days=step) for step in (-1, 0, 1))


def days_of(topic):
    return sorted({*months(), *boundaries(topic)})


def holds(period, day):
    """Return whether a value holds on a day, worked out apart from the code under test."""
    return (period.valid_from or date.min) <= day <= (period.valid_to or date.max)


def values_on(topic, day, holding):
    return {
        fact.shown(period)
        for fact in topic.facts.values()
        for period in fact.periods
        if holds(period, day) is holding
    }


def stands_in(value, text):
    return re.search(rf"(?<![\w.,]){re.escape(value)}(?!\w)", text) is not None


@pytest.mark.parametrize(("municipality", "name"), TOPICS)
def test_no_answer_shows_a_figure_outside_its_days(municipality, name):
    content = CONTENTS[municipality]
    topic, phrases = content.knowledge.topics[name], content.phrases["answer"]
    for day in days_of(topic):
        right = values_on(topic, day, True)
        wrong = [
            value for value in values_on(topic, day, False) if not any(value in other for other in right)
        ]
        for aspect, follow_up in ASKED:
            found = answer(topic, aspect, day, phrases, follow_up=follow_up)
            assert found.text.strip()
            assert not PLACEHOLDER.search(found.text), (day, aspect, found.text)
            assert [value for value in wrong if stands_in(value, found.text)] == [], (day, aspect, found.text)
            assert all(holds(shown.period, day) for shown in found.facts), (day, aspect)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_the_walk_passes_days_on_which_figures_change(content):
    changing = [
        fact.id
        for topic in content.knowledge.topics.values()
        for fact in topic.facts.values()
        if any(holds(period, FIRST) is not holds(period, LAST) for period in fact.periods)
    ]
    assert changing, "no figure ends before 2031: the walk would prove nothing"


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_an_answer_that_is_not_whole_says_so(content):
    phrases = content.phrases["answer"]
    for topic in content.knowledge.topics.values():
        for day in (FIRST, LAST):
            found = answer(topic, None, day, phrases)
            gone = [
                fact
                for name in PLACEHOLDER.findall(topic.short)
                if (fact := topic.facts[name]).on(day) is None
            ]
            assert found.complete is not bool(gone)
            assert not gone or topic.authority.name in found.text
