"""The staff console: a listener of its own, so that a firewall can keep it inside."""

import asyncio
from typing import Optional

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw, redirect

from bot.bootstrap import Services
from bot.core.casework import Casework
from bot.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from bot.core.staff import StaffMember
from bot.web import metrics
from bot.web.console_login import KEPT, ConsoleLogin, Kept, kept_of
from bot.web.console_views import ConsoleViews
from bot.web.cookies import Cookies
from bot.web.edge import Sentences, install, translate
from bot.web.editor_pages import EditorPages
from bot.web.limits import RateLimits
from bot.web.listener import new_app
from bot.web.rendering import environment, page

_HOUR = 3600
# In bytes. A topic's form holds everything that is said about it, and each Danish letter takes six.
LARGEST_FORM = 256 * 1024


def create_app(services: Services, name: str = "genvej-console") -> Sanic:
    """Build the console from the services."""
    settings, content = services.settings, services.content
    app = new_app(name, services, "'none'", LARGEST_FORM)
    templates = environment(municipality=content.municipality, console=True)
    sentences = Sentences(
        content.phrases["errors"], content.municipality.phone, f"{settings.web_address}/kontakt"
    )
    cookies = Cookies("genvej_console", bool(settings.secure_cookies), settings.session_hours * _HOUR)
    rates = RateLimits(settings.rate_limit_storage, bool(settings.rate_limit), services.clock)
    login = ConsoleLogin(services, templates, sentences, cookies, rates)
    editor = EditorPages(services, templates, sentences, login)
    casework = Casework(services.cases, services.clock)
    views = ConsoleViews(services)
    app.blueprint(login.blueprint())
    app.blueprint(editor.blueprint())
    install(app, sentences, templates)

    @app.get("/metrics")
    async def show_metrics(request: Request) -> HTTPResponse:
        return raw(metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")

    @app.get("/")
    async def cases(request: Request) -> HTTPResponse:
        staff = await login.who(request)
        if staff is None:
            return redirect("/login")
        unit, closed = request.args.get("enhed"), request.args.get("tilstand") == "lukkede"
        found = await asyncio.to_thread(casework.listed, staff, unit, closed)
        counts = await asyncio.to_thread(casework.open_by_unit)
        return page(
            templates,
            "console/cases.html",
            staff=staff,
            csrf=login.csrf(request),
            state="lukkede" if closed else "aabne",
            cases=[views.row(case, staff, services.today()) for case in found],
            unit_choices=[
                {
                    "id": item.id,
                    "name": item.name,
                    "selected": item.id == unit,
                    "open": counts.get(item.id, 0),
                }
                for item in content.units.all()
                if staff.may_list(item.id)
            ],
        )

    @app.get("/sager/<case_id:str>")
    async def show_case(request: Request, case_id: str) -> HTTPResponse:
        staff = await login.who(request)
        return redirect("/login") if staff is None else await _case(request, staff, case_id)

    @app.post("/sager/<case_id:str>/<action:str>")
    async def act(request: Request, case_id: str, action: str) -> HTTPResponse:
        staff = await login.who(request)
        kept = kept_of(request, case_id=case_id, action=action)
        if staff is None:
            return login.ask_again(request, kept)
        try:
            login.check(request)
            await asyncio.to_thread(_act, staff, case_id, action, request.form)
        except (InvalidInput, Conflict, IllegalTransition) as error:
            try:
                return await _case(request, staff, case_id, error, kept)
            except (NotFound, NotAllowed):
                raise error from None
        return redirect(f"/sager/{case_id}")

    def _act(staff: StaffMember, case_id: str, action: str, form) -> None:
        case = casework.read(staff, case_id)
        if form.get("version") != str(case.version):
            raise Conflict("the page was older than the case")
        if action == "tag":
            casework.claim(staff, case)
        elif action == "frigiv":
            casework.release(staff, case)
        elif action == "note":
            casework.note(staff, case, form.get("text") or "")
        elif action == "luk":
            casework.close(staff, case, form.get("outcome") or "", form.get("text") or "")
        else:
            raise InvalidInput("not_found")

    async def _case(
        request: Request,
        staff: StaffMember,
        case_id: str,
        error: Optional[Exception] = None,
        kept: Optional[Kept] = None,
        token: str = "",
    ) -> HTTPResponse:
        case = await asyncio.to_thread(casework.read, staff, case_id)
        events = await asyncio.to_thread(casework.history, case)
        possible = casework.possible(staff, case)
        status, code, _ = translate(error) if error else (200, "", None)
        return page(
            templates,
            "console/case.html",
            status=status,
            staff=staff,
            csrf=login.csrf(request, token),
            typed=kept or dict.fromkeys(KEPT, ""),
            case=views.whole(case, staff, services.today()),
            transcript=views.transcript(case),
            events=views.events(events),
            outcomes=views.outcomes(),
            error=sentences.say(code) if error else "",
            can_claim=possible.claim,
            can_release=possible.release,
            can_note=possible.note,
            can_close=possible.close,
        )

    async def _resume(request: Request, staff: StaffMember, kept: Kept, token: str) -> Optional[HTTPResponse]:
        if not kept["case_id"]:
            return None
        return await _case(request, staff, kept["case_id"], InvalidInput("login_ended"), kept, token)

    login.resume_with(_resume)
    editor.resume_with(login)
    return app
