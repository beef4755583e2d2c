"""Every plan as a PDF: all that its page says is in it, on pages that part nothing that belongs together."""

import io
from datetime import date, datetime, timezone
from functools import cache
from itertools import islice

import pytest
from pypdf import PdfReader

from bot.bootstrap import load_planner
from bot.core.danish import long_date
from bot.core.plans.asking import paths, steps_for
from bot.documents.plan_document import plan_document
from tests.contents import CONTENTS

MADE = datetime(2026, 11, 27, 9, tzinfo=timezone.utc)
ADDRESS = "https://genvej.example/min-plan/abc"
PLANS = [
    pytest.param(name, plan.id, id=f"{name}-{plan.id}")
    for name, content in CONTENTS.items()
    for plan in content.plans.values()
]


def flat(text):
    return " ".join(text.split())


def richest(plan):
    """Return answers that lead to many steps; every path is walked in test_plan_paths."""
    return max(islice(paths(plan), 60), key=lambda answers: len(steps_for(plan, answers)))


@cache
def made_once(municipality, plan):
    content = CONTENTS[municipality]
    return made(content, content.plans[plan], opening=date(2027, 6, 1))


def made(content, plan, opening=None, done=None):
    answers = richest(plan)
    view = load_planner(content).view(plan, answers, MADE.date(), opening=opening)
    body = plan_document(
        view,
        answers,
        done=done,
        address=ADDRESS,
        web="https://genvej.example",
        author=content.municipality.name,
        made=MADE,
        plan_words=content.phrases["plan"],
        words=content.phrases["plan_document"],
    )
    return view, PdfReader(io.BytesIO(body))


def links_of(reader):
    return {note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])}


@pytest.mark.parametrize(("municipality", "plan"), PLANS)
def test_every_plan_makes_a_document_with_all_its_steps_and_sources(municipality, plan):
    view, reader = made_once(municipality, plan)
    text = flat(" ".join(page.extract_text() for page in reader.pages))
    links = links_of(reader)
    for step in view.steps:
        assert step.title in text
        assert step.decides in text
        assert step.link.url in links
        assert f"https://genvej.example/emner/{step.topic}" in links
        if step.unit:
            assert f"tel:+45{step.unit.phone.replace(' ', '')}" in links
        for paper in step.documents:
            assert flat(paper) in text
    for source in view.sources:
        assert source.url in links
        assert f"Tjekket {long_date(source.checked)}" in text
    assert ADDRESS in links
    assert "□" not in text


@pytest.mark.parametrize(("municipality", "plan"), PLANS)
def test_a_page_never_parts_a_step_from_its_text(municipality, plan):
    view, reader = made_once(municipality, plan)
    pages = [flat(page.extract_text()) for page in reader.pages]
    for step in view.steps:
        words = flat(step.text)
        assert any(f"{step.title} {words}" in page for page in pages), step.title


@pytest.mark.parametrize(("municipality", "plan"), PLANS)
def test_a_page_never_ends_between_a_heading_and_the_first_step_below_it(municipality, plan):
    view, reader = made_once(municipality, plan)
    pages = [flat(page.extract_text()) for page in reader.pages]
    say = CONTENTS[municipality].phrases["plan_document"].say
    for layer in view.layers:
        together = say("together", count=str(len(layer)))
        if len(layer) > 1:
            assert any(together in page and layer[0].title in page.partition(together)[2] for page in pages)


def test_a_wished_opening_gives_latest_days_and_a_word_when_it_is_too_soon():
    content = CONTENTS["helsingor"]
    _, reader = made(content, content.plans["cafe"], opening=date(2026, 12, 10))
    text = flat(" ".join(page.extract_text() for page in reader.pages))
    assert "Du vil åbne 10. december 2026" in text
    assert "Det kan blive svært at nå" in text
    assert "Klar senest" in text


def test_steps_that_are_done_are_said_to_be():
    content = CONTENTS["helsingor"]
    plan = content.plans["cafe"]
    view, reader = made(content, plan, done={plan.steps[0].id})
    text = flat(" ".join(page.extract_text() for page in reader.pages))
    assert text.count("Gjort: ") == 1
    assert f"{len(view.steps)}, og {len(view.steps) - 1} mangler" in text


def test_what_can_be_done_at_the_same_time_and_what_is_not_known_is_said():
    content = CONTENTS["helsingor"]
    view, reader = made(content, content.plans["cafe"])
    text = flat(" ".join(page.extract_text() for page in reader.pages))
    for layer in view.layers:
        assert len(layer) == 1 or f"Du kan arbejde med de her {len(layer)} trin på samme tid." in text
    assert "Priser, vi ikke kender" in text
    assert "Ventetider, vi ikke kender" in text
