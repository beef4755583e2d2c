"""The Danish pipeline: built from the texts of the domain, saved with the model, and what is read from a document."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.understanding.danish import compounds, joining, lemmas, repairing, words  # noqa: F401 they register themselves
from bot.understanding.danish.gathering import gather
from bot.understanding.danish.lemmas import lemma
from bot.understanding.danish.letters import fold

_COMPONENTS = ("danish_words", "danish_spelling", "danish_joining", "danish_compounds", "danish_lemmas")
Pattern = Dict[str, Any]
# A text is read for its words and for its letters, and again when it is asked about once more.
_REMEMBERED = 500


class Reading(NamedTuple):
    """What is counted of a text: its terms, and the words that were meant, in one spelling."""

    terms: List[str]
    text: str


Read = Callable[[str], Reading]


def build_pipeline(domain_texts: Iterable[str], patterns: Sequence[Pattern] = ()) -> Language:
    """Build a pipeline that knows general Danish and the words of `domain_texts`.

    Args:
        domain_texts: What the domain's words are learnt from: examples and answers.
        patterns: Entity patterns as spaCy's EntityRuler has them; it is left out when there are none.
    """
    pipeline = spacy.blank("da")
    for name in _COMPONENTS:
        pipeline.add_pipe(name)
    if patterns:
        pipeline.add_pipe("entity_ruler").add_patterns(list(patterns))
    pipeline.get_pipe("danish_words").list.fill(gather(domain_texts))
    pipeline.get_pipe("danish_spelling").learn()
    return pipeline


def save(pipeline: Language, folder: Path) -> None:
    """Write a pipeline to a folder."""
    pipeline.to_disk(folder)


def load(folder: Path) -> Language:
    """Read a pipeline that `save` wrote."""
    return spacy.load(folder)


def reader(pipeline: Language) -> Read:
    """Return what reads a text with `pipeline`."""

    @lru_cache(maxsize=_REMEMBERED)
    def read(text: str) -> Reading:
        doc = pipeline(text)
        return Reading(terms(doc), repaired_text(doc))

    return read


def terms(doc: Doc) -> List[str]:
    """Return what the topic model counts, folded: lemmas, pairs of them, and compounds and their parts."""
    places = _words(doc)
    single = [word for place in places for word in fold(doc[place].lemma_).split()]
    pairs = [f"{first} {second}" for first, second in zip(single, single[1:])]
    of_each, parts_of_each = doc._.joined, doc._.parts
    joined = [of_each[place] for place in places if of_each[place]]
    parts = [part for place in places for part in parts_of_each[place]]
    return single + pairs + [fold(lemma(word)) for word in joined + parts]


def repaired_text(doc: Doc) -> str:
    """Return the words that were meant, folded, for the n-grams of characters."""
    repaired = doc._.repaired
    return " ".join(fold(repaired[place]) for place in _words(doc))


def _words(doc: Doc) -> List[int]:
    """Return the places of a document's words, with numbers and the like."""
    return [
        token.i
        for token, word in zip(doc, doc._.repaired)
        if word and not token.is_punct and not token.is_space
    ]
