"""The two systems that are compared: how each is set up, trained, started and stopped.

Both live in a temporary folder. Genvej runs from a copy of the checkout, so that neither a model nor a database of the
checkout is touched and edits during the run change nothing.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from tests.load import processes
from tests.load.client import GenvejVisitor, Line, StarterVisitor
from tests.load.lines import QUESTIONS, starter_lines
from tools import progress

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
RASA = str(BIN / "rasa")
COPIED = ("actions", "bot", "data", "deploy", "tools")
COPIED_FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
# What `make run` does once the installation is there, in its order.
BEFORE_THE_START = (("preflight",), ("model",), ("migrate",), ("admin", "first"))
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}


class SystemFailed(Exception):
    """A system could not be set up, trained or started; the message says where and ends with its log."""


class System:
    """What both systems have in common."""

    key = ""
    name = ""
    visitor: type

    def __init__(self, folder: Path):
        self.folder = folder
        self.logs = folder.parent / f"{folder.name}-logs"
        self.address = ""
        self._process: Optional[subprocess.Popen] = None

    def prepare(self) -> None:
        """Make the folder with all the system is made of."""
        raise NotImplementedError

    def lines(self) -> Sequence[Line]:
        """Return what visitors say to it."""
        raise NotImplementedError

    def train_command(self) -> List[str]:
        """Return the command that trains its model from nothing."""
        raise NotImplementedError

    def launch(self) -> None:
        """Start its processes."""
        raise NotImplementedError

    def train(self) -> float:
        """Train the model without anything left from earlier trainings; return the seconds it took."""
        shutil.rmtree(self.folder / ".rasa", ignore_errors=True)
        started = time.perf_counter()
        self.run(f"Training {self.name}", self.train_command())
        return time.perf_counter() - started

    def run(self, label: str, command: List[str]) -> None:
        """Run a command to its end, with the seconds on the screen."""
        try:
            progress.run(label, command, env=environment(), cwd=self.folder)
        except progress.CommandFailed as error:
            raise SystemFailed(f"{label} failed:\n{_tail(error.output)}") from error

    def check_alive(self) -> None:
        """Raise SystemFailed when the process that was started has ended."""
        if self._process is not None and self._process.poll() is not None:
            logs = "\n".join(path.read_text("utf-8", "replace") for path in sorted(self.logs.glob("*.log")))
            raise SystemFailed(f"{self.name} ended, or was ended, in the middle:\n{_tail(logs)}")

    def stop(self) -> None:
        """End all its processes."""
        processes.end_all()
        if self._process is not None:
            self._process.wait()
        self._process = None


class Starter(System):
    """Rasa's starter bot, as `rasa init` makes it."""

    key = "starter"
    name = "Rasa's starter bot"
    visitor = StarterVisitor

    def prepare(self) -> None:
        """Let Rasa make the bot. It also trains it; the training that is timed comes later."""
        self.folder.mkdir(parents=True)
        self.run("Making Rasa's starter bot (rasa init)", [RASA, "init", "--no-prompt", "--init-dir", "."])

    def lines(self) -> Sequence[Line]:
        """Return its own examples."""
        return starter_lines(self.folder / "data/nlu.yml")

    def train_command(self) -> List[str]:
        """Return the command that trains it anew, into the same place."""
        return [RASA, "train", "--force", "--fixed-model-name", "starter"]

    def launch(self) -> None:
        """Start Rasa with its REST channel."""
        (port,) = free_ports(1)
        self.address = f"http://127.0.0.1:{port}"
        command = [RASA, "run", "-i", "127.0.0.1", "-p", str(port), "--model", "models/starter.tar.gz"]
        self._process = processes.start(command, self.folder, environment(), self.logs / "rasa.log")


class Genvej(System):
    """The whole of Genvej: public web, storage, Rasa, action server, console and worker under supervisord."""

    key = "genvej"
    name = "Genvej"
    visitor = GenvejVisitor

    def prepare(self) -> None:
        """Copy the checkout; a mistake in its content shows at once, not after minutes."""
        self.copy()
        self._before(("check_content",), environment())

    def copy(self) -> None:
        """Copy the checkout as it is now, without models and data."""
        self.folder.mkdir(parents=True)
        for name in COPIED:
            shutil.copytree(ROOT / name, self.folder / name)
        for name in COPIED_FILES:
            shutil.copy2(ROOT / name, self.folder / name)

    def lines(self) -> Sequence[Line]:
        """Return Danish questions."""
        return QUESTIONS

    def train_command(self) -> List[str]:
        """Return the command of `make train`."""
        return [sys.executable, "-m", "bot.commands.model", "--force"]

    def launch(self) -> None:
        """Do what `make run` does."""
        web, console, rasa, actions = free_ports(4)
        self.address = f"http://127.0.0.1:{web}"
        env = environment(
            {
                "GENVEJ_WEB_PORT": str(web),
                "GENVEJ_CONSOLE_PORT": str(console),
                "GENVEJ_RASA_PORT": str(rasa),
                "GENVEJ_ACTIONS_PORT": str(actions),
                "GENVEJ_VAR_DIR": str(self.logs.parent / "genvej-var"),
                "GENVEJ_RATE_LIMIT": "0",
            }
        )
        for arguments in BEFORE_THE_START:
            self._before(arguments, env)
        command = [sys.executable, "-m", "bot.commands.run"]
        self._process = processes.start(command, self.folder, env, self.logs / "run.log")

    def _before(self, arguments: Sequence[str], env: Dict[str, str]) -> None:
        command = [sys.executable, "-m", f"bot.commands.{arguments[0]}", *arguments[1:]]
        done = subprocess.run(
            command, cwd=self.folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode:
            raise SystemFailed(f"bot.commands.{arguments[0]} failed:\n{_tail(done.stdout)}")


def environment(extra: Optional[Dict[str, str]] = None) -> Dict[str, str]:
    """Return this process's environment without anybody's settings of Genvej, and what keeps Rasa quiet."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GENVEJ_")}
    return {**inherited, **QUIET, **(extra or {})}


def free_ports(count: int) -> List[int]:
    """Return ports of loopback that nobody listens on now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _tail(text: str) -> str:
    return "\n".join(progress.last_lines(text, 20))
