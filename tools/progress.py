"""Runs long commands: one line that counts the seconds instead of pages of output."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import List, Mapping, Optional, Sequence, TextIO

EVERY = 5.0


class CommandFailed(Exception):
    """A command ended with an exit code that is not 0; `output` is all it printed."""

    def __init__(self, command: Sequence[str], code: int, output: str):
        self.command = list(command)
        self.code = code
        self.output = output
        super().__init__(f"{command[0]} ended with exit code {code}")


def run(
    label: str,
    command: Sequence[str],
    env: Optional[Mapping[str, str]] = None,
    cwd: Optional[Path] = None,
    log: Optional[Path] = None,
    stream: Optional[TextIO] = None,
) -> str:
    """Run a command to its end while `label` and the elapsed seconds show that it is alive.

    Args:
        label: what the person at the terminal reads, such as "Installing packages".
        command: the command with its arguments.
        env: variables on top of the present environment.
        cwd: the folder to run in.
        log: where the command's output is kept; without it, it is only returned.
        stream: where the progress goes; stderr when not given.

    Returns:
        All that the command printed.

    Raises:
        CommandFailed: the command's exit code was not 0.
        FileNotFoundError: there is no such command.
    """
    stream = stream or sys.stderr
    with _output_file(log) as output:
        process = subprocess.Popen(
            list(command),
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _count_seconds(label, process, stream)
        except BaseException:
            _stop(process)
            raise
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    if process.returncode:
        raise CommandFailed(command, process.returncode, text)
    return text


def last_lines(text: str, count: int = 12) -> List[str]:
    """Return the last lines of an output that are not empty, for an error message."""
    return [line for line in text.splitlines() if line.strip()][-count:]


def _output_file(log: Optional[Path]):
    if log is None:
        return tempfile.TemporaryFile()
    log.parent.mkdir(parents=True, exist_ok=True)
    return log.open("w+b")


def _count_seconds(label: str, process: "subprocess.Popen[bytes]", stream: TextIO) -> None:
    """Wait for the process; on a terminal one line counts up, elsewhere a line comes now and then."""
    terminal = stream.isatty()
    started, wait = time.monotonic(), EVERY
    print(f"{label} ...", end="" if terminal else "\n", file=stream, flush=True)
    while True:
        try:
            process.wait(1.0 if terminal else wait)
            break
        except subprocess.TimeoutExpired:
            seconds = time.monotonic() - started
            line = f"{label} ... {seconds:.0f} s"
            print(f"\r{line}" if terminal else line, end="" if terminal else "\n", file=stream, flush=True)
            wait = min(wait * 1.5, 30.0)
    if terminal:
        print(file=stream, flush=True)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the process and everything it started; it has a session of its own, so Ctrl-C does not reach it."""
    for sign, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, sign)
            process.wait(seconds)
            return
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
