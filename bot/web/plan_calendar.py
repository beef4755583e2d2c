"""A plan's dates as a file for a calendar."""

from hashlib import sha256
from typing import Container
from urllib.parse import urlsplit

from sanic.response import HTTPResponse, raw

from bot.bootstrap import Services
from bot.core.plans.calendar import calendar
from bot.core.plans.telling import entries
from bot.core.plans.view import PlanView


def calendar_file(services: Services, view: PlanView, *, key: str, done: Container[str] = ()) -> HTTPResponse:
    """Return the calendar of a plan to download; see `calendar_of`."""
    return raw(
        calendar_of(services, view, key=key, done=done),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="plan-{view.plan.id}.ics"',
            "Cache-Control": "no-store",
        },
    )


def calendar_of(services: Services, view: PlanView, *, key: str, done: Container[str] = ()) -> bytes:
    """Return the calendar of a plan; `key` tells it from other plans, and is itself not shown."""
    phrases = services.content.phrases["plan"]
    address = services.settings.web_address
    hidden = sha256(f"{view.plan.id}\0{key}".encode()).hexdigest()[:24]
    text = calendar(
        phrases.say("calendar_name", title=view.plan.title),
        entries(view, done, hidden, urlsplit(address).hostname or "genvej", address, phrases),
        services.clock(),
    )
    return text.encode("utf-8")
