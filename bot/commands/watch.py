"""Tells the person at the terminal when a program fails; supervisord sends it the events.

supervisord itself keeps quiet there: what it and the programs print goes to files in the log folder.
"""

import sys
from pathlib import Path
from typing import Mapping, Optional

from supervisor.childutils import listener

from bot.settings import Settings

MAY_END = ("announce",)


def sentence(event: str, process: Mapping[str, str], logs: Path) -> Optional[str]:
    """Return what to say about an event, or None when it is nothing to speak of.

    Args:
        event: the event's name, such as PROCESS_STATE_FATAL.
        process: what supervisord says about the program.
        logs: the folder of the logs.
    """
    if event == "SUPERVISOR_STATE_CHANGE_STOPPING":
        return "Stopping ..."
    name = process.get("processname", "")
    log = logs / f"{name}.log"
    if event == "PROCESS_STATE_FATAL":
        return f"Genvej: {name} could not be started; its log says why: {log}"
    if event == "PROCESS_STATE_EXITED" and name not in MAY_END:
        return f"Genvej: {name} ended by itself and is started again; its log says why: {log}"
    return None


def main() -> None:
    """Answer supervisord's events for ever; stdout belongs to its protocol, so people are told on stderr."""
    logs = Settings.from_environment().var_dir / "log"
    while True:
        headers, payload = listener.wait(sys.stdin, sys.stdout)
        process = dict(word.split(":", 1) for word in payload.split() if ":" in word)
        line = sentence(headers["eventname"], process, logs)
        if line:
            print(line, file=sys.stderr, flush=True)
        listener.ok(sys.stdout)


if __name__ == "__main__":
    main()
