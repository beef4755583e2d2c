"""Two hundred cases while everything fails at once: afterwards every mail has come, none is lost, none is another."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy import text as sql
from sqlalchemy.engine import make_url

from bot.bootstrap import build_services
from bot.core.errors import Conflict, StorageUnavailable
from bot.core.handoff import HandoffRequest
from bot.core.staff import StaffRole
from bot.core.undelivered import Action
from bot.settings import Settings
from bot.storage.tables import cases, outbox
from tests.faulty_mail_server import FaultyMailServer
from tests.integration.outbox_worker import sender
from tests.servers import ROOT

CASES, WORKERS, OPENERS = 200, 3, 4
KILLS, POWER_CUTS, CUT_CONNECTIONS = 20, 4, 12
# No wait in here is for its own sake: each is for other processes, and ends at a deadline.
SECONDS_OF_TROUBLE, SECONDS_TO_FINISH = 25, 300
_HOLDS_THE_LOCK = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
held.execute("BEGIN IMMEDIATE")
sys.stdin.read()
"""


class Workers:
    """Processes that deliver, and are killed without a word."""

    def __init__(self, address, port, log):
        self._command = [sys.executable, "-m", "tests.integration.outbox_worker", address, str(port)]
        self._log = log
        self._lock = threading.Lock()
        self.killed = []
        self._running = [self._start() for _ in range(WORKERS)]

    def _start(self):
        return subprocess.Popen(self._command, cwd=ROOT, stderr=self._log)

    def kill(self, *numbers):
        """End some of them at once."""
        with self._lock:
            for number in numbers:
                self._running[number].send_signal(signal.SIGKILL)
                self.killed.append(sender(self._running[number].pid))
            for number in numbers:
                self._running[number].wait(10)
                self._running[number] = self._start()

    def stop(self):
        for worker in self._running:
            assert worker.poll() is None, "a worker ended by itself"
            worker.kill()
            worker.wait(10)


