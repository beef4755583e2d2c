"""Where errors become answers: once, for the chat API and for pages alike."""

import logging
from typing import Optional, Tuple

from jinja2 import Environment
from sanic import Sanic
from sanic.exceptions import MethodNotSupported, PayloadTooLarge, SanicException
from sanic.exceptions import NotFound as NoSuchPage
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.core import errors
from bot.core.answering import Phrases
from bot.core.conversations import LONGEST_TEXT
from bot.web.rendering import page

log = logging.getLogger(__name__)
API = "/chat/"

_STATUS_OF = (
    (errors.NotFound, 404, "not_found"),
    (errors.NotAllowed, 403, "not_allowed"),
    (errors.Conflict, 409, "conflict"),
    (errors.IllegalTransition, 409, "illegal_transition"),
    (errors.BotUnavailable, 503, "bot_unavailable"),
    (errors.StorageUnavailable, 503, "storage_unavailable"),
    (NoSuchPage, 404, "not_found"),
    (MethodNotSupported, 405, "method_not_allowed"),
    (PayloadTooLarge, 413, "too_large"),
)


class Unauthorized(errors.GenvejError):
    """No token came with the request, or one that opens nothing."""


class UnsupportedMediaType(errors.GenvejError):
    """The body is not JSON."""


class Sentences:
    """The Danish sentence for every error a visitor can meet."""

    def __init__(self, phrases: Phrases, phone: str, contact_form: str):
        self._phrases = phrases
        self._always = {"phone": phone, "contact_form": contact_form, "longest": str(LONGEST_TEXT)}

    def say(self, code: str, **values: str) -> str:
        """Return the sentence for an error code."""
        return self._phrases.say(code, **{**self._always, **values})


def translate(error: Exception) -> Tuple[int, str, Optional[int]]:
    """Return (HTTP status, code, seconds to wait) for an error; 500 for one nobody meant."""
    if isinstance(error, errors.InvalidInput):
        return 400, error.code, None
    if isinstance(error, errors.TooMany):
        return 429, "too_many", error.retry_after
    if isinstance(error, Unauthorized):
        return 401, "unauthorized", None
    if isinstance(error, UnsupportedMediaType):
        return 415, "unsupported_media_type", None
    for kind, status, code in _STATUS_OF:
        if isinstance(error, kind):
            return status, code, None
    if isinstance(error, SanicException) and 400 <= (error.status_code or 500) < 500:
        return error.status_code, "bad_json", None
    return 500, "server_error", None


def install(app: Sanic, sentences: Sentences, templates: Environment) -> None:
    """Let the app answer every error with a Danish sentence and nothing of its insides."""

    @app.exception(Exception)
    async def answer(request: Request, error: Exception) -> HTTPResponse:
        status, code, wait = translate(error)
        if status == 500:
            # The message of an unknown error may quote a visitor: its kind and place are enough.
            log.error("unexpected %s at %s", type(error).__name__, _place(error))
        if isinstance(error, errors.StorageUnavailable):
            log.error("the database is not available: %s", error)
        message = sentences.say(code, seconds=str(wait or ""))
        if request is None or request.path.startswith(API) or request.path in ("/healthz", "/readyz"):
            response = json({"error": code, "message": message}, status=status, ensure_ascii=False)
        else:
            response = page(templates, "error.html", status=status, message=message)
        if wait:
            response.headers["Retry-After"] = str(wait)
        if status == 405 and isinstance(error, MethodNotSupported):
            response.headers.update(error.headers)
        return response


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "unknown"
