"""A survey's buttons pressed twice, or by two people at once, through the real server."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests

from bot.web import public_app
from tests.servers import Postgres
from tests.web.survey_invites import close_a_case, links

ANSWER = {"service": "1", "solved": "nej", "comment": "", "contact": "1"}


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    server = Postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def at_once(request, make_services, serve):
    """Post the same to a page under the link, so many times at the same moment; return the replies."""
    changes = {}
    if request.param == "postgresql":
        changes["database_url"] = request.getfixturevalue("postgres").database()
    services = make_services(**changes)
    close_a_case(services)
    served = serve(public_app.create_app, services)
    link = served.address + links(services)[0]

    def go(page, data, times=6):
        gate = Barrier(times)

        def one(_):
            gate.wait(10)
            return requests.post(link + page, data=data, timeout=20)

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    return go


def test_an_answer_sent_many_times_at_once_is_thanked_for_and_counted_once(at_once):
    replies = at_once("", ANSWER)
    assert sorted(reply.status_code for reply in replies) == [200] + [409] * 5
    assert sum("Du har svaret" in reply.text for reply in replies) == 5


def test_no_thanks_sent_many_times_at_once_is_taken_by_all(at_once):
    replies = at_once("/nej", {})
    assert [reply.status_code for reply in replies] == [200] * 6
    assert all(reply.url.endswith("/stoppet") for reply in replies)
