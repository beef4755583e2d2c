"""Renders the templates."""

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic.response import HTTPResponse, html

from bot.core.danish import long_date, long_day

_TEMPLATES = Path(__file__).parent / "templates"


def environment(**always) -> Environment:
    """Return the template environment; `always` is known to every template."""
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["danish_date"] = lambda text: long_date(date.fromisoformat(text[:10]))
    found.filters["danish_day"] = lambda text: long_day(date.fromisoformat(text[:10]))
    found.globals.update(always)
    return found


def page(templates: Environment, name: str, status: int = 200, **context) -> HTTPResponse:
    """Return a rendered page. It must not be kept by browsers: it may hold a conversation."""
    text = templates.get_template(name).render(status=status, **context)
    return html(text, status=status, headers={"Cache-Control": "no-store"})
