"""Every route there is: nothing about anybody is kept by a browser, and no address that is a key is told on."""

import re

import pytest
import requests

from bot.core.handoff import HandoffRequest
from bot.web import console_app, public_app
from tests.web.survey_invites import close_a_case, links

# The same for everybody.
FOR_ALL = ("/static/", "/widget.js", "/openapi.yml")
WORDS = {"unit": "bevilling", "topic": "alkoholbevilling", "plan": "cafe"}


@pytest.fixture(params=[public_app.create_app, console_app.create_app], ids=["public", "console"])
def served(request, make_services, serve):
    return serve(request.param, make_services())


def addresses(app):
    """Return (method, path, names of the parts) of every route, with something in each part."""
    for route in app.router.routes:
        path = "/" + route.path.lstrip("/")
        names = re.findall(r"<(\w+)", path)
        yield from (
            (method, re.sub(r"<(\w+)[^>]*>", lambda part: WORDS.get(part[1], "x1"), path), names)
            for method in sorted(set(route.methods) & {"GET", "POST"})
        )


def test_no_route_lets_a_browser_keep_what_may_be_about_somebody(served):
    walked = 0
    for method, path, _ in addresses(served.app):
        if path.startswith(FOR_ALL):
            continue
        reply = requests.request(method, served.address + path, timeout=20, allow_redirects=False)
        assert reply.status_code < 500 or path == "/readyz", (path, reply.status_code)
        assert reply.headers["Cache-Control"] == "no-store", (method, path)
        walked += 1
    assert walked > 20


def test_no_route_tells_on_an_address_that_is_a_key(make_services, serve):
    served = serve(public_app.create_app, make_services())
    walked = set()
    for method, path, names in addresses(served.app):
        if {"token", "secret"} & set(names):
            headers = requests.request(
                method, served.address + path, timeout=20, allow_redirects=False
            ).headers
            assert headers["Referrer-Policy"] == "no-referrer", (method, path)
            assert headers["X-Robots-Tag"] == "noindex", (method, path)
            walked.add(path.split("/")[1])
    assert walked == {"m", "sag", "min-plan", "dialog", "sms"}


def test_what_is_the_same_for_everybody_may_be_kept(web):
    assert "public" in requests.get(web.address + "/static/base.css", timeout=20).headers["Cache-Control"]
    assert "Cache-Control" not in requests.get(web.address + "/widget.js", timeout=20).headers


def test_the_pages_behind_real_keys_are_kept_from_browsers_sites_and_search_engines(make_services, serve):
    services = make_services()
    close_a_case(services)
    request = HandoffRequest(
        "Øl på fortovet", "Mette Holm", email="m@cafe.dk", topic="alkoholbevilling", consent=True
    )
    survey, case = links(services)[0], f"/sag/{services.handoff.submit(request).token}"
    address = serve(public_app.create_app, services).address
    for path in (survey, f"{survey}/nej", f"{survey}/stoppet", case, f"{case}/traek-tilbage"):
        reply = requests.get(address + path, timeout=20)
        assert reply.status_code == 200, path
        assert (reply.headers["Cache-Control"], reply.headers["Referrer-Policy"]) == (
            "no-store",
            "no-referrer",
        )
