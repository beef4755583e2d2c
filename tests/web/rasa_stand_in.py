"""A stand-in for Rasa's REST channel: it says what a test tells it to, as Rasa would over HTTP, or fails like it."""

import asyncio
import threading
from typing import Any, Callable, Dict, List

from aiohttp import web

from tests.servers import LoopThread, free_port

GREETING = {"text": "Hej. Hvad kan jeg hjælpe med?"}
# What Rasa sends for one utterance of actions/saying.py: the text and buttons, then what stands beside them.
ANSWER = [
    {
        "recipient_id": "x",
        "text": "Du skal have en alkoholbevilling. Den koster 1.050 kr.",
        "buttons": [
            {
                "title": "Hvad koster det?",
                "payload": '/alkoholbevilling{"aspekt":"pris"}',
                "topic": "alkoholbevilling",
            },
            {
                "title": "Tal med en medarbejder",
                "payload": "/tal_med_medarbejder",
                "topic": "tal_med_medarbejder",
            },
        ],
    },
    {
        "recipient_id": "x",
        "custom": {
            "topic": "alkoholbevilling",
            "aspect": "krav",
            "sources": [
                {"title": "Restaurationsloven", "url": "https://example.dk/lov", "checked": "2026-11-01"}
            ],
            "unit": {"id": "bevilling", "name": "Bevillinger"},
            "facts": [{"id": "gebyr", "value": "1.050 kr.", "valid_from": "2026-01-01", "valid_to": None}],
        },
    },
]
CLARIFICATION = [
    {
        "text": "Hvad handler det om?",
        "buttons": [
            {"title": "Skilte", "payload": "/skiltning_facade", "topic": "skiltning_facade"},
            {"title": "Borde ude", "payload": "/udeservering", "topic": "udeservering"},
        ],
    },
    {"custom": {"clarify": ["skiltning_facade", "udeservering"]}},
]
RECEIPT = [
    {"text": "Din henvendelse er sendt."},
    {
        "custom": {
            "topic": "alkoholbevilling",
            "case": {"reference": "HEL-2026-123456", "unit": "Bevillinger", "answer_by": "2026-11-30"},
        }
    },
]


class RasaStandIn:
    """Listens on a port of its own; `received` holds every body that came."""

    def __init__(self):
        self.port = free_port()
        self.received: List[Dict[str, Any]] = []
        self.arrived = threading.Semaphore(0)
        self._thread = LoopThread()
        self._runner = None
        self._released = None
        self.says(GREETING)

    @property
    def messages(self) -> List[str]:
        """The texts that reached Rasa."""
        return [body["message"] for body in self.received]

    def says(self, *items: Dict[str, Any]) -> None:
        """Answer every message with these items."""
        self._act = lambda request: web.json_response(list(items))

    def says_about(self, reply: Callable[[str], List[Dict[str, Any]]]) -> None:
        """Answer a message with what `reply` makes of its text."""
        self._act = lambda request: web.json_response(reply(self.received[-1]["message"]))

    def sends(self, status: int = 200, body: str = "", content_type: str = "application/json") -> None:
        """Answer with a status and a body as they are."""
        self._act = lambda request: web.Response(status=status, text=body, content_type=content_type)

    def drops(self) -> None:
        """Break the connection off instead of answering."""
        self._act = lambda request: request.transport.abort() or web.Response()

    def hangs(self) -> None:
        """Keep every message waiting until `release`, then answer as before."""
        before = self._act
        self._released = asyncio.Event()
        held = self._released

        async def wait(request):
            await held.wait()
            return before(request)

        self._act = wait

    def release(self) -> None:
        """Answer what `hangs` kept waiting."""
        self._thread.loop.call_soon_threadsafe(self._released.set)

    def await_message(self) -> None:
        """Wait until a message has come in that was not waited for before."""
        assert self.arrived.acquire(timeout=10), "no message reached Rasa"

    def start(self) -> None:
        """Listen."""
        self._thread.run(self._start())

    def stop(self) -> None:
        """Stop listening: connections are refused from now on."""
        if self._runner:
            self._thread.run(self._runner.cleanup())
            self._runner = None

    def __enter__(self) -> "RasaStandIn":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        if self._released:
            self.release()
        self.stop()
        self._thread.stop()

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/", self._hello)
        app.router.add_get("/health", self._hello)  # the action server's, where a test sends both to one port
        app.router.add_post("/webhooks/rest/webhook", self._webhook)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def _hello(self, request) -> web.Response:
        return web.Response(text="Hello from Rasa: 3.6.21")

    async def _webhook(self, request) -> web.Response:
        self.received.append(await request.json())
        self.arrived.release()
        response = self._act(request)
        return await response if asyncio.iscoroutine(response) else response
