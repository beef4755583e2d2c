"""Lemmas: the form of a word under which it stands in a dictionary."""

from functools import lru_cache
from typing import Mapping

import simplemma
from spacy.language import Language
from spacy.tokens import Doc

_CACHED_WORDS = 20_000
# Where the table goes wrong with a word of the domain: »priser« has no more to do with »prise« than with snuff.
_OWN: Mapping[str, str] = {
    "hallen": "hal",
    "haller": "hal",
    "hallerne": "hal",
    "jobcentret": "jobcenter",
    "kurser": "kursus",
    "kurserne": "kursus",
    "lokale": "lokale",
    "priser": "pris",
    "priserne": "pris",
    "skat": "skat",
    "skatten": "skat",
    "skatter": "skat",
}


@lru_cache(maxsize=_CACHED_WORDS)
def lemma(word: str) -> str:
    """Return the lemma of a word in small letters; of words with a space between them, each one's."""
    return " ".join(_OWN.get(part) or simplemma.lemmatize(part, "da") for part in word.split())


@Language.component("danish_lemmas")
def set_lemmas(doc: Doc) -> Doc:
    """Give every token the lemma of the word that was meant by it."""
    for token, word in zip(doc, doc._.repaired):
        token.lemma_ = lemma(word) or token.text
    return doc
