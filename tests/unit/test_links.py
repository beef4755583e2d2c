"""What is said about an address, from what came of asking for it."""

import pytest

from bot.core.links import LinkState, Visit, judged

PAGE = "https://www.lov.example/love/4"


@pytest.mark.parametrize(
    ("visit", "state", "reason"),
    [
        (Visit(200, PAGE), LinkState.ALIVE, ""),
        (Visit(204, PAGE), LinkState.ALIVE, ""),
        # on the same host
        (Visit(200, "https://www.lov.example/love/selskabsloven/4"), LinkState.ALIVE, ""),
        (Visit(200, "https://lov.example/love/4"), LinkState.ALIVE, ""),
        (Visit(200, "https://WWW.LOV.example/love/4#paragraf"), LinkState.ALIVE, ""),
        (Visit(200, "https://www.lov.example/?side=4"), LinkState.ALIVE, ""),
        # elsewhere
        (Visit(200, "https://ny.example/love/4"), LinkState.MOVED, "leads to https://ny.example/love/4"),
        (
            Visit(200, "https://ny.lov.example/love/4"),
            LinkState.MOVED,
            "leads to https://ny.lov.example/love/4",
        ),
        (Visit(200, "https://www.lov.example/"), LinkState.MOVED, "leads to https://www.lov.example/"),
        (Visit(200, "https://www.lov.example"), LinkState.MOVED, "leads to https://www.lov.example"),
        (Visit(200, "https://www.lov.example/da/"), LinkState.MOVED, "leads to https://www.lov.example/da/"),
        (
            Visit(200, "http://www.lov.example/love/4"),
            LinkState.MOVED,
            "leads to http://www.lov.example/love/4, which is not encrypted",
        ),
        # nobody knows
        (Visit(401, PAGE), LinkState.REFUSED, "answers 401 Unauthorized"),
        (Visit(403, PAGE), LinkState.REFUSED, "answers 403 Forbidden"),
        (Visit(429, PAGE, again=True), LinkState.REFUSED, "answers 429 Too Many Requests"),
        # dead
        (Visit(404, PAGE), LinkState.DEAD, "answers 404 Not Found"),
        (Visit(410, PAGE), LinkState.DEAD, "answers 410 Gone"),
        (Visit(404, "https://ny.example/"), LinkState.DEAD, "answers 404 Not Found"),
        (Visit(500, PAGE, again=True), LinkState.DEAD, "answers 500 Internal Server Error"),
        (Visit(599, PAGE, again=True), LinkState.DEAD, "answers 599"),
        (Visit(trouble="no answer within 15 s", again=True), LinkState.DEAD, "no answer within 15 s"),
    ],
)
def test_an_address_is_judged_by_what_came_of_asking_for_it(visit, state, reason):
    assert judged(PAGE, visit) == (state, reason)


@pytest.mark.parametrize(
    "address", ["https://virk.example", "https://virk.example/", "https://virk.example/da"]
)
def test_a_front_page_that_leads_to_a_front_page_has_not_moved(address):
    for final in ("https://virk.example/", "https://www.virk.example/da"):
        assert judged(address, Visit(200, final)).state is LinkState.ALIVE
