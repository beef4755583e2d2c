"""Cookies, and what every form carries: the token that shows it came from our own page, and an id of its own."""

import hmac
import re
from hashlib import sha256

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.core.errors import InvalidInput
from bot.core.ports import Chance

_FORM_ID = re.compile(r"[0-9A-Za-z-]{1,40}")


class Cookies:
    """Sets and reads one secret cookie; a form's token is made from it (signed double submit)."""

    def __init__(self, name: str, secure: bool, lifetime: int):
        self.name = name
        self._secure = secure
        self._lifetime = lifetime

    def for_forms(self) -> "Cookies":
        """Return a cookie for forms alone: beginning or erasing a chat must not make open forms useless."""
        return Cookies(f"{self.name}_form", self._secure, self._lifetime)

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
    """Raise InvalidInput unless the posted form carries the token of `secret`.

    `cookies_needed` when the browser sent no secret at all, otherwise `expired_form`.
    """
    if not secret:
        raise InvalidInput("cookies_needed")
    sent = request.form.get("csrf") or ""
    if not hmac.compare_digest(sent.encode(errors="replace"), form_token(secret).encode()):
        raise InvalidInput("expired_form")


def form_id(request: Request, name: str, chance: Chance) -> str:
    """Return the id a posted form carries, so that sending it twice counts once; a new one for what is no id."""
    sent = request.form.get(name) or ""
    return sent if _FORM_ID.fullmatch(sent) else chance.identifier()


def id_with_content(identifier: str, *content: str) -> str:
    """Return an id for this form with this content.

    A browser's way back shows the page with its old id: other words sent from there are another matter.
    """
    return sha256("\0".join((identifier, *content)).encode(errors="replace")).hexdigest()[:40]
