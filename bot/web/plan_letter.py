"""What the contact form begins with for somebody who comes from a plan."""

from typing import Callable, Dict

from sanic.request import Request

from bot.bootstrap import Services
from bot.core.errors import NotFound
from bot.core.plans.planner import BEGINNING
from bot.core.plans.telling import letter
from bot.web.plan_address import DONE, PLAN, wishes


def letter_fields(services: Services, request: Request, known_place: Callable[[str], bool]) -> Dict[str, str]:
    """Return the fields of the contact form that the plan in the address fills in; none without a plan."""
    try:
        plan = services.planner.get(request.args.get(PLAN) or "")
    except NotFound:
        return {}
    wished = wishes(plan, request.args.get, services.today(), known_place)
    view = services.planner.view(plan, wished.answers, services.today(), wished.start, wished.opening)
    done = set((request.args.get(DONE) or "").split(","))
    summary = letter(view, wished.answers, done, services.content.phrases["plan"], wished.place)
    topic = BEGINNING if services.content.knowledge.get(BEGINNING) else ""
    # Each unit that has a part in what is left to do gets its part of the case.
    topics = dict.fromkeys(step.topic for step in view.steps if step.id not in done)
    return {"summary": summary, "topic": topic, "plan": plan.id, "topics": ",".join(topics)}
