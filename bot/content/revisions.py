"""data/ as it stood at a revision of git."""

import io
import subprocess
import tarfile
from pathlib import Path

from bot.core.errors import NoRevision


def unpack(revision: str, root: Path, folder: Path) -> str:
    """Write data/ of a revision below `folder` and return the revision's short id.

    Args:
        revision: what git takes for one: HEAD, HEAD~3, a tag, a branch, an id.
        root: the project's folder.
        folder: an empty folder.

    Raises:
        NoRevision: there is no git, `root` is in no clone, there is no such revision, or it has no data/.
    """
    if not revision or revision.startswith("-"):
        raise NoRevision(f"{revision!r} is no revision: write it as HEAD~3, v1.0 or 1a2b3c4.")
    if _git(root, "rev-parse", "--git-dir").returncode:
        raise NoRevision(f"{root} is in no git clone: there is no earlier data/ to compare with.")
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--short", f"{revision}^{{commit}}")
    if commit.returncode:
        raise NoRevision(
            f"git knows no revision {revision!r}; `git log --oneline -- data` lists those there are."
        )
    name = commit.stdout.decode().strip()
    archive = _git(root, "archive", "--format=tar", name, "data")
    if archive.returncode:
        raise NoRevision(f"the revision {revision} ({name}) has no data/: {_reason(archive)}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as packed:
        packed.extractall(folder, filter="data")
    return name


def _git(root: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise NoRevision(
            "git is not installed: without it there is no earlier data/ to compare with."
        ) from None


def _reason(failed: "subprocess.CompletedProcess[bytes]") -> str:
    lines = failed.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"git ended with {failed.returncode}"
