"""Runs a module with the settings of the file .env: `python -m tools.with_settings bot.commands.NAME ...`.

A variable that is set in the environment already wins over the file. Ctrl-C ends the module without a traceback.
"""

import os
import runpy
import sys
from pathlib import Path
from typing import Dict

from tools.errors import SetupFailed, run_main
from tools.requirements import ROOT


def read(path: Path) -> Dict[str, str]:
    """Return the NAME=value lines of a file; empty when there is no such file.

    Raises:
        SetupFailed: a line is neither NAME=value nor empty nor a comment.
    """
    if not path.is_file():
        return {}
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name.isidentifier():
            raise SetupFailed(f"{path.name}, line {number}: expected NAME=value, but found {text!r}.")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        values[name] = value
    return values


def main() -> None:
    """Run the module as `python -m` would, with what the file .env adds to the environment."""
    # The database, the logs and the mails are nobody else's to read.
    os.umask(0o077)
    for name, value in read(ROOT / ".env").items():
        os.environ.setdefault(name, value)
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run_main(main)
