"""The survey's page: two questions behind a signed link, a longer part for who wants to, and a way to say no for good.

Looking changes nothing: mail scanners open every link. Only what is sent counts. The link itself is the permission, so
that no cookie is needed.
"""

import asyncio
import hmac
from typing import Dict, List, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, redirect

from bot.bootstrap import Services
from bot.core.errors import Conflict, InvalidInput, NotFound, TooMany
from bot.core.survey_answers import (
    AREAS,
    HIGHEST,
    LOWEST,
    OVERALL,
    Solved,
    read_answer,
    read_scores,
    whole,
)
from bot.core.surveys import Invitation
from bot.notify.sms import arrived
from bot.web import limits
from bot.web.edge import Sentences, translate
from bot.web.listener import typed
from bot.web.rendering import page

FIELDS = ("service", "solved", "comment", "contact")
_LOOK = ["GET", "HEAD"]


def blueprint(
    services: Services, rates: limits.RateLimits, templates: Environment, sentences: Sentences
) -> Blueprint:
    """Return the pages behind the links of invitations, and where the SMS gateway reports."""
    pages = Blueprint("survey")
    surveys, words = services.surveys, services.content.phrases["survey"]
    sms_path = services.signer.path("sms")

    @pages.route("/m/<token:str>", methods=_LOOK)
    async def show(request: Request, token: str) -> HTTPResponse:
        invitation = await _find(token)
        score = whole(request.args.get("s") or "", LOWEST, HIGHEST)
        return _form(invitation, token, {"service": str(score or "")})

    @pages.post("/m/<token:str>")
    async def answer(request: Request, token: str) -> HTTPResponse:
        invitation = await _find(token)
        values = {name: typed(request, name) for name in FIELDS}
        try:
            _count(request)
            key = await asyncio.to_thread(surveys.answer, invitation, read_answer(values))
        except Conflict:
            return _over(invitation, token, "answered", 409)
        except (InvalidInput, TooMany) as error:
            return _form(invitation, token, values, error)
        return redirect(f"/m/{token}/tak?k={key}", status=303)

    @pages.route("/m/<token:str>/tak", methods=_LOOK)
    async def thank(request: Request, token: str) -> HTTPResponse:
        invitation = await _find(token)
        if not surveys.may_add(invitation, request.args.get("k") or ""):
            return _form(invitation, token, {})
        return _more(invitation, token, request.args.get("k") or "", {})

    @pages.post("/m/<token:str>/mere")
    async def more(request: Request, token: str) -> HTTPResponse:
        invitation, key = await _find(token), typed(request, "k")
        values = {name: typed(request, name) for name in (*AREAS, *OVERALL)}
        try:
            _count(request)
            await asyncio.to_thread(surveys.add_scores, invitation, key, read_scores(values))
        except Conflict:
            return _over(invitation, token, "answered", 409)
        except (InvalidInput, TooMany) as error:
            return _more(invitation, token, key, values, error)
        return redirect(f"/m/{token}/slut", status=303)

    @pages.route("/m/<token:str>/slut", methods=_LOOK)
    async def end(request: Request, token: str) -> HTTPResponse:
        return _over(await _find(token), token, "complete")

    @pages.route("/m/<token:str>/nej", methods=_LOOK)
    async def ask_to_stop(request: Request, token: str) -> HTTPResponse:
        return _over(await _find(token), token, "stop")

    @pages.post("/m/<token:str>/nej")
    async def stop(request: Request, token: str) -> HTTPResponse:
        invitation = await _find(token)
        await asyncio.to_thread(surveys.opt_out, invitation)
        return redirect(f"/m/{token}/stoppet", status=303)

    @pages.route("/m/<token:str>/stoppet", methods=_LOOK)
    async def stopped(request: Request, token: str) -> HTTPResponse:
        return _over(await _find(token), token, "stopped")

    @pages.post("/sms/<secret:str>")
    async def report(request: Request, secret: str) -> HTTPResponse:
        if not hmac.compare_digest(secret.encode(errors="replace"), sms_path.encode()):
            raise NotFound("not the gateway")
        told = request.json
        if not isinstance(told, dict):
            raise InvalidInput("bad_json")
        there, reference = arrived(told.get("status")), told.get("userref")
        if there is not None and isinstance(reference, str):
            await asyncio.to_thread(services.survey_figures.report, reference[:80], there)
        return empty()

    def _count(request: Request) -> None:
        rates.count(limits.SURVEYS, request.remote_addr or request.ip)

    async def _find(token: str) -> Invitation:
        return await asyncio.to_thread(surveys.find, token)

    def _form(
        invitation: Invitation, token: str, values: Dict[str, str], error: Optional[Exception] = None
    ) -> HTTPResponse:
        if invitation.answered_at:
            return _over(invitation, token, "answered")
        if surveys.expired(invitation):
            return _over(invitation, token, "expired", 410)
        return _page(
            "survey.html",
            invitation,
            token,
            error,
            values={**dict.fromkeys(FIELDS, ""), **values},
            services_words=[
                {"score": str(score), "words": words.say(f"service_{score}")}
                for score in range(LOWEST, HIGHEST + 1)
            ],
            solved_words=[{"id": item.value, "words": words.say(f"solved_{item.value}")} for item in Solved],
        )

    def _more(
        invitation: Invitation,
        token: str,
        key: str,
        values: Dict[str, str],
        error: Optional[Exception] = None,
    ) -> HTTPResponse:
        return _page(
            "survey_more.html",
            invitation,
            token,
            error,
            key=key,
            values={**dict.fromkeys((*AREAS, *OVERALL), ""), **values},
            areas=_questions(AREAS),
            overall=_questions(OVERALL),
        )

    def _questions(names) -> List[Dict[str, str]]:
        return [{"id": name, "question": words.say(f"question_{name}")} for name in names]

    def _over(invitation: Invitation, token: str, what: str, status: int = 200) -> HTTPResponse:
        return _page("survey_over.html", invitation, token, what=what, status=status)

    def _page(
        name: str,
        invitation: Invitation,
        token: str,
        error: Optional[Exception] = None,
        status: int = 200,
        **shown,
    ) -> HTTPResponse:
        wait = None
        if error:
            status, code, wait = translate(error)
            sentence = sentences.say(code, seconds=str(wait or ""))
            shown["errors"] = {getattr(error, "field", ""): sentence}
        units = services.content.units
        response = page(
            templates,
            name,
            status=status,
            address=f"/m/{token}",
            unit_name=units.get(invitation.unit).name if units.has(invitation.unit) else "",
            **{"errors": {}, **shown},
        )
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    return pages
