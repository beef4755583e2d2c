"""Asks web pages whether they are there, and does not trouble their servers: a few at a time, one of each host."""

import asyncio
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import AsyncIterator, DefaultDict
from urllib.parse import urlsplit

import aiohttp

from bot.core.links import Visit

_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500
# Some servers send headers longer than aiohttp takes by itself; bytes.
_LONGEST_HEADER = 65536


@dataclass(frozen=True)
class Manners:
    """How much a server is asked at once.

    Attributes:
        at_once: how many pages are asked for at the same time.
        pause: seconds between two questions to the same host.
        timeout: seconds to wait for an answer.
        retry: seconds before the second try.
    """

    at_once: int = 8
    pause: float = 0.5
    timeout: float = 15.0
    retry: float = 3.0


class Fetcher:
    """Asks for addresses over one session; used by `fetcher`."""

    def __init__(self, session: aiohttp.ClientSession, manners: Manners):
        self._session = session
        self._manners = manners
        self._slots = asyncio.Semaphore(manners.at_once)
        self._hosts: DefaultDict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def visit(self, address: str) -> Visit:
        """Ask for an address with HEAD, and with GET where that fails; once more after trouble that may pass."""
        async with self._hosts[urlsplit(address).netloc]:
            async with self._slots:
                found = await self._tries(address)
            await asyncio.sleep(self._manners.pause)
        return found

    async def _tries(self, address: str) -> Visit:
        first = await self._ask("HEAD", address)
        if not first.failed:
            return first
        # Many servers do not know HEAD, and say so with any status at all.
        if first.again:
            await asyncio.sleep(self._manners.retry)
        second = await self._ask("GET", address)
        if second.again and not first.again:
            await asyncio.sleep(self._manners.retry)
            return await self._ask("GET", address)
        return second

    async def _ask(self, method: str, address: str) -> Visit:
        try:
            # The body is left where it is: the status is enough.
            async with self._session.request(method, address) as response:
                again = response.status == _TOO_MANY_REQUESTS or response.status >= _SERVER_ERRORS
                return Visit(response.status, str(response.url), again=again)
        except asyncio.TimeoutError:
            return Visit(trouble=f"no answer within {self._manners.timeout:g} s", again=True)
        except aiohttp.TooManyRedirects:
            return Visit(trouble="redirects in a circle")
        except (aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError) as error:
            return Visit(trouble=f"no safe connection: {_tls_reason(error)}")
        except aiohttp.ClientConnectorError as error:
            return Visit(trouble=f"no connection: {error.os_error.strerror or error.os_error}", again=True)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Visit(trouble=f"no answer: {error or type(error).__name__}", again=True)


def _tls_reason(error: Exception) -> str:
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    return str(getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or cause)


@asynccontextmanager
async def fetcher(manners: Manners, agent: str) -> AsyncIterator[Fetcher]:
    """Give a fetcher that calls itself `agent`; a proxy that the environment names is used."""
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=manners.timeout),
        headers={"User-Agent": agent, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "da,en;q=0.5"},
        trust_env=True,
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
    ) as session:
        yield Fetcher(session, manners)
