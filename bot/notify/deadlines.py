"""Ends a talk with a server that keeps it going for ever: a byte now and then resets every other timeout."""

import socket
import threading
import time
from typing import Callable, Optional

_SECONDS_BETWEEN_CUTS = 0.5


class Deadline:
    """Cuts the connection when its time is up, and again until the talk has ended, for TLS changes the socket.

    Args:
        seconds: how long the talk may last.
        connection: gives the socket in use, or None.
    """

    def __init__(self, seconds: float, connection: Callable[[], Optional[socket.socket]]):
        self._ends = time.monotonic() + seconds
        self._connection = connection
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    @property
    def left(self) -> float:
        """Return how many seconds are left, at least 0."""
        return max(self._ends - time.monotonic(), 0)

    def check(self) -> None:
        """TimeoutError when the time is up."""
        if not self.left:
            raise TimeoutError

    def __enter__(self) -> "Deadline":
        self._watcher.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        wait = self.left
        while not self._over.wait(wait):
            connection = self._connection()
            if connection is not None:
                try:
                    # Past TLS: it would wait for the other side to say goodbye.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
                except OSError:
                    pass  # not connected, or not any more
            wait = _SECONDS_BETWEEN_CUTS
