"""The rules of docs/content.md that a schema cannot express."""

import re
from datetime import date
from typing import Container, Iterable, Mapping

from bot.content.reading import Document, Problem
from bot.core.answering import PLACEHOLDER
from bot.core.knowledge import ASPECTS
from bot.core.readability import lix, words

MOST_WORDS = 90
HARDEST_LIX = 45
# The codes of what has gone wrong by the passing of time alone.
EXPIRED, TO_REVIEW, IN_FUTURE = "expired", "to_review", "in_future"
LONGEST_TITLE = 48
PHRASES = (
    "answer",
    "deadline",
    "form",
    "routing",
    "errors",
    "plan",
    "plan_document",
    "console",
    "editing",
    "dialog",
    "figures",
    "records",
)
OFFICIALESE = re.compile(
    r"\bret(?:te[st]?|ter)? (?:\w+ ){0,2}henvendelse|såfremt|vedrørende|i henhold til|nærværende|fremsendes?",
    re.I,
)
# "fem år", "to-tre uger", "femogtyve procent", "halvandet år". "En uge" and "et år" are plain Danish.
FIGURE_IN_WORDS = re.compile(
    r"""\b(?:(?:to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|(?:tret|fjor|fem|seks|syt|at|nit)ten|halvand(?:en|et)
            |(?:\w+og)?(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems)
            |(?:\w+)?hundrede?|(?:\w+)?tusinde?)[\s-]+)+
        (?:minutter|timer|døgn|(?:hver|arbejds|kalender|bank)?dage|uger|måneder|kvartaler|år
            |kroner|kr\b\.?|øre|euro|millioner|mio\b\.?|milliarder|mia\b\.?|procent|promille)s?(?!\w)""",
    re.I | re.X,
)


def prose_of(data) -> Iterable[tuple]:
    """Yield (key path, text) for everything a visitor reads in a topic file."""
    yield ("title",), data.get("title", "")
    yield ("short",), data.get("short", "")
    for aspect, text in (data.get("aspects") or {}).items():
        yield ("aspects", aspect), text
    for number, text in enumerate(data.get("steps") or []):
        yield ("steps", number), text
    for name, fact in (data.get("facts") or {}).items():
        yield ("facts", name, "label"), fact.get("label", "")


