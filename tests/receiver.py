"""A case system that is called: it remembers what it got, and answers as it is told."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """A case system: remembers what it got, and answers as it is told."""

    def __init__(self, certificate=None):
        self.status, self.headers, self.got = 204, {}, []
        self.talk = None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                if receiver.talk:
                    receiver.talk(self.connection)
                    return
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # Nobody waits for a talk that goes on.
        self._server.daemon_threads = True
        self._server.block_on_close = False
        if certificate:
            self._server.socket = certificate.server.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        self.address = f"{scheme}://127.0.0.1:{self._server.server_port}/sager"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def dripping(first, then):
    """Return a talk that begins, and goes on a little each tenth of a second until the other side is gone."""

    def talk(connection):
        connection.sendall(first)
        connection.settimeout(0.1)
        while True:
            try:
                connection.sendall(then)
                if not connection.recv(65536):
                    return
            except TimeoutError:
                pass
            except OSError:
                return

    return talk
