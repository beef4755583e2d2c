"""LIX, the Scandinavian measure of how hard a text is to read."""

import re
from typing import List

LONG_WORD = 7
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)")
# A full stop in these ends no sentence.
_ABBREVIATION = re.compile(
    r"\b(kr|fx|bl\.a|ca|stk|nr|kl|evt|mv|m\.fl|inkl|ekskl|mio|tlf|pr|dvs|hhv|jf|maks|min)\.", re.I
)


def words(text: str) -> list:
    """Return the words of a text; figures do not count."""
    return _WORD.findall(text)


def sentences(text: str) -> List[str]:
    """Return the sentences of a text, with their marks; a colon ends one, as LIX has it."""
    # As long as the text, so that places in one are places in the other.
    without_abbreviations = _ABBREVIATION.sub(lambda match: f"{match.group()[:-1]}_", text)
    found, at = [], 0
    for end in _SENTENCE_END.finditer(without_abbreviations):
        found.append(text[at : end.end()].strip())
        at = end.end()
    return [sentence for sentence in (*found, text[at:].strip()) if sentence]


def lix(text: str) -> float:
    """Return LIX = words per sentence + 100 × share of words longer than six letters (Björnsson, 1968)."""
    found = words(text)
    if not found:
        return 0.0
    ends = max(1, len(_SENTENCE_END.findall(_ABBREVIATION.sub(r"\1", text))))
    long_words = sum(1 for word in found if len(word) >= LONG_WORD)
    return len(found) / ends + 100 * long_words / len(found)
