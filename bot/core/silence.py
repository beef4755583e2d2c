"""Lets go of conversations in which nobody has said anything for long."""

from datetime import datetime, timedelta
from typing import List, Protocol

from bot.core.one_by_one import Done, OneByOne
from bot.core.ports import Clock


class Conversations(Protocol):
    """Where conversations are kept; see bot/storage/conversations.py."""

    def idle_since(self, before: datetime, most: int) -> List[str]:
        """Return the ids of at most `most` conversations in which nothing was said since `before`, oldest first."""

    def erase(self, conversation_id: str) -> None:
        """Delete a conversation."""


class Memory(Protocol):
    """What the dialogue engine remembers; see bot/storage/tracker.py."""

    def erase(self, conversation_id: str) -> None:
        """Delete what is remembered of a conversation."""


class SilentConversations:
    """Deletes conversations that were silent for more than so many days, with the dialogue engine's memory of them."""

    def __init__(self, conversations: Conversations, memory: Memory, clock: Clock, days: int):
        self._conversations = conversations
        self._memory = memory
        self._clock = clock
        self._days = days
        self._one_by_one: OneByOne[str] = OneByOne("delete old conversations", str, clock)

    def delete_old(self) -> Done:
        """Delete some of those that are old enough; return how many."""
        before = self._clock() - timedelta(days=self._days)
        return self._one_by_one.round(lambda most: self._conversations.idle_since(before, most), self._delete)

    def _delete(self, conversation_id: str) -> int:
        # The memory first: should this end in between, the conversation is found again.
        self._memory.erase(conversation_id)
        self._conversations.erase(conversation_id)
        return 1
