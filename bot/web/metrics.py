"""What the web counts for Prometheus. Shared between processes when PROMETHEUS_MULTIPROC_DIR is set."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client import values as _values

CONVERSATIONS = Counter("genvej_conversations_total", "Conversations begun")
MESSAGES = Counter("genvej_messages_total", "Messages of visitors", ["outcome"])
REPLY_SECONDS = Histogram(
    "genvej_reply_seconds",
    "Seconds from a visitor's message to the reply",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
REQUESTS = Counter("genvej_requests_total", "Requests by listener and status", ["listener", "status"])


def exposition() -> bytes:
    """Return all metrics in Prometheus' text format."""
    if "MultiProcess" not in _values.ValueClass.__qualname__:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)
