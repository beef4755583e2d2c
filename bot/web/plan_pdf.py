"""A plan as a PDF to keep, print or pass on."""

import asyncio
from typing import Container, Optional
from urllib.parse import quote

from sanic.response import HTTPResponse, raw

from bot.bootstrap import Services
from bot.core.errors import InvalidInput
from bot.core.plans.asking import still_to_ask
from bot.core.plans.plan import Plan
from bot.documents.plan_document import plan_document
from bot.web.plan_address import Wishes

_NOT_IN_A_FILE_NAME = '"*/:<>?\\|'


async def pdf_file(
    services: Services, plan: Plan, wished: Wishes, *, address: str, done: Optional[Container[str]] = None
) -> HTTPResponse:
    """Return the PDF to download; see `pdf`."""
    body = await pdf(services, plan, wished, address=address, done=done)
    name = services.content.phrases["plan_document"].say("file", title=plan.title)
    return raw(
        body,
        content_type="application/pdf",
        headers={
            "Content-Disposition": _attachment(f"plan-{plan.id}.pdf", f"{name}.pdf"),
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        },
    )


async def pdf(
    services: Services, plan: Plan, wished: Wishes, *, address: str, done: Optional[Container[str]] = None
) -> bytes:
    """Return the plan as a PDF; `address` is the path of the plan's own page.

    Raises:
        InvalidInput: questions are not answered, or a day cannot be used.
    """
    if still_to_ask(plan, wished.answers):
        raise InvalidInput("plan_unanswered")
    for code in wished.wrong.values():
        raise InvalidInput(code)
    made = services.clock()
    phrases, web = services.content.phrases, services.settings.web_address
    view = services.planner.view(plan, wished.answers, made.date(), wished.start, wished.opening)
    # Half a second of work: other visitors are answered meanwhile.
    return await asyncio.to_thread(
        plan_document,
        view,
        wished.answers,
        done=done,
        place=wished.place,
        address=f"{web}{address}",
        web=web,
        author=services.content.municipality.name,
        made=made,
        plan_words=phrases["plan"],
        words=phrases["plan_document"],
    )


def _attachment(plain: str, name: str) -> str:
    """Return the header with a name for every browser, and the one with Danish letters (RFC 6266)."""
    readable = name.translate(str.maketrans("", "", _NOT_IN_A_FILE_NAME))
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(readable, safe='')}"
