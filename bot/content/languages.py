"""Reads data/languages.yml: what somebody reads who does not write in Danish."""

import re
from pathlib import Path
from typing import Dict, List

from bot.content.reading import Document, Problem
from bot.content.schema import Strict
from bot.content.shapes import valid
from bot.core.languages import Wording


class OneSentence(str):
    """A sentence with one place to fill in: what a visitor reads who does not write in Danish."""

    place: str

    @classmethod
    def __get_validators__(cls):
        """Tell pydantic how to check."""
        yield cls.check

    @classmethod
    def check(cls, value):
        """Return the sentence; ValueError when it is none, more than one, or has other places."""
        text = value.strip() if isinstance(value, str) else ""
        if not re.search(r"[.:]$", text) or re.search(r"[.!?]\s", text):
            raise ValueError("write one sentence that ends with a full stop or a colon")
        if re.findall(r"\{[^{}]*\}|[{}]", text) != [f"{{{cls.place}}}"]:
            raise ValueError(f"it must have {{{cls.place}}} once, and no other place to fill in")
        return text


class Introduction(OneSentence):
    """What the bot can do; it quotes the button to a person."""

    place = "person"


class BeforeAnswer(OneSentence):
    """Announces an answer in Danish by its title."""

    place = "topic"


class LanguageFile(Strict):
    """A language in data/languages.yml."""

    introduction: Introduction
    before_answer: BeforeAnswer


class LanguagesFile(Strict):
    """data/languages.yml: all languages of bot/core/languages.py, and no other."""

    en: LanguageFile
    sv: LanguageFile
    nb: LanguageFile
    de: LanguageFile


def read(root: Path, problems: List[Problem]) -> Dict[str, Wording]:
    """Read the sentences and add what is wrong to `problems`; with something wrong nothing is returned."""
    found = valid([Document(root / "data" / "languages.yml", root)], LanguagesFile, problems)
    return {
        language: Wording(**sentences) for document in found for language, sentences in document.data.items()
    }
