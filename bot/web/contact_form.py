"""The contact form: the way to a person that does not need Rasa."""

import asyncio
from typing import Dict

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.core.errors import InvalidInput, NotFound
from bot.core.handoff import HandoffRequest
from bot.web import limits
from bot.web.chat_service import ChatService
from bot.web.cookies import Cookies, check_form, form_token
from bot.web.edge import Sentences
from bot.web.rendering import page

FIELDS = ("summary", "topic", "company", "cvr", "name", "email", "phone")


def blueprint(
    services: Services,
    chat: ChatService,
    rates: limits.RateLimits,
    templates: Environment,
    sentences: Sentences,
    cookies: Cookies,
) -> Blueprint:
    """Return the form and its receipt."""
    contact = Blueprint("contact", url_prefix="/kontakt")
    knowledge = services.content.knowledge

    @contact.get("/")
    async def show(request: Request) -> HTTPResponse:
        values = {"topic": request.args.get("emne") or ""}
        return _form(request, values, {}, services.chance.identifier())

    @contact.post("/")
    async def send(request: Request) -> HTTPResponse:
        check_form(request, cookies.read(request))
        values = {name: (request.form.get(name) or "") for name in FIELDS}
        key = (request.form.get("request_key") or "")[:64]
        try:
            rates.count(limits.CONTACT_FORMS, request.remote_addr or request.ip)
            receipt = await asyncio.to_thread(services.handoff.submit, await _handoff(request, values, key))
        except InvalidInput as error:
            values["consent"] = "1" if request.form.get("consent") else ""
            field = "email" if error.field == "contact" else error.field
            return _form(request, values, {field: sentences.say(error.code)}, key, status=400)
        line = receipt.line
        case = {"reference": line.reference, "unit": line.unit, "answer_by": line.answer_by}
        return page(templates, "receipt.html", case=case)

    async def _handoff(request: Request, values: Dict[str, str], key: str) -> HandoffRequest:
        topic = values["topic"] if knowledge.get(values["topic"]) else None
        return HandoffRequest(
            summary=values["summary"],
            name=values["name"],
            company=values["company"],
            cvr=values["cvr"],
            email=values["email"],
            phone=values["phone"],
            topic=topic,
            consent=bool(request.form.get("consent")),
            conversation=await _conversation_id(request),
            request_key=f"form:{key}" if key else None,
        )

    async def _conversation_id(request: Request):
        token = cookies.read(request)
        try:
            return (await chat.find(token)).id if token else None
        except NotFound:
            return None

    def _form(request: Request, values: Dict, errors: Dict, key: str, status: int = 200) -> HTTPResponse:
        secret = cookies.read(request) or services.chance.secret()
        topics = sorted(knowledge.topics.values(), key=lambda topic: topic.title)
        response = page(
            templates,
            "contact.html",
            status=status,
            values={**dict.fromkeys((*FIELDS, "consent"), ""), **values},
            errors=errors,
            csrf=form_token(secret),
            request_key=key,
            topics=[{"id": topic.id, "title": topic.title} for topic in topics],
        )
        return cookies.write(response, secret)

    return contact
