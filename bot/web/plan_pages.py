"""The pages of plans: choose a business, answer questions, read what is to be done. Nothing is stored here."""

from dataclasses import replace
from typing import Dict, List, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.core.conversations import LONGEST_TEXT
from bot.core.plans.asking import at_most_to_ask, still_to_ask
from bot.core.plans.plan import NO, UNSURE, Plan, Question
from bot.core.plans.telling import answer_titles
from bot.core.plans.view import PlanView
from bot.web import limits
from bot.web.cookies import Cookies, form_token
from bot.web.plan_address import DONE, NOW, PLAN, Wishes, address, all_pairs, pairs, query, wishes
from bot.web.plan_calendar import calendar_file
from bot.web.plan_costs import costs
from bot.web.plan_mail import FIELD, SENT
from bot.web.plan_pdf import pdf_file
from bot.web.plan_texts import PlanTexts
from bot.web.rendering import page

# The field for an answer in words, and the question of a kept plan that is answered anew.
TEXT, MEND = "svar", "ret"


class PlanPages:
    """Renders a plan's pages; a kept plan looks the same, with ticks."""

    def __init__(self, services: Services, templates: Environment, cookies: Cookies):
        self._services = services
        self._templates = templates
        self._forms = cookies.for_forms()
        self._phrases = services.content.phrases["plan"]
        self._errors = services.content.phrases["errors"]
        self.texts = PlanTexts(services)

    def view(self, plan: Plan, wished: Wishes) -> PlanView:
        """Return the plan for what somebody wished for."""
        today = self._services.today()
        return self._services.planner.view(plan, wished.answers, today, wished.start, wished.opening)

    def question(
        self,
        request: Request,
        plan: Plan,
        wished: Wishes,
        question: Question,
        *,
        kept: str = "",
        status: int = 200,
        error: str = "",
        typed: str = "",
    ) -> HTTPResponse:
        """Return the page that asks one question; `error` is the code of what was wrong with what was `typed`."""
        asked = [one for one in plan.questions if one.id in wished.answers and one.id != question.id]
        before = wished.without(asked[-1].id) if asked else wished
        number = len(asked) + 1
        secret = self._forms.read(request) or self._services.chance.secret()
        response = page(
            self._templates,
            "plan_question.html",
            status=status,
            plan=plan,
            question=question,
            buttons=self.buttons(question, wished),
            leaning=question.id in wished.leaning,
            hidden=[] if kept else all_pairs(wished.without(question.id)),
            told=[] if kept else self._told(plan, wished),
            kept=kept,
            csrf=form_token(secret),
            number=number,
            most=number - 1 + at_most_to_ask(plan, wished.answers),
            back=kept or (address(plan, before) if asked else "/plan"),
            now=f"{address(plan, wished)}{'&' if all_pairs(wished) else '?'}{NOW}=1",
            error=self._errors.say(error) if error else "",
            typed=typed,
            longest=LONGEST_TEXT,
        )
        return self._forms.write(response, secret) if kept else response

    def buttons(self, question: Question, wished: Wishes) -> List[Dict[str, str]]:
        """Return the answers as buttons; a no comes last for somebody who said yes without saying which."""
        options = list(question.options)
        if question.id in wished.leaning:
            options.sort(key=lambda option: option.id == NO)
        buttons = [{"id": option.id, "title": option.title} for option in options]
        return (
            [*buttons, {"id": UNSURE, "title": self._phrases.say("unsure")}] if question.unsure else buttons
        )

    def result(
        self,
        request: Request,
        plan: Plan,
        wished: Wishes,
        *,
        kept: str = "",
        done: frozenset = frozenset(),
        status: int = 200,
        error: str = "",
        mail_error: str = "",
    ) -> HTTPResponse:
        """Return the page with everything; `kept` is the address of a kept plan."""
        view = self.view(plan, wished)
        said = all_pairs(wished)
        help_wanted = [(PLAN, plan.id), *said, *([(DONE, ",".join(sorted(done)))] if done else [])]
        secret = self._forms.read(request) or self._services.chance.secret()
        response = page(
            self._templates,
            "plan.html",
            status=status,
            plan=plan,
            view=view,
            costs=costs(view),
            answers=self._answers(plan, view, wished, kept),
            told=[] if kept else self._told(plan, wished),
            place=wished.place,
            kept=kept,
            done=done,
            left=sum(step.id not in done for step in view.steps),
            hidden=all_pairs(replace(wished, start=None, opening=None)),
            wished=wished,
            day_errors={name: self._errors.say(code) for name, code in wished.wrong.items()},
            error=error,
            mail_error=self._errors.say(mail_error) if mail_error else "",
            mail_typed=(request.form.get(FIELD) or "")[:LONGEST_TEXT] if mail_error else "",
            mail_sent=SENT in request.args,
            calendar=f"{kept}/kalender.ics" if kept else f"/plan/{plan.id}/kalender.ics{query(said)}",
            document=f"{kept}/plan.pdf" if kept else f"/plan/{plan.id}/plan.pdf{query(said)}",
            help=f"/kontakt{query(help_wanted)}",
            today=self._services.today(),
            days=self._services.settings.conversation_days,
            csrf=form_token(secret),
        )
        return self._forms.write(response, secret)

    def _answers(self, plan: Plan, view: PlanView, wished: Wishes, kept: str) -> List[Dict[str, str]]:
        found = []
        for question, given in answer_titles(view, wished.answers, self._phrases):
            mended = (
                f"{kept}/svar?{MEND}={question.id}" if kept else address(plan, wished.without(question.id))
            )
            found.append({"question": question.text, "said": given, "again": mended})
        return found

    def _told(self, plan: Plan, wished: Wishes) -> List[Dict[str, str]]:
        """Return what was told in the conversation, each with the address of the plan without it."""
        return [
            {"words": words, "again": address(plan, wished.without(name))}
            for name, words in self.texts.told_lines(plan, wished).items()
        ]


