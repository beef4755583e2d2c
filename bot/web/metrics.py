"""What the web counts for Prometheus. Shared between processes when PROMETHEUS_MULTIPROC_DIR is set."""

from typing import Optional

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client import values as _values

from bot.core.undelivered import Figures

CONVERSATIONS = Counter("genvej_conversations_total", "Conversations begun")
MESSAGES = Counter("genvej_messages_total", "Messages of visitors", ["outcome"])
REPLY_SECONDS = Histogram(
    "genvej_reply_seconds",
    "Seconds from a visitor's message to the reply",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
REQUESTS = Counter("genvej_requests_total", "Requests by listener and status", ["listener", "status"])
# Written by the worker; of a process that ended the next one's word counts.
JOBS_FAILING = Gauge(
    "genvej_jobs_failing",
    "Things of a job of the worker that failed and wait to be tried again",
    ["job"],
    multiprocess_mode="mostrecent",
)


def exposition(outbox: Optional[Figures] = None) -> bytes:
    """Return all metrics in Prometheus' text format; the outbox's are left out when nobody knows them."""
    return _counted() + (_of_outbox(outbox) if outbox else b"")


def _counted() -> bytes:
    if "MultiProcess" not in _values.ValueClass.__qualname__:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


def _of_outbox(figures: Figures) -> bytes:
    # Read from the database at each look: a registry of its own, that no process adds to.
    registry = CollectorRegistry()
    for name, help_text, value in (
        ("genvej_outbox_waiting", "Mails, text messages and calls that are due and not out", figures.waiting),
        ("genvej_outbox_oldest_seconds", "Seconds since the oldest of them was due", figures.oldest_seconds),
        (
            "genvej_outbox_set_aside",
            "What is not tried any more until somebody sees to it",
            figures.set_aside,
        ),
    ):
        Gauge(name, help_text, registry=registry).set(value)
    return generate_latest(registry)
