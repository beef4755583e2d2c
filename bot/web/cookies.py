"""Cookies, and the token in every form that shows a form came from our own page."""

import hmac
from hashlib import sha256

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.core.errors import InvalidInput


class Cookies:
    """Sets and reads one secret cookie; a form's token is made from it (signed double submit)."""

    def __init__(self, name: str, secure: bool, lifetime: int):
        self.name = name
        self._secure = secure
        self._lifetime = lifetime

    def read(self, request: Request) -> str:
        """Return the secret, or an empty string."""
        return request.cookies.get(self.name) or ""

    def write(self, response: HTTPResponse, secret: str) -> HTTPResponse:
        """Let the browser keep the secret for the lifetime in seconds."""
        response.cookies[self.name] = secret
        cookie = response.cookies[self.name]
        cookie["httponly"] = True
        cookie["samesite"] = "Lax"
        cookie["path"] = "/"
        cookie["max-age"] = self._lifetime
        cookie["secure"] = self._secure
        return response

    def clear(self, response: HTTPResponse) -> HTTPResponse:
        """Let the browser forget the secret."""
        response.cookies[self.name] = ""
        response.cookies[self.name]["max-age"] = 0
        response.cookies[self.name]["path"] = "/"
        return response


def form_token(secret: str) -> str:
    """Return the token that forms carry for the owner of `secret`."""
    return hmac.new(secret.encode(errors="replace"), b"form", sha256).hexdigest()


def check_form(request: Request, secret: str) -> None:
    """Raise InvalidInput `expired_form` unless the posted form carries the token of `secret`."""
    sent = request.form.get("csrf") or ""
    if not secret or not hmac.compare_digest(sent.encode(errors="replace"), form_token(secret).encode()):
        raise InvalidInput("expired_form")