def check_topic(document: Document, names: Mapping[str, str]) -> Iterable[Problem]:
    """Yield every broken rule of one topic file that already has the right shape.

    `names` are what its reserved words stand for: they are no facts, and are read as the names that they are.
    """
    data = document.data
    facts, sources = data.get("facts") or {}, data["sources"]
    if data["topic"] != document.path.stem:
        yield document.problem(f"topic is {data['topic']}, the file is named {document.path.stem}", "topic")
    used = set()
    for keys, text in prose_of(data):
        yield from check_prose(document, keys, str(text), {*facts, *names})
        used |= set(PLACEHOLDER.findall(str(text)))
    for name, fact in facts.items():
        if name in names:
            yield document.problem(
                f"{{{name}}} is a reserved word: call the fact something else",
                *("facts", name),
                code="fact_taken",
                what=name,
            )
        if name not in used:
            yield document.problem(
                f"fact {name} is used nowhere", "facts", name, code="unused_fact", what=name
            )
        if fact["source"] not in sources:
            yield document.problem(
                f"fact {name} has unknown source {fact['source']}",
                *("facts", name, "source"),
                code="unknown_source",
                what=fact["source"],
            )
    yield from _check_readability(document, data, names)


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Put the names in for the reserved words of a text; facts stay as they are."""
    return PLACEHOLDER.sub(lambda match: names.get(match.group(1), match.group(0)), text)


def check_prose(document: Document, keys: tuple, text: str, known: Container[str]) -> Iterable[Problem]:
    """Yield what no text may hold: a figure, a lone brace, officialese, a name that is not among the `known` ones."""
    without_facts = PLACEHOLDER.sub("", text)
    digit = re.search(r"\S*\d\S*", without_facts)
    if digit:
        reason = f"figure typed into prose: {digit.group()}; make it a fact"
        yield document.problem(reason, *keys, code="figure_in_prose", what=digit.group())
    in_words = FIGURE_IN_WORDS.search(without_facts)
    if in_words:
        figure = " ".join(in_words.group().split())
        reason = f"figure written in words: {figure}; make it a fact"
        yield document.problem(reason, *keys, code="figure_in_words", what=figure)
    if "{" in without_facts or "}" in without_facts:
        yield document.problem("a lone { or }", *keys, code="lone_brace")
    for name in PLACEHOLDER.findall(text):
        if name not in known:
            yield document.problem(f"unknown fact {{{name}}}", *keys, code="unknown_fact", what=name)
    heavy = OFFICIALESE.search(text)
    if heavy:
        yield document.problem(f"officialese: {heavy.group()}", *keys, code="officialese", what=heavy.group())


def _check_readability(document, data, names):
    title = with_names(data["title"], names)
    if len(title) > LONGEST_TITLE:
        yield document.problem(
            f"title: {len(title)} characters, at most {LONGEST_TITLE}", "title", code="shape_max_length"
        )
    for keys, text in [(("short",), data["short"])] + [
        (("aspects", aspect), text) for aspect, text in (data.get("aspects") or {}).items()
    ]:
        yield from check_readable(document, keys, str(text), names, MOST_WORDS)


def check_readable(
    document: Document, keys: tuple, text: str, names: Mapping[str, str], most_words: int
) -> Iterable[Problem]:
    """Yield when a text is too long or too hard to read."""
    filled = PLACEHOLDER.sub("tal", with_names(text, names))
    count = len(words(filled))
    if count > most_words:
        reason = f"{count} words, at most {most_words}"
        yield document.problem(reason, *keys, code="too_many_words", what=str(count))
    if lix(filled) > HARDEST_LIX:
        yield document.problem(
            f"LIX {lix(filled):.0f}, at most {HARDEST_LIX}: shorter sentences and words",
            *keys,
            code="hard_to_read",
            what=f"{lix(filled):.0f}",
        )


def check_aspects(document: Document) -> Iterable[Problem]:
    """Yield every aspect that is unknown, and every one that is missing."""
    for name in document.data:
        if name not in ASPECTS:
            yield document.problem(f"unknown aspect {name}", name)
    for name in ASPECTS:
        if name not in document.data:
            yield document.problem(f"the aspect {name} is missing")


def check_phrases(document: Document) -> Iterable[Problem]:
    """Yield every part of data/phrases.yml that is missing."""
    for part in PHRASES:
        if not isinstance(document.data.get(part), dict):
            yield document.problem(f"the part {part} is missing")


def check_own_phrases(place: Document, phrases: Document) -> Iterable[Problem]:
    """Yield every phrase in municipality.yml that takes the place of none in data/phrases.yml."""
    for part, texts in (place.data.get("phrases") or {}).items():
        for key in texts if isinstance(texts, dict) else ():
            if key not in (phrases.data.get(part) or {}):
                yield place.problem(f"data/phrases.yml has no phrase {part}.{key}", "phrases", part, key)


def check_on_day(document: Document, today: date) -> Iterable[Problem]:
    """Yield what an editor must see to on `today`: a review, a figure without a successor, a wrong date."""
    if document.data["review_by"] <= today:
        reason = f"to be reviewed since {document.data['review_by']}"
        yield document.problem(reason, "review_by", code=TO_REVIEW)
    for name, fact in (document.data.get("facts") or {}).items():
        ends = [period.get("to") for period in fact["values"]]
        if None not in ends and max(ends) < today:
            reason = f"fact {name} ran out on {max(ends)} and has no successor"
            yield document.problem(reason, "facts", name, code=EXPIRED, what=name)
    for name, source in document.data["sources"].items():
        if source["checked"] > today:
            reason = f"source {name} was checked in the future"
            yield document.problem(reason, "sources", name, "checked", code=IN_FUTURE, what=name)
