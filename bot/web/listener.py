"""What both listeners, the public web and the console, have in common."""

import re
from pathlib import Path
from typing import Optional

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.bootstrap import Services
from bot.core.errors import InvalidInput
from bot.web import metrics

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 16 * 1024
_STATIC_SECONDS = 3600
# What is the same for everybody, and how the parts of an address are called that let in whoever knows them.
PUBLIC_FILES = frozenset({"/widget.js", "/openapi.yml"})
_KEYS = {"token", "secret"}
# Control characters and code points that are none: no keyboard types them, and neither HTML nor PostgreSQL takes them.
_NO_CHARACTERS = "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNUSABLE = re.compile(rf"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_NO_CHARACTERS}]")


def typed(request: Request, name: str) -> str:
    """Return a field of a form without what can be neither shown nor stored; an empty string without the field."""
    return _UNUSABLE.sub("", request.form.get(name) or "")


def new_app(name: str, services: Services, frame_ancestors: str, largest_body: int = LARGEST_BODY) -> Sanic:
    """Return an app with limits (`largest_body` in bytes), security headers, static files and /healthz."""
    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = largest_body
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.KEEP_ALIVE_TIMEOUT = 30
    if services.settings.trusted_proxies:
        app.config.PROXIES_COUNT = services.settings.trusted_proxies
    app.static("/static", STATIC, name="static", use_modified_since=True)
    policy = (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {frame_ancestors}"
    )

    @app.get("/healthz")
    async def alive(request: Request) -> HTTPResponse:
        return json({"status": "alive"})

    @app.on_request
    async def read(request: Request) -> None:
        # Forms are cleaned instead, by `typed`: what somebody pasted into them must not be lost.
        if any(_UNUSABLE.search(value) for _, value in request.query_args):
            raise InvalidInput("bad_json")

    @app.on_response
    async def finish(request: Request, response: Optional[HTTPResponse]) -> None:
        if response is None:
            return
        metrics.REQUESTS.labels(name, response.status).inc()
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if request.path.startswith("/static/"):
            response.headers["Cache-Control"] = f"public, max-age={_STATIC_SECONDS}"
        elif request.path not in PUBLIC_FILES:
            # Whatever else there is may be about somebody, and a browser may be shared.
            response.headers.setdefault("Cache-Control", "no-store")
        if _KEYS & set(request.match_info):
            # The address is the key: it is told to no other page or site, and not for search engines.
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex"

    @app.after_server_stop
    async def close(app: Sanic, loop) -> None:
        services.database.close()

    return app
