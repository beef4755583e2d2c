"""The contact form: the way to a person that does not need Rasa."""

import asyncio
from dataclasses import asdict, replace
from typing import Dict, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import DENMARK, Services
from bot.core.calculations import Mention
from bot.core.case_links import address
from bot.core.conversations import Conversation, Role
from bot.core.danish import clock_time, long_date
from bot.core.errors import InvalidInput, NotFound, StorageUnavailable, TooMany
from bot.core.handoff import LONGEST_SUMMARY, HandoffRequest, checked
from bot.core.inquiries import told_in
from bot.core.routing import MOST_TOPICS
from bot.web import limits
from bot.web.chat_service import ChatService
from bot.web.cookies import Cookies, check_form, form_id, form_token, id_with_content
from bot.web.edge import Sentences, translate
from bot.web.listener import typed
from bot.web.plan_letter import letter_fields
from bot.web.plan_texts import PlanTexts
from bot.web.rendering import page

FIELDS = ("summary", "topic", "company", "cvr", "name", "email", "phone", "survey_by")
TICKED = ("consent", "transcript")
# Not shown: the plan that somebody comes from and its topics, and the topic that they were told of who else answers it.
HIDDEN = ("plan", "topics", "insist")


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
    forms, texts = cookies.for_forms(), PlanTexts(services)

    @contact.get("/")
    async def show(request: Request) -> HTTPResponse:
        talk = await _conversation(request)
        values = {"topic": request.args.get("emne") or "", "transcript": talk.id if talk else ""}
        values.update(letter_fields(services, request, texts.known_place))
        return _form(request, values, {}, talk, services.chance.identifier())

    @contact.post("/")
    async def send(request: Request) -> HTTPResponse:
        values = {name: typed(request, name) for name in (*FIELDS, *TICKED, *HIDDEN)}
        key = form_id(request, "request_key", services.chance)
        talk = None
        try:
            talk = await _conversation(request)
            check_form(request, forms.read(request))
            handoff = _handoff(values, talk)
            checked(handoff)
            if values["insist"] != handoff.topic and services.handoff.sent_on(handoff.topic, "page"):
                # No authority of the state is handed a case: the visitor is told where to go, and may insist.
                return _form(request, values, {}, talk, key)
            receipt = await _submit(request, handoff, key)
        except (InvalidInput, TooMany, StorageUnavailable) as error:
            return _refused(request, values, talk, key, error)
        line = receipt.line
        case = {"reference": line.reference, "unit": line.unit, "answer_by": line.answer_by}
        return page(
            templates,
            "receipt.html",
            case=case,
            notes=receipt.notes,
            link=address("", receipt.token),
            email=receipt.case.contact.email,
            mailed=receipt.mailed,
        )

    async def _submit(request: Request, handoff: HandoffRequest, key: str):
        # Checked before it is counted: who mends a mistake is not told to wait.
        summary, reach = checked(handoff)
        rates.count(limits.CONTACT_FORMS, request.remote_addr or request.ip)
        request_key = f"form:{id_with_content(key, summary, *vars(reach).values())}"
        return await asyncio.to_thread(services.handoff.submit, replace(handoff, request_key=request_key))

    def _handoff(values: Dict[str, str], talk: Optional[Conversation]) -> HandoffRequest:
        topics = [topic for topic in values["topics"].split(",")[:MOST_TOPICS] if knowledge.get(topic)]
        told = told_in(
            Mention(item.kind, item.value, extra=item.extra)
            for item in services.extractor.extract(values["summary"][:LONGEST_SUMMARY], services.today())
        )
        return HandoffRequest(
            summary=values["summary"],
            name=values["name"],
            company=values["company"],
            cvr=values["cvr"],
            email=values["email"],
            phone=values["phone"],
            survey_by=values["survey_by"],
            topic=values["topic"] if knowledge.get(values["topic"]) else None,
            topics=tuple(topics),
            plan=values["plan"] if values["plan"] in services.content.plans else "",
            **asdict(told),
            consent=bool(values["consent"]),
            # The conversation that was named beside the tick, not one begun since in another tab.
            conversation=talk.id if talk and values["transcript"] == talk.id else None,
        )

    async def _conversation(request: Request) -> Optional[Conversation]:
        """Return the visitor's conversation when there is something of theirs in it."""
        token = cookies.read(request)
        try:
            found = await chat.find(token) if token else None
        except NotFound:
            return None
        said = await chat.after(found, 0) if found else []
        return found if any(message.role is Role.VISITOR for message in said) else None

    def _refused(
        request: Request, values: Dict, talk: Optional[Conversation], key: str, error: Exception
    ) -> HTTPResponse:
        status, code, wait = translate(error)
        field = getattr(error, "field", "")
        errors = {"email" if field == "contact" else field: sentences.say(code, seconds=str(wait or ""))}
        response = _form(request, values, errors, talk, key, status)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    def _form(
        request: Request,
        values: Dict,
        errors: Dict,
        talk: Optional[Conversation],
        key: str,
        status: int = 200,
    ) -> HTTPResponse:
        secret = forms.read(request) or services.chance.secret()
        topics = sorted(knowledge.topics.values(), key=lambda topic: topic.title)
        sent_on = services.handoff.sent_on(values.get("topic"), "page")
        response = page(
            templates,
            "contact.html",
            status=status,
            sent_on=sent_on,
            values={
                **dict.fromkeys((*FIELDS, *TICKED, *HIDDEN), ""),
                **values,
                "insist": values["topic"] if sent_on else "",
            },
            errors=errors,
            csrf=form_token(secret),
            request_key=key,
            texts=services.takes_texts,
            topics=[{"id": topic.id, "title": topic.title} for topic in topics],
            talk={"id": talk.id, "begun_text": _moment(talk)} if talk else None,
        )
        return forms.write(response, secret)

    return contact


def _moment(talk: Conversation) -> str:
    begun = talk.created_at.astimezone(DENMARK)
    return f"{long_date(begun.date())} {clock_time(begun)}"
