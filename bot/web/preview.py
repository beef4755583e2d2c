"""One page with every topic as a visitor reads it on a day, for editors: figures, gaps and tasks are marked.

The answers are those of the bot; only what stands around them is made here.
"""

import re
from datetime import date
from typing import Any, Dict, List, NamedTuple, Optional

from markupsafe import Markup

from bot.content.loading import Content
from bot.core.answering import PLACEHOLDER, Answer, Phrases, ShownFact, everything, value
from bot.core.due import runs_out
from bot.core.knowledge import Confidence, Fact, Period, Topic
from bot.web.rendering import environment

# A figure in a text that goes through a template: private characters, which no text of data/ has.
_START, _MIDDLE, _END = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_START}([a-z0-9_]+){_MIDDLE}(.*?){_END}", re.S)


class Piece(NamedTuple):
    """A part of a text as HTML; `fact` is the id of the figure that it is, and empty for prose."""

    html: Markup
    fact: str


def render(content: Content, today: date) -> str:
    """Return the page as HTML, with the answers as they stand on `today`.

    It needs the folder bot/web/static beside it, under the name static.
    """
    templates = environment(municipality=content.municipality)
    templates.filters["pieces"] = pieces
    phrases = content.phrases["answer"]
    themes: Dict[str, List[Dict[str, Any]]] = {}
    for topic in content.knowledge.topics.values():
        themes.setdefault(topic.theme, []).append(_topic(topic, content, today))
    return templates.get_template("preview/index.html").render(
        day=today.isoformat(),
        themes=[
            {"id": theme, "title": phrases.say(f"theme_{theme}"), "topics": topics}
            for theme, topics in themes.items()
        ],
    )


def pieces(html: Markup) -> List[Piece]:
    """Return rendered text cut into prose and figures; a filter of the templates."""
    found, at = [], 0
    for match in _MARKED.finditer(html):
        # Slices of Markup stay Markup: what the template escaped is not escaped again.
        found += [
            Piece(html[at : match.start()], ""),
            Piece(html[match.start(2) : match.end(2)], match.group(1)),
        ]
        at = match.end()
    return [piece for piece in (*found, Piece(html[at:], "")) if piece.html]


def _mark(item: ShownFact, text: str) -> str:
    return f"{_START}{item.fact.id}{_MIDDLE}{text}{_END}"


def _topic(topic: Topic, content: Content, today: date) -> Dict[str, Any]:
    phrases = content.phrases["answer"]
    answers = everything(topic, today, phrases, _mark)
    sources = {source.id: source for answer in answers for source in answer.sources}
    figures = {fact.id: _figure(fact, today, phrases) for fact in topic.facts.values()}
    return {
        "id": topic.id,
        "title": topic.title,
        "file": topic.file,
        "full": topic.full,
        "review_by": topic.review_by.isoformat(),
        "due": topic.review_by <= today,
        "sections": [
            {
                "heading": content.aspects.button(answer.aspect) if answer.aspect else "",
                "text": answer.text,
                "missing": [figures[name] for name in _missing(topic, answer, today)],
            }
            for answer in answers
        ],
        "sources": [_source(source) for source in sources.values()],
        "updated": max(source.checked for source in sources.values()).isoformat(),
        "unit": content.units.for_topic(topic.id),
        "authority": topic.authority,
        "figures": figures,
        "missing": [figure for figure in figures.values() if figure["missing"]],
        "unsure": [figure for figure in figures.values() if figure["unsure"] and not figure["missing"]],
    }


def _missing(topic: Topic, answer: Answer, today: date) -> List[str]:
    """Return the figures, by id, for want of which a paragraph of the answer became a sentence that says so."""
    texts = [topic.aspects.get(answer.aspect, "") if answer.aspect else topic.short]
    texts += topic.steps if answer.aspect == "ansoeg" else ()
    used = [name for text in texts for name in PLACEHOLDER.findall(text)]
    return [name for name in dict.fromkeys(used) if topic.facts[name].on(today) is None]


def _figure(fact: Fact, today: date, phrases: Phrases) -> Dict[str, Any]:
    """Return a figure with its days, its source and how sure it is; a missing one with the last value it had."""
    period = fact.on(today)
    last = runs_out(fact, today)
    shown = period or (fact.on(last) if last else None)
    later = [item for item in fact.periods if item.valid_from and item.valid_from > today]
    return {
        "id": fact.id,
        "label": fact.label,
        "value": value(ShownFact(fact, shown), phrases) if shown else "",
        **_days(shown),
        "later": [{"value": value(ShownFact(fact, item), phrases), **_days(item)} for item in later],
        "missing": period is None,
        "ends": last.isoformat() if period and last else "",
        "confidence": fact.confidence.value,
        "unsure": fact.confidence is Confidence.LOW,
        "source": _source(fact.source),
    }


def _days(period: Optional[Period]) -> Dict[str, str]:
    start, end = (period.valid_from, period.valid_to) if period else (None, None)
    return {"start": start.isoformat() if start else "", "end": end.isoformat() if end else ""}


def _source(source) -> Dict[str, str]:
    return {"title": source.title, "url": source.url, "checked": source.checked.isoformat()}
