"""Tells the person who started Genvej what is still starting, and then where it is.

supervisord runs this once at every start. On the very first one it also shows the first login, which the
set-up left in var/first-login.txt, and deletes that file.
"""

import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Callable, Dict, List

from bot.settings import Settings, reachable

PATIENCE = 120.0
REPORT_EVERY = 5.0
POLL_EVERY = 0.5


def parts(settings: Settings) -> Dict[str, str]:
    """Return the address at which each part says that it is ready."""
    return {
        "rasa": f"http://127.0.0.1:{settings.rasa_port}/",
        "actions": f"http://127.0.0.1:{settings.actions_port}/health",
        "web": f"http://{reachable(settings.host)}:{settings.web_port}/readyz",
        "console": f"http://{reachable(settings.console_host)}:{settings.console_port}/healthz",
    }


def answers(address: str) -> bool:
    """Tell whether there is an answer with status 200."""
    try:
        with urllib.request.urlopen(address, timeout=3) as reply:  # noqa: S310 (an address of our own)
            return reply.status == 200
    except (OSError, ValueError):
        return False


def wait(
    addresses: Dict[str, str],
    say: Callable[[str], None],
    ready: Callable[[str], bool] = answers,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> float:
    """Wait until every part is ready, saying now and then which is not; return the seconds it took.

    After PATIENCE seconds it says once which parts are late and where their logs are, and waits on quietly.
    """
    started = reported = clock()
    late = False
    waiting: List[str] = list(addresses)
    while True:
        waiting = [name for name in waiting if not ready(addresses[name])]
        now = clock()
        if not waiting:
            return now - started
        if not late and now - started >= PATIENCE:
            late = True
            logs = ", ".join(f"{name} (log: {name}.log)" for name in waiting)
            say(f"Not ready after {PATIENCE:.0f} s: {logs}. Ctrl-C stops everything.")
        elif not late and now - reported >= REPORT_EVERY:
            reported = now
            say(f"Starting, {now - started:.0f} s: waiting for {', '.join(waiting)}")
        sleep(POLL_EVERY)


def first_login(path: Path) -> List[str]:
    """Return the login and password that `admin first` left, and delete them: they are shown once."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    path.unlink()
    return lines


def announcement(settings: Settings, seconds: float, login: List[str]) -> List[str]:
    """Return the lines that say where everything is."""
    lines = [
        "",
        f"Genvej is ready ({seconds:.0f} s).",
        f"  Public web   {settings.web_address}",
        f"  Console      {settings.console_address}",
    ]
    if login:
        lines += [f"  First login  {' / '.join(login)}   (login / password, shown only this once)"]
    return [
        *lines,
        "  `make password` sets a new password.",
        f"  Logs are in {settings.var_dir / 'log'}. Ctrl-C stops everything.",
        "",
    ]


def main() -> int:
    """Wait for the parts and announce them."""
    settings = Settings.from_environment()

    def say(line: str) -> None:
        print(line, flush=True)

    seconds = wait(parts(settings), say)
    for line in announcement(settings, seconds, first_login(settings.var_dir / "first-login.txt")):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
