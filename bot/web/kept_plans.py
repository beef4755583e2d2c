"""Plans that visitors keep: a link that cannot be guessed, ticks and days. No account, no name."""

import asyncio
import hashlib
from dataclasses import replace
from typing import Dict, Optional

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.core.conversations import LONGEST_TEXT
from bot.core.errors import InvalidInput, NotFound, TooMany
from bot.core.plans.asking import counting, still_to_ask
from bot.core.plans.kept import KeptPlan
from bot.core.plans.plan import Plan, Question
from bot.web import limits
from bot.web.cookies import Cookies, check_form
from bot.web.edge import Sentences, translate
from bot.web.own_data import plan_data
from bot.web.plan_address import Wishes, address, all_pairs, pairs, query, wishes
from bot.web.plan_calendar import calendar_file
from bot.web.plan_mail import SENT, Mailed, PlanMail, beside_the_field
from bot.web.plan_pages import MEND, TEXT, PlanPages
from bot.web.plan_pdf import pdf_file
from bot.web.plan_texts import Taken

_ROOM = "/min-plan"


def blueprint(
    services: Services, pages: PlanPages, rates: limits.RateLimits, sentences: Sentences, cookies: Cookies
) -> Blueprint:
    """Return what keeps a plan, shows it and changes it."""
    kept_plans = Blueprint("kept_plans")
    planner, store, forms = services.planner, services.plans, cookies.for_forms()
    mail = PlanMail(services, rates)

    @kept_plans.post("/plan/<plan_id:str>")
    async def keep(request: Request, plan_id: str) -> HTTPResponse:
        plan = planner.get(plan_id)
        wished = _sent(request, plan)
        if still_to_ask(plan, wished.answers):
            return redirect(address(plan, wished))
        try:
            check_form(request, forms.read(request))
            rates.count(limits.PLANS, request.remote_addr or request.ip)
        except (InvalidInput, TooMany) as error:
            return _refused(request, plan, wished, error)
        token = services.chance.secret()
        made = KeptPlan(
            services.chance.identifier(), plan.id, _stored(wished), start=wished.start, opening=wished.opening
        )
        await asyncio.to_thread(store.keep, made, _hash(token), services.clock())
        return redirect(f"{_ROOM}/{token}", status=303)

    @kept_plans.post("/plan/<plan_id:str>/mail")
    async def send(request: Request, plan_id: str) -> HTTPResponse:
        plan = planner.get(plan_id)
        wished = _sent(request, plan)
        path = address(plan, wished)
        try:
            check_form(request, forms.read(request))
            await mail.send(request, Mailed(plan, wished, path, query(pairs(wished.answers))))
        except (InvalidInput, TooMany) as error:
            if still_to_ask(plan, wished.answers):
                return redirect(path, status=303)
            return _refused(request, plan, wished, error)
        return redirect(f"{path}{'&' if '?' in path else '?'}{SENT}=1#send", status=303)

    @kept_plans.post("/min-plan/<token:str>/mail")
    async def send_kept(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        plan, path = planner.get(kept.plan), f"{_ROOM}/{token}"
        try:
            check_form(request, forms.read(request))
            await mail.send(request, Mailed(plan, _wishes(kept), path, kept.id, kept.done))
        except (InvalidInput, TooMany) as error:
            return _refused(request, plan, _wishes(kept), error, kept, token)
        return redirect(f"{path}?{SENT}=1#send", status=303)

    @kept_plans.get("/min-plan/<token:str>")
    async def show(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        await asyncio.to_thread(store.touch, kept.id, services.clock())
        return _page(request, kept, token)

    @kept_plans.post("/min-plan/<token:str>/trin")
    async def tick(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        plan = planner.get(kept.plan)
        step, done = request.form.get("step") or "", request.form.get("done") == "1"
        if step not in [one.id for one in plan.steps]:
            raise NotFound("no such step")
        try:
            check_form(request, forms.read(request))
        except InvalidInput as error:
            return _refused(request, plan, _wishes(kept), error, kept, token)
        await asyncio.to_thread(store.set_done, kept.id, step, done, services.clock())
        return redirect(f"{_ROOM}/{token}#trin-{step}", status=303)

    @kept_plans.post("/min-plan/<token:str>/dage")
    async def days(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        plan = planner.get(kept.plan)
        sent = _sent(request, plan)
        wished = replace(
            _wishes(kept),
            start=sent.start,
            opening=sent.opening,
            wrong=sent.wrong,
            typed=sent.typed,
        )
        try:
            check_form(request, forms.read(request))
        except InvalidInput as error:
            return _refused(request, plan, wished, error, kept, token)
        if wished.wrong:
            return _page(request, kept, token, wished, 400)
        await asyncio.to_thread(store.set_days, kept.id, wished.start, wished.opening, services.clock())
        return redirect(f"{_ROOM}/{token}#datoer", status=303)

    @kept_plans.get("/min-plan/<token:str>/svar")
    async def ask(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        plan = planner.get(kept.plan)
        wished = _wishes(kept)
        question = _asked(plan, wished, request.args.get(MEND))
        if question is None:
            return redirect(f"{_ROOM}/{token}")
        return pages.question(request, plan, wished, question, kept=f"{_ROOM}/{token}")

    @kept_plans.post("/min-plan/<token:str>/svar")
    async def mend(request: Request, token: str) -> HTTPResponse:
        """Take another answer; ticks stay with their steps, also with one that is left out for a while."""
        kept = await _find(token)
        plan = planner.get(kept.plan)
        wished = _wishes(kept)
        question = _asked(plan, wished, request.form.get(MEND))
        if question is None:
            return redirect(f"{_ROOM}/{token}", status=303)
        value = request.form.get(question.id) or ""
        text = "" if value else (request.form.get(TEXT) or "")[:LONGEST_TEXT]
        taken = Taken(wished, "plan_unread")
        if question.takes(value):
            taken = Taken(replace(wished, answers={**wished.answers, question.id: value}))
        elif text:
            # An answer like the one before is an answer too.
            before = replace(wished.without(question.id), told=wished.told)
            taken = pages.texts.take(plan, before, text, question)
        try:
            check_form(request, forms.read(request))
        except InvalidInput as error:
            return _refused(request, plan, wished, error, kept, token)
        if taken.error:
            return pages.question(
                request,
                plan,
                wished,
                question,
                kept=f"{_ROOM}/{token}",
                status=400,
                error=taken.error,
                typed=text,
            )
        after = taken.wished
        await asyncio.to_thread(store.change_answers, kept.id, _stored(after), services.clock())
        if (after.start, after.opening) != (kept.start, kept.opening):
            await asyncio.to_thread(store.set_days, kept.id, after.start, after.opening, services.clock())
        more = still_to_ask(plan, after.answers)
        return redirect(f"{_ROOM}/{token}/svar" if more else f"{_ROOM}/{token}#svar", status=303)

    @kept_plans.post("/min-plan/<token:str>/slet")
    async def erase(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        try:
            check_form(request, forms.read(request))
        except InvalidInput as error:
            return _refused(request, planner.get(kept.plan), _wishes(kept), error, kept, token)
        await asyncio.to_thread(store.erase, kept.id)
        return redirect("/plan?slettet=1", status=303)

    @kept_plans.get("/min-plan/<token:str>/kalender.ics")
    async def calendar(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        view = pages.view(planner.get(kept.plan), _wishes(kept))
        return calendar_file(services, view, key=kept.id, done=kept.done)

    @kept_plans.get("/min-plan/<token:str>/plan.pdf")
    async def document(request: Request, token: str) -> HTTPResponse:
        kept = await _find(token)
        rates.count(limits.DOCUMENTS, request.remote_addr or request.ip)
        plan = planner.get(kept.plan)
        return await pdf_file(services, plan, _wishes(kept), address=f"{_ROOM}/{token}", done=kept.done)

    @kept_plans.get("/min-plan/<token:str>/data.json")
    async def data(request: Request, token: str) -> HTTPResponse:
        return plan_data(await _find(token))

    async def _find(token: str) -> KeptPlan:
        kept = await asyncio.to_thread(store.find, _hash(token))
        planner.get(kept.plan)  # A plan that a later release no longer has is not found either.
        return kept

    def _page(
        request: Request, kept: KeptPlan, token: str, wished: Optional[Wishes] = None, status: int = 200
    ) -> HTTPResponse:
        plan = planner.get(kept.plan)
        shown = wished or _wishes(kept)
        if still_to_ask(plan, kept.answers):
            # A mended answer, or a later release, asks something that was not asked when the plan was kept.
            return redirect(f"{_ROOM}/{token}/svar")
        address = f"{_ROOM}/{token}"
        return pages.result(request, plan, shown, kept=address, done=kept.done, status=status)

    def _refused(
        request: Request,
        plan: Plan,
        wished: Wishes,
        error: Exception,
        kept: Optional[KeptPlan] = None,
        token: str = "",
    ) -> HTTPResponse:
        status, code, wait = translate(error)
        response = pages.result(
            request,
            plan,
            wished,
            kept=f"{_ROOM}/{token}" if kept else "",
            done=kept.done if kept else frozenset(),
            status=status,
            error=sentences.say(code, seconds=str(wait or "")),
            mail_error=code if beside_the_field(error) else "",
        )
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    def _sent(request: Request, plan: Plan) -> Wishes:
        return wishes(plan, request.form.get, services.today(), pages.texts.known_place)

    def _wishes(kept: KeptPlan) -> Wishes:
        wished = wishes(planner.get(kept.plan), kept.answers.get, services.today(), pages.texts.known_place)
        # A day that was kept counts, though it may be past by now.
        return replace(wished, start=kept.start, opening=kept.opening)

    return kept_plans


def _asked(plan: Plan, wished: Wishes, name: Optional[str]) -> Optional[Question]:
    """Return the question that is to be answered anew, else the first open one; None when there is none."""
    view = counting(plan, wished.answers)
    named = next((one for one in plan.questions if one.id == name and one.id in view), None)
    return named or next(iter(still_to_ask(plan, wished.answers)), None)


def _stored(wished: Wishes) -> Dict[str, str]:
    """Return what is kept beside the days: the answers, and the place under a name that no question has."""
    return dict(all_pairs(replace(wished, start=None, opening=None, told=frozenset())))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
