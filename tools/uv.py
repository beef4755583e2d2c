"""Obtains uv, which installs everything else."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import List, Optional

from tools import apt, progress
from tools.errors import SetupFailed
from tools.requirements import pinned

ADVICE = (
    "uv is missing and this Python has neither venv nor pip to fetch it with; "
    "install it (`apt-get install python3-venv`) and run make again."
)


def obtain(root: Path) -> str:
    """Return a uv that works: the one on PATH, or the pinned one in the folder .tools, fetched if need be.

    Raises:
        SetupFailed: there is no way to get uv; the sentence says what to install.
    """
    folder = root / ".tools"
    found = _working(shutil.which("uv")) or _installed(folder)
    if found:
        return found
    with tempfile.TemporaryDirectory() as temporary:
        wanted = Path(temporary) / "uv.txt"
        wanted.write_text(pinned("uv", root), encoding="utf-8")
        return (
            _through_venv(folder, wanted)
            or _through_pip(folder, wanted)
            or (apt.install("python3-venv") and _through_venv(folder, wanted))
            or _give_up()
        )


def _installed(folder: Path) -> Optional[str]:
    return _working(str(folder / "venv/bin/uv")) or _working(str(folder / "pip/bin/uv"))


def _working(executable: Optional[str]) -> Optional[str]:
    """Return the executable if it can be run: a shim on PATH may point to nothing."""
    if executable is None:
        return None
    try:
        subprocess.run([executable, "--version"], capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return executable


def _through_venv(folder: Path, wanted: Path) -> Optional[str]:
    """Make a virtual environment with pip and let it fetch uv; Debian's python3 may have no venv."""
    place = folder / "venv"
    if not _quietly([sys.executable, "-m", "venv", "--clear", str(place)]):
        shutil.rmtree(place, ignore_errors=True)
        return None
    _fetch([str(place / "bin/python"), "-m", "pip", "install"], wanted)
    return _installed(folder)


def _through_pip(folder: Path, wanted: Path) -> Optional[str]:
    if not _quietly([sys.executable, "-m", "pip", "--version"]):
        return None
    _fetch([sys.executable, "-m", "pip", "install", "--target", str(folder / "pip")], wanted)
    return _installed(folder)


def _quietly(command: List[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _fetch(install: List[str], wanted: Path) -> None:
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(wanted)]
    try:
        progress.run("Fetching uv, the installer", [*install, *options])
    except progress.CommandFailed as error:
        reason = progress.last_lines(error.output, 1)
        raise SetupFailed(f"uv could not be fetched: {' '.join(reason)}") from error


def _give_up() -> str:
    raise SetupFailed(ADVICE)
