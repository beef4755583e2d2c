"""Calls another system of the municipality as Standard Webhooks 1.0.0 says (https://www.standardwebhooks.com)."""

import base64
import binascii
import hashlib
import hmac
import socket
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, List, Optional
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

from bot.core.errors import Cause, DeliveryFailed, InvalidSetting
from bot.core.mails import WebhookCall
from bot.core.patience import Patience
from bot.core.ports import Clock
from bot.notify.deadlines import Deadline
from bot.notify.tls import is_loopback, trust

_PREFIX = "whsec_"
# In bytes; the standard's limits.
_SHORTEST_SECRET, _LONGEST_SECRET = 24, 64
# Answers that say "not now": a timeout, too early, too many.
_NOT_NOW = (408, 425, 429)


class Signer:
    """Signs calls with a shared secret: HMAC-SHA256 over id, time and body.

    Args:
        secrets: `whsec_` and base64; a second one, after a space, while receivers change from the old to the new.

    Raises:
        InvalidSetting: there is none, or one cannot be used. The message does not quote it.
    """

    def __init__(self, secrets: str):
        self._keys = [_key(secret) for secret in secrets.split()]
        if not self._keys:
            raise InvalidSetting("GENVEJ_WEBHOOK_SECRET is missing: calls must be signed")

    def headers(self, call_id: str, at: datetime, body: bytes) -> dict:
        """Return the headers that prove who sent a body, and when this try was made."""
        seconds = str(int(at.timestamp()))
        signed = b".".join((call_id.encode(), seconds.encode(), body))
        signatures = (hmac.new(key, signed, hashlib.sha256).digest() for key in self._keys)
        return {
            "webhook-id": call_id,
            "webhook-timestamp": seconds,
            "webhook-signature": " ".join(f"v1,{base64.b64encode(one).decode()}" for one in signatures),
        }


class WebhookGateway:
    """Posts calls. Receivers know one they have had before by its `webhook-id`.

    Args:
        signer: signs them.
        clock: tells the time.
        ca_file: PEM file with further certificate authorities; empty for none.
        patience: how long the receiver may take.
    """

    def __init__(
        self,
        signer: Signer,
        clock: Clock,
        ca_file: str = "",
        patience: Patience = Patience(),  # noqa: B008 (frozen)
    ):
        self._signer = signer
        self._clock = clock
        self._trust = trust(ca_file)
        self._patience = patience

    def deliver(self, call: WebhookCall) -> None:
        """Post the call; DeliveryFailed unless the answer is 2xx."""
        check_address(call.recipient, DeliveryFailed("Address", Cause.UNSENDABLE, permanent=True))
        body = call.body.encode("utf-8")
        headers = {
            **self._signer.headers(call.message_id, self._clock(), body),
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Genvej",
        }
        adapter = _WatchedAdapter(self._trust)
        with requests.Session() as session, Deadline(self._patience.whole, adapter.socket) as deadline:
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            try:
                # The answer's body is of no interest, and could be endless: it is not read.
                with session.post(
                    call.recipient,
                    data=body,
                    headers=headers,
                    timeout=(self._patience.connect, self._patience.acceptance),
                    allow_redirects=False,
                    stream=True,
                ) as reply:
                    deadline.check()
                    self._check(reply)
            except requests.exceptions.SSLError as error:
                raise DeliveryFailed("SSLError", Cause.ENCRYPTION) from error
            except (requests.ConnectionError, requests.Timeout, TimeoutError) as error:
                raise DeliveryFailed(type(error).__name__, Cause.UNREACHABLE) from error
            except requests.RequestException as error:
                raise DeliveryFailed(type(error).__name__) from error

    def _check(self, reply: requests.Response) -> None:
        status = reply.status_code
        if 200 <= status < 300:
            return
        permanent = 400 <= status < 500 and status not in _NOT_NOW
        cause = Cause.REFUSED if permanent else Cause.BUSY
        wait = seconds_of(reply.headers.get("Retry-After", ""), self._clock())
        raise DeliveryFailed(f"HTTP{status}", cause, permanent, wait)


def check_address(address: str, error: Exception) -> None:
    """Raise the error unless an address is https, or http on this machine."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if (
        not host
        or parts.scheme not in ("http", "https")
        or (parts.scheme == "http" and not is_loopback(host))
    ):
        raise error


def seconds_of(retry_after: str, at: datetime) -> float:
    """Return how many seconds a Retry-After header asks us to wait (RFC 9110, 10.2.3); 0 when it says nothing."""
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max((parsedate_to_datetime(retry_after) - at).total_seconds(), 0)
    except (TypeError, ValueError):
        return 0


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(_PREFIX) or not _SHORTEST_SECRET <= len(key) <= _LONGEST_SECRET:
        raise InvalidSetting(
            f"GENVEJ_WEBHOOK_SECRET must be {_PREFIX} and {_SHORTEST_SECRET} to {_LONGEST_SECRET} bytes in base64"
        )
    return key


class _WatchedAdapter(HTTPAdapter):
    """Knows the connection in use, so that it can be cut, and which certificates to trust."""

    def __init__(self, context):
        self._context = context
        self._connections: List[Any] = []
        super().__init__()

    def socket(self) -> Optional[socket.socket]:
        """Return the socket in use."""
        return self._connections[-1].sock if self._connections else None

    def init_poolmanager(self, *args, **options):
        """Make the pools with our trust and our connections."""
        super().init_poolmanager(*args, ssl_context=self._context, **options)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _watched(HTTPConnectionPool, self._connections),
            "https": _watched(HTTPSConnectionPool, self._connections),
        }


def _watched(pool: Any, connections: List[Any]) -> Any:
    class Connection(pool.ConnectionCls):
        def connect(self):
            connections.append(self)
            super().connect()

    return type(pool.__name__, (pool,), {"ConnectionCls": Connection})
