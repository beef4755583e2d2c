"""The secret that links are signed with, where no setting names one."""

import os
from pathlib import Path

from bot.core.errors import StorageUnavailable
from bot.core.ports import Chance

_FILE = "survey.key"


def kept_secret(folder: Path, chance: Chance) -> bytes:
    """Return the secret of the folder; the first time, make it, readable for this user alone.

    StorageUnavailable when the folder can be neither read nor written.
    """
    path = folder / _FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path, chance.secret().encode())
        return path.read_bytes()
    except OSError as error:
        raise StorageUnavailable(type(error).__name__) from error


def _make(path: Path, secret: bytes) -> None:
    """Write the file whole: other processes start at the same moment, and all must read the same one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
    try:
        # A link fails where a rename would replace what another process has written and read.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
