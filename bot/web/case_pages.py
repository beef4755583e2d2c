"""The pages of cases in the console: the list, one case, and what is done with it."""

import asyncio
from datetime import date
from typing import Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.core.audit import seen_by
from bot.core.case_filter import CaseFilter
from bot.core.cases import Case, CaseState
from bot.core.casework import STAY
from bot.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from bot.core.mails import Mail
from bot.core.staff import StaffMember
from bot.web.case_forms import ACTS, REPLY, acted
from bot.web.console_login import KEPT, ConsoleLogin, Kept, kept_of
from bot.web.console_views import ConsoleViews
from bot.web.edge import Sentences, translate
from bot.web.listener import typed
from bot.web.record_files import RecordFiles, zip_file
from bot.web.rendering import page

# What the tabs are called in an address; any other value is a state.
OPEN, MINE, LATE, ENDED = "aabne", "mine", "over-tid", "lukkede"
_LONGEST_SEARCH = 120
_PREVIEW = "vis-svar"


class CasePages:
    """Cases as staff see them.

    Args:
        services: the services.
        templates: renders the pages.
        sentences: what is said about errors.
        login: who is at the console.
    """

    def __init__(self, services: Services, templates: Environment, sentences: Sentences, login: ConsoleLogin):
        self._services = services
        self._casework = services.casework
        self._lists = services.case_lists
        self._marks = services.case_marks
        self._views = ConsoleViews(services)
        self._files = RecordFiles(services)
        self._templates = templates
        self._sentences = sentences
        self._login = login

    def resume_with(self, login: ConsoleLogin) -> None:
        """Show again what was typed about a case when the login ended."""
        login.resume_with(self._resume)

    def blueprint(self) -> Blueprint:
        """Return the pages."""
        pages = Blueprint("cases")

        @pages.get("/")
        async def cases(request: Request) -> HTTPResponse:
            staff = await self._login.who(request)
            return redirect("/login") if staff is None else await self._list(request, staff)

        @pages.get("/sager/<case_id:str>")
        async def show_case(request: Request, case_id: str) -> HTTPResponse:
            staff = await self._login.who(request)
            return redirect("/login") if staff is None else await self._case(request, staff, case_id)

        @pages.post("/sager/<case_id:str>/akter")
        async def records(request: Request, case_id: str) -> HTTPResponse:
            staff = await self._login.who(request)
            if staff is None:
                return redirect("/login")
            self._login.check(request)
            return zip_file(*await asyncio.to_thread(self._files.of_case, staff, case_id))

        @pages.post("/sager/<case_id:str>/<action:str>")
        async def act(request: Request, case_id: str, action: str) -> HTTPResponse:
            return await self._act(request, case_id, action)

        return pages

    async def _list(self, request: Request, staff: StaffMember) -> HTTPResponse:
        shown = request.args.get("tilstand") or OPEN
        unit, text = request.args.get("enhed") or "", (request.args.get("q") or "")[:_LONGEST_SEARCH]
        states = {state.value for state in CaseState}
        wanted = CaseFilter(
            unit=unit,
            state=shown if shown in states else "",
            mine=shown == MINE,
            overdue=shown == LATE,
            ended=shown == ENDED,
            text=text,
            page=_number(request.args.get("side") or ""),
        )
        found = await asyncio.to_thread(self._lists.page, staff, wanted)
        marks = await asyncio.to_thread(self._marks.of, [case.id for case in found.cases])
        counts = await asyncio.to_thread(self._lists.open_by_unit)
        known = (OPEN, MINE, LATE, ENDED, *states)
        today = self._services.today()
        return page(
            self._templates,
            "console/cases.html",
            staff=staff,
            csrf=self._login.csrf(request),
            shown=shown if shown in known else OPEN,
            search=text,
            cases=[
                {**self._views.row(case, staff, today), "marks": self._views.marks(marks.get(case.id))}
                for case in found.cases
            ],
            total=found.total,
            late=found.late,
            number=found.number,
            pages=found.pages,
            states=self._views.states(),
            unit_choices=[
                {
                    "id": item.id,
                    "name": item.name,
                    "selected": item.id == unit,
                    "open": counts.get(item.id, 0),
                }
                for item in self._services.content.units.all()
                if staff.may_list(item.id)
            ],
        )

    async def _act(self, request: Request, case_id: str, action: str) -> HTTPResponse:
        staff = await self._login.who(request)
        # A preview is about the form of the reply.
        kept = kept_of(request, case_id=case_id, action=REPLY if action == _PREVIEW else action)
        if staff is None:
            return self._login.ask_again(request, kept)
        try:
            self._login.check(request)
            mail = await asyncio.to_thread(self._done, staff, case_id, action, request)
        except (InvalidInput, Conflict, IllegalTransition) as error:
            try:
                return await self._case(request, staff, case_id, error, kept)
            except (NotFound, NotAllowed):
                raise error from None
        if mail:
            return await self._case(request, staff, case_id, kept=kept, preview=mail)
        return redirect(f"/sager/{case_id}")

    def _done(self, staff: StaffMember, case_id: str, action: str, request: Request) -> Optional[Mail]:
        """Do what was asked for; return the mail when it was only to be seen."""
        case = self._casework.read(staff, case_id)
        if action == _PREVIEW:
            then = typed(request, "then") or STAY
            return self._casework.preview(staff, case, typed(request, "text"), then)
        if action not in ACTS:
            raise InvalidInput("not_found")
        if request.form.get("version") != str(case.version):
            raise Conflict("the page was older than the case")
        acted(self._casework, staff, case, action, request)
        return None

    async def _case(
        self,
        request: Request,
        staff: StaffMember,
        case_id: str,
        error: Optional[Exception] = None,
        kept: Optional[Kept] = None,
        token: str = "",
        preview: Optional[Mail] = None,
    ) -> HTTPResponse:
        case = await asyncio.to_thread(self._casework.read, staff, case_id)
        parts = await asyncio.to_thread(self._parts, staff, case)
        status, code, _ = translate(error) if error else (200, "", None)
        return page(
            self._templates,
            "console/case.html",
            status=status,
            staff=staff,
            csrf=self._login.csrf(request, token),
            typed=kept or dict.fromkeys(KEPT, ""),
            outcomes=self._views.outcomes(),
            error=self._sentences.say(code) if error else "",
            can=self._casework.possible(staff, case),
            preview=preview,
            unit_choices=[unit for unit in self._services.content.units.all() if unit.id != case.unit],
            **parts,
        )

    def _parts(self, staff: StaffMember, case: Case) -> dict:
        today: date = self._services.today()
        survivor = self._services.cases.get(case.merged_into) if case.merged_into else None
        whole, parts = self._casework.family(case)
        merged = self._casework.merged_into(case)
        marks = self._views.marks(self._marks.of([case.id]).get(case.id))
        history = self._casework.history(case)
        # Before it is shown: what cannot be logged is not seen.
        self._services.audit.add(seen_by(staff, (case, *merged), self._services.clock()))
        return {
            **self._views.family(whole, parts, staff, today),
            **self._views.seen(self._services.audit.of_case(case.id)),
            "case": self._views.whole(case, staff, today),
            "readable_only": not staff.may_see(case),
            "transcript": self._views.transcript(case),
            "marks": marks,
            "events": self._views.events(history, news=bool(marks["news"])),
            "survivor": self._views.row(survivor, staff, today) if survivor else None,
            "merged": [
                {
                    **self._views.whole(other, staff, today),
                    "transcript": self._views.transcript(other),
                    "events": self._views.events(self._casework.history(other)),
                }
                for other in merged
            ],
            "duplicates": [
                {**self._views.row(other, staff, today), "version": other.version}
                for other in self._casework.duplicates(staff, case)
            ],
        }

    async def _resume(
        self, request: Request, staff: StaffMember, kept: Kept, token: str
    ) -> Optional[HTTPResponse]:
        if not kept["case_id"]:
            return None
        return await self._case(request, staff, kept["case_id"], InvalidInput("login_ended"), kept, token)


def _number(text: str) -> int:
    # Nobody turns as many pages; a longer number is more than a database counts to.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
