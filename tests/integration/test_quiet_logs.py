"""What Rasa logs holds nothing that a visitor wrote."""

import logging

import pytest
import structlog

from bot.rasa_ext.quiet_logs import WithoutTracebacks, install, without_words

SECRET = "mette@sundet.dk vil åbne en bar"


@pytest.mark.parametrize(
    "event",
    [
        {"event": "rest.message.received.timeout", "text": SECRET},
        {"event": "rest.message.received.failure", "text": SECRET, "exc_info": ValueError(SECRET)},
        {"event": "processor.slots.log", "slot_values": {"case_contact": SECRET}, "sender": [SECRET]},
    ],
)
def test_an_event_keeps_its_name_and_loses_the_words(event):
    kept = without_words(None, "error", event)
    assert kept["event"] == event["event"]
    assert SECRET not in str(kept)


def test_the_kind_of_an_error_stays():
    assert (
        without_words(None, "error", {"event": "x", "exc_info": ValueError(SECRET)})["error"] == "ValueError"
    )


def test_a_traceback_that_quotes_the_request_is_not_written(caplog):
    handler = logging.StreamHandler()
    handler.addFilter(WithoutTracebacks())
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        record = logging.LogRecord("rasa", logging.ERROR, "", 0, SECRET, (), __import__("sys").exc_info())
    assert handler.filter(record)
    written = handler.format(record)
    assert SECRET not in written
    assert "RuntimeError" in written


def test_an_ordinary_line_stays_as_it_is():
    record = logging.LogRecord("rasa", logging.INFO, "", 0, "Rasa server is up", (), None)
    assert WithoutTracebacks().filter(record)
    assert record.getMessage() == "Rasa server is up"


def test_loggers_made_before_are_quiet_too():
    lines = []
    config = structlog.get_config()
    processors = [lambda _logger, _method, event: lines.append(dict(event)) or ""]
    structlog.configure(processors=processors, logger_factory=structlog.ReturnLoggerFactory())
    try:
        made_before = structlog.get_logger()
        made_before.error("first", text="before")
        install()
        install()
        made_before.error("second", text=SECRET)
    finally:
        structlog.configure(**config)
    assert lines[-1] == {"event": "second"}
    assert processors.count(without_words) == 1