def blueprint(
    services: Services, pages: PlanPages, templates: Environment, rates: limits.RateLimits
) -> Blueprint:
    """Return the pages that anybody can read."""
    plans = Blueprint("plans")
    planner = services.planner

    @plans.get("/plan")
    async def choose(request: Request) -> HTTPResponse:
        return page(templates, "plans.html", plans=planner.all(), erased="slettet" in request.args)

    @plans.get("/plan/<plan_id:str>")
    async def show(request: Request, plan_id: str) -> HTTPResponse:
        plan = planner.get(plan_id)
        wished = _wished(request, plan)
        questions = still_to_ask(plan, wished.answers)
        if questions:
            return pages.question(request, plan, wished, questions[0])
        return pages.result(request, plan, wished, status=400 if wished.wrong else 200)

    @plans.post("/plan/<plan_id:str>/svar")
    async def write(request: Request, plan_id: str) -> HTTPResponse:
        """Read an answer in words. It is not kept, and never stands in an address."""
        plan = planner.get(plan_id)
        wished = wishes(plan, request.form.get, services.today(), pages.texts.known_place)
        questions = still_to_ask(plan, wished.answers)
        if not questions:
            return redirect(address(plan, wished), status=303)
        text = (request.form.get(TEXT) or "")[:LONGEST_TEXT]
        taken = pages.texts.take(plan, wished, text, questions[0])
        open_now = still_to_ask(plan, taken.wished.answers)
        if not taken.error or not open_now:
            return redirect(address(plan, taken.wished), status=303)
        return pages.question(
            request, plan, taken.wished, open_now[0], status=400, error=taken.error, typed=text
        )

    @plans.get("/plan/<plan_id:str>/kalender.ics")
    async def days(request: Request, plan_id: str) -> HTTPResponse:
        plan = planner.get(plan_id)
        wished = _wished(request, plan)
        return calendar_file(services, pages.view(plan, wished), key=query(pairs(wished.answers)))

    @plans.get("/plan/<plan_id:str>/plan.pdf")
    async def document(request: Request, plan_id: str) -> HTTPResponse:
        plan = planner.get(plan_id)
        wished = _wished(request, plan)
        rates.count(limits.DOCUMENTS, request.remote_addr or request.ip)
        said = replace(wished, told=frozenset())
        return await pdf_file(services, plan, wished, address=address(plan, said))

    def _wished(request: Request, plan: Plan) -> Wishes:
        def read(name: str) -> Optional[str]:
            return request.args.get(name)

        return wishes(plan, read, services.today(), pages.texts.known_place)

    return plans
