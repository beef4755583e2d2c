"""A plan as a PDF: what was answered, dates, every step, costs and sources."""

from datetime import datetime
from typing import Container, Iterator, List, Mapping, Optional

from bot.core.answering import Phrases
from bot.core.danish import long_date
from bot.core.plans.money import in_kroner
from bot.core.plans.telling import answer_titles
from bot.core.plans.view import PlanView
from bot.documents.plan_step import price_of, write_step
from bot.documents.styles import LEAD, QUIET, SMALL, STRONG, Fact
from bot.documents.writer import DocumentWriter


def plan_document(
    view: PlanView,
    given: Mapping[str, str],
    *,
    done: Optional[Container[str]] = None,
    place: str = "",
    address: str,
    web: str,
    author: str,
    made: datetime,
    plan_words: Phrases,
    words: Phrases,
) -> bytes:
    """Return the file.

    Args:
        view: the plan.
        given: what was answered, doubt included.
        done: ids of the steps that are done; None for a plan that is not kept.
        place: the street or town of the business, when it was told.
        address: where the plan is on the web, in full.
        web: where the topics' pages begin.
        author: the municipality.
        made: when.
        plan_words: the words that plans have everywhere.
        words: those of the document.
    """
    day = long_date(made.date())
    writer = DocumentWriter(
        view.plan.title,
        author=author,
        made=made,
        mark=f"{author} · {words.say('made', day=day)}",
        page_words=words.say("page", page="{page}", pages="{pages}"),
    )
    writer.paragraph(author, SMALL, gap=1.5)
    writer.heading(view.plan.title, 1)
    writer.paragraph(view.plan.description, LEAD, gap=5)
    writer.box(lambda: writer.facts(_overview(view, done, place, words), 52))
    if view.opening and view.latest_start and view.latest_start < made.date():
        writer.paragraph(words.say("late", day=long_date(view.latest_start)), STRONG)
    said = [Fact(question.text, title) for question, title in answer_titles(view, given, plan_words)]
    if said:
        writer.heading(words.say("answers"))
        writer.facts(said, 108)
    _dates(writer, view, words)
    _way(writer, view, done or (), web, words)
    _costs(writer, view, words)
    writer.heading(words.say("web"))
    writer.paragraph(words.say("web_lead" if done is None else "web_kept"))
    writer.link(address, address)
    writer.heading(words.say("sources"))
    for source in view.sources:
        checked = words.say("checked", day=long_date(source.checked))
        writer.link(source.title, source.url, f"{checked} · {source.url}", gap=2)
    return writer.finished()


def _overview(view: PlanView, done: Optional[Container[str]], place: str, words: Phrases) -> Iterator[Fact]:
    count = str(len(view.steps))
    if done is not None:
        left = str(sum(step.id not in done for step in view.steps))
        count = words.say("steps_left", count=count, left=left)
    yield Fact(words.say("steps"), count)
    if place:
        yield Fact(words.say("place"), place)
    earliest = words.say("earliest_unknown")
    if view.chain:
        earliest = long_date(view.earliest)
        if view.of_unknown_time:
            earliest = words.say("earliest_partly", day=earliest)
    yield Fact(words.say("earliest"), earliest)
    if view.opening:
        yield Fact(words.say("opening"), long_date(view.opening))
        if view.latest_start:
            latest = long_date(view.latest_start)
            latest = words.say("sooner", day=latest) if view.of_unknown_time else latest
            yield Fact(words.say("latest_start"), latest)
    once, month, year = _sums(view, words)
    known = [
        once,
        month and words.say("monthly", price=month),
        year and words.say("yearly", price=year),
    ]
    yield Fact(words.say("known"), f" {words.say('and')} ".join(filter(None, known)) or words.say("none"))
    if view.of_unknown_price:
        yield Fact(words.say("unknown_prices"), str(len(view.of_unknown_price)))


def _dates(writer: DocumentWriter, view: PlanView, words: Phrases) -> None:
    writer.heading(words.say("dates"))
    if view.chain:
        start, day = long_date(view.start), long_date(view.earliest)
        writer.paragraph(words.say("chain", start=start, day=day))
        writer.bullets(view.chain)
    else:
        writer.paragraph(words.say("earliest_unknown"))
    if view.of_unknown_time:
        writer.heading(words.say("unknown_times"), 3)
        writer.paragraph(words.say("unknown_times_lead"))
        writer.bullets(step.title for step in view.of_unknown_time)
    writer.paragraph(words.say("working_days"), QUIET)


def _way(writer: DocumentWriter, view: PlanView, done: Container[str], web: str, words: Phrases) -> None:
    number = 0
    last = len(view.layers) - 1
    layers = [
        (words.say("layer_first" if not place else "layer_last" if place == last else "layer_next"), layer)
        for place, layer in enumerate(view.layers)
    ]
    if view.afterwards:
        layers.append((words.say("layer_after"), view.afterwards))
    for place, (title, layer) in enumerate(layers):
        together = words.say("together", count=str(len(layer))) if len(layer) > 1 and place <= last else ""

        def above(place: int = place, title: str = title, together: str = together) -> None:
            if not place:
                writer.heading(words.say("way"))
            writer.heading(title, 3)
            writer.paragraph(together, QUIET)

        for step in layer:
            number += 1
            before = above if step is layer[0] else _nothing
            write_step(writer, step, number, step.id in done, view.opening, web, words, before)


def _nothing() -> None:
    pass


def _sums(view: PlanView, words: Phrases) -> List[str]:
    """Return what is paid once, each month and each year; empty for nothing."""
    found = (view.costs.once, view.costs.monthly, view.costs.yearly)
    return [words.say("kroner", amount=in_kroner(oere)) if oere else "" for oere in found]


def _costs(writer: DocumentWriter, view: PlanView, words: Phrases) -> None:
    writer.heading(words.say("costs"))
    priced = [step for step in view.steps if step.price]
    if priced:
        names = ("once", "each_month", "each_year")
        sums = [(words.say(name), said) for name, said in zip(names, _sums(view, words)) if said]
        rows = [(step.title, price_of(step, words)) for step in priced]
        writer.table((words.say("step"), words.say("price")), rows, sums)
        if not view.costs.sure:
            writer.paragraph(words.say("unsure_sum"))
    else:
        writer.paragraph(words.say("no_prices"))
    if view.costs.capital:
        writer.paragraph(words.say("own_capital", amount=in_kroner(view.costs.capital)))
    if view.of_unknown_price:
        writer.heading(words.say("unknown_prices"), 3)
        writer.paragraph(words.say("unknown_prices_lead"))
        writer.bullets(step.title for step in view.of_unknown_price)
    free = [step.title for step in view.steps if step.free]
    if free:
        writer.heading(words.say("free_steps"), 3)
        writer.bullets(free)
    writer.paragraph(words.say("not_counted"), QUIET)
