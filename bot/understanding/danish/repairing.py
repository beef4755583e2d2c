"""spaCy component: gives every token the word that was meant by it."""

from pathlib import Path
from typing import Any, List

from spacy.language import Language
from spacy.tokens import Doc

from bot.understanding.danish import findings
from bot.understanding.danish.compounds import Splitter
from bot.understanding.danish.letters import tidy
from bot.understanding.danish.spelling import Speller

_SENTENCE_ENDS = frozenset((".", "!", "?", ":"))
# With more unknown words than this it is another language, not bad spelling.
_MOST_UNKNOWN, _FEWEST_WORDS = 0.5, 4
# A capital says nothing about names in a message that has so many.
_MOST_CAPITALS = 0.7

findings.register("repaired", "")


@Language.factory("danish_spelling")
class Spelling:
    """Sets `token._.repaired`, in small letters. Names, numbers and addresses keep theirs."""

    def __init__(self, nlp: Language, name: str) -> None:
        words = nlp.get_pipe("danish_words").list
        self._speller = Speller(words, Splitter(words))

    def learn(self) -> None:
        """Take in the word list, once it has been filled."""
        self._speller.learn()

    def __call__(self, doc: Doc) -> Doc:
        """Repair the words of a document."""
        written = [(token.text, token.is_alpha) for token in doc]
        words = [text for text, is_word in written if is_word]
        repairs = not self._is_foreign(words)
        names = sum(word[0].isupper() for word in words) <= _MOST_CAPITALS * len(words)
        starts = True
        found = []
        for text, is_word in written:
            word = tidy(text)
            is_name = names and not starts and text[0].isupper()
            found.append(self._speller.repair(word) if repairs and not is_name else word)
            starts = text in _SENTENCE_ENDS or (starts and not is_word) or "\n" in text
        doc._.repaired = found
        return doc

    def from_disk(self, path: Path, exclude: Any = ()) -> "Spelling":
        """Learn the words that have just been read; nothing else is kept."""
        self.learn()
        return self

    def _is_foreign(self, words: List[str]) -> bool:
        if len(words) < _FEWEST_WORDS:
            return False
        unknown = sum(not self._speller.knows(tidy(word)) for word in words)
        return unknown > _MOST_UNKNOWN * len(words)
