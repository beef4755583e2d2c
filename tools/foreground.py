"""Runs a command that stays until somebody stops it."""

import os
import signal
import subprocess
from typing import Mapping, Sequence

from tools.errors import SetupFailed


def run(command: Sequence[str], extra: Mapping[str, str]) -> int:
    """Run a command in a session of its own and wait for its end; what would stop us stops it.

    Ctrl-C and a closed terminal reach a whole group of processes, and each makes of them what it likes: supervisord
    takes a hang-up for a wish to begin anew. So they reach only us, and the command is told plainly to end.

    Args:
        command: the command with its arguments.
        extra: variables on top of the environment.

    Returns:
        0 when it was told to end, else its exit code.

    Raises:
        SetupFailed: there is no such command.
    """
    told = []
    try:
        process = subprocess.Popen(list(command), env={**os.environ, **extra}, start_new_session=True)
    except FileNotFoundError as error:
        raise SetupFailed(f"{command[0]} is not there; `make setup` installs it.") from error

    def end(sign: int, _frame: object) -> None:
        told.append(sign)
        process.terminate()

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, end)
    code = process.wait()
    return 0 if told else code
