"""`make links` against a server on this machine: what each kind of answer is taken for, and how politely it asks."""

import asyncio
import time

import pytest

from bot.commands import links
from bot.commands.fetching import Manners, fetcher
from bot.content.addresses import Place, addresses
from bot.core.links import LinkState, judged
from tests.certificates import loopback_certificate
from tests.conftest import ROOT
from tests.integration.site_of_links import Site
from tests.servers import free_port

AGENT = links.AGENT.format(url="https://www.helsingor.dk")
QUICK = Manners(at_once=4, pause=0, timeout=0.4, retry=0)


@pytest.fixture
def site():
    return Site()


def visited(site, path, manners=QUICK, tls=None):
    """Ask for one address of the site; return what it is taken for."""

    async def scenario():
        async with site.served(tls) as address, fetcher(manners, AGENT) as asking:
            return judged(address + path, await asking.visit(address + path))

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [
        ("/side", LinkState.ALIVE, ""),
        ("/side#afsnit", LinkState.ALIVE, ""),
        ("/kun-get", LinkState.ALIVE, ""),
        ("/head-er-404", LinkState.ALIVE, ""),
        ("/flyttet", LinkState.ALIVE, ""),
        ("/anden-gang", LinkState.ALIVE, ""),
        ("/til-forsiden", LinkState.MOVED, "leads to http://127.0.0.1:"),
        ("/til-en-anden", LinkState.MOVED, "leads to http://localhost:"),
        ("/status/403", LinkState.REFUSED, "answers 403 Forbidden"),
        ("/status/429", LinkState.REFUSED, "answers 429 Too Many Requests"),
        ("/findes-ikke", LinkState.DEAD, "answers 404 Not Found"),
        ("/status/410", LinkState.DEAD, "answers 410 Gone"),
        ("/status/500", LinkState.DEAD, "answers 500 Internal Server Error"),
        ("/rundt", LinkState.DEAD, "redirects in a circle"),
        ("/vent", LinkState.DEAD, "no answer within 0.4 s"),
        ("/haenger-paa", LinkState.DEAD, "no answer: Server disconnected"),
    ],
)
def test_an_answer_is_taken_for_what_it_is(site, path, state, reason):
    found = visited(site, path)
    assert found.state is state, found
    assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/side", ["HEAD"]),
        ("/kun-get", ["HEAD", "GET"]),
        ("/findes-ikke", ["HEAD", "GET"]),
        ("/anden-gang", ["HEAD", "GET"]),
        ("/status/500", ["HEAD", "GET"]),
        ("/vent", ["HEAD", "GET"]),
    ],
)
def test_it_asks_as_little_as_will_do_and_once_more_after_trouble(site, path, asked):
    visited(site, path)
    assert [method for method, _ in site.asked] == asked


def test_a_server_that_knows_no_head_and_has_trouble_is_asked_once_more(site):
    site.app.router.add_get("/uheldig", site.status(503), allow_head=False)
    visited(site, "/uheldig")
    assert [method for method, _ in site.asked] == ["HEAD", "GET", "GET"]


def test_it_says_who_it_is_and_still_looks_like_a_browser(site):
    visited(site, "/side")
    [agent] = site.agents
    assert agent.startswith("Mozilla/5.0 (compatible; Genvej")
    assert "+https://www.helsingor.dk" in agent


def test_a_refused_connection_is_dead():
    async def scenario():
        async with fetcher(QUICK, AGENT) as asking:
            return await asking.visit(f"http://127.0.0.1:{free_port()}/")

    assert asyncio.run(scenario()).trouble.startswith("no connection: ")


def test_a_certificate_that_nobody_vouches_for_is_dead(site, tmp_path):
    found = visited(site, "/side", tls=loopback_certificate(tmp_path).server)
    assert found.state is LinkState.DEAD
    assert found.reason.startswith("no safe connection: ")
    assert "self" in found.reason
    assert site.asked == []


def test_something_else_than_tls_is_dead(site):
    async def scenario():
        async with site.served() as address, fetcher(QUICK, AGENT) as asking:
            return await asking.visit(address.replace("http:", "https:"))

    assert asyncio.run(scenario()).trouble.startswith("no safe connection: ")


# many addresses


