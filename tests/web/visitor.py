"""A visitor of the chat's HTTP API, as another program would be one."""

import http.client
import json
from typing import Any, Dict, Iterator, List, Optional
from urllib.parse import urlsplit

import requests


class Visitor:
    """One conversation with its token."""

    def __init__(self, address: str, session: Optional[requests.Session] = None):
        self.address = address
        self.http = session or requests.Session()
        reply = self.http.post(f"{address}/chat/conversations", json={}, timeout=20)
        assert reply.status_code == 201, reply.text
        self.id, self.token = reply.json()["conversation"], reply.json()["token"]
        self.greeting = reply.json()["messages"]

    @property
    def headers(self) -> Dict[str, str]:
        """What every call carries."""
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, path: str, **options: Any) -> requests.Response:
        """POST to the API with the token."""
        return self.http.post(f"{self.address}/chat/{path}", headers=self.headers, timeout=20, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        """GET from the API with the token."""
        return self.http.get(f"{self.address}/chat/{path}", headers=self.headers, timeout=20, **options)

    def send(self, body: Any) -> requests.Response:
        """Send a message body of any kind."""
        return self.post("messages", json=body)

    def say(self, text: str, **more: Any) -> List[Dict[str, Any]]:
        """Say something; return the bot's messages."""
        reply = self.send({"text": text, **more})
        assert reply.status_code == 200, reply.text
        return [message for message in reply.json()["messages"] if message["role"] != "visitor"]

    def tap(self, payload: str) -> List[Dict[str, Any]]:
        """Tap a choice; return the bot's messages."""
        reply = self.send({"payload": payload})
        assert reply.status_code == 200, reply.text
        return [message for message in reply.json()["messages"] if message["role"] != "visitor"]

    def messages(self, after: int = 0) -> List[Dict[str, Any]]:
        """Return the conversation from a number on."""
        reply = self.get(f"messages?after={after}")
        assert reply.status_code == 200, reply.text
        return reply.json()["messages"]

    def erase(self) -> requests.Response:
        """Have the conversation erased."""
        return self.http.delete(f"{self.address}/chat/conversation", headers=self.headers, timeout=20)

    def events(self, query: str = "", **headers: str) -> "EventStream":
        """Open the event stream."""
        sent = {**self.headers, **headers}
        address = f"{self.address}/chat/events{query}"
        return EventStream(requests.get(address, headers=sent, stream=True, timeout=20))


class EventStream:
    """An open stream of server-sent events."""

    def __init__(self, response: requests.Response):
        self.response = response

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        """Give each event as {"id": …, "event": …, "data": …}; comments are passed over."""
        event: Dict[str, Any] = {}
        for line in (taken.decode("utf-8") for taken in self.response.iter_lines(chunk_size=1)):
            if line.startswith(":"):
                continue
            if not line:
                if event:
                    yield {**event, "data": json.loads(event["data"])}
                event = {}
                continue
            name, _, value = line.partition(": ")
            event[name] = value

    def __enter__(self) -> "EventStream":
        return self

    def __exit__(self, *_) -> None:
        self.response.close()


def raw(
    address: str, method: str, path: str, body: bytes = b"", headers: Optional[Dict] = None
) -> http.client.HTTPResponse:
    """Send bytes as they are, headers and all; return the response with its body read into `content`."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        response.content = response.read()
        return response
    finally:
        connection.close()
