"""From a topic and a day to the text a visitor reads.

A figure is put in by the fact's name. A paragraph that needs a figure which does not hold on the day is
left out and replaced by an honest sentence: an expired figure is never shown.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Callable, List, Mapping, Optional, Tuple

from bot.core.knowledge import ASPECTS, Confidence, Fact, Period, Source, Topic

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class ShownFact:
    """A figure as it stands in an answer."""

    fact: Fact
    period: Period

    @property
    def valid_from(self) -> date:
        """The day from which the value counts; the day of the check when the start is not known."""
        return self.period.valid_from or self.fact.source.checked


@dataclass(frozen=True)
class Answer:
    """What the bot says about a topic, with everything needed to trust it."""

    topic: str
    aspect: Optional[str]
    text: str
    sources: Tuple[Source, ...]
    facts: Tuple[ShownFact, ...]
    complete: bool
    """False when a figure was missing on the day: then a person is offered."""


Filled = Tuple[str, List[ShownFact], bool]
"""A text with its figures put in, the figures, and whether all of them hold on the day."""
Mark = Callable[[ShownFact, str], str]
"""From a figure and its words in the sentence to what stands there: lets a reader tell figures from prose."""


class Phrases:
    """The fixed sentences an answer is built with, from data/phrases.yml."""

    def __init__(self, texts: Mapping[str, str]):
        self._texts = dict(texts)

    def say(self, key: str, **values: str) -> str:
        """Return the sentence `key` with `values` filled in; KeyError for an unknown key."""
        return self._texts[key].format(**values)


def unmarked(item: ShownFact, text: str) -> str:
    """Return the words of a figure as they are: the mark of every answer that a visitor reads."""
    return text


# Asked in passing ("hvad koster et skilt?"), these deserve a word when they are not known.
_MISSED_WHEN_UNKNOWN = ("pris", "tid")


def answer(
    topic: Topic,
    aspect: Optional[str],
    today: date,
    phrases: Phrases,
    *,
    follow_up: bool = False,
    mark: Mark = unmarked,
) -> Answer:
    """Answer `topic`, or the aspect of it that was asked for, as it stands on `today`.

    `follow_up` says that the visitor has read the short answer already and asks for one side of it.
    """
    paragraphs = _paragraphs(topic, aspect, follow_up)
    texts, shown, complete = [], [], True
    if aspect and aspect not in topic.aspects:
        if follow_up or aspect in _MISSED_WHEN_UNKNOWN:
            texts.append(phrases.say(f"no_{aspect}", title=topic.title, authority=topic.authority.name))
        else:
            aspect = None
    for paragraph in paragraphs:
        text, facts, whole = filled(topic, paragraph, today, phrases, mark)
        texts.append(text)
        shown += facts
        complete = complete and whole
    if aspect == "ansoeg":
        text, facts, whole = numbered_steps(topic, today, phrases, mark)
        texts.append(text)
        shown += facts
        complete = complete and whole
    if any(item.fact.confidence is Confidence.LOW for item in shown):
        texts.append(phrases.say("confirm_figures", authority=topic.authority.name))
    return Answer(
        topic=topic.id,
        aspect=aspect,
        text="\n\n".join(text for text in texts if text),
        sources=_sources(topic, shown),
        facts=tuple({item.fact.id: item for item in shown}.values()),
        complete=complete,
    )


def everything(topic: Topic, today: date, phrases: Phrases, mark: Mark = unmarked) -> List[Answer]:
    """Return all that the topic's page shows on `today`: the short answer, then each side of it."""
    sides = [aspect for aspect in ASPECTS if aspect in topic.aspects]
    return [
        answer(topic, None, today, phrases, mark=mark),
        *(answer(topic, aspect, today, phrases, follow_up=True, mark=mark) for aspect in sides),
    ]


def _paragraphs(topic: Topic, aspect: Optional[str], follow_up: bool) -> List[str]:
    text = topic.aspects.get(aspect or "")
    if text is None:
        return [topic.short]
    # "Hvad kræver det?" as a first question asks for the whole as much as for the requirements.
    return [topic.short, text] if aspect == "krav" and not follow_up else [text]


def filled(topic: Topic, text: str, today: date, phrases: Phrases, mark: Mark = unmarked) -> Filled:
    """Put the figures of `today` into one text of the topic; KeyError for a figure that the topic does not have."""
    shown, missing = [], []
    for name in PLACEHOLDER.findall(text):
        period = topic.facts[name].on(today)
        if period is None:
            missing.append(topic.facts[name])
        else:
            shown.append(ShownFact(topic.facts[name], period))
    if missing:
        return phrases.say("fact_missing", label=missing[0].label, authority=topic.authority.name), [], False
    values = {item.fact.id: mark(item, value(item, phrases)) for item in shown}
    return PLACEHOLDER.sub(lambda match: values[match.group(1)], text).strip(), shown, True


def value(item: ShownFact, phrases: Phrases) -> str:
    """Return a figure as it stands in a sentence, with its unit; an uncertain one says when it was last known."""
    said = item.fact.shown(item.period)
    if item.fact.confidence is Confidence.LOW:
        return phrases.say("last_known", value=said, known=item.period.known)
    return said


def numbered_steps(topic: Topic, today: date, phrases: Phrases, mark: Mark = unmarked) -> Filled:
    """Return the topic's steps with the figures of `today`, one numbered line each."""
    lines, shown, complete = [], [], True
    for number, step in enumerate(topic.steps, start=1):
        text, facts, whole = filled(topic, step, today, phrases, mark)
        lines.append(f"{number}. {text}")
        shown += facts
        complete = complete and whole
    return "\n".join(lines), shown, complete


def _sources(topic: Topic, shown: List[ShownFact]) -> Tuple[Source, ...]:
    """The page to read first, then those that back the figures shown."""
    wanted = [topic.sources[0]] + [item.fact.source for item in shown]
    return tuple({source.id: source for source in wanted}.values())
