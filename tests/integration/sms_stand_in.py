"""A local HTTP server that answers as GatewayAPI's documentation says."""

import base64
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, List, Optional, Tuple

TOKEN = "Go-Create-an-API-token"


class SmsStandIn:
    """Takes POST /rest/mtsms. `answer` is (status, body) of the next answers; None: as the API would by itself.

    With `lost` it takes the message and hangs up without an answer; with `silent` it never answers.
    """

    def __init__(self):
        self.answer: Optional[Tuple[int, bytes]] = None
        self.lost = self.silent = False
        self.taken: List[dict] = []
        self._ends = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}/rest/mtsms"

    def __enter__(self) -> "SmsStandIn":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._ends.set()
        self._server.shutdown()
        self._server.server_close()

    def reply(self, path: str, login: str, body: bytes) -> Tuple[int, Any]:
        """Return what the API says to a request."""
        if path != "/rest/mtsms":
            return 404, {"message": "Not found"}
        if login != "Basic " + base64.b64encode(f"{TOKEN}:".encode()).decode():
            return 401, {"code": "0x0210", "incident_uuid": "d8127429", "message": "Invalid username: %1"}
        try:
            sms = json.loads(body)
        except ValueError:
            return 422, {"message": "Invalid json request body"}
        if len(sms.get("sender", "")) > 11 or not sms.get("message") or not sms.get("recipients"):
            return 400, {"code": "0x0308", "incident_uuid": "d8127430", "message": "Invalid argument"}
        self.taken.append(sms)
        return 200, {"ids": [421332671 + len(self.taken)], "usage": {"countries": {"DK": 1}}}

    def _handler(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if outer.silent:
                    outer._ends.wait()
                    return
                status, told = outer.reply(self.path, self.headers["Authorization"], body)
                if outer.lost:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                content = json.dumps(told).encode()
                if outer.answer:
                    status, content = outer.answer
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        return Handler
