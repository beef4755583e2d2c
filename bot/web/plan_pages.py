"""The pages of plans: choose a business, answer questions, read what is to be done. Nothing is stored here."""

from typing import Dict, List, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.core.plans.asking import at_most_to_ask, still_to_ask
from bot.core.plans.plan import UNSURE, Plan, Question
from bot.core.plans.telling import answer_titles
from bot.core.plans.view import PlanView
from bot.web.cookies import Cookies, form_token
from bot.web.plan_address import DONE, PLAN, Wishes, pairs, query, wishes
from bot.web.plan_calendar import calendar_file
from bot.web.plan_costs import costs
from bot.web.rendering import page


class PlanPages:
    """Renders a plan's pages; a kept plan looks the same, with ticks."""

    def __init__(self, services: Services, templates: Environment, cookies: Cookies):
        self._services = services
        self._templates = templates
        self._forms = cookies.for_forms()
        self._phrases = services.content.phrases["plan"]
        self._errors = services.content.phrases["errors"]

    def view(self, plan: Plan, wished: Wishes) -> PlanView:
        """Return the plan for what somebody wished for."""
        today = self._services.today()
        return self._services.planner.view(plan, wished.answers, today, wished.start, wished.opening)

    def question(self, request: Request, plan: Plan, wished: Wishes, question: Question) -> HTTPResponse:
        """Return the page that asks one question."""
        asked = [one for one in plan.questions if one.id in wished.answers and one.id != question.id]
        before = [pair for pair in pairs(wished.answers) if not asked or pair[0] != asked[-1].id]
        number = len(asked) + 1
        buttons = [{"id": option.id, "title": option.title} for option in question.options]
        if question.unsure:
            buttons.append({"id": UNSURE, "title": self._phrases.say("unsure")})
        return page(
            self._templates,
            "plan_question.html",
            plan=plan,
            question=question,
            buttons=buttons,
            hidden=pairs(wished.answers, wished.start, wished.opening),
            number=number,
            most=number - 1 + at_most_to_ask(plan, wished.answers),
            back=f"/plan/{plan.id}{query(before)}" if asked else "/plan",
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
    ) -> HTTPResponse:
        """Return the page with everything; `kept` is the address of a kept plan."""
        view = self.view(plan, wished)
        said = pairs(wished.answers, wished.start, wished.opening)
        help_wanted = [(PLAN, plan.id), *said, *([(DONE, ",".join(sorted(done)))] if done else [])]
        secret = self._forms.read(request) or self._services.chance.secret()
        response = page(
            self._templates,
            "plan.html",
            status=status,
            plan=plan,
            view=view,
            costs=costs(view),
            answers=self._answers(plan, view, wished),
            kept=kept,
            done=done,
            left=sum(step.id not in done for step in view.steps),
            hidden=pairs(wished.answers),
            wished=wished,
            day_errors={name: self._errors.say(code) for name, code in wished.wrong.items()},
            error=error,
            calendar=f"{kept}/kalender.ics" if kept else f"/plan/{plan.id}/kalender.ics{query(said)}",
            help=f"/kontakt{query(help_wanted)}",
            today=self._services.today(),
            days=self._services.settings.conversation_days,
            csrf=form_token(secret),
        )
        return self._forms.write(response, secret)

    def _answers(self, plan: Plan, view: PlanView, wished: Wishes) -> List[Dict[str, str]]:
        found = []
        for question, said in answer_titles(view, wished.answers, self._phrases):
            others = {name: value for name, value in wished.answers.items() if name != question.id}
            again = f"/plan/{plan.id}{query(pairs(others, wished.start, wished.opening))}"
            found.append({"question": question.text, "said": said, "again": again})
        return found


def blueprint(services: Services, pages: PlanPages, templates: Environment) -> Blueprint:
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

    @plans.get("/plan/<plan_id:str>/kalender.ics")
    async def days(request: Request, plan_id: str) -> HTTPResponse:
        plan = planner.get(plan_id)
        wished = _wished(request, plan)
        return calendar_file(services, pages.view(plan, wished), key=query(pairs(wished.answers)))

    def _wished(request: Request, plan: Plan) -> Wishes:
        def read(name: str) -> Optional[str]:
            return request.args.get(name)

        return wishes(plan, read, services.today())

    return plans
