"""Makes the virtual environments and keeps them as the locks say."""

import json
import shutil
from pathlib import Path
from typing import Callable, Dict, Sequence

from tools import cpython, progress
from tools.errors import SetupFailed
from tools.requirements import fingerprints

STAMP = "genvej-installed.json"
FIRST_INSTALL_BYTES = 4 * 1024**3  # the packages alone take 2.8


def up_to_date(environment: Path, locks: Sequence[str], root: Path) -> bool:
    """Tell whether the environment runs and already holds what the locks say."""
    wanted = fingerprints(locks, root)
    return _installed(environment).items() >= wanted.items() and _runs(environment)


def sync(environment: Path, locks: Sequence[str], root: Path, uv: Callable[[], str]) -> None:
    """Bring an environment to exactly what the locks say; do nothing when it is.

    Args:
        environment: the folder, such as .venv.
        locks: names of the locks that together say what belongs into it.
        root: the project's folder.
        uv: gives the uv to use; asked only when there is something to do.

    Raises:
        SetupFailed: no room, no Python, or a package that could not be installed.
    """
    if up_to_date(environment, locks, root):
        return
    stamp = environment / STAMP
    executable = uv()
    if not _runs(environment):
        require_room(shutil.disk_usage(root).free)
        python = cpython.obtain(executable, root)
        _uv(
            [executable, "venv", "--clear", "--python", str(python), str(environment)],
            f"Making {environment.name}",
        )
    stamp.unlink(missing_ok=True)  # an install that is broken off half-way is done again
    # Compiled once, on every core. Where Python may not write into the environment, as a service of a server, every
    # start would compile them anew: TensorFlow alone takes 16 s then instead of 5.
    options = ["--require-hashes", "--compile-bytecode", "--python", str(environment / "bin/python")]
    _uv(
        [executable, "pip", "sync", *options, *locks],
        f"Installing the packages of {' and '.join(locks)} into {environment.name}",
        root,
    )
    stamp.write_text(json.dumps(fingerprints(locks, root), indent=1), encoding="utf-8")


def require_room(free: int, needed: int = FIRST_INSTALL_BYTES) -> None:
    """Raise SetupFailed when there is too little disk space for a first install."""
    if free < needed:
        raise SetupFailed(
            f"the disk is too full: the first install needs {needed / 1024**3:.0f} GB, "
            f"but only {free / 1024**3:.1f} GB are free."
        )


def _runs(environment: Path) -> bool:
    return cpython.ask(environment / "bin/python") is not None


def _installed(environment: Path) -> Dict[str, str]:
    try:
        return dict(json.loads((environment / STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _uv(command: Sequence[str], label: str, root: Path = Path()) -> None:
    try:
        progress.run(label, command, cwd=root)
    except progress.CommandFailed as error:
        reason = "\n".join(progress.last_lines(error.output))
        raise SetupFailed(f"{label} failed:\n{reason}") from error
