"""The mail server that fails on purpose must not fail in other ways."""

import asyncio
import gc
import random
import socket
import threading

import pytest
import uvloop

from tests.faulty_mail_server import FaultyMailServer


@pytest.fixture
def _a_loop_as_sanic_chooses_it():
    before = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    # A connection that nobody holds is closed when it is collected: here it has to last.
    gc.disable()
    yield
    gc.enable()
    asyncio.set_event_loop_policy(before)


@pytest.mark.usefixtures("_a_loop_as_sanic_chooses_it")
def test_it_closes_the_connection_of_a_client_that_was_gone_before_it_was_greeted():
    busy, moment = threading.Event(), threading.Event()
    with FaultyMailServer(random.Random(1)) as server:
        server.thread.loop.call_soon_threadsafe(busy.wait, 10)
        socket.create_connection(("127.0.0.1", server.port)).close()
        busy.set()
        for _ in range(200):
            if server.connections:
                break
            moment.wait(0.05)
        assert server.connections
    assert not server.connections
