"""`make train`: trains the dialogue model when what it is made of has changed.

The fingerprint of the inputs lies beside the model, so that a start with nothing changed trains nothing.
"""

import argparse
import hashlib
import importlib.metadata
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Iterator, List

from tools import progress

MODEL = Path("models/genvej.tar.gz")
MARK = Path("models/genvej.inputs")
LOG = Path("models/train.log")
INPUTS = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/responses",
    "data/aspect_examples",
    "data/aspects.yml",
    "data/several_questions",
    "data/calibration",
    "bot/content/examples.py",
    # What the weights that are fitted while training stand for.
    "bot/core/aspects.py",
    "bot/core/context.py",
    "bot/core/parting.py",
    "bot/core/questions.py",
    "bot/core/weighing.py",
    "bot/rasa_ext",
    "bot/understanding",
    "requirements.txt",
)
INPUT_TYPES = (".yml", ".yaml", ".py", ".tsv")

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "NO_COLOR": "1",
}
# What Rasa prints while all is well, and the inner lines of a traceback.
NOISE = re.compile(r"Warning|pkg_resources|\b(INFO|DEBUG)\b|it/s\]|\d+%\||^\s|^Traceback|^=+$")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def input_files(root: Path) -> Iterator[Path]:
    """Give every file the model is made from, in a fixed order."""
    for name in INPUTS:
        place = root / name
        if place.is_file():
            yield place
        elif place.is_dir():
            yield from sorted(path for path in place.rglob("*") if path.suffix in INPUT_TYPES)


def fingerprint(root: Path, rasa_version: str) -> str:
    """Return a hash over Rasa's version and the name and content of every input."""
    total = hashlib.sha256(f"rasa {rasa_version}\n".encode())
    for path in input_files(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{content} {path.relative_to(root).as_posix()}\n".encode())
    return total.hexdigest()


def is_current(root: Path, wanted: str) -> bool:
    """Tell whether there is a model made from exactly these inputs."""
    mark = root / MARK
    return (root / MODEL).is_file() and mark.is_file() and mark.read_text(encoding="utf-8").strip() == wanted


def train(root: Path, wanted: str) -> None:
    """Train, and put the new model in the old one's place only when it is whole.

    Raises:
        CommandFailed: Rasa could not train; the old model is still there.
    """
    workshop = root / "models/.training"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    # Rasa keeps trained components and does not see that bot/understanding has changed: it must train all anew.
    # `make test` validates the data; here it would only take time.
    how = ["--force", "--skip-validation", "--fixed-model-name", "genvej", "--out", str(workshop)]
    command = [sys.executable, "-m", "bot.rasa_ext", "train", *how]
    try:
        progress.run("Training the dialogue model", command, env=QUIET, cwd=root, log=root / LOG)
        (root / MARK).unlink(missing_ok=True)  # broken off here, the next start trains again
        os.replace(workshop / MODEL.name, root / MODEL)
        (root / MARK).write_text(wanted + "\n", encoding="utf-8")
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def reasons(output: str) -> List[str]:
    """Return the lines of Rasa's output that say what went wrong."""
    lines = [COLOURS.sub("", line).rstrip() for line in output.splitlines()]
    return [line for line in lines if line and not NOISE.search(line)][-12:]


def main() -> int:
    """Train if need be; return 0 when there is a model that fits, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="train even when nothing has changed")
    force = parser.parse_args().force
    root = Path.cwd()
    wanted = fingerprint(root, importlib.metadata.version("rasa"))
    if not force and is_current(root, wanted):
        return 0
    try:
        train(root, wanted)
    except progress.CommandFailed as error:
        print(
            f"Genvej: the dialogue model could not be trained (all of Rasa's output: {LOG}):", file=sys.stderr
        )
        print("\n".join(reasons(error.output)), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
