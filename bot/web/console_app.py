"""The staff console: a listener of its own, so that a firewall can keep it inside."""

import asyncio
from typing import Dict, Optional

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw, redirect

from bot.bootstrap import Services
from bot.core.casework import Casework
from bot.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound, TooMany
from bot.core.staff import StaffMember, StaffRole
from bot.web import metrics
from bot.web.accounts import Accounts
from bot.web.console_views import ConsoleViews
from bot.web.cookies import Cookies, check_form, form_token
from bot.web.edge import Sentences, install, translate
from bot.web.limits import LOGINS, RateLimits
from bot.web.listener import new_app, typed
from bot.web.rendering import environment, page

_HOUR = 3600
# What somebody typed about a case and where it was going: kept until it is stored, past errors and an ended login.
_KEPT = ("case_id", "action", "text", "outcome")


def create_app(services: Services, name: str = "genvej-console") -> Sanic:
    """Build the console from the services."""
    settings, content = services.settings, services.content
    app = new_app(name, services, "'none'")
    templates = environment(municipality=content.municipality, console=True)
    sentences = Sentences(
        content.phrases["errors"], content.municipality.phone, f"{settings.web_address}/kontakt"
    )
    cookies = Cookies("genvej_console", bool(settings.secure_cookies), settings.session_hours * _HOUR)
    rates = RateLimits(settings.rate_limit_storage, bool(settings.rate_limit), services.clock)
    accounts = Accounts(services)
    casework = Casework(services.cases, services.clock)
    views = ConsoleViews(services)
    install(app, sentences, templates)

    @app.get("/metrics")
    async def show_metrics(request: Request) -> HTTPResponse:
        return raw(metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")

    @app.get("/login")
    async def login_page(request: Request) -> HTTPResponse:
        return _login(request)

    @app.post("/login")
    async def log_in(request: Request) -> HTTPResponse:
        login, password = typed(request, "login"), request.form.get("password") or ""
        try:
            check_form(request, cookies.read(request))
            rates.count(LOGINS, f"{login.lower()[:80]}")
            rates.count(LOGINS, f"address {request.remote_addr or request.ip}")
        except InvalidInput as error:
            return _login(request, login, sentences.say(error.code), 400)
        except TooMany as error:
            return _login(request, login, sentences.say("login_wait", seconds=str(error.retry_after)), 429)
        token = await asyncio.to_thread(accounts.log_in, login, password)
        if token is None:
            return _login(request, login, sentences.say("login_wrong"), 400)
        return cookies.write(await _welcome(request, token), token)

    async def _welcome(request: Request, token: str) -> HTTPResponse:
        """Lead to the list, or back to the case about which something was typed while the login had ended."""
        kept = _kept(request)
        staff = await asyncio.to_thread(accounts.who, token) if kept["case_id"] else None
        try:
            if staff:
                error = InvalidInput("login_ended")
                return await _case(request, staff, kept["case_id"], error, kept, token)
        except (NotFound, NotAllowed):
            pass
        return redirect("/")

    @app.post("/logud")
    async def log_out(request: Request) -> HTTPResponse:
        token = cookies.read(request)
        check_form(request, token)
        await asyncio.to_thread(accounts.log_out, token)
        return cookies.clear(redirect("/login"))

    @app.get("/")
    async def cases(request: Request) -> HTTPResponse:
        staff = await _who(request)
        if staff is None:
            return redirect("/login")
        unit, closed = request.args.get("enhed"), request.args.get("tilstand") == "lukkede"
        found = await asyncio.to_thread(casework.listed, staff, unit, closed)
        counts = await asyncio.to_thread(casework.open_by_unit)
        return page(
            templates,
            "console/cases.html",
            staff=staff,
            csrf=form_token(cookies.read(request)),
            state="lukkede" if closed else "aabne",
            cases=[views.line(case, services.today()) for case in found],
            unit_choices=[
                {
                    "id": item.id,
                    "name": item.name,
                    "selected": item.id == unit,
                    "open": counts.get(item.id, 0),
                }
                for item in content.units.all()
                if staff.role is StaffRole.ADMIN or item.id in staff.units
            ],
        )

    @app.get("/sager/<case_id:str>")
    async def show_case(request: Request, case_id: str) -> HTTPResponse:
        staff = await _who(request)
        return redirect("/login") if staff is None else await _case(request, staff, case_id)

    @app.post("/sager/<case_id:str>/<action:str>")
    async def act(request: Request, case_id: str, action: str) -> HTTPResponse:
        staff = await _who(request)
        kept = _kept(request, case_id=case_id, action=action)
        if staff is None:
            if not kept["text"]:
                return redirect("/login")
            return _login(request, error=sentences.say("login_ended_typing"), status=401, kept=kept)
        try:
            check_form(request, cookies.read(request))
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
        kept: Optional[Dict[str, str]] = None,
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
            csrf=form_token(token or cookies.read(request)),
            typed=kept or dict.fromkeys(_KEPT, ""),
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

    def _login(
        request: Request,
        login: str = "",
        error: str = "",
        status: int = 200,
        kept: Optional[Dict[str, str]] = None,
    ) -> HTTPResponse:
        secret = cookies.read(request) or services.chance.secret()
        response = page(
            templates,
            "console/login.html",
            status=status,
            login=login,
            error=error,
            csrf=form_token(secret),
            typed=kept or _kept(request),
        )
        return cookies.write(response, secret)

    async def _who(request: Request) -> Optional[StaffMember]:
        return await asyncio.to_thread(accounts.who, cookies.read(request))

    return app


def _kept(request: Request, **place: str) -> Dict[str, str]:
    return {name: place.get(name) or typed(request, name) for name in _KEPT}
