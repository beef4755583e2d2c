"""A small site on this machine that answers in every way a page can."""

import asyncio
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer


class Site:
    """A small site that remembers who asked for what, and how many were asking at the same time."""

    def __init__(self):
        self.asked = []
        self.agents = set()
        self.open = self.most_open = 0
        # Nobody gets an answer before so many have been asking at once.
        self.together, self._met = 0, asyncio.Event()
        self.app = web.Application(middlewares=[self._remember])
        self.app.router.add_get("/", self._page)
        self.app.router.add_get("/side", self._page)
        self.app.router.add_get("/kun-get", self._page, allow_head=False)
        self.app.router.add_get("/flyttet", self._to("/side"))
        self.app.router.add_get("/til-forsiden", self._to("/"))
        self.app.router.add_get("/rundt", self._to("/rundt"))
        self.app.router.add_get("/til-en-anden", self._elsewhere)
        self.app.router.add_get("/head-er-404", self._not_head, allow_head=False)
        self.app.router.add_head("/head-er-404", self.status(404))
        self.app.router.add_get("/vent", self._never)
        self.app.router.add_get("/anden-gang", self._second_time)
        self.app.router.add_get("/haenger-paa", self._hang_up)
        for status in (403, 410, 429, 500):
            self.app.router.add_get(f"/status/{status}", self.status(status))

    @web.middleware
    async def _remember(self, request, handler):
        self.asked.append((request.method, request.path))
        self.agents.add(request.headers["User-Agent"])
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            if self.open >= self.together:
                self._met.set()
            await self._met.wait()
            return await handler(request)
        finally:
            self.open -= 1

    async def _page(self, request):
        return web.Response(text="Her er det.")

    async def _not_head(self, request):
        return web.Response(text="Her er det.")

    async def _never(self, request):
        await asyncio.Event().wait()

    async def _hang_up(self, request):
        request.transport.abort()
        return web.Response()

    async def _second_time(self, request):
        return web.Response(status=503 if len(self.asked) == 1 else 200)

    async def _elsewhere(self, request):
        port = request.transport.get_extra_info("sockname")[1]
        raise web.HTTPFound(f"http://localhost:{port}/side")

    def _to(self, target):
        async def handler(request):
            raise web.HTTPMovedPermanently(target)

        return handler

    def status(self, status):
        async def handler(request):
            return web.Response(status=status)

        return handler

    @asynccontextmanager
    async def served(self, tls=None, more_ports=()):
        server = TestServer(self.app, host="127.0.0.1")
        await server.start_server(ssl=tls)
        for port in more_ports:
            await web.TCPSite(server.runner, "127.0.0.1", port).start()
        try:
            yield str(server.make_url("")).rstrip("/")
        finally:
            await server.close()
