"""The console's page of what did not get through: mails, text messages and calls that wait for somebody to act."""

import asyncio
import logging
from typing import Any, Dict, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import DENMARK, Services
from bot.core.danish import clock_time, long_date
from bot.core.errors import Conflict, NotFound, StorageUnavailable
from bot.core.staff import StaffMember
from bot.core.undelivered import Action, Handled, Undelivered, UndeliveredDesk, visible
from bot.web.console_login import ConsoleLogin
from bot.web.edge import Sentences
from bot.web.rendering import page

log = logging.getLogger(__name__)
ADDRESS = "/ikke-leveret"
# What the databases take as a number of a row.
_LARGEST_ID = 2**31 - 1
_ACTIONS = {"igen": Action.RETRIED, "klaret": Action.SETTLED}


class Undeliverable:
    """The page, and the count that stands in the console's menu."""

    def __init__(self, services: Services):
        self._services = services
        self._desk = UndeliveredDesk(services.undelivered, services.clock)
        self._words = services.content.phrases["console"]
        self._counts: Dict[Optional[str], int] = {}

    def count(self, staff: StaffMember) -> int:
        """Return how much a staff member has to see to, as of the request that is being answered."""
        return visible(self._counts, staff)

    def blueprint(self, templates: Environment, sentences: Sentences, login: ConsoleLogin) -> Blueprint:
        """Return the pages."""
        pages = Blueprint("undelivered")

        @pages.get(ADDRESS)
        async def listed(request: Request) -> HTTPResponse:
            staff = await login.who(request)
            return redirect("/login") if staff is None else await show(request, staff)

        @pages.post(f"{ADDRESS}/<item_id:int>/<action:str>")
        async def act(request: Request, item_id: int, action: str) -> HTTPResponse:
            staff = await login.who(request)
            if staff is None:
                return redirect("/login")
            login.check(request)
            if action not in _ACTIONS or item_id > _LARGEST_ID:
                raise NotFound("no such action")
            try:
                await asyncio.to_thread(self._desk.act, staff, item_id, _ACTIONS[action])
            except (Conflict, NotFound):
                # Whatever happened to it, the list tells how it stands now.
                await self.refresh()
                return await show(request, staff, "undelivered_conflict", 409)
            return redirect(ADDRESS)

        async def show(
            request: Request, staff: StaffMember, error: str = "", status: int = 200
        ) -> HTTPResponse:
            items = await asyncio.to_thread(self._desk.listed, staff)
            handled = await asyncio.to_thread(self._desk.log, staff)
            return page(
                templates,
                "console/undelivered.html",
                status=status,
                staff=staff,
                csrf=login.csrf(request),
                error=sentences.say(error) if error else "",
                items=[self._line(item) for item in items],
                handled=[self._handled(line) for line in handled],
            )

        return pages

    async def refresh(self) -> None:
        """Count anew; without the database what was counted last stands."""
        try:
            self._counts = await asyncio.to_thread(self._desk.counts)
        except StorageUnavailable as error:
            log.warning("what did not get through could not be counted: %s", error)

    def _line(self, item: Undelivered) -> Dict[str, Any]:
        cause = item.cause.value if item.cause else "untried"
        return {
            **vars(item),
            "what": self._words.say(f"channel_{item.channel}"),
            "why": self._words.say(f"undelivered_{cause}"),
            "age": self._age(item),
            "due_text": _moment(item.due_at),
            "next_text": _moment(item.next_at),
        }

    def _handled(self, line: Handled) -> Dict[str, Any]:
        return {
            "at_text": _moment(line.at),
            "staff": line.staff,
            "label": self._words.say(f"action_{line.action.value}"),
            "what": self._words.say(f"channel_{line.item.channel}"),
            "recipient": line.item.recipient,
            "case_id": line.item.case_id,
            "reference": line.item.reference,
        }

    def _age(self, item: Undelivered) -> str:
        minutes = max(int((self._services.clock() - item.due_at).total_seconds() // 60), 0)
        for unit, length in (("days", 24 * 60), ("hours", 60), ("minutes", 1)):
            count = minutes // length
            if count >= 1 or unit == "minutes":
                return self._words.say(f"age_{unit}_{'one' if count == 1 else 'many'}", count=str(count))
        raise AssertionError


def _moment(at) -> str:
    local = at.astimezone(DENMARK)
    return f"{long_date(local.date())} {clock_time(local)}"
