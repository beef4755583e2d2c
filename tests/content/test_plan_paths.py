"""Every path of answers through every plan, in every municipality, and every day until the end of next year."""

from datetime import date, timedelta
from typing import Dict, FrozenSet

import pytest

from bot.bootstrap import load_planner
from bot.core.plans.asking import paths, steps_for
from bot.core.plans.figures import Figures
from bot.core.plans.order import befores, layers
from tests.contents import CONTENTS

FIRST, LAST = date(2026, 11, 27), date(2027, 12, 31)
PLANS = [
    pytest.param(content, plan, id=f"{name}-{plan.id}")
    for name, content in CONTENTS.items()
    for plan in content.plans.values()
]


_OUTCOMES: Dict[str, Dict[FrozenSet[str], Dict[str, str]]] = {}


def outcomes(plan):
    """Walk every path once, for all municipalities: questions and conditions are the same in each.

    Return each set of steps that a path leads to, with answers that do.
    """
    if plan.id not in _OUTCOMES:
        _OUTCOMES[plan.id] = {
            frozenset(step.id for step in steps_for(plan, answers)): answers for answers in paths(plan)
        }
    return _OUTCOMES[plan.id]


def days_on_which_a_value_begins(content):
    """Give the first day, and every later one on which some figure changes or runs out: between them nothing does."""
    topics = content.knowledge.topics.values()
    periods = [period for topic in topics for fact in topic.facts.values() for period in fact.periods]
    begins = {period.valid_from for period in periods if period.valid_from}
    begins |= {period.valid_to + timedelta(days=1) for period in periods if period.valid_to}
    return sorted({FIRST, LAST} | {day for day in begins if FIRST < day < LAST})


@pytest.mark.parametrize(("content", "plan"), PLANS)
def test_every_path_gives_steps_in_an_order_that_can_be_followed(content, plan):
    reached = set()
    for sets in outcomes(plan):
        steps = [step for step in plan.steps if step.id in sets]
        before = befores(plan, steps)
        done = set()
        for layer in layers(steps, before):
            assert all(set(before[step.id]) <= done for step in layer)
            done |= {step.id for step in layer}
        assert done == sets
        reached |= sets
    assert reached == {step.id for step in plan.steps}


@pytest.mark.parametrize(("content", "plan"), PLANS)
def test_every_figure_of_a_plan_is_known_on_every_day(content, plan):
    missing = content.phrases["answer"].say("fact_missing", label="#", authority="#").partition("#")[0]
    have = {name for topic in content.knowledge.topics.values() for name in topic.facts}
    for day in days_on_which_a_value_begins(content):
        figures = Figures(content.knowledge.topics, day, content.phrases["answer"])
        for step in plan.steps:
            topic = content.knowledge.topics[step.topic]
            for names in (step.duration, step.lead, step.price, (step.capital,), (step.for_example,)):
                assert bool(figures.find(names)) == bool(have.intersection(names)), f"{step.id} on {day}"
            for text in (step.text or topic.short, *step.documents):
                assert missing not in figures.fill(topic, text), f"{step.id} on {day}"


@pytest.mark.parametrize(("content", "plan"), PLANS)
def test_every_step_says_who_decides_what_to_read_and_whom_to_ask(content, plan):
    planner = load_planner(content)
    seen = {}
    for sets, answers in outcomes(plan).items():
        # A page is only worked out for paths with a step that was not seen before.
        if not sets <= set(seen):
            view = planner.view(plan, answers, FIRST, FIRST, LAST)
            seen.update({step.id: step for step in view.steps})
            assert all(source.url.startswith("https://") for source in view.sources)
            assert view.earliest >= FIRST
    for step in seen.values():
        assert step.text
        assert step.decides
        assert step.unit
        assert step.link.url.startswith("https://")
