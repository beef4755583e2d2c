"""The console's pages for editors: topics in a form, their versions, switches, and the emergency notice."""

import asyncio
import json
from typing import Any, Callable, Dict, List, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.content.topic_fields import Fields, fields_of, merged, text_with
from bot.core.editorial_log import WHOLE_CHAT
from bot.core.errors import Conflict, InvalidContent, InvalidInput, NotAllowed, NotFound
from bot.core.knowledge import Topic
from bot.core.staff import StaffMember
from bot.web.console_login import ConsoleLogin, Kept
from bot.web.edge import Sentences, translate
from bot.web.editor_views import EditorViews
from bot.web.listener import typed
from bot.web.rendering import page

_FORM_PARTS = ("title", "short", "review_by", "related", "steps", "aspects.", "facts.", "sources.")


class EditorPages:
    """What editors see and do.

    Args:
        services: the services.
        templates: renders the pages.
        sentences: what is said about errors.
        login: who is there.
    """

    def __init__(self, services: Services, templates: Environment, sentences: Sentences, login: ConsoleLogin):
        self._services = services
        self._editorial = services.editorial
        self._views = EditorViews(services)
        self._templates = templates
        self._sentences = sentences
        self._login = login

    def resume_with(self, login: ConsoleLogin) -> None:
        """Let `login` bring back a form that was being filled in when the login ended."""
        login.resume_with(self._resume)

    def blueprint(self) -> Blueprint:
        """Return the pages."""
        pages = Blueprint("editor")

        @pages.get("/emner")
        async def topics(request: Request) -> HTTPResponse:
            staff = await self._login.who(request)
            if staff is None:
                return redirect("/login")
            _check_may(staff)
            shown = await asyncio.to_thread(self._views.overview)
            return self._page(request, "console/topics.html", staff, **shown)

        @pages.get("/emner/<topic_id:str>")
        async def topic(request: Request, topic_id: str) -> HTTPResponse:
            staff = await self._login.who(request)
            return redirect("/login") if staff is None else await self._topic(request, staff, topic_id)

        @pages.get("/emner/<topic_id:str>/versioner/<number:int>")
        async def version(request: Request, topic_id: str, number: int) -> HTTPResponse:
            staff = await self._login.who(request)
            if staff is None:
                return redirect("/login")
            _check_may(staff)
            shown = await asyncio.to_thread(self._views.version, topic_id, number)
            return self._page(request, "console/version.html", staff, **shown)

        @pages.post("/emner/<topic_id:str>")
        async def edit(request: Request, topic_id: str) -> HTTPResponse:
            staff = await self._login.who(request)
            fields, why = _fields(request), typed(request, "why")
            if staff is None:
                draft = json.dumps({**fields, "after": request.form.get("after") or ""})
                return self._login.ask_again(request, {"topic": topic_id, "draft": draft, "why": why})
            return await self._edit(request, staff, topic_id, fields, why)

        @pages.post("/emner/<topic_id:str>/<action:str>")
        async def act(request: Request, topic_id: str, action: str) -> HTTPResponse:
            return await self._act(request, topic_id, action)

        @pages.get("/besked")
        async def notice(request: Request) -> HTTPResponse:
            staff = await self._login.who(request)
            return redirect("/login") if staff is None else await self._notice(request, staff)

        @pages.post("/besked/<action:str>")
        async def change_notice(request: Request, action: str) -> HTTPResponse:
            return await self._act(request, WHOLE_CHAT, action)

        return pages

    async def _edit(
        self, request: Request, staff: StaffMember, topic_id: str, fields: Fields, why: str
    ) -> HTTPResponse:
        """Show the draft as visitors would read it, or publish it."""
        _check_may(staff)
        try:
            self._login.check(request)
            base = await asyncio.to_thread(self._editorial.text, topic_id)
            text = text_with(base, fields)
            if request.form.get("do") != "udgiv":
                draft = await asyncio.to_thread(self._editorial.draft, topic_id, text)
                return await self._topic(request, staff, topic_id, fields=fields, why=why, draft=draft)
            await asyncio.to_thread(self._editorial.publish, staff, topic_id, text, why, _after(request))
        except InvalidContent as error:
            problems = list(error.problems)
            return await self._topic(request, staff, topic_id, fields=fields, why=why, problems=problems)
        except Conflict as error:
            return await self._beside_a_colleague(request, staff, topic_id, fields, why, error)
        except InvalidInput as error:
            return await self._topic(request, staff, topic_id, fields=fields, why=why, error=error)
        return redirect(f"/emner/{topic_id}?udgivet=1")

    async def _beside_a_colleague(
        self, request: Request, staff: StaffMember, topic_id: str, fields: Fields, why: str, error: Conflict
    ) -> HTTPResponse:
        """Show what the editor's own words would change in the text that a colleague published meanwhile."""
        seen = await asyncio.to_thread(self._editorial.text_at, topic_id, max(_after(request), 0))
        theirs = await asyncio.to_thread(self._editorial.text, topic_id)
        together = merged(fields_of(seen), fields, fields_of(theirs))
        try:
            text = text_with(theirs, together)
            draft = await asyncio.to_thread(self._editorial.draft, topic_id, text)
        except InvalidContent as found:
            problems = list(found.problems)
            return await self._topic(
                request, staff, topic_id, fields=together, why=why, problems=problems, error=error
            )
        return await self._topic(request, staff, topic_id, fields=together, why=why, draft=draft, error=error)

    async def _act(self, request: Request, topic_id: str, action: str) -> HTTPResponse:
        staff = await self._login.who(request)
        message, why = typed(request, "message"), typed(request, "why")
        if staff is None:
            kept = {"topic": topic_id or _NOTICE, "text": message, "why": why}
            return self._login.ask_again(request, kept)
        _check_may(staff)
        try:
            self._login.check(request)
            await asyncio.to_thread(self._actions(request, staff, topic_id)[action])
        except KeyError:
            raise NotFound("no such action") from None
        except (InvalidInput, Conflict) as error:
            if topic_id == WHOLE_CHAT:
                return await self._notice(request, staff, error, message, why)
            return await self._topic(request, staff, topic_id, error=error, message=message, why_act=why)
        return redirect(f"/emner/{topic_id}" if topic_id else "/besked")

    def _actions(self, request: Request, staff: StaffMember, topic_id: str) -> Dict[str, Callable[[], None]]:
        why, message, after = typed(request, "why"), typed(request, "message"), _after(request)
        editorial = self._editorial
        if topic_id == WHOLE_CHAT:
            return {
                "vis": lambda: editorial.give_notice(staff, message, why, after),
                "fjern": lambda: editorial.end_notice(staff, why, after),
            }
        number = request.form.get("number") or ""
        version = int(number) if number.isdecimal() and len(number) < 9 else -1
        return {
            "sluk": lambda: editorial.switch_off(staff, topic_id, message, why, after),
            "taend": lambda: editorial.switch_on(staff, topic_id, why, after),
            "tilbage": lambda: editorial.take_back(staff, topic_id, version, why, after),
        }

    async def _topic(
        self,
        request: Request,
        staff: StaffMember,
        topic_id: str,
        *,
        fields: Optional[Fields] = None,
        why: str = "",
        draft: Optional[Topic] = None,
        problems: Optional[List[Any]] = None,
        error: Optional[Exception] = None,
        message: str = "",
        why_act: str = "",
        token: str = "",
    ) -> HTTPResponse:
        """Show a topic's form: with what was typed, what is wrong with it, or how visitors would read it."""
        _check_may(staff)
        text = await asyncio.to_thread(self._editorial.text, topic_id)
        shown = await asyncio.to_thread(self._views.topic, topic_id, draft)
        status, code, _ = translate(error) if error else (400 if problems else 200, "", None)
        filled = fields_of(text) if fields is None else fields
        return self._page(
            request,
            "console/topic.html",
            staff,
            status=status,
            token=token,
            **shown,
            **self._views.form(filled, problems or []),
            why=why,
            message=message,
            why_act=why_act,
            done="udgivet" in request.args and topic_id not in self._editorial.unreadable,
            error=self._sentences.say(_EDITORIAL.get(code, code)) if code else "",
        )

    async def _notice(
        self,
        request: Request,
        staff: StaffMember,
        error: Optional[Exception] = None,
        message: str = "",
        why: str = "",
        token: str = "",
    ) -> HTTPResponse:
        _check_may(staff)
        shown = await asyncio.to_thread(self._views.notice)
        status, code, _ = translate(error) if error else (200, "", None)
        return self._page(
            request,
            "console/notice.html",
            staff,
            status=status,
            token=token,
            **shown,
            why=why,
            message=message,
            error=self._sentences.say(_EDITORIAL.get(code, code)) if code else "",
        )

    async def _resume(
        self, request: Request, staff: StaffMember, kept: Kept, token: str
    ) -> Optional[HTTPResponse]:
        if not kept["topic"]:
            return None
        error, why = InvalidInput("login_ended"), kept["why"]
        if kept["topic"] == _NOTICE:
            return await self._notice(request, staff, error, kept["text"], why, token)
        if not kept["draft"]:
            return await self._topic(
                request,
                staff,
                kept["topic"],
                error=error,
                message=kept["text"],
                why_act=why,
                token=token,
            )
        try:
            found = json.loads(kept["draft"])
        except ValueError:
            return None
        if not isinstance(found, dict):
            return None
        fields = {str(name): str(value) for name, value in found.items()}
        return await self._topic(
            request, staff, kept["topic"], fields=fields, why=why, error=error, token=token
        )

    def _page(
        self,
        request: Request,
        name: str,
        staff: StaffMember,
        status: int = 200,
        token: str = "",
        **shown: Any,
    ) -> HTTPResponse:
        csrf = self._login.csrf(request, token)
        return page(self._templates, name, status=status, staff=staff, csrf=csrf, **shown)


# Stands for the notice where a topic's id would stand in a form.
_NOTICE = "-"
# The same errors mean something else here than with a case.
_EDITORIAL = {"conflict": "topic_conflict"}


def _check_may(staff: StaffMember) -> None:
    if not staff.may_edit:
        raise NotAllowed("only editors see this")


def _fields(request: Request) -> Fields:
    """Return the fields of a topic's form, and nothing else that was posted."""
    return {name: typed(request, name) for name in request.form if name.startswith(_FORM_PARTS)}


def _after(request: Request) -> int:
    """Return the number of the newest entry that the page showed; -1, which is none, for anything else."""
    sent = request.form.get("after") or ""
    return int(sent) if sent.isdecimal() and len(sent) < 9 else -1
