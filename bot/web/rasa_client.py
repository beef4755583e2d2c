"""Asks Rasa, on loopback, what to say."""

import asyncio
from typing import List, Optional

import aiohttp

from bot.core.conversations import Reply
from bot.core.errors import BotUnavailable
from bot.web.rasa_replies import replies_from


class RasaClient:
    """Rasa's REST channel. One instance per process; `close` when the process stops."""

    def __init__(self, address: str, timeout: float):
        self._url = f"{address}/webhooks/rest/webhook"
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: Optional[aiohttp.ClientSession] = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, trust_env=False)
        return self._session

    async def ask(self, conversation: str, message: str, number: int) -> List[Reply]:
        """Return the bot's replies to message `number`; BotUnavailable when none came in time."""
        body = {"sender": conversation, "message": message, "metadata": {"message": number}}
        try:
            async with self._open().post(self._url, json=body) as response:
                if response.status != 200:
                    raise BotUnavailable(f"status {response.status}")
                replies = replies_from(await response.json())
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise BotUnavailable(type(error).__name__) from error
        if not replies:
            # Rasa answers 200 with nothing when the action server is down.
            raise BotUnavailable("no reply")
        return replies

    async def ready(self, address: str) -> bool:
        """Tell whether the server at an address (Rasa's or the action server's) answers."""
        try:
            async with self._open().get(address) as response:
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
