"""Who is at the console, and how they log in and out.

Whatever somebody had typed when the login ended travels through the login page and is shown again afterwards.
"""

import asyncio
from typing import Awaitable, Callable, Dict, List, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.core.errors import InvalidInput, NotAllowed, NotFound, TooMany
from bot.core.staff import StaffMember
from bot.web.accounts import Accounts
from bot.web.cookies import Cookies, check_form, form_token
from bot.web.edge import Sentences
from bot.web.limits import LOGINS, RateLimits
from bot.web.listener import typed
from bot.web.rendering import page

# What was typed about a case, or in a topic's form, and where it was going.
KEPT = (
    "case_id",
    "action",
    "text",
    "outcome",
    "then",
    "unit",
    "misrouted",
    "answer_by",
    "topic",
    "draft",
    "why",
)
Kept = Dict[str, str]
# Shows a page with what was kept; None when it is not its own.
Resume = Callable[[Request, StaffMember, Kept, str], Awaitable[Optional[HTTPResponse]]]


class ConsoleLogin:
    """Logins of the console.

    Args:
        services: the services.
        templates: renders the login page.
        sentences: what is said about errors.
        cookies: hold the login.
        rates: count attempts.
    """

    def __init__(
        self,
        services: Services,
        templates: Environment,
        sentences: Sentences,
        cookies: Cookies,
        rates: RateLimits,
    ):
        self._chance = services.chance
        self._accounts = Accounts(services)
        self._templates = templates
        self._sentences = sentences
        self._cookies = cookies
        self._rates = rates
        self._resumes: List[Resume] = []

    def resume_with(self, resume: Resume) -> None:
        """Let `resume` show again what somebody had typed when the login ended."""
        self._resumes.append(resume)

    async def who(self, request: Request) -> Optional[StaffMember]:
        """Return who is logged in, or None."""
        return await asyncio.to_thread(self._accounts.who, self._cookies.read(request))

    def csrf(self, request: Request, token: str = "") -> str:
        """Return what the forms of a page carry; `token` is that of a login that has just begun."""
        return form_token(token or self._cookies.read(request))

    def check(self, request: Request) -> None:
        """InvalidInput unless a posted form came from a page of this login."""
        check_form(request, self._cookies.read(request))

    def ask_again(self, request: Request, kept: Kept) -> HTTPResponse:
        """Ask for the login that has ended; with what was typed, if anything was."""
        if not any(kept.get(name) for name in ("text", "draft")):
            return redirect("/login")
        return self._page(request, error=self._sentences.say("login_ended_typing"), status=401, kept=kept)

    def blueprint(self) -> Blueprint:
        """Return the pages to log in and out."""
        pages = Blueprint("login")

        @pages.get("/login")
        async def login_page(request: Request) -> HTTPResponse:
            return self._page(request)

        @pages.post("/login")
        async def log_in(request: Request) -> HTTPResponse:
            login, password = typed(request, "login"), request.form.get("password") or ""
            try:
                self.check(request)
                self._rates.count(LOGINS, f"{login.lower()[:80]}")
                self._rates.count(LOGINS, f"address {request.remote_addr or request.ip}")
            except InvalidInput as error:
                return self._page(request, login, self._sentences.say(error.code), 400)
            except TooMany as error:
                wait = self._sentences.say("login_wait", seconds=str(error.retry_after))
                return self._page(request, login, wait, 429)
            token = await asyncio.to_thread(self._accounts.log_in, login, password)
            if token is None:
                return self._page(request, login, self._sentences.say("login_wrong"), 400)
            return self._cookies.write(await self._welcome(request, token), token)

        @pages.post("/logud")
        async def log_out(request: Request) -> HTTPResponse:
            self.check(request)
            await asyncio.to_thread(self._accounts.log_out, self._cookies.read(request))
            return self._cookies.clear(redirect("/login"))

        return pages

    async def _welcome(self, request: Request, token: str) -> HTTPResponse:
        """Lead to the list, or back to where something was typed while the login had ended."""
        kept = kept_of(request)
        staff = await asyncio.to_thread(self._accounts.who, token) if any(kept.values()) else None
        response = await self._resumed(request, staff, kept, token) if staff else None
        return response or redirect("/")

    async def _resumed(
        self, request: Request, staff: StaffMember, kept: Kept, token: str
    ) -> Optional[HTTPResponse]:
        for resume in self._resumes:
            try:
                response = await resume(request, staff, kept, token)
            except (NotFound, NotAllowed):
                continue
            if response:
                return response
        return None

    def _page(
        self,
        request: Request,
        login: str = "",
        error: str = "",
        status: int = 200,
        kept: Optional[Kept] = None,
    ) -> HTTPResponse:
        secret = self._cookies.read(request) or self._chance.secret()
        response = page(
            self._templates,
            "console/login.html",
            status=status,
            login=login,
            error=error,
            csrf=form_token(secret),
            typed=kept or kept_of(request),
        )
        return self._cookies.write(response, secret)


def kept_of(request: Request, **place: str) -> Kept:
    """Return what a form carries that must not be lost; `place` tells more of it than the form does."""
    return {name: place.get(name) or typed(request, name) for name in KEPT}
