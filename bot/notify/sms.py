"""Sends text messages through GatewayAPI (REST, https://gatewayapi.com/docs/apis/rest/ and /docs/error-codes)."""

import base64
import json
import socket
import ssl
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Callable, Dict, List, Optional
from urllib.parse import urlsplit

from bot.core.errors import Cause, DeliveryFailed
from bot.core.gsm import is_gsm
from bot.core.mails import TextMessage
from bot.core.patience import Patience
from bot.notify.deadlines import Deadline

LONGEST_SENDER = 11
_SECONDS_TO_WAIT = 20
_LONGEST_REPLY = 64 * 1024
# What is due while the worker was down goes out at a decent hour: Unix time, or None for at once.
SendTime = Callable[[TextMessage], Optional[datetime]]


class GatewayApi:
    """A gateway for SMS.

    The API does not know a message again: one that was taken while its answer was lost is sent once more, with the same
    `userref`. The outbox prefers that to losing one.

    Args:
        address: where messages are posted, like https://gatewayapi.com/rest/mtsms.
        token: the API token.
        sender: what the telephone shows, at most 11 letters and digits.
        callback: where the gateway tells what became of a message; empty: nowhere.
        send_time: when a message may go out.
        timeout: seconds to wait for a sign of life.
        whole: seconds that a message may take in all, so that it ends before others take it over.
    """

    def __init__(
        self,
        address: str,
        token: str,
        sender: str,
        callback: str = "",
        send_time: SendTime = lambda item: None,
        timeout: float = _SECONDS_TO_WAIT,
        whole: float = Patience.whole,
    ):
        self._address = urlsplit(address)
        self._token = token
        self._sender = sender[:LONGEST_SENDER]
        self._callback = callback
        self._send_time = send_time
        self._timeout = timeout
        self._whole = whole

    def deliver(self, item: TextMessage) -> None:
        """Hand the message over; DeliveryFailed names status and code, never number or text."""
        digits = item.recipient.lstrip("+")
        if not (digits.isascii() and digits.isdecimal()):
            raise DeliveryFailed("SmsNumber", Cause.UNSENDABLE, permanent=True)
        status, answer = self._post(self._payload(item, digits))
        if status != 200:
            raise _refused(status, _code(answer))
        # A proxy's welcome page is a 200 too.
        if not (isinstance(answer, dict) and isinstance(answer.get("ids"), list) and answer["ids"]):
            raise DeliveryFailed("SmsUnclearAnswer")

    def _payload(self, item: TextMessage, digits: str) -> Dict[str, Any]:
        payload: Dict[str, Any] = {
            "sender": self._sender,
            "message": item.body,
            "recipients": [{"msisdn": int(digits)}],
            "userref": item.message_id,
        }
        if not is_gsm(item.body):
            payload["encoding"] = "UCS2"
        if self._callback:
            payload["callback_url"] = self._callback
        send_time = self._send_time(item)
        if send_time:
            payload["sendtime"] = int(send_time.timestamp())
        return payload

    def _post(self, payload: Dict[str, Any]) -> Any:
        """Return (status, answer); the answer is None when it is no JSON."""
        login = base64.b64encode(f"{self._token}:".encode()).decode("ascii")
        headers = {
            "Authorization": f"Basic {login}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        connection = self._connection()
        # The connection lets go of its socket when the answer has no length, and the answer is still being read.
        held: List[socket.socket] = []
        with Deadline(self._whole, lambda: held[0] if held else connection.sock) as deadline:
            try:
                connection.connect()
                held.append(connection.sock)
                connection.request("POST", self._address.path, json.dumps(payload).encode(), headers)
                response = connection.getresponse()
                body = response.read(_LONGEST_REPLY)
                return response.status, _read(body, deadline)
            except (OSError, HTTPException) as error:
                raise DeliveryFailed(f"Sms{type(error).__name__}", Cause.UNREACHABLE) from error
            finally:
                connection.close()

    def _connection(self) -> HTTPConnection:
        host = self._address.netloc
        if self._address.scheme == "https":
            return HTTPSConnection(host, timeout=self._timeout, context=ssl.create_default_context())
        return HTTPConnection(host, timeout=self._timeout)


def _read(body: bytes, deadline: Deadline) -> Any:
    """Return what was answered, or None; TimeoutError when the answer was cut off."""
    try:
        return json.loads(body)
    except ValueError:
        # An answer that came whole counts, however late.
        deadline.check()
        return None


# Codes of the API: the login is wrong, this address may not use it, or there is no money left.
_LOGIN_CODES = frozenset({"0x0210", "0x0211", "0x0212", "0x0213", "0x0216"})


def _refused(status: int, code: str) -> DeliveryFailed:
    kind = f"SmsRefused{status} {code}".strip()
    if status == 401 or code in _LOGIN_CODES:
        return DeliveryFailed(kind, Cause.LOGIN)
    if status == 429 or status >= 500:
        return DeliveryFailed(kind, Cause.BUSY)
    # 400, 403 and 422: this number or this text, which the next try has too.
    return DeliveryFailed(kind, Cause.REFUSED, permanent=status in (400, 403, 422))


def _code(answer: Any) -> str:
    """Return the gateway's error code, like 0x0216; its sentence may quote the number and is left out."""
    code = answer.get("code") if isinstance(answer, dict) else None
    return code if isinstance(code, str) and code.startswith("0x") and len(code) == 6 else ""


# What a status notification says in the end. The others are on the way, and may come late: they change nothing.
ARRIVED = frozenset({"DELIVERED", "ACCEPTED"})
LOST = frozenset({"UNDELIVERABLE", "REJECTED", "EXPIRED", "DELETED", "SKIPPED"})


def arrived(status: object) -> Optional[bool]:
    """Return whether a message arrived, or None for a status that is not the last."""
    if not isinstance(status, str):
        return None
    if status in ARRIVED:
        return True
    return False if status in LOST else None
