"""Aftaler and Sendt videre: talks booked with leaders, and cases that were sent on, each for their own units."""

import asyncio
from typing import Any, Dict

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import DENMARK, Services
from bot.core.danish import clock_time, long_date, long_day
from bot.core.dialogs import Dialog
from bot.core.leader_lists import FORWARDS_BACK, MOST_FORWARDS, Forward
from bot.core.staff import StaffMember, StaffRole
from bot.web.console_login import ConsoleLogin
from bot.web.rendering import page


def blueprint(services: Services, templates: Environment, login: ConsoleLogin) -> Blueprint:
    """Return the two pages; NotAllowed for who gets no figures either."""
    pages = Blueprint("leader-lists")
    lists, content = services.leader_lists, services.content

    def name(unit: str) -> str:
        return content.units.get(unit).name if content.units.has(unit) else unit

    def talk(found: Dialog) -> Dict[str, Any]:
        at = found.starts_at.astimezone(DENMARK)
        return {
            **vars(found),
            "unit_name": name(found.unit),
            "when": f"{long_day(at.date())} {clock_time(at)}",
            "cancelled": found.cancelled_at is not None,
        }

    def forward(found: Forward, staff: StaffMember) -> Dict[str, Any]:
        at = found.at.astimezone(DENMARK)
        return {
            **vars(found),
            "when": f"{long_date(at.date())} {clock_time(at)}",
            "from_name": name(found.before),
            "to_name": name(found.after),
            "title": content.knowledge.title(found.topic) if found.topic else "",
            "readable": staff.role is StaffRole.ADMIN or found.unit in staff.units,
        }

    @pages.get("/aftaler")
    async def talks(request: Request) -> HTTPResponse:
        staff = await login.who(request)
        if staff is None:
            return redirect("/login")
        coming, held = await asyncio.to_thread(lists.talks, staff)
        return page(
            templates,
            "console/talks.html",
            staff=staff,
            csrf=login.csrf(request),
            coming=[talk(one) for one in coming],
            held=[talk(one) for one in held],
        )

    @pages.get("/sendt-videre")
    async def forwards(request: Request) -> HTTPResponse:
        staff = await login.who(request)
        if staff is None:
            return redirect("/login")
        misrouted = request.args.get("vis") == "forkert"
        found = await asyncio.to_thread(lists.forwards, staff, misrouted)
        return page(
            templates,
            "console/forwards.html",
            staff=staff,
            csrf=login.csrf(request),
            misrouted=misrouted,
            days=FORWARDS_BACK.days,
            full=len(found) == MOST_FORWARDS,
            forwards=[forward(one, staff) for one in found],
        )

    return pages
