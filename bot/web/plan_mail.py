"""Mails a plan to whoever asks for it: the address of its page, the PDF and the calendar. The address is not kept."""

import asyncio
from dataclasses import dataclass
from typing import FrozenSet

from sanic.request import Request

from bot.bootstrap import Services
from bot.core import contacts
from bot.core.danish import long_day
from bot.core.errors import InvalidInput
from bot.core.mails import Attachment, Mail
from bot.core.plans.plan import Plan
from bot.core.privacy import storable
from bot.web import limits
from bot.web.plan_address import Wishes
from bot.web.plan_calendar import calendar_of
from bot.web.plan_pdf import pdf

# The field of the form, and what says on the page that the mail is on its way.
FIELD, SENT = "email", "sendt"


@dataclass(frozen=True)
class Mailed:
    """A plan to be mailed: `path` is the address of its page, `key` tells its calendar from others."""

    plan: Plan
    wished: Wishes
    path: str
    key: str
    done: FrozenSet[str] = frozenset()


class PlanMail:
    """Puts a mail with a plan in the outbox."""

    def __init__(self, services: Services, rates: limits.RateLimits):
        self._services = services
        self._rates = rates

    async def send(self, request: Request, mailed: Mailed) -> None:
        """Mail the plan to the address in the form.

        Raises:
            InvalidInput: the address cannot be one, or the plan is not finished.
            TooMany: somebody asks too often, or for the same address too often.
        """
        recipient = contacts.email(storable(request.form.get(FIELD) or ""))
        self._rates.count(limits.PLAN_MAILS, request.remote_addr or request.ip)
        # Nobody may fill a stranger's mailbox, from however many places.
        self._rates.count(limits.PLAN_MAILS, limits.hidden(recipient))
        self._rates.count(limits.PLAN_MAILS_A_DAY, limits.hidden(recipient))
        mail = await self._compose(recipient, mailed)
        await asyncio.to_thread(self._services.waiting.put, mail, self._services.clock())

    async def _compose(self, recipient: str, mailed: Mailed) -> Mail:
        services, plan, wished = self._services, mailed.plan, mailed.wished
        document = await pdf(services, plan, wished, address=mailed.path, done=mailed.done or None)
        view = services.planner.view(plan, wished.answers, services.today(), wished.start, wished.opening)
        calendar = calendar_of(services, view, key=mailed.key, done=mailed.done)
        left = [step.title for step in view.steps if step.id not in mailed.done]
        return services.texts.compose(
            "plan",
            recipient,
            f"{services.chance.identifier()}.plan",
            (
                Attachment(f"plan-{plan.id}.pdf", "application/pdf", document),
                Attachment(f"plan-{plan.id}.ics", "text/calendar", calendar),
            ),
            title=plan.title,
            left=len(left),
            first=left[:3],
            earliest=long_day(view.earliest) if view.chain else "",
            unknown_times=bool(view.of_unknown_time),
            link=f"{services.settings.web_address}{mailed.path}",
        )


def beside_the_field(error: Exception) -> bool:
    """Tell whether an error is about what was written in the field."""
    return isinstance(error, InvalidInput) and error.field == FIELD
