"""`python -m bot.commands.worker`: what happens without anybody asking: mails go out, old chats are deleted.

Mails, text messages and calls have a thread each, and all other jobs one together: a server that hangs holds up what
goes to it, and a job that takes long holds up no delivery.
"""

import logging
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Callable, Dict, Mapping, Sequence, Union

from bot.bootstrap import Services, build_services
from bot.commands.logs import set_up_logs
from bot.core.mails import Mail, TextMessage, WebhookCall
from bot.core.one_by_one import MOST, Done, done
from bot.web.metrics import JOBS_FAILING

log = logging.getLogger(__name__)
SECONDS_BETWEEN_ROUNDS = 2
# A job that failed is tried again after this, or sooner if it is done more often.
AGAIN_AFTER = timedelta(minutes=1)
# supervisord kills what has not ended in ten seconds, and on a busy machine the rest takes some of them too.
SECONDS_TO_END = 6
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_DELIVERIES = {"deliver mails": Mail, "deliver text messages": TextMessage, "deliver calls": WebhookCall}


@dataclass(frozen=True)
class Job:
    """Something to do again and again; `work` returns how many things it did, or more about how it went."""

    name: str
    every: timedelta
    work: Callable[[Services], Union[int, Done]]


def delete_old_conversations(services: Services) -> Done:
    """Delete conversations that have been silent for the days of the setting; return how many."""
    return services.silent.delete_old()


def delete_old_plans(services: Services) -> Done:
    """Delete plans that nobody has looked at for the days of the setting; return how many."""
    before = services.clock() - timedelta(days=services.settings.conversation_days)
    return done(services.plans.delete_idle(before, MOST))


def delete_expired_sessions(services: Services) -> int:
    """Delete the logins that have run out; return how many."""
    return services.staff.delete_expired_sessions(services.clock())


def delete_old_cases(services: Services) -> Done:
    """Delete the cases that ended longer ago than the municipality keeps them; return how many."""
    return services.retention.delete_cases()


def empty_old_mails(services: Services) -> Done:
    """Empty the mails that went out long ago, for they hold names, and delete those of no case; return how many."""
    return services.retention.empty_mails()


def forget_who_saw(services: Services) -> Done:
    """Delete the oldest lines of the log of who saw what; return how many."""
    return services.retention.forget_audit()


def send_reminders(services: Services) -> int:
    """Remind units of promised dates, and tell leaders of those that have passed; return how many."""
    return services.reminders.send_due()


def remind_of_surveys(services: Services) -> Done:
    """Let the reminders of surveys that are due go out; return how many."""
    return services.surveys.remind_due()


def settle_surveys(services: Services) -> int:
    """Keep what became of invitations, for the outbox forgets with the case; return how many."""
    return services.survey_figures.settle()


def anonymise_surveys(services: Services) -> Done:
    """Cut old answers from the cases they were about, and drop their words; return how many."""
    if not services.settings.survey_answer_days:
        return Done()  # the municipality keeps them
    now = services.clock()
    before = now - timedelta(days=services.settings.survey_answer_days)
    return done(services.survey_figures.anonymise(before, now, MOST))


def send_digests(services: Services) -> Done:
    """Send leaders their weekly letters once they are due; return how many."""
    return services.digests.send_due()


def delete_held_dialogs(services: Services) -> Done:
    """Delete the talks that were held before the days of the setting; return how many."""
    return services.dialogs.delete_held(
        services.clock() - timedelta(days=services.settings.conversation_days)
    )


JOBS = (
    Job("remind", timedelta(minutes=10), send_reminders),
    Job("digests", timedelta(minutes=10), send_digests),
    Job("delete held talks", timedelta(hours=1), delete_held_dialogs),
    Job("delete old conversations", timedelta(hours=1), delete_old_conversations),
    Job("delete old plans", timedelta(hours=1), delete_old_plans),
    Job("delete old cases", timedelta(hours=1), delete_old_cases),
    Job("empty old mails", timedelta(hours=1), empty_old_mails),
    Job("forget who saw what", timedelta(hours=24), forget_who_saw),
    Job("delete expired logins", timedelta(hours=1), delete_expired_sessions),
    Job("remind of surveys", timedelta(minutes=15), remind_of_surveys),
    Job("settle surveys", timedelta(minutes=15), settle_surveys),
    Job("anonymise surveys", timedelta(hours=1), anonymise_surveys),
)


