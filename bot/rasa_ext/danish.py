"""Danish words: tokens and lemmas from spaCy, and one spelling for the ways æ, ø and å are typed."""

import unicodedata
from typing import List

import spacy
from spacy.language import Language

_TYPED = (("æ", "a"), ("ø", "o"), ("å", "a"), ("ae", "a"), ("oe", "o"), ("aa", "a"))


def build_pipeline() -> Language:
    """Build a Danish pipeline from what the package index has: rules for tokens, a table for lemmas."""
    pipeline = spacy.blank("da")
    pipeline.add_pipe("lemmatizer", config={"mode": "lookup"})
    pipeline.initialize()
    return pipeline


def fold(text: str) -> str:
    """Return `text` in one spelling: søge, soege and soge become soge; case and accents go, digits become 0."""
    folded = text.lower()
    for typed, plain in _TYPED:
        folded = folded.replace(typed, plain)
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char)
    )
    return "".join("0" if char.isdigit() else char for char in folded)


def lemmas(pipeline: Language, text: str) -> List[str]:
    """Return the folded lemmas of the words in `text`."""
    return [
        fold(token.lemma_) for token in pipeline(text.lower()) if not token.is_punct and not token.is_space
    ]
