"""A plan in other forms than its page: in a letter to the municipality, and as days in a calendar."""

from typing import Container, Iterable, Iterator, List, Mapping

from bot.core.answering import Phrases
from bot.core.danish import long_date
from bot.core.plans.calendar import Entry
from bot.core.plans.plan import UNSURE
from bot.core.plans.view import PlanView

LONGEST_LETTER = 4000


def answer_titles(view: PlanView, given: Mapping[str, str], phrases: Phrases) -> Iterator[tuple]:
    """Give (question, what was answered) for the answers that count; doubt stays doubt."""
    for question in view.plan.questions:
        if question.id in view.answers:
            titles = {option.id: option.title for option in question.options}
            unsure = given.get(question.id) == UNSURE
            yield question, phrases.say("unsure") if unsure else titles[view.answers[question.id]]


def letter(
    view: PlanView, given: Mapping[str, str], done: Container[str], phrases: Phrases, place: str = ""
) -> str:
    """Return what the contact form begins with for somebody who asks a person to look at the plan."""
    lines: List[str] = [phrases.say("letter_begin", title=view.plan.title)]
    if view.opening:
        lines.append(phrases.say("letter_opening", day=long_date(view.opening)))
    if place:
        lines.append(phrases.say("letter_place", place=place))
    lines += ["", phrases.say("letter_answers")]
    lines += [f"- {question.text} {said}" for question, said in answer_titles(view, given, phrases)]
    for heading, some in (
        ("letter_done", [step for step in view.steps if step.id in done]),
        ("letter_open", [step for step in view.steps if step.id not in done]),
    ):
        if some:
            lines += ["", phrases.say(heading), *(f"- {step.title}" for step in some)]
    return "\n".join(lines)[:LONGEST_LETTER]


def entries(
    view: PlanView, done: Container[str], key: str, host: str, address: str, phrases: Phrases
) -> Iterable[Entry]:
    """Give the calendar's days: the latest ones for a wished opening, else the earliest; what is done is left out.

    Args:
        view: the plan.
        done: ids of the steps that are done.
        key: what tells this plan from all others, so that a new file takes the place of the last one.
        host: the name of the server.
        address: where the topics' pages begin.
        phrases: the words.
    """
    kind = "latest" if view.opening else "earliest"
    for step in view.steps:
        slot = step.latest if view.opening else step.earliest
        if slot is None or step.id in done:
            continue
        lines = [
            step.text,
            phrases.say("calendar_decides", authority=step.decides),
            ""
            if (slot.certain if view.opening else slot.start_certain)
            else phrases.say(f"calendar_unsure_{kind}"),
        ]
        # Nobody knows when to begin on what takes unknown time: only when it must be there.
        unknown = bool(view.opening) and not (step.time or step.at_once)
        yield Entry(
            uid=f"{key}-{step.id}@{host}",
            day=slot.end if unknown else slot.start,
            title=phrases.say("calendar_ready" if unknown else f"calendar_{kind}", title=step.title),
            text="\n\n".join(line for line in lines if line),
            url=f"{address}/emner/{step.topic}",
        )
    title = phrases.say("calendar_opening" if view.opening else "calendar_earliest_opening")
    yield Entry(f"{key}@{host}", view.opening or view.earliest, title)
