"""Overblik: the figures of a period for leaders, the chief and the administrator, each for their own units."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any, Dict, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.core.case_figures import FEWEST_ANSWERS, CaseFigures, Period, days_from
from bot.core.danish import long_date
from bot.core.digests import Overview
from bot.core.errors import InvalidInput, NotAllowed
from bot.core.satisfaction import Estimate
from bot.core.staff import StaffMember
from bot.web.console_login import ConsoleLogin
from bot.web.edge import Sentences
from bot.web.rendering import page

ADDRESS = "/overblik"
_USUAL_DAYS = 28
_MOST_DAYS = 366


class OverviewPages:
    """The page; what it counts is in bot/core/digests.py."""

    def __init__(self, services: Services, templates: Environment, sentences: Sentences, login: ConsoleLogin):
        self._services = services
        self._templates = templates
        self._sentences = sentences
        self._login = login

    def blueprint(self) -> Blueprint:
        """Return the page."""
        pages = Blueprint("overview")

        @pages.get(ADDRESS)
        async def show(request: Request) -> HTTPResponse:
            staff = await self._login.who(request)
            if staff is None:
                return redirect("/login")
            if not staff.sees_figures:
                raise NotAllowed("figures are the leaders'")
            return await self._page(request, staff)

        return pages

    async def _page(self, request: Request, staff: StaffMember) -> HTTPResponse:
        now, error = self._services.clock(), ""
        usual = days_from(now.date() - timedelta(days=_USUAL_DAYS - 1), _USUAL_DAYS, now)
        try:
            period = _period(request, now) or usual
        except InvalidInput as wrong:
            period, error = usual, wrong.code
        found = await asyncio.to_thread(self._services.overviews.of, staff, period, now.date())
        return page(
            self._templates,
            "console/overview.html",
            status=400 if error else 200,
            staff=staff,
            csrf=self._login.csrf(request),
            error=self._sentences.say(error) if error else "",
            first=period.first.isoformat(),
            last=period.last.isoformat(),
            period_text=f"{long_date(period.first)} til {long_date(period.last)}",
            fewest=FEWEST_ANSWERS,
            conversation_days=self._services.settings.conversation_days,
            **self._shown(found),
        )

    def _shown(self, found: Overview) -> Dict[str, Any]:
        units = self._services.content.units
        title = self._services.content.knowledge.title
        rows = [{"name": units.get(unit).name, **_row(each)} for unit, each in found.units.items()]
        return {
            "whole": _row(found.whole),
            "rows": rows,
            "gaps": found.gaps,
            "topics": [
                {"title": title(gap.topic), **vars(gap), "total": gap.total} for gap in found.gaps.topics
            ],
        }


def _period(request: Request, now: datetime) -> Optional[Period]:
    """Return the period of the address, None when it names none; InvalidInput `period_wrong`."""
    texts = [request.args.get(name) or "" for name in ("fra", "til")]
    if not any(texts):
        return None
    try:
        first, last = (date.fromisoformat(text) for text in texts)
        days = (last - first).days + 1
        if not 1 <= days <= _MOST_DAYS:
            raise ValueError("too long, or none")
        return days_from(first, days, now)
    except (ValueError, OverflowError):
        raise InvalidInput("period_wrong") from None


def _row(found: CaseFigures) -> Dict[str, Any]:
    return {
        "figures": found,
        "kept": _share(found.kept),
        "right": _share(found.right),
        "service": _scale(found.service),
        "comments": found.comments,
    }


def _share(found: Optional[Estimate]) -> Optional[Dict[str, Any]]:
    if found is None:
        return None
    value, low, high = (round(part * 100) for part in (found.value, found.low, found.high))
    return {"value": value, "low": low, "high": high, "count": found.count, "unit": " %", "bar": value}


def _scale(found: Optional[Estimate]) -> Optional[Dict[str, Any]]:
    if found is None:
        return None
    value, low, high = (f"{part:.1f}".replace(".", ",") for part in (found.value, found.low, found.high))
    # The bar begins at the lowest answer, which is 1.
    bar = round((found.value - 1) / 4 * 100)
    return {"value": value, "low": low, "high": high, "count": found.count, "unit": "", "bar": bar}
