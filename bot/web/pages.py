"""The public pages. Everything works without JavaScript; static/chat.js only makes it smoother."""

from typing import Dict, List, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.core.conversations import LONGEST_TEXT, Conversation, Message
from bot.core.errors import BotUnavailable, InvalidInput, NotFound, TooMany
from bot.web import limits
from bot.web.api import transcript_file, view
from bot.web.chat_service import ChatService
from bot.web.cookies import Cookies, check_form, form_id, form_token, id_with_content
from bot.web.edge import Sentences, translate
from bot.web.listener import typed
from bot.web.own_data import conversation_data
from bot.web.rendering import page

# Where the chat page stands, with the newest message in view.
NEWEST = "/#seneste"


def blueprint(
    services: Services,
    chat: ChatService,
    rates: limits.RateLimits,
    templates: Environment,
    sentences: Sentences,
    cookies: Cookies,
) -> Blueprint:
    """Return the chat page and what its forms post to."""
    pages = Blueprint("pages")
    forms = cookies.for_forms()

    @pages.get("/")
    async def chat_page(request: Request) -> HTTPResponse:
        return await _chat(request)

    @pages.post("/samtale")
    async def say(request: Request) -> HTTPResponse:
        token = cookies.read(request)
        text, payload = request.form.get("text"), request.form.get("payload")
        try:
            check_form(request, forms.read(request))
            conversation = await _conversation(token)
            if conversation is None:
                rates.count(limits.CONVERSATIONS, request.remote_addr or request.ip)
                opened = await chat.open(request.headers.get("referer", ""))
                conversation, token = opened.conversation, opened.token
            rates.count(limits.MESSAGES, conversation.id)
            client_id = id_with_content(_form_id(request), text or "", payload or "")
            await chat.say(conversation, text, payload, client_id, request.remote_addr or request.ip)
        except (InvalidInput, BotUnavailable, TooMany) as error:
            return await _chat(request, token=token, error=error)
        return cookies.write(redirect(_back(request)), token)

    @pages.post("/samtale/nyttigt")
    async def useful(request: Request) -> HTTPResponse:
        conversation = await _own(request)
        number = request.form.get("number") or ""
        if not number.isdecimal() or len(number) > 9:
            raise NotFound("no such reply")
        await chat.give_feedback(conversation, int(number), request.form.get("useful") == "1", "")
        return redirect(_back(request))

    @pages.post("/samtale/slet")
    async def erase(request: Request) -> HTTPResponse:
        await chat.erase(await _own(request))
        return cookies.clear(redirect("/?slettet=1"))

    @pages.get("/samtale/udskrift")
    async def transcript(request: Request) -> HTTPResponse:
        conversation = await _conversation(cookies.read(request))
        if conversation is None:
            raise NotFound("no conversation")
        return transcript_file(templates, await chat.after(conversation, 0))

    @pages.get("/samtale/data.json")
    async def data(request: Request) -> HTTPResponse:
        conversation = await _conversation(cookies.read(request))
        if conversation is None:
            raise NotFound("no conversation")
        return conversation_data(conversation, await chat.after(conversation, 0))

    async def _own(request: Request) -> Conversation:
        check_form(request, forms.read(request))
        conversation = await _conversation(cookies.read(request))
        if conversation is None:
            raise NotFound("no conversation")
        return conversation

    async def _conversation(token: Optional[str]) -> Optional[Conversation]:
        try:
            return await chat.find(token) if token else None
        except NotFound:
            return None

    async def _chat(
        request: Request, token: Optional[str] = None, error: Optional[Exception] = None
    ) -> HTTPResponse:
        secret = forms.read(request) or services.chance.secret()
        token = token or cookies.read(request)
        conversation = await _conversation(token)
        messages = await chat.after(conversation, 0) if conversation else _greeting()
        status, code, wait = translate(error) if error else (200, "", None)
        response = page(
            templates,
            "chat.html",
            status=status,
            messages=[view(message) for message in messages],
            csrf=form_token(secret),
            token=token if conversation else "",
            longest=LONGEST_TEXT,
            embedded="indlejret" in request.args or "indlejret" in request.form,
            notice=sentences.say("erased") if "slettet" in request.args else "",
            error=sentences.say(code, seconds=str(wait or "")) if error else "",
            draft=typed(request, "text") if error else "",
            suggestions=[] if conversation else _suggestions(),
            # What was stored before the bot fell silent is not stored again when it is sent again.
            client_id=_form_id(request) if error else services.chance.identifier(),
            today=services.today().isoformat(),
        )
        if wait:
            response.headers["Retry-After"] = str(wait)
        forms.write(response, secret)
        return cookies.write(response, token) if conversation else response

    def _form_id(request: Request) -> str:
        return form_id(request, "client_id", services.chance)

    def _greeting() -> List[Message]:
        return [Message(number=0, at=services.clock(), reply=chat.greeting())]

    def _suggestions() -> List[Dict[str, str]]:
        return [{"title": text, "text": text} for text in services.content.municipality.suggestions]

    return pages


def _back(request: Request) -> str:
    return "/?indlejret=1#seneste" if "indlejret" in request.form else NEWEST
