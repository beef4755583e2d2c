"""The locked, hashed requirements: which there are, their fingerprint, a pin out of them."""

import hashlib
import re
from pathlib import Path
from typing import Dict, Sequence

from tools.errors import SetupFailed

ROOT = Path(__file__).resolve().parent.parent
RUN = "requirements.txt"
TEST = "requirements-test.txt"
TOOLS = "requirements-tools.txt"


def fingerprints(names: Sequence[str], root: Path = ROOT) -> Dict[str, str]:
    """Return the SHA-256 of each lock; SetupFailed names one that is not there."""
    found = {}
    for name in names:
        try:
            found[name] = hashlib.sha256((root / name).read_bytes()).hexdigest()
        except FileNotFoundError as error:
            raise SetupFailed(f"{name} is missing; `make lock` writes it from the .in file.") from error
    return found


def pinned(package: str, root: Path = ROOT) -> str:
    """Return a tool's pin with its hashes, ready for `pip install --require-hashes`."""
    lock = (root / TOOLS).read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(package)}==\S+(?: \\\n +--hash=\S+)+\n", lock, re.MULTILINE)
    if not found:
        raise SetupFailed(f"{TOOLS} has no pin with hashes for {package}.")
    return found.group(0)
