"""Visitors take their own conversation and plan along as data, and nobody else's."""

import hashlib

import requests

from bot.core.plans.kept import KeptPlan
from tests.web.strict_browser import StrictBrowser

PATH = "/samtale/data.json"


def test_a_visitor_takes_the_conversation_along_as_data(web):
    browser = StrictBrowser(web.address)
    browser.submit(browser.get("/"), "/samtale", holding="text", text="Må jeg have borde på fortovet?")
    response = browser.http.get(f"{web.address}{PATH}")
    assert response.headers["content-disposition"] == 'attachment; filename="samtale.json"'
    assert response.headers["cache-control"] == "no-store"
    document = response.json()
    assert document["schema"] == "genvej-conversation/1"
    assert "Må jeg have borde på fortovet?" in [message["text"] for message in document["messages"]]
    assert requests.get(f"{web.address}{PATH}").status_code == 404


def test_after_erasure_there_is_nothing_to_take_along(web):
    browser = StrictBrowser(web.address)
    page = browser.submit(browser.get("/"), "/samtale", holding="text", text="Hej")
    cookies = requests.cookies.cookiejar_from_dict(browser.http.cookies.get_dict())
    browser.submit(page, "/samtale/slet")
    assert requests.get(f"{web.address}{PATH}", cookies=cookies).status_code == 404


def test_a_kept_plan_is_taken_along_by_who_has_its_link(web):
    web.services.plans.keep(_kept(), _hash("key"), web.services.clock())
    document = requests.get(f"{web.address}/min-plan/key/data.json").json()
    assert (document["schema"], document["answers"], document["done"]) == (
        "genvej-plan/1",
        {"ansatte": "0"},
        ["a"],
    )
    assert requests.get(f"{web.address}/min-plan/en-anden/data.json").status_code == 404


def _kept():
    return KeptPlan("p1", "butik", {"ansatte": "0"}, frozenset({"a"}))


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
