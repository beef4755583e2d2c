"""One spelling for the ways a Danish word is typed."""

import unicodedata
from functools import lru_cache

# Most words of a text were seen in another one.
_CACHED_WORDS = 20_000
_TYPED = (("æ", "a"), ("ø", "o"), ("å", "a"), ("ae", "a"), ("oe", "o"), ("aa", "a"))


@lru_cache(maxsize=_CACHED_WORDS)
def tidy(text: str) -> str:
    """Return `text` in small letters, with å as one character, and without characters that nobody sees."""
    composed = unicodedata.normalize("NFC", text.lower())
    return "".join(char for char in composed if unicodedata.category(char) != "Cf")


@lru_cache(maxsize=_CACHED_WORDS)
def fold(text: str) -> str:
    """Return `text` in one spelling: søge, soege and soge become soge; case and accents go, digits become 0."""
    folded = text.lower()
    for typed, plain in _TYPED:
        folded = folded.replace(typed, plain)
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char)
    )
    return "".join("0" if char.isdigit() else char for char in folded)
