"""LIX, the Scandinavian measure of how hard a text is to read."""

import re

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


def lix(text: str) -> float:
    """Return LIX = words per sentence + 100 × share of words longer than six letters (Björnsson, 1968)."""
    found = words(text)
    if not found:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(_ABBREVIATION.sub(r"\1", text))))
    long_words = sum(1 for word in found if len(word) >= LONG_WORD)
    return len(found) / sentences + 100 * long_words / len(found)
