"""Keeps visitors' words out of Rasa's log.

When the web gives up waiting, or an action fails, Rasa logs the message, the slots or the whole tracker at level
ERROR. What an operator needs is which event it was and the kind of error; the rest is dropped here.
"""

import logging
from typing import Any, Dict

import structlog

# What Rasa fills with its own words only.
_KEPT = ("event", "level", "timestamp", "logger", "event_info")


def without_words(_logger: Any, _method: str, event: Dict[str, Any]) -> Dict[str, Any]:
    """Return a structlog event with nothing in it that a visitor may have written."""
    kept = {
        key: value for key, value in event.items() if key in _KEPT or isinstance(value, (bool, int, float))
    }
    error = event.get("exc_info")
    if isinstance(error, BaseException):
        kept["error"] = type(error).__name__
    return kept


class WithoutTracebacks(logging.Filter):
    """Leaves the kind of an error in a line, and takes its message and traceback out: they quote the request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; every record is written."""
        if record.exc_info and record.exc_info[0]:
            record.msg, record.args = f"{record.name}: {record.exc_info[0].__name__}", ()
            record.exc_info = record.exc_text = None
        return True


def install() -> None:
    """Put both in place; doing it twice changes nothing."""
    processors = structlog.get_config()["processors"]
    if without_words not in processors:
        # In place: the loggers that Rasa has made already share this list.
        processors.insert(0, without_words)
    for handler in logging.getLogger().handlers:
        if not any(isinstance(item, WithoutTracebacks) for item in handler.filters):
            handler.addFilter(WithoutTracebacks())