def all_visited(site, paths, manners, every=60.0, more_ports=()):
    async def scenario():
        async with site.served(more_ports=more_ports) as address:
            hosts = [address, *(f"http://127.0.0.1:{port}" for port in more_ports)]
            return await links.visit_all(
                [host + path for host in hosts for path in paths], manners, AGENT, every
            )

    return asyncio.run(scenario())


PATHS = [f"/side?nummer={number}" for number in range(12)]


def test_a_host_is_asked_for_one_page_at_a_time(site):
    found = all_visited(site, PATHS, QUICK)
    assert len(found) == len(PATHS)
    assert site.most_open == 1


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_no_more_pages_are_asked_for_at_once_than_said(site, at_once):
    site.together = at_once
    manners = Manners(at_once=at_once, pause=0, timeout=5, retry=0)
    found = all_visited(site, PATHS, manners, more_ports=[free_port() for _ in range(3)])
    assert len(found) == 4 * len(PATHS)
    assert {visit.status for visit in found.values()} == {200}
    assert site.most_open == at_once


def test_a_host_is_left_alone_between_two_pages(site):
    started = time.monotonic()
    all_visited(site, PATHS[:3], Manners(at_once=4, pause=0.1, timeout=5, retry=0))
    assert time.monotonic() - started >= 0.2


def test_how_far_it_has_come_is_told_when_it_takes_long(site, capsys):
    all_visited(site, ["/side", "/vent"], QUICK, every=0.2)
    assert capsys.readouterr().err.startswith("1 of 2 addresses ... 0 s\n")


def test_nothing_is_told_on_the_way_when_it_is_quick(site, capsys):
    all_visited(site, ["/side"], QUICK)
    assert capsys.readouterr().err == ""


# what is said


def said(site, paths, capsys):
    """Check addresses of the site, each with two places; return the exit code and the lines."""

    async def scenario():
        async with site.served() as address:
            places = {
                address + path: [Place("data/b.yml", number), Place("data/a.yml", number)]
                for number, path in enumerate(paths, start=1)
            }
            code = await asyncio.to_thread(links.run, places, QUICK, AGENT)
            return code, capsys.readouterr().out.replace(address, "").splitlines()

    return asyncio.run(scenario())


def test_dead_addresses_are_named_with_every_place_and_fail(site, capsys):
    code, lines = said(site, ["/side", "/til-forsiden", "/status/403", "/findes-ikke"], capsys)
    assert code == 1
    assert lines == [
        "data/a.yml:4: dead: /findes-ikke answers 404 Not Found",
        "data/b.yml:4: dead: /findes-ikke answers 404 Not Found",
        "data/a.yml:2: moved: /til-forsiden leads to /",
        "data/b.yml:2: moved: /til-forsiden leads to /",
        "data/a.yml:3: refused: /status/403 answers 403 Forbidden",
        "data/b.yml:3: refused: /status/403 answers 403 Forbidden",
        "4 addresses: 1 dead, 1 moved, 1 refused, 1 alive; open the refused ones in a browser",
    ]


def test_what_has_moved_or_refuses_does_not_fail(site, capsys):
    code, lines = said(site, ["/side", "/til-forsiden", "/status/403"], capsys)
    assert code == 0
    assert lines[-1].startswith("3 addresses: 0 dead, 1 moved, 1 refused, 1 alive")


def test_without_a_network_it_says_so_at_once_instead_of_listing_everything(capsys):
    port = free_port()
    places = {f"http://127.0.0.1:{port}/{number}": [Place("data/a.yml", 1)] for number in range(200)}
    assert links.run(places, Manners(at_once=50, pause=0, timeout=5, retry=0), AGENT) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("nothing answers (20 addresses; no connection: ")
    assert line.endswith("is this machine on the network?")


# where the addresses stand


def test_every_address_of_the_real_content_is_found_with_its_line():
    found = addresses(ROOT)
    assert len(found) > 150
    for address, places in found.items():
        assert address.startswith("https://")
        for place in places:
            lines = (ROOT / place.path).read_text(encoding="utf-8").splitlines()
            assert address in lines[place.line - 1]
    assert "data/authorities.yml" in {place.path for place in found["https://erhvervsstyrelsen.dk"]}
