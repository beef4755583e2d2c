"""Målinger: what businesses answered, by unit, and the calls that leaders owe."""

import asyncio
from typing import Any, Dict, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import DENMARK, Services
from bot.core.danish import long_date
from bot.core.errors import Conflict, InvalidInput, NotFound
from bot.core.satisfaction import Estimate, Figures
from bot.core.staff import StaffMember
from bot.core.survey_answers import Callback, Sending
from bot.web.console_login import ConsoleLogin, Kept
from bot.web.edge import Sentences, translate
from bot.web.listener import typed
from bot.web.rendering import page

_ACTION = "opkald"


class SurveyConsole:
    """The page and what is done on it."""

    def __init__(self, services: Services, templates: Environment, sentences: Sentences, login: ConsoleLogin):
        self._services = services
        self._templates = templates
        self._sentences = sentences
        self._login = login
        self._words = services.content.phrases["survey"]
        login.resume_with(self._resume)

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        pages = Blueprint("surveys", url_prefix="/maalinger")

        @pages.get("/")
        async def show(request: Request) -> HTTPResponse:
            staff = await self._login.who(request)
            return redirect("/login") if staff is None else await self._page(request, staff)

        @pages.post("/opkald/<number:str>")
        async def called(request: Request, number: str) -> HTTPResponse:
            staff, note = await self._login.who(request), typed(request, "text")
            if staff is None:
                return self._login.ask_again(request, {"case_id": number, "action": _ACTION, "text": note})
            if not (number.isascii() and number.isdecimal() and len(number) < 10):
                raise NotFound("no such call")
            try:
                self._login.check(request)
                await asyncio.to_thread(self._services.surveys.finish, staff, int(number), note)
            except (InvalidInput, Conflict) as error:
                return await self._page(request, staff, error, number, note)
            return redirect("/maalinger#opkald", status=303)

        return pages

    async def _resume(
        self, request: Request, staff: StaffMember, kept: Kept, token: str
    ) -> Optional[HTTPResponse]:
        if kept["action"] != _ACTION:
            return None
        error = InvalidInput("login_ended")
        return await self._page(request, staff, error, kept["case_id"], kept["text"], token)

    async def _page(
        self,
        request: Request,
        staff: StaffMember,
        error: Optional[Exception] = None,
        number: str = "",
        note: str = "",
        token: str = "",
    ) -> HTTPResponse:
        surveys = self._services.surveys
        found = await asyncio.to_thread(surveys.figures, staff)
        owed = await asyncio.to_thread(surveys.callbacks, staff)
        made = await asyncio.to_thread(surveys.callbacks, staff, True)
        sendings = await asyncio.to_thread(surveys.sendings, staff)
        status, code, _ = translate(error) if error else (200, "", None)
        return page(
            self._templates,
            "console/surveys.html",
            status=status,
            staff=staff,
            csrf=self._login.csrf(request, token),
            units=[self._unit(unit, figures) for unit, figures in found],
            fewest=self._services.settings.survey_min_answers,
            calls=[self._call(call, staff) for call in owed],
            sendings=[self._sending(one, staff) for one in sendings],
            made=[self._call(call, staff) for call in made[-10:][::-1]],
            error=self._sentences.say(_CODES.get(code, code)) if code else "",
            wrong=number,
            note=note,
        )

    def _unit(self, unit: str, found: Figures) -> Dict[str, Any]:
        return {
            "id": unit,
            "name": self._name(unit),
            "sent": found.sent,
            "unanswered": found.unanswered,
            "answers": found.answers,
            "shown": found.shown,
            "rate": _percent(found.rate),
            "service": self._scale(found.service, 1),
            "solved": _percent(found.solved),
            "index": self._scale(found.index, 0),
            "areas": [
                {"name": self._words.say(f"area_{name}"), "value": self._scale(value, 0)}
                for name, value in found.areas
            ],
            "comments": found.comments,
        }

    def _sending(self, one: Sending, staff: StaffMember) -> Dict[str, Any]:
        return {
            "unit_name": self._name(one.unit),
            "reference": one.reference,
            # Who sees a unit's figures does not always read its cases.
            "case_id": one.case_id if one.unit in staff.units else "",
            "way": self._words.say(f"way_{one.way}"),
            "at": long_date(one.at.astimezone(DENMARK).date()),
            "fate": self._words.say(f"fate_{one.fate}"),
            "reminded": long_date(one.reminded_at.astimezone(DENMARK).date()) if one.reminded_at else "",
        }

    def _call(self, call: Callback, staff: StaffMember) -> Dict[str, Any]:
        return {
            "id": str(call.id),
            "unit_name": self._name(call.unit),
            "reference": call.reference,
            "case_id": call.case_id or "",
            "service": call.service,
            "solved": self._words.say(f"solved_{call.solved.value}"),
            "comment": call.comment,
            "wants_contact": call.wants_contact,
            "answered": long_date(call.created_at.astimezone(DENMARK).date()),
            "due": long_date(call.due),
            "overdue": call.overdue(self._services.today()),
            "done": long_date(call.done_at.astimezone(DENMARK).date()) if call.done_at else "",
            "done_by": call.done_by,
            "note": call.note,
        }

    def _scale(self, found: Optional[Estimate], decimals: int) -> Optional[Dict[str, Any]]:
        """Return a mean in words; answers that are all alike do not tell how far others may lie from them."""
        if found is None:
            return None
        value, low, high = (
            f"{part:.{decimals}f}".replace(".", ",") for part in (found.value, found.low, found.high)
        )
        between = f"{low}–{high}" if found.low < found.high else self._words.say("alike")
        return {"value": value, "between": between, "count": found.count}

    def _name(self, unit: str) -> str:
        units = self._services.content.units
        return units.get(unit).name if units.has(unit) else unit


# The same errors mean something else here than with a case.
_CODES = {"conflict": "call_conflict"}


def _percent(found: Optional[Estimate]) -> Optional[Dict[str, Any]]:
    if found is None:
        return None
    low, high = round(found.low * 100), round(found.high * 100)
    return {"value": f"{round(found.value * 100)} %", "between": f"{low}–{high} %", "count": found.count}
