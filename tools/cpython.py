"""Finds a CPython 3.10, the newest that Rasa Open Source runs on."""

import os
import subprocess
from pathlib import Path
from typing import Iterable, Iterator, Mapping, Optional

from tools import progress
from tools.errors import SetupFailed

VERSION = "3.10"
# A Python built without these libraries starts, but cannot run Genvej. The answer's last part is the Python itself
# where the place is only a shim or the python of a virtual environment.
QUESTION = (
    "import ctypes, ssl, sqlite3, sys, zlib\n"
    "print(sys.implementation.name, '%d.%d' % sys.version_info[:2], sys._base_executable, sep='\\n')"
)


def candidates(environ: Mapping[str, str], home: Path, root: Path) -> Iterator[Path]:
    """Name every place a CPython 3.10 may be: PATH, pyenv, the usual folders, the project's own .tools."""
    for folder in environ.get("PATH", "").split(os.pathsep):
        yield Path(folder) / f"python{VERSION}"
        yield Path(folder) / "python3"
    pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{VERSION}*/bin/python{VERSION}"), reverse=True)
    for folder in ("/usr/bin", "/usr/local/bin", "/opt/python/bin", f"/opt/python{VERSION}/bin"):
        yield Path(folder) / f"python{VERSION}"
    for managed in (home / ".local/share/uv/python", root / ".tools/python"):
        yield from sorted(managed.glob(f"cpython-{VERSION}*/bin/python{VERSION}"), reverse=True)


def ask(python: Path) -> Optional[Path]:
    """Return the CPython 3.10 behind a path, or None: a pyenv shim of that name may only print an error."""
    if not python.is_file():
        return None
    try:
        asked = subprocess.run(
            [str(python), "-c", QUESTION], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    answer = asked.stdout.splitlines()
    return Path(answer[2]) if answer[:2] == ["cpython", VERSION] else None


def find(places: Iterable[Path]) -> Optional[Path]:
    """Return the first CPython 3.10 that runs among the places, or None."""
    return next(filter(None, map(ask, dict.fromkeys(places))), None)


def obtain(uv: str, root: Path) -> Path:
    """Return a CPython 3.10: one that is there, else one that uv downloads into .tools.

    Raises:
        SetupFailed: there is none, and uv cannot download it.
    """
    found = find(candidates(os.environ, Path.home(), root))
    if found:
        return found
    folder = root / ".tools/python"
    try:
        install = [uv, "python", "install", "--no-bin", "--install-dir", str(folder), VERSION]
        progress.run(f"Downloading CPython {VERSION}", install)
    except progress.CommandFailed:
        pass  # what counts is whether a Python is there now
    found = find(folder.glob(f"cpython-{VERSION}*/bin/python{VERSION}"))
    if found is None:
        raise SetupFailed(
            f"CPython {VERSION} was not found on this machine and could not be downloaded; "
            f"install it (for example `pyenv install {VERSION}`) and run make again."
        )
    return found
