"""The worker as it runs: what hangs holds up nothing else, and it ends when it is told to."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.bootstrap import build_services
from bot.bootstrap.clock import now
from bot.commands.worker import Job, Threads, Worker, workers
from bot.core.mails import Mail, TextMessage, WebhookCall
from bot.settings import Settings
from bot.storage.tables import outbox
from tests.integration.sms_stand_in import TOKEN, SmsStandIn
from tests.integration.test_webhooks import SECRET
from tests.receiver import Receiver
from tests.servers import ROOT, MailServer, _environment

SECONDS = 30


def until(fact, *more):
    """Return as soon as something is so."""
    pause, ends = threading.Event(), time.monotonic() + SECONDS
    while not fact():
        assert time.monotonic() < ends, more
        pause.wait(0.05)


@pytest.fixture
def hanging():
    """A gateway and a case system that take what they are sent, and never answer; a mail server that works."""
    ends = threading.Event()
    called = []

    def talk(connection):
        called.append(connection)
        ends.wait()

    receiver = Receiver()
    receiver.talk = talk
    with SmsStandIn() as sms, MailServer() as mails:
        sms.silent = True
        yield sms, receiver, mails, called
        ends.set()
        receiver.close()


@pytest.fixture
def settings(address, tmp_path, database, hanging):
    sms, receiver, mails, _ = hanging
    return Settings(
        database_url=address,
        var_dir=tmp_path / "var",
        smtp_host="127.0.0.1",
        smtp_port=mails.port,
        smtp_tls=0,
        sms_token=TOKEN,
        sms_url=sms.address,
        webhook_url=receiver.address,
        webhook_secret=SECRET,
    )


@pytest.fixture
def services(settings, content):
    found = build_services(settings, content=content)
    yield found
    found.database.close()


def put(services, receiver, numbers):
    """Let a text message, a call and a mail wait, in this order, as often as there are numbers."""
    for number in numbers:
        services.waiting.put(TextMessage(f"t{number}", "+4520304050", "Hej"), now())
        services.waiting.put(WebhookCall(f"c{number}", receiver.address, "{}"), now())
        services.waiting.put(Mail(f"<m{number}@x.dk>", "a@x.dk", "Hej", "Hej"), now())


def states(services):
    with services.database.reading() as connection:
        rows = connection.execute(select(outbox.c.message_id, outbox.c.state)).all()
    return {row.message_id: row.state for row in rows}


def test_mails_go_out_while_a_gateway_a_case_system_and_another_job_hang(services, hanging):
    _, receiver, mails, called = hanging
    ends, begun = threading.Event(), threading.Event()

    def slow(_):
        begun.set()
        return ends.wait()

    stopped = threading.Event()
    every = workers(services, stopped.is_set)
    every["other jobs"] = Worker(services, [Job("slow", timedelta(hours=1), slow)], stopped.is_set)
    put(services, receiver, range(3))
    threads = Threads(every, stopped, lambda: pytest.fail("a thread ended"))
    threads.start()
    until(lambda: len(mails.accepted) == 3 and begun.is_set() and called)
    put(services, receiver, [3])
    until(lambda: states(services)["<m3@x.dk>"] == "sent", states(services))
    assert set(states(services).values()) == {"sent", "waiting"}
    still = threads.stop(0.5)
    assert sorted(still) == ["deliver calls", "deliver text messages", "other jobs"]
    ends.set()


def test_a_thread_that_ends_by_itself_is_told_for_the_others_would_hide_it(services, monkeypatch, caplog):
    told = threading.Event()
    stopped = threading.Event()
    broken = Worker(services, [])
    monkeypatch.setattr(broken, "round", lambda: 1 / 0)
    threads = Threads({"other jobs": broken}, stopped, told.set)
    threads.start()
    assert told.wait(SECONDS)
    assert threads.stop(SECONDS) == []
    assert "other jobs ended: ZeroDivisionError" in caplog.text


def test_nothing_new_is_begun_once_it_is_to_stop(services, hanging):
    _, receiver, mails, _ = hanging
    put(services, receiver, range(2))
    stopped = threading.Event()
    delivery = services.outbox.only(Mail, lambda: stopped.is_set() or len(mails.accepted) > 0)
    assert delivery.deliver_due() == 1
    stopped.set()
    assert workers(services, stopped.is_set)["deliver mails"].round() == {}
    assert len(mails.accepted) == 1


@contextmanager
def running(settings, log):
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.commands.worker"],
            cwd=ROOT,
            env=_environment(settings),
            stdout=output,
            stderr=output,
        )
        yield process
        with suppress(ProcessLookupError):
            process.kill()
        process.wait(10)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_ends_in_time_when_it_is_told_to_though_servers_hang(
    services, settings, hanging, tmp_path, number
):
    _, receiver, mails, called = hanging
    settings.var_dir.mkdir(exist_ok=True)
    put(services, receiver, range(2))
    log = tmp_path / "worker.log"
    with running(settings, log) as process:
        until(lambda: called and states(services)["<m1@x.dk>"] == "sent" or process.poll() is not None, log)
        begun = time.monotonic()
        process.send_signal(number)
        assert process.wait(15) == 0, log.read_text()
        # supervisord would kill it after ten.
        assert time.monotonic() - begun < 9.5
    told = log.read_text()
    assert "Traceback" not in told
    for name in ("deliver calls", "deliver text messages"):
        assert f"{name} was cut short" in told
    assert "deliver mails was cut short" not in told
    assert "other jobs was cut short" not in told
    # Whoever comes next takes over, when the lease has ended.
    assert states(services) == dict.fromkeys(("t0", "t1", "c0", "c1"), "waiting") | {
        "<m0@x.dk>": "sent",
        "<m1@x.dk>": "sent",
    }
    assert len(mails.accepted) == 2
