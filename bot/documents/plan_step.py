"""One step of a plan in its PDF."""

from datetime import date
from typing import Callable, Iterator, Optional

from bot.core.answering import Phrases
from bot.core.danish import long_date
from bot.core.plans.view import StepView
from bot.documents.styles import STRONG, Fact
from bot.documents.writer import DocumentWriter

_LABELS = 36
_EVERY = {"month": "monthly", "year": "yearly"}


def write_step(
    writer: DocumentWriter,
    step: StepView,
    number: int,
    done: bool,
    opening: Optional[date],
    web: str,
    words: Phrases,
    above: Callable[[], None],
) -> None:
    """Write the step, with `above` it what belongs to it; the beginning stays on one page, each thing below too."""

    def begin() -> None:
        writer.heading(words.say("done", title=step.title) if done else step.title, 4)
        writer.paragraph(step.text)
        if not step.documents:
            writer.paragraph(step.documents_text)
        writer.columns(list(_short(step, opening, words)), _LABELS)

    def below() -> None:
        writer.facts([*_long(step, words), *_ways(step, web, words)], _LABELS, goes_on=True)

    def papers() -> None:
        writer.space(2)
        writer.paragraph(words.say("papers"), STRONG, gap=1)
        writer.bullets(step.documents, boxes=True)

    def first() -> None:
        above()
        writer.numbered(number, begin, done=done)

    writer.keep(first)
    with writer.beside_number():
        writer.keep(below)
        if step.documents:
            writer.keep(papers)
    writer.space(6)


def _short(step: StepView, opening: Optional[date], words: Phrases) -> Iterator[Fact]:
    """Give when, how long and how much, as the page of the plan says them."""
    if opening and step.latest:
        if step.time or step.at_once:
            day = long_date(step.latest.start)
            yield Fact(
                words.say("begin_latest"), day if step.latest.certain else words.say("sooner", day=day)
            )
        else:
            yield Fact(words.say("ready_latest"), long_date(step.latest.end))
    elif step.earliest:
        day = long_date(step.earliest.start)
        yield Fact(
            words.say("begin_earliest"), day if step.earliest.start_certain else words.say("when_ready")
        )
    if not step.after_opening:
        yield Fact(
            words.say("time"), words.say("no_time") if step.at_once else step.time or words.say("unknown")
        )
    yield Fact(words.say("price"), price_of(step, words))


def _long(step: StepView, words: Phrases) -> Iterator[Fact]:
    if step.lead:
        yield Fact(words.say("lead"), words.say("lead_before", lead=step.lead))
    if step.capital:
        yield Fact(words.say("capital"), words.say("capital_note", capital=step.capital))
    if step.send_to:
        yield Fact(words.say("send_to"), step.send_to)
    yield Fact(words.say("decides"), step.decides, step.decides_url)
    if step.after:
        yield Fact(words.say("after"), "; ".join(step.after.values()))


def price_of(step: StepView, words: Phrases) -> str:
    """Return what the step costs, in words, with an example where there is one."""
    price = words.say("free") if step.free else step.price or words.say("unknown")
    if step.price and not step.free and step.every and " om " not in step.price:
        price = words.say(_EVERY[step.every], price=price)
    about, example = step.example
    return words.say("example", price=price, about=about, example=example) if example else price


def _ways(step: StepView, web: str, words: Phrases) -> Iterator[Fact]:
    if step.unit:
        hours = f" ({step.unit.hours})" if step.unit.hours else ""
        number = step.unit.phone.replace(" ", "")
        said = (
            words.say("unit_phone", unit=step.unit.name, phone=step.unit.phone) if number else step.unit.name
        )
        yield Fact(words.say("ask"), f"{said}{hours}", f"tel:+45{number}" if number else "")
    yield Fact(words.say("page_of_step"), step.link.title, step.link.url)
    yield Fact(words.say("read_more"), words.say("all_about"), f"{web}/emner/{step.topic}")
