"""One visitor of either system, over HTTP. A reply that is not a real answer is an error, however fast it came."""

import asyncio
import secrets
from typing import Any, Dict, List, NamedTuple, Optional

import aiohttp

SECONDS_FOR_A_REPLY = 30.0


class Line(NamedTuple):
    """What a visitor says, and the topic that a good answer has (None: whatever it has)."""

    text: str
    topic: Optional[str] = None


class BadReply(Exception):
    """The visitor got no answer; the message is a short reason, the same for every reply of the kind."""


def new_session() -> aiohttp.ClientSession:
    """Return the client's connections, kept open between messages as a browser keeps them."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=SECONDS_FOR_A_REPLY)
    )


class StarterVisitor:
    """A visitor of Rasa's REST channel; a conversation is opened by the first message."""

    ready_path = "/"

    def __init__(self, session: aiohttp.ClientSession, address: str):
        self._session = session
        self._address = address
        self._sender = ""

    async def open(self) -> None:
        """Begin a new conversation."""
        self._sender = secrets.token_hex(16)

    async def say(self, line: Line) -> bool:
        """Send a message and read the replies; True: there is nothing to compare the topic with."""
        body = {"sender": self._sender, "message": line.text}
        replies = await _post(self._session, f"{self._address}/webhooks/rest/webhook", 200, body)
        if not isinstance(replies, list) or not replies:
            raise BadReply("empty reply")
        if not all(_is_said(reply, "text") or _is_said(reply, "image") for reply in replies):
            raise BadReply("reply without text")
        return True


class GenvejVisitor:
    """A visitor of Genvej's public web, as docs/openapi.yml describes it."""

    ready_path = "/readyz"

    def __init__(self, session: aiohttp.ClientSession, address: str):
        self._session = session
        self._address = address
        self._headers: Dict[str, str] = {}

    async def open(self) -> None:
        """Begin a new conversation."""
        opened = await _post(self._session, f"{self._address}/chat/conversations", 201, {})
        if not _is_said(opened, "token"):
            raise BadReply("conversation without a token")
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    async def say(self, line: Line) -> bool:
        """Send a message and read the replies; tell whether one has the topic of a good answer."""
        body = {"text": line.text}
        reply = await _post(self._session, f"{self._address}/chat/messages", 200, body, self._headers)
        messages = reply.get("messages") if isinstance(reply, dict) else None
        answers = [message for message in messages or [] if message.get("role") == "bot"]
        if not answers:
            raise BadReply("empty reply")
        if not all(_is_said(answer, "text") for answer in answers):
            raise BadReply("reply without text")
        return line.topic is None or line.topic in _topics(answers)


async def is_ready(session: aiohttp.ClientSession, address: str) -> bool:
    """Tell whether an address answers with status 200."""
    try:
        async with session.get(address) as response:
            return response.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError):
        return False


async def _post(
    session: aiohttp.ClientSession,
    url: str,
    wanted: int,
    body: Dict[str, Any],
    headers: Optional[Dict[str, str]] = None,
) -> Any:
    try:
        async with session.post(url, json=body, headers=headers) as response:
            if response.status != wanted:
                raise BadReply(f"status {response.status}")
            return await response.json()
    except asyncio.TimeoutError as error:
        raise BadReply(f"no reply in {SECONDS_FOR_A_REPLY:.0f} s") from error
    except (aiohttp.ClientError, ValueError) as error:
        raise BadReply(type(error).__name__) from error


def _is_said(reply: Any, field: str) -> bool:
    return isinstance(reply, dict) and isinstance(reply.get(field), str) and bool(reply[field].strip())


def _topics(answers: List[Dict[str, Any]]) -> List[Optional[str]]:
    return [answer.get("topic") for answer in answers]
