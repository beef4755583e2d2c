"""What happens to a visitor's message: mask, store, ask the plan, the cases or the bot, store the replies.

The only writer of transcripts. Database calls run in threads, so that one slow call holds up nobody else.
"""

import asyncio
import hashlib
import re
from datetime import date
from typing import List, NamedTuple, Optional, Tuple
from weakref import WeakValueDictionary

from bot.bootstrap import Services
from bot.core.conversations import LONGEST_TEXT, Conversation, Message, Reply, Role
from bot.core.errors import BotUnavailable, InvalidInput, NotFound
from bot.core.privacy import storable
from bot.web.plan_chat import PlanChat
from bot.web.rasa_client import RasaClient
from bot.web.status_chat import Asked, StatusChat

LONGEST_PAGE = 500
# Rasa takes a text for a command when a slash is the first thing in it that is no white space.
_COMMAND_MARKS = re.compile(r"^[/\s]+")


class Opened(NamedTuple):
    """A new conversation, its secret token, and the greeting."""

    conversation: Conversation
    token: str
    messages: List[Message]


class ChatService:
    """Conversations as the public web needs them."""

    def __init__(self, services: Services, rasa: RasaClient, plans: PlanChat, status: StatusChat):
        self._services = services
        self._store = services.conversations
        self._rasa = rasa
        self._plans = plans
        self._status = status
        self._patience = services.settings.bot_timeout
        self._turns: WeakValueDictionary = WeakValueDictionary()

    async def open(self, page: str) -> Opened:
        """Start a conversation; `page` is the address the chat stands on."""
        services = self._services
        token = services.chance.secret()
        now = services.clock()
        conversation = Conversation(services.chance.identifier(), _without_query(page), now, now)
        messages = await asyncio.to_thread(self._store.open, conversation, _hash(token), [self.greeting()])
        return Opened(conversation, token, messages)

    def greeting(self) -> Reply:
        """Return what the bot says first."""
        content = self._services.content
        text = content.phrases["answer"].say("greeting", municipality=content.municipality.name)
        return Reply(role=Role.BOT, text=text, topic="hils")

    def today(self) -> date:
        """Return the date in Denmark."""
        return self._services.today()

    async def find(self, token: str) -> Conversation:
        """Return the conversation that a token opens; NotFound for an unknown one."""
        return await asyncio.to_thread(self._store.find, _hash(token))

    async def say(
        self,
        conversation: Conversation,
        text: Optional[str],
        payload: Optional[str],
        client_id: Optional[str],
        address: str,
    ) -> List[Message]:
        """Take what the visitor wrote or tapped; return it as stored, then the replies.

        `address` is the visitor's network address, by which guesses at other people's cases are counted.

        InvalidInput for a text or payload that cannot be taken; BotUnavailable when the bot did not answer:
        the visitor's message is stored then, and sending it again with the same `client_id` asks again.
        """
        shown, command = await self._command(conversation.id, text, payload)
        asked = None
        if payload is None and self._status.concerns(shown):
            before = await asyncio.to_thread(self._store.after, conversation.id, 0)
            asked = self._status.read(before, shown, address)
            shown = asked.shown if asked else shown
        visitor = await asyncio.to_thread(
            self._store.add_visitor_message, conversation.id, shown, client_id, self._services.clock()
        )
        try:
            # The time spent waiting for one's turn counts: nobody waits longer than for one slow answer.
            replies = await asyncio.wait_for(
                self._replies(conversation.id, visitor, command, asked), self._patience
            )
        except asyncio.TimeoutError as error:
            raise BotUnavailable("no reply in time") from error
        return [visitor, *replies]

    async def _replies(
        self, conversation_id: str, visitor: Message, command: str, asked: Optional[Asked]
    ) -> List[Message]:
        async with self._turn(conversation_id):
            replies = await asyncio.to_thread(self._store.replies_to, conversation_id, visitor.number)
            if any(reply.role is Role.BOT for reply in replies):
                return replies
            return await self._ask(conversation_id, visitor, command, asked)

    async def _ask(
        self, conversation_id: str, visitor: Message, command: str, asked: Optional[Asked]
    ) -> List[Message]:
        before, replies = await asyncio.to_thread(
            self._before_rasa, conversation_id, visitor.number, command, asked
        )
        if replies is None:
            said = await self._rasa.ask(conversation_id, command, visitor.number)
            replies = await asyncio.to_thread(self._plans.beside, before, command, said)
        try:
            return await asyncio.to_thread(
                self._store.add_replies, conversation_id, replies, visitor.number, self._services.clock()
            )
        except NotFound:
            # Erased while the bot was thinking: Rasa must forget what it was told meanwhile.
            await asyncio.to_thread(self._services.tracker.erase, conversation_id)
            raise

    def _before_rasa(
        self, conversation_id: str, number: int, command: str, asked: Optional[Asked]
    ) -> Tuple[List[Message], Optional[List[Reply]]]:
        """Return what was said before, and the replies when the message is not for Rasa."""
        before = [message for message in self._store.after(conversation_id, 0) if message.number < number]
        if asked:
            return before, self._status.answer(asked)
        return before, self._status.tapped(command) or self._plans.answer(before, command)

    async def _command(self, conversation_id: str, text: Optional[str], payload: Optional[str]):
        """Return what the transcript shows and what goes to Rasa."""
        if payload is not None:
            choice = await asyncio.to_thread(self._store.offered, conversation_id, payload)
            if choice is None:
                raise InvalidInput("unknown_payload", "payload")
            return choice.title, payload
        if len((text or "").strip()) > LONGEST_TEXT:
            raise InvalidInput("text_too_long", "text")
        shown = storable(text or "")
        if not shown:
            raise InvalidInput("text_missing", "text")
        # A leading slash is a command to Rasa. Typed by a visitor it is plain text.
        return shown, _COMMAND_MARKS.sub("", shown) or "?"

    async def after(self, conversation: Conversation, number: int) -> List[Message]:
        """Return the messages with a higher number."""
        return await asyncio.to_thread(self._store.after, conversation.id, number)

    async def give_feedback(
        self, conversation: Conversation, number: int, useful: bool, comment: str
    ) -> None:
        """Remember whether a reply was useful; NotFound when it is none."""
        await asyncio.to_thread(
            self._store.give_feedback, conversation.id, number, useful, storable(comment[:LONGEST_TEXT])
        )

    async def erase(self, conversation: Conversation) -> None:
        """Delete the conversation everywhere; a case that was opened keeps its own text."""
        async with self._turn(conversation.id):
            # Rasa's memory first: should that fail, the token still opens the conversation for another try.
            await asyncio.to_thread(self._services.tracker.erase, conversation.id)
            await asyncio.to_thread(self._store.erase, conversation.id)

    def _turn(self, conversation_id: str) -> asyncio.Lock:
        """Let one message of a conversation finish before the next begins, as a person would."""
        # Kept alive by whoever holds or awaits it, and gone afterwards.
        lock = self._turns.get(conversation_id) or asyncio.Lock()
        self._turns[conversation_id] = lock
        return lock


def _without_query(page: str) -> str:
    # What stands behind ? or # in the address of the page around the chat may be about the visitor.
    return storable(page[: 4 * LONGEST_PAGE]).partition("?")[0].partition("#")[0][:LONGEST_PAGE]


def _hash(token: str) -> str:
    # A header may hold bytes that are no UTF-8; what they become matches no token.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
