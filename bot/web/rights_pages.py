"""The console's pages for an administrator: what is held about a person, and the log of who saw what."""

import asyncio
from typing import Any, Dict, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import DENMARK, Services
from bot.core.audit import AuditEntry
from bot.core.danish import clock_time, long_date
from bot.core.errors import InvalidInput, NotAllowed
from bot.core.rights import Held, Reason
from bot.core.staff import StaffMember, StaffRole
from bot.web.console_login import ConsoleLogin
from bot.web.edge import Sentences
from bot.web.listener import typed
from bot.web.record_files import RecordFiles, zip_file
from bot.web.rendering import page

ADDRESS, LOG = "/indsigt", "/indsigt/log"
_LONGEST = 300


def blueprint(
    services: Services, templates: Environment, sentences: Sentences, login: ConsoleLogin
) -> Blueprint:
    """Return the pages. What is searched for is posted, so that it stands in no address and no log of them."""
    pages = Blueprint("rights")
    files, words = RecordFiles(services), services.content.phrases["console"]

    @pages.get(ADDRESS)
    async def ask(request: Request) -> HTTPResponse:
        staff = await _admin(request)
        return redirect("/login") if staff is None else _page(request, staff)

    @pages.post(ADDRESS)
    async def search(request: Request) -> HTTPResponse:
        staff = await _admin(request, posted=True)
        return redirect("/login") if staff is None else await _found(request, staff)

    @pages.post(f"{ADDRESS}/hent")
    async def export(request: Request) -> HTTPResponse:
        staff = await _admin(request, posted=True)
        if staff is None:
            return redirect("/login")
        try:
            return zip_file(*await asyncio.to_thread(files.of_person, staff, _person(request)))
        except InvalidInput as error:
            return _page(request, staff, error=error)

    @pages.post(f"{ADDRESS}/slet")
    async def erase(request: Request) -> HTTPResponse:
        staff = await _admin(request, posted=True)
        if staff is None:
            return redirect("/login")
        reason, scope = request.form.get("reason") or "", request.form.get("scope") or ""
        try:
            gone = await asyncio.to_thread(services.rights.erase, staff, _person(request), reason, scope)
        except InvalidInput as error:
            return await _found(request, staff, error)
        return _page(request, staff, gone=_counted(gone))

    @pages.get(LOG)
    async def log(request: Request) -> HTTPResponse:
        staff = await _admin(request)
        if staff is None:
            return redirect("/login")
        reference = (request.args.get("sag") or "").strip().upper()[:24]
        lines = await asyncio.to_thread(services.audit.listed, reference)
        return page(
            templates,
            "console/audit.html",
            staff=staff,
            csrf=login.csrf(request),
            reference=reference,
            lines=[_line(line) for line in lines],
            days=services.settings.audit_days,
        )

    async def _admin(request: Request, posted: bool = False) -> Optional[StaffMember]:
        staff = await login.who(request)
        if staff is None:
            return None
        if staff.role is not StaffRole.ADMIN:
            raise NotAllowed("only an administrator")
        if posted:
            login.check(request)
        return staff

    async def _found(
        request: Request, staff: StaffMember, error: Optional[InvalidInput] = None
    ) -> HTTPResponse:
        try:
            held = await asyncio.to_thread(services.rights.search, staff, _person(request))
        except InvalidInput as unclear:
            return _page(request, staff, error=unclear)
        return _page(request, staff, held, error)

    def _page(
        request: Request,
        staff: StaffMember,
        held: Optional[Held] = None,
        error: Optional[InvalidInput] = None,
        gone: Optional[list] = None,
    ) -> HTTPResponse:
        return page(
            templates,
            "console/rights.html",
            status=400 if error else 200,
            staff=staff,
            csrf=login.csrf(request),
            person="" if gone is not None else _person(request),
            held=_shown(held) if held else None,
            error=sentences.say(error.code) if error else "",
            reasons=[{"id": one.value, "label": words.say(f"reason_{one.value}")} for one in Reason],
            chosen=request.form.get("reason") or "",
            gone=gone,
        )

    def _shown(held: Held) -> Dict[str, Any]:
        return {
            "counts": _counted(held.counts),
            "cases": [
                {
                    "id": case["id"],
                    "reference": case["reference"],
                    "state": words.say(f"state_{case['state']}"),
                    "bar": words.say(f"bar_{held.bars[case['id']].value}") if case["id"] in held.bars else "",
                }
                for case in held.parts["cases"]
            ],
            "barred": bool(held.bars),
        }

    def _counted(counts: Dict[str, int]) -> list:
        return [
            {"what": words.say(f"kind_{name}"), "count": count} for name, count in counts.items() if count
        ]

    def _line(entry: AuditEntry) -> Dict[str, Any]:
        local = entry.at.astimezone(DENMARK)
        reason = entry.details.get("reason")
        return {
            "at_text": f"{long_date(local.date())} {clock_time(local)}",
            "label": words.say(f"audit_{entry.kind.value}"),
            "staff": entry.staff,
            "case_id": entry.case_id,
            "reference": entry.reference,
            "reason": words.say(f"reason_{reason}") if reason else "",
            "overruled": bool(entry.details.get("overruled")),
        }

    return pages


def _person(request: Request) -> str:
    return typed(request, "person")[:_LONGEST]
