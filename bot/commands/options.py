"""What several commands need: a day or a number from the command line, and the content or a sentence why not."""

import argparse
import sys
from datetime import date
from pathlib import Path

from bot.bootstrap import load_content
from bot.content.loading import Content
from bot.core.errors import InvalidContent, InvalidSetting
from bot.settings import Settings


def day(text: str) -> date:
    """Return the day that a text such as 2028-01-01 names; argparse says the sentence when it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2028-01-01") from None


def count(text: str) -> int:
    """Return a whole number from 0; argparse says the sentence when the text is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 5):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 99999")
    return int(text)


def settings_or_exit() -> Settings:
    """Return the settings; SystemExit with a sentence when one cannot be used."""
    try:
        return Settings.from_environment()
    except InvalidSetting as error:
        sys.exit(f"{error}.")


def content_or_exit(settings: Settings, root: Path) -> Content:
    """Return what the files in data/ say; SystemExit with a sentence when one of them has a mistake."""
    try:
        return load_content(settings, root)
    except InvalidContent as error:
        more = len(error.problems) - 1
        rest = f" ({more} more: `make content` lists them)" if more else ""
        sys.exit(f"The content has a mistake: {error.problems[0]}{rest}")
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read: {error.strerror}.")
