"""Finds the browser of the browser tests, or installs it."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Mapping, Optional

from tools import apt, progress
from tools.errors import SetupFailed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find(environ: Mapping[str, str]) -> Optional[str]:
    """Return the Chromium that GENVEJ_CHROMIUM names, else one on PATH, else None.

    Raises:
        SetupFailed: GENVEJ_CHROMIUM names something that cannot be run.
    """
    named = environ.get("GENVEJ_CHROMIUM")
    if named:
        if shutil.which(named):
            return named
        raise SetupFailed(f"GENVEJ_CHROMIUM is {named!r}, but there is no such program.")
    found = (shutil.which(name, path=environ.get("PATH")) for name in NAMES)
    return next(filter(None, found), None)


def obtain(python: Path) -> None:
    """Make sure that there is a Chromium: Debian's package where that is allowed, else Playwright's own.

    Args:
        python: the interpreter that has Playwright.

    Raises:
        SetupFailed: there is none, and none could be installed.
    """
    if find(os.environ) or _playwrights_own(python):
        return
    if apt.install("chromium") and find(os.environ):
        return
    try:
        progress.run("Downloading Chromium", [str(python), "-m", "playwright", "install", "chromium"])
    except progress.CommandFailed as error:
        raise SetupFailed(
            "the browser tests need Chromium, and it could not be installed; "
            "install it (`apt-get install chromium`) or name it in GENVEJ_CHROMIUM."
        ) from error


def _playwrights_own(python: Path) -> bool:
    """Tell whether Playwright has already downloaded a Chromium."""
    question = (
        "import os; from playwright.sync_api import sync_playwright as start\n"
        "with start() as p: print(os.path.exists(p.chromium.executable_path))"
    )
    asked = subprocess.run([str(python), "-c", question], capture_output=True, text=True, check=False)
    return asked.stdout.strip() == "True"
