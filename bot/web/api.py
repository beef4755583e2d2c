"""The chat's HTTP contract: bot/web/openapi.yml, in code."""

import asyncio
import json as json_format
import re
from typing import Any, Dict, List, Optional

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, text

from bot.bootstrap import DENMARK
from bot.core.conversations import Conversation, Message
from bot.core.errors import BotUnavailable, InvalidInput, NotFound
from bot.web import limits, metrics
from bot.web.chat_service import ChatService
from bot.web.cookies import Cookies
from bot.web.edge import Unauthorized, UnsupportedMediaType
from bot.web.message_json import message_json

_CLIENT_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_NUMBER = r"[0-9]{1,9}"
# A stream is closed after this many rounds, so that none is kept for ever; browsers reconnect by themselves.
_ROUNDS_OF_A_STREAM = 600
_ROUNDS_BETWEEN_SIGNS_OF_LIFE = 15


def blueprint(
    chat: ChatService,
    rates: limits.RateLimits,
    templates: Environment,
    cookies: Cookies,
    seconds: float = 1.0,
) -> Blueprint:
    """Return the routes under /chat; `seconds` lie between two looks for new messages in a stream."""
    api = Blueprint("api", url_prefix="/chat")

    @api.post("/conversations")
    async def open_conversation(request: Request) -> HTTPResponse:
        rates.count(limits.CONVERSATIONS, request.remote_addr or request.ip)
        opened = await chat.open(_text_field(_body(request), "page") or "")
        metrics.CONVERSATIONS.inc()
        reply = {"conversation": opened.conversation.id, "token": opened.token, **_messages(opened.messages)}
        response = json(reply, status=201, ensure_ascii=False, headers={"Cache-Control": "no-store"})
        # So that the pages beside the chat, the contact form above all, know the conversation too.
        return cookies.write(response, opened.token)

    @api.post("/messages")
    async def post_message(request: Request) -> HTTPResponse:
        conversation = await _authorised(request)
        rates.count(limits.MESSAGES, conversation.id)
        body = _body(request)
        payload, client_id = _text_field(body, "payload"), _text_field(body, "client_id")
        if client_id is not None and not _CLIENT_ID.fullmatch(client_id):
            raise InvalidInput("bad_json", "client_id")
        if payload is not None and "text" in body:
            raise InvalidInput("bad_json", "payload")
        try:
            with metrics.REPLY_SECONDS.time():
                messages = await chat.say(
                    conversation,
                    _text_field(body, "text"),
                    payload,
                    client_id,
                    request.remote_addr or request.ip,
                )
        except BotUnavailable:
            metrics.MESSAGES.labels("bot_unavailable").inc()
            raise
        metrics.MESSAGES.labels("answered").inc()
        return _shown(request, messages)

    @api.get("/messages")
    async def get_messages(request: Request) -> HTTPResponse:
        conversation = await _authorised(request)
        return _shown(request, await chat.after(conversation, _number(request.args.get("after", "0"))))

    @api.get("/events")
    async def events(request: Request) -> None:
        conversation = await _authorised(request)
        seen = _number(request.headers.get("last-event-id") or request.args.get("after", "0"))
        response = await request.respond(
            content_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )
        await response.send(": ok\n\n")
        for number in range(_ROUNDS_OF_A_STREAM):
            for message in await chat.after(conversation, seen):
                seen = message.number
                data = json_format.dumps(message_json(message, DENMARK), ensure_ascii=False)
                await response.send(f"id: {seen}\nevent: message\ndata: {data}\n\n")
            if number % _ROUNDS_BETWEEN_SIGNS_OF_LIFE == 0:
                await response.send(": ok\n\n")
            await asyncio.sleep(seconds)

    @api.post("/messages/<number:str>/feedback")
    async def feedback(request: Request, number: str) -> HTTPResponse:
        conversation = await _authorised(request)
        rates.count(limits.MESSAGES, conversation.id)
        body = _body(request)
        useful = body.get("useful")
        if not isinstance(useful, bool):
            raise InvalidInput("bad_json", "useful")
        comment = _text_field(body, "comment") or ""
        if not re.fullmatch(_NUMBER, number):
            raise NotFound("no such reply")
        await chat.give_feedback(conversation, int(number), useful, comment)
        return empty()

    @api.get("/transcript")
    async def transcript(request: Request) -> HTTPResponse:
        conversation = await _authorised(request)
        return transcript_file(templates, await chat.after(conversation, 0))

    @api.delete("/conversation")
    async def erase(request: Request) -> HTTPResponse:
        await chat.erase(await _authorised(request))
        return empty()

    async def _authorised(request: Request) -> Conversation:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorized("no token")
        try:
            return await chat.find(token.strip())
        except NotFound as error:
            raise Unauthorized("unknown token") from error

    def _shown(request: Request, messages: List[Message]) -> HTTPResponse:
        """Return the messages as JSON, or as the HTML fragment that the chat page puts in."""
        if "text/html" not in request.headers.get("accept", ""):
            return json(_messages(messages), headers={"Cache-Control": "no-store"}, ensure_ascii=False)
        views = [view(message) for message in messages]
        content = templates.get_template("_messages.html").render(
            messages=views, today=chat.today().isoformat()
        )
        return HTTPResponse(
            content, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-store"}
        )

    return api


def transcript_file(templates: Environment, messages: List[Message]) -> HTTPResponse:
    """Return a conversation as a text file that the visitor can keep."""
    content = templates.get_template("transcript.txt").render(
        messages=[view(message) for message in messages]
    )
    headers = {"Content-Disposition": 'attachment; filename="samtale.txt"', "Cache-Control": "no-store"}
    return text(content, headers=headers)


def view(message: Message) -> Dict[str, Any]:
    """Return a message as the templates need it."""
    at = message.at.astimezone(DENMARK)
    return {**message_json(message, DENMARK), "at_text": f"kl. {at:%H.%M}", "useful": message.useful}


def _messages(messages: List[Message]) -> Dict[str, Any]:
    return {"messages": [message_json(message, DENMARK) for message in messages]}


def _body(request: Request) -> Dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType("not JSON")
    try:
        body = json_format.loads(request.body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("bad_json") from error
    if not isinstance(body, dict):
        raise InvalidInput("bad_json")
    return body


def _refuse_constant(name: str) -> None:
    """Python reads NaN and Infinity, but JSON has no such numbers."""
    raise ValueError(name)


def _text_field(body: Dict[str, Any], name: str) -> Optional[str]:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidInput("bad_json", name)
    return value


def _number(text_form: str) -> int:
    """Return a message number from an address; InvalidInput for anything else."""
    if not re.fullmatch(_NUMBER, text_form):
        raise InvalidInput("bad_json", "after")
    return int(text_form)