class Worker:
    """Does each job when it is due, and one that has more to do again in the next round.

    A job that fails is logged and tried again after a minute; the others go on. Nothing is begun once `stopped`.
    """

    def __init__(
        self, services: Services, jobs: Sequence[Job] = JOBS, stopped: Callable[[], bool] = lambda: False
    ):
        self._services = services
        self._stopped = stopped
        self._jobs = jobs
        self._next = {job.name: services.clock() for job in jobs}

    def round(self) -> Dict[str, int]:
        """Do what is due; return how many things each job did that found something to do."""
        did = {}
        for job in self._jobs:
            now = self._services.clock()
            if now < self._next[job.name] or self._stopped():
                continue
            try:
                result = job.work(self._services)
            except Exception as error:
                # The database may be away for a moment; the worker must outlive that.
                log.error("%s failed: %s", job.name, type(error).__name__)
                self._next[job.name] = now + min(job.every, AGAIN_AFTER)
                JOBS_FAILING.labels(job.name).set(1)
                continue
            found = result if isinstance(result, Done) else Done(result)
            JOBS_FAILING.labels(job.name).set(found.failing)
            self._next[job.name] = now if found.more else now + job.every
            if found.count:
                did[job.name] = found.count
                log.info("%s: %s", job.name, found.count)
        return did


def workers(services: Services, stopped: Callable[[], bool]) -> Dict[str, Worker]:
    """Return those that work at the same time, by name."""
    found = {"other jobs": Worker(services, JOBS, stopped)}
    for name, kind in _DELIVERIES.items():
        delivery = services.outbox.only(kind, stopped)
        job = Job(name, timedelta(0), lambda _, delivery=delivery: delivery.deliver_due())  # type: ignore[misc]
        found[name] = Worker(services, [job], stopped)
    return found


class Threads:
    """Lets each worker go on in a thread of its own until they are told to stop.

    Args:
        every: the workers, by name.
        stopped: set when they are to stop; nothing new is begun then.
        ended: called when one ended by itself, which none should.
    """

    def __init__(self, every: Mapping[str, Worker], stopped: threading.Event, ended: Callable[[], None]):
        self._stopped = stopped
        self._ended = ended
        # Daemons: whoever waits for a server that hangs must not keep the process.
        self._threads = [
            threading.Thread(target=self._run, args=(worker,), name=name, daemon=True)
            for name, worker in every.items()
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> Sequence[str]:
        """Stop, and return who is still at something after so many seconds; another does it again after a while."""
        self._stopped.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))
        return [thread.name for thread in self._threads if thread.is_alive()]

    def _run(self, worker: Worker) -> None:
        try:
            while not self._stopped.is_set():
                worker.round()
                self._stopped.wait(SECONDS_BETWEEN_ROUNDS)
        except BaseException as error:
            log.critical("%s ended: %s", threading.current_thread().name, type(error).__name__)
            # The others would hide for ever that this one is missing. supervisord starts all anew.
            self._ended()


def main() -> int:
    """Work until a signal says stop; return 0, or 1 when a thread ended by itself."""
    services = build_services()
    set_up_logs(services.settings.log_level)
    # Held back in every thread, and waited for in this one: a handler could meet a lock that it interrupted.
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    stopped, broken = threading.Event(), threading.Event()

    def ended() -> None:
        broken.set()
        os.kill(os.getpid(), signal.SIGTERM)

    threads = Threads(workers(services, stopped.is_set), stopped, ended)
    threads.start()
    signal.sigwait(_SIGNALS)
    for name in threads.stop(SECONDS_TO_END):
        log.warning("%s was cut short: what was begun is done again after the next start", name)
    return int(broken.is_set())


if __name__ == "__main__":
    sys.exit(main())