class Trouble:
    """Cuts the connections to a database: PostgreSQL ends them, SQLite is locked by another process."""

    def __init__(self, address):
        self._url = make_url(address)
        self._sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = None if self._sqlite else create_engine(address, isolation_level="AUTOCOMMIT")
        self._holder = None
        self.cuts = 0

    def begin(self):
        self.cuts += 1
        if self._sqlite:
            command = [sys.executable, "-c", _HOLDS_THE_LOCK, self._url.database]
            self._holder = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
            return
        with self._engine.connect() as connection:
            connection.execute(
                sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    def end(self):
        if self._holder is not None:
            self._holder.stdin.close()
            self._holder.wait(10)
            self._holder = None


@pytest.fixture
def services(address, database, content, tmp_path):
    settings = Settings(database_url=address, var_dir=tmp_path / "var")
    found = build_services(settings, content=content)
    yield found
    found.database.close()


def again(work, until):
    """Do something until the database takes it."""
    pause = threading.Event()
    while True:
        try:
            return work()
        except StorageUnavailable:
            assert time.monotonic() < until, "the database did not come back"
            pause.wait(0.05)


def open_cases(services, numbers, chance, until):
    """Open cases as the contact form does: what may have failed is sent again with its key."""
    pause = threading.Event()
    for number in numbers:
        request = HandoffRequest(
            f"Øl {number}", "Mette Holm", phone="49282828", consent=True, request_key=f"form:{number}"
        )
        again(lambda asked=request: services.handoff.submit(asked), until)
        pause.wait(chance.uniform(0, 0.3))


def make_trouble(workers, trouble, server, chance, opening, until):
    """Kill workers, cut connections and close the mail server, until enough has happened."""
    pause, kills = threading.Event(), 0
    steps = [chance.choice(["kill", "cut", "refuse", "calm"]) for _ in range(200)]
    for step in steps:
        enough = kills >= KILLS and trouble.cuts >= CUT_CONNECTIONS
        if time.monotonic() > until or (enough and all(task.done() for task in opening)):
            break
        if step == "kill":
            workers.kill(chance.randrange(WORKERS))
            kills += 1
        elif step == "cut":
            trouble.begin()
        elif step == "refuse":
            server.close()
        # SQLite waits three seconds for a lock: now and then it is held for longer.
        pause.wait(3.5 if step == "cut" and trouble.cuts % 8 == 3 else chance.uniform(0.05, 0.4))
        trouble.end()
        server.open()


def cut_the_power(workers, server, chance):
    """Kill every worker when a mail has been accepted and nobody has been told: the only way to a double."""
    moments = iter(sorted(chance.sample(range(10, CASES - 20), POWER_CUTS)))
    state = {"next": next(moments)}

    def cut():
        if len(server.accepted) >= state["next"]:
            state["next"] = next(moments, 10 * CASES)
            workers.kill(*range(WORKERS))

    return cut


def waiting(services):
    with services.database.reading() as connection:
        return connection.execute(select(outbox.c.id).where(outbox.c.state != "sent")).all()


def press_try_again(services, staff):
    """Do what an administrator does with what is set aside; return how many there were."""
    aside = [item for item in services.undelivered.listed(services.clock()) if item.set_aside]
    for item in aside:
        try:
            services.undelivered.act(item.id, Action.RETRIED, staff.id, services.clock())
        except Conflict:
            pass  # its worker died, and its lease has not ended
    return len(aside)


def not_the_last(accepted):
    """Return the acceptances that were followed by another one of the same mail."""
    left = Counter(mail.message_id for mail in accepted)
    early = []
    for mail in accepted:
        left[mail.message_id] -= 1
        if left[mail.message_id]:
            early.append(mail)
    return early


@pytest.mark.slow
def test_every_case_reaches_its_unit_whatever_fails_and_is_killed(
    address, services, tmp_path, measured, request
):
    chance = random.Random(20261127)
    begun = time.monotonic()
    admin = services.staff.add("admin", "Administrator", StaffRole.ADMIN, (), "argon")
    log_path = tmp_path / "workers.log"
    with log_path.open("wb") as log, FaultyMailServer(chance) as server:
        workers, trouble = Workers(address, server.port, log), Trouble(address)
        server.before_answer = cut_the_power(workers, server, chance)
        until = begun + SECONDS_OF_TROUBLE
        with ThreadPoolExecutor(OPENERS) as pool:
            opening = [
                pool.submit(
                    open_cases, services, range(first, CASES, OPENERS), random.Random(first), until + 10
                )
                for first in range(OPENERS)
            ]
            make_trouble(workers, trouble, server, chance, opening, until)
            for task in opening:
                task.result()
        aside, pause = 0, threading.Event()
        while again(lambda: waiting(services), until + SECONDS_TO_FINISH):
            assert time.monotonic() < until + SECONDS_TO_FINISH, log_path.read_text()[-2000:]
            aside += press_try_again(services, admin)
            pause.wait(0.2)
        workers.stop()
    with services.database.reading() as connection:
        expected = {f"<{row.id}.new@helsingor.example>" for row in connection.execute(select(cases.c.id))}
    times = Counter(mail.message_id for mail in server.accepted)
    doubles = sum(times.values()) - len(times)
    measured(
        f"{request.node.callspec.id}: {len(expected)} cases, {len(times)} Message-IDs delivered, "
        f"{len(expected - set(times))} lost, {doubles} doubles; {len(workers.killed)} workers killed, "
        f"{trouble.cuts} times the database cut, {aside} tried again by hand, "
        f"{sum(server.faults.values())} faults of the server {dict(server.faults)}; "
        f"{time.monotonic() - begun:.0f} s"
    )
    assert len(expected) == CASES
    assert set(times) == expected
    for early in not_the_last(server.accepted):
        assert early.sender in workers.killed, "only who dies may leave a mail to be sent again"
        last = [mail for mail in server.accepted if mail.sender == early.sender][-1]
        assert last == early, "whoever goes on has stored what was accepted before"
    assert len(workers.killed) >= KILLS // 2
    assert sum(server.faults.values()) > 50
