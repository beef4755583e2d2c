"""A visitor's own case: looked up by reference and e-mail address, or whole, by the secret link of the receipt."""

import asyncio
from contextlib import suppress
from typing import Callable, Dict, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import DENMARK, Services
from bot.core import contacts
from bot.core.case_links import ROOM
from bot.core.case_status import Status
from bot.core.cases import Case, CaseState, EventKind
from bot.core.danish import clock_time, long_date
from bot.core.errors import (
    Conflict,
    GenvejError,
    IllegalTransition,
    InvalidInput,
    StorageUnavailable,
    TooMany,
)
from bot.core.privacy import storable
from bot.core.visitor_acts import REOPENED_WITHIN
from bot.web import limits
from bot.web.cookies import Cookies, check_form, form_token
from bot.web.edge import Sentences, translate
from bot.web.listener import typed
from bot.web.rendering import page
from bot.web.status_check import StatusCheck, minutes

# The unit may change a case while its visitor writes; what the visitor wants stays the same.
_TRIES = 3
_DONE = {"besked": "done_message", "trukket": "done_withdrawn"}


def blueprint(
    services: Services,
    check: StatusCheck,
    rates: limits.RateLimits,
    templates: Environment,
    sentences: Sentences,
    cookies: Cookies,
) -> Blueprint:
    """Return the pages under /sag."""
    own = Blueprint("own_case")
    forms, acts, words = cookies.for_forms(), services.visitor_acts, check.words

    @own.get(ROOM)
    async def ask(request: Request) -> HTTPResponse:
        return _lookup(request, {}, {})

    @own.post(ROOM)
    async def look(request: Request) -> HTTPResponse:
        values = {name: typed(request, name) for name in ("reference", "email")}
        try:
            check_form(request, forms.read(request))
            reference = check.find(values["reference"])
            if not reference:
                raise InvalidInput("reference_wrong", "reference")
            email = contacts.email(storable(values["email"]))
            where = request.remote_addr or request.ip
            found = await asyncio.to_thread(check.look, reference, email, where)
            if found is None:
                raise InvalidInput("status_unknown", "")
        except (InvalidInput, TooMany, StorageUnavailable) as error:
            return _wrong(lambda text, status: _lookup(request, values, text, status), error)
        return _lookup(request, values, {}, found=found)

    @own.get(f"{ROOM}/<token:str>")
    async def show(request: Request, token: str) -> HTTPResponse:
        done = _DONE.get(request.args.get("sket") or "")
        return _page(request, token, await _find(token), done=done)

    @own.post(f"{ROOM}/<token:str>/besked")
    async def write(request: Request, token: str) -> HTTPResponse:
        text = typed(request, "text")

        def act(status: Status) -> None:
            last = status.events[-1] if status.events else None
            if last and last.kind is EventKind.VISITOR_MESSAGE and last.text == storable(text):
                return  # Sent twice.
            acts.visitor_message(status.case, text)

        return await _act(request, token, act, "besked", "message_ended", {"text": text})

    @own.get(f"{ROOM}/<token:str>/traek-tilbage")
    async def confirm(request: Request, token: str) -> HTTPResponse:
        status = await _find(token)
        if not acts.may_withdraw(status.case):
            return redirect(f"{ROOM}/{token}")
        return _page(request, token, status, template="case_withdraw.html")

    @own.post(f"{ROOM}/<token:str>/traek-tilbage")
    async def withdraw(request: Request, token: str) -> HTTPResponse:
        def act(status: Status) -> None:
            if status.case.state is not CaseState.WITHDRAWN:
                acts.withdraw(status.case)

        return await _act(request, token, act, "trukket", "withdraw_ended", {})

    async def _act(
        request: Request,
        token: str,
        act: Callable[[Status], None],
        done: str,
        ended: str,
        values: Dict[str, str],
    ) -> HTTPResponse:
        status = await _find(token)
        try:
            check_form(request, forms.read(request))
            rates.count(limits.CASE_ACTS, status.case.id)
            if values and not status.answered.open and status.case.contact.email:
                # Taking back and writing in turn must not fill the mailbox of whoever was named in the case.
                rates.count(limits.REOPENINGS, limits.hidden(status.case.contact.email))
            await asyncio.to_thread(_persist, token, act)
        except IllegalTransition:
            error: GenvejError = InvalidInput(ended)
            status = await _find(token)
            return _wrong(
                lambda text, _: _page(request, token, status, 409, errors=text, values=values), error
            )
        except (InvalidInput, TooMany, Conflict, StorageUnavailable) as refused:
            return _wrong(
                lambda text, code: _page(request, token, status, code, errors=text, values=values), refused
            )
        return redirect(f"{ROOM}/{token}?sket={done}", status=303)

    def _persist(token: str, act: Callable[[Status], None]) -> None:
        for _ in range(_TRIES - 1):
            with suppress(Conflict):
                act(check.status.by_link(token))
                return
        act(check.status.by_link(token))

    async def _find(token: str) -> Status:
        return await asyncio.to_thread(check.status.by_link, token)

    def _wrong(show: Callable[[Dict[str, str], int], HTTPResponse], error: Exception) -> HTTPResponse:
        status, code, wait = translate(error)
        if wait:
            code = "status_wait"
        example = f"{check.prefix}-{services.today().year}-123456"
        said = sentences.say(code, minutes=minutes(wait or 0), example=example)
        response = show({getattr(error, "field", ""): said}, status)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    def _lookup(
        request: Request,
        values: Dict[str, str],
        errors: Dict[str, str],
        status: int = 200,
        found: Optional[Status] = None,
    ) -> HTTPResponse:
        secret = forms.read(request) or services.chance.secret()
        response = page(
            templates,
            "case_lookup.html",
            status=status,
            values={"reference": "", "email": "", **values},
            errors=errors,
            found=_summary(found) if found else None,
            csrf=form_token(secret),
        )
        return forms.write(response, secret)

    def _page(
        request: Request,
        token: str,
        found: Status,
        status: int = 200,
        *,
        errors: Optional[Dict[str, str]] = None,
        values: Optional[Dict[str, str]] = None,
        done: Optional[str] = None,
        template: str = "case_status.html",
    ) -> HTTPResponse:
        secret = forms.read(request) or services.chance.secret()
        case = found.case
        response = page(
            templates,
            template,
            status=status,
            errors=errors or {},
            values={"text": "", **(values or {})},
            address=f"{ROOM}/{token}",
            case={**_summary(found), "summary": case.summary, "sent": _moment(case.created_at)},
            events=[
                {"label": words.label(event), "at": _moment(event.at), "text": event.text}
                for event in found.events
            ],
            may_write=acts.may_write(case),
            may_withdraw=acts.may_withdraw(case),
            reopens=not found.answered.open,
            reopen_days=REOPENED_WITHIN.days,
            done=services.content.phrases["status"].say(done) if done else "",
            csrf=form_token(secret),
        )
        return forms.write(response, secret)

    def _summary(found: Status) -> Dict:
        case: Case = found.answered
        return {
            "reference": found.case.reference,
            "unit": words.unit_name(case.unit),
            "sentences": words.sentences(found, services.today()),
            "open": case.open,
        }

    return own


def _moment(at) -> str:
    local = at.astimezone(DENMARK)
    return f"{long_date(local.date())} {clock_time(local)}"
