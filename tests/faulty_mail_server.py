"""A real SMTP server that fails as servers do, at random: it is away, hangs, drops connections, says 4xx and 5xx."""

import asyncio
import email
import random
import socket
from collections import Counter
from typing import Callable, List, NamedTuple, Optional, Set

from aiosmtpd.smtp import SMTP

from tests.servers import LoopThread, free_port

# Out of a hundred, what happens to a command; the rest goes well.
FATES = {
    "EHLO": {"drop": 4, "hang": 1, "421 Too busy": 3},
    "MAIL": {"drop": 2, "hang": 1, "451 Try again later": 4},
    "RCPT": {"drop": 3, "hang": 1, "450 Greylisted": 10, "550 No such mailbox": 13},
    "DATA": {"drop": 4, "hang": 1, "451 Local error": 8, "554 Looks like spam": 9},
}


class Accepted(NamedTuple):
    """A mail that was taken; each sender is a process."""

    message_id: str
    sender: str


class _Connection(SMTP):
    """A connection that the server knows of.

    aiosmtpd forgets one whose client is gone before it has begun, and leaves it open.
    """

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        self.event_handler.connections.add(transport)

    def connection_lost(self, error) -> None:
        self.event_handler.connections.discard(self.transport)
        super().connection_lost(error)


class FaultyMailServer:
    """Keeps what it takes responsibility for, as often as it does.

    `before_answer` is called between that moment and the answer, when whoever sends it cannot know yet.
    """

    def __init__(self, chance: random.Random):
        self.port = free_port()
        self.accepted: List[Accepted] = []
        self.faults: Counter = Counter()
        self.connections: Set[asyncio.BaseTransport] = set()
        self.before_answer: Callable[[], None] = lambda: None
        self._chance = chance
        self.thread = LoopThread()
        self._listening: Optional[asyncio.AbstractServer] = None

    def open(self) -> None:
        """Listen."""
        if self._listening is None:
            self._listening = self.thread.run(self._listen())

    def close(self) -> None:
        """Refuse new connections."""
        if self._listening is not None:
            self.faults["refused"] += 1
            self.thread.loop.call_soon_threadsafe(self._listening.close)
            self._listening = None

    def __enter__(self) -> "FaultyMailServer":
        self.open()
        return self

    def __exit__(self, *_) -> None:
        self.close()
        self.thread.run(self._hang_up())
        self.thread.stop()

    async def _hang_up(self) -> None:
        for connection in list(self.connections):
            connection.abort()
        while self.connections:
            await asyncio.sleep(0)

    async def _listen(self) -> asyncio.AbstractServer:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            lambda: _Connection(self, hostname="localhost", loop=loop), sock=listening, backlog=100
        )

    async def _fate(self, server: SMTP, command: str) -> str:
        """Return an answer that refuses, or nothing when all goes well; or never return."""
        at = self._chance.uniform(0, 100)
        for fate, share in FATES[command].items():
            at -= share
            if at < 0:
                self.faults[fate[:3] if fate[0].isdigit() else fate] += 1
                if fate == "drop":
                    server.transport.abort()
                if fate in ("drop", "hang"):
                    await asyncio.get_running_loop().create_future()
                return fate
        return ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses) -> List[str]:
        """Greet; aiosmtpd calls it, and those below."""
        refused = await self._fate(server, "EHLO")
        session.host_name = hostname
        return [refused] if refused else responses

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        """Take the sender."""
        refused = await self._fate(server, "MAIL")
        if not refused:
            envelope.mail_from = address
        return refused or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        """Take a recipient."""
        refused = await self._fate(server, "RCPT")
        if not refused:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        """Take the mail."""
        refused = await self._fate(server, "DATA")
        if refused:
            return refused
        message_id = email.message_from_bytes(envelope.content)["Message-ID"]
        self.accepted.append(Accepted(message_id, envelope.mail_from))
        self.before_answer()
        return "250 OK"
