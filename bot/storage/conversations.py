"""Conversations and their messages."""

import dataclasses
from datetime import datetime
from typing import List, Optional, Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.conversations import (
    CaseLine,
    Choice,
    Conversation,
    FactLine,
    Message,
    Reply,
    Role,
    SourceLine,
    UnitLine,
)
from bot.core.errors import NotFound
from bot.storage.database import Database
from bot.storage.tables import conversations, messages

_EXTRAS = {"choices": Choice, "sources": SourceLine, "facts": FactLine, "unit": UnitLine, "case": CaseLine}


class ConversationRepository:
    """Keeps transcripts. The web tier alone writes through it."""

    def __init__(self, database: Database):
        self._database = database

    def open(self, conversation: Conversation, token_hash: str, greeting: Sequence[Reply]) -> List[Message]:
        """Store a new conversation and its first messages; return these."""
        with self._database.writing() as connection:
            connection.execute(
                insert(conversations).values(
                    id=conversation.id,
                    token_hash=token_hash,
                    page=conversation.page,
                    created_at=conversation.created_at,
                    last_at=conversation.last_at,
                    last_number=0,
                )
            )
            return _append(connection, conversation.id, greeting, conversation.created_at)

    def find(self, token_hash: str) -> Conversation:
        """Return the conversation that a token opens; NotFound for an unknown one."""
        query = select(conversations).where(conversations.c.token_hash == token_hash)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("unknown token")
        return Conversation(row.id, row.page, row.created_at, row.last_at)

    def add_visitor_message(
        self, conversation_id: str, text: str, client_id: Optional[str], at: datetime
    ) -> Message:
        """Store what the visitor wrote, or return what is stored already under the same `client_id`."""
        known = self._by_client_id(conversation_id, client_id)
        if known:
            return known
        try:
            with self._database.writing() as connection:
                reply = Reply(role=Role.VISITOR, text=text)
                return _append(connection, conversation_id, [reply], at, client_id=client_id)[0]
        except IntegrityError:
            known = self._by_client_id(conversation_id, client_id)
            if known is None:
                raise NotFound("the conversation was erased") from None
            return known

    def add_replies(
        self, conversation_id: str, replies: Sequence[Reply], reply_to: int, at: datetime
    ) -> List[Message]:
        """Store the answers to message `reply_to`; NotFound when the conversation was erased meanwhile."""
        with self._database.writing() as connection:
            return _append(connection, conversation_id, replies, at, reply_to=reply_to)

    def replies_to(self, conversation_id: str, number: int) -> List[Message]:
        """Return the messages that answer message `number`, in order."""
        return self._select(conversation_id, messages.c.reply_to == number)

    def after(self, conversation_id: str, number: int) -> List[Message]:
        """Return the messages with a higher number, in order."""
        return self._select(conversation_id, messages.c.number > number)

    def offered(self, conversation_id: str, payload: str) -> Optional[Choice]:
        """Return the choice with this payload if the bot itself has offered it in the conversation."""
        for message in reversed(self._select(conversation_id, messages.c.role == Role.BOT.value)):
            for choice in message.reply.choices:
                if choice.payload == payload:
                    return choice
        return None

    def give_feedback(self, conversation_id: str, number: int, useful: bool, comment: str) -> None:
        """Remember what the visitor thinks of a reply; NotFound unless it is one of the bot's or staff's."""
        query = (
            update(messages)
            .where(messages.c.conversation_id == conversation_id, messages.c.number == number)
            .where(messages.c.role.in_([Role.BOT.value, Role.STAFF.value]))
            .values(useful=useful, comment=comment)
        )
        with self._database.writing() as connection:
            if connection.execute(query).rowcount == 0:
                raise NotFound("no such reply")

    def erase(self, conversation_id: str) -> None:
        """Delete the conversation with all its messages."""
        with self._database.writing() as connection:
            connection.execute(delete(messages).where(messages.c.conversation_id == conversation_id))
            connection.execute(delete(conversations).where(conversations.c.id == conversation_id))

    def idle_since(self, before: datetime, most: Optional[int] = None) -> List[str]:
        """Return the ids of conversations in which nothing was said since `before`, oldest first, `most` of them."""
        query = (
            select(conversations.c.id)
            .where(conversations.c.last_at < before)
            .order_by(conversations.c.last_at, conversations.c.id)
            .limit(most)
        )
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def _by_client_id(self, conversation_id, client_id) -> Optional[Message]:
        if client_id is None:
            return None
        found = self._select(conversation_id, messages.c.client_id == client_id)
        return found[0] if found else None

    def _select(self, conversation_id, condition) -> List[Message]:
        query = (
            select(messages)
            .where(messages.c.conversation_id == conversation_id, condition)
            .order_by(messages.c.number)
        )
        with self._database.reading() as connection:
            return [_message(row) for row in connection.execute(query)]


def _append(connection, conversation_id, replies, at, reply_to=None, client_id=None) -> List[Message]:
    # Counting on the conversation's own row makes two writers wait for each other: numbers have no gaps or twins.
    counted = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(last_number=conversations.c.last_number + len(replies), last_at=at)
    )
    if counted.rowcount == 0:
        raise NotFound("the conversation was erased")
    last = connection.execute(
        select(conversations.c.last_number).where(conversations.c.id == conversation_id)
    ).scalar_one()
    stored = [
        Message(number=number, at=at, reply=reply, reply_to=reply_to)
        for number, reply in enumerate(replies, start=last - len(replies) + 1)
    ]
    for message in stored:
        connection.execute(insert(messages).values(**_row(conversation_id, message, client_id)))
    return stored


def _row(conversation_id, message: Message, client_id) -> dict:
    reply = message.reply
    plain = dataclasses.asdict(reply)
    return {
        "conversation_id": conversation_id,
        "number": message.number,
        "role": reply.role.value,
        "text": reply.text,
        "at": message.at,
        "topic": reply.topic,
        "aspect": reply.aspect,
        "extras": {key: plain[key] for key in ("clarify", *_EXTRAS) if plain[key]},
        "client_id": client_id,
        "reply_to": message.reply_to,
    }


def _message(row) -> Message:
    reply = Reply(
        role=Role(row.role),
        text=row.text,
        topic=row.topic,
        aspect=row.aspect,
        clarify=tuple(row.extras.get("clarify", ())),
        **{key: _extra(kind, row.extras[key]) for key, kind in _EXTRAS.items() if key in row.extras},
    )
    return Message(row.number, row.at, reply, row.reply_to, row.useful)


def _extra(kind, value):
    return kind(**value) if isinstance(value, dict) else tuple(kind(**item) for item in value)
