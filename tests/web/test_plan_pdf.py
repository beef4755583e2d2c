"""A plan as a PDF over HTTP: for the answers in the address, and for a plan that was kept."""

import io
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
from pypdf import PdfReader

from tests.web.strict_browser import StrictBrowser

ANSWERS = "form=aps&ny_anvendelse=ja&koekken=ja&alkohol=ja&nat=nej&ude=facade&musik=ja&skilt=nej&ansatte=nej"


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


@pytest.fixture
def kept(browser):
    return browser.submit(browser.get(f"/plan/cafe?{ANSWERS}"), "/plan/cafe", "csrf")


def link_on(page):
    return next(a.get("href") for a in page.all("a") if "plan.pdf" in (a.get("href") or ""))


def got(browser, web, path):
    reply = browser.http.get(f"{web.address}{path}", timeout=20)
    assert reply.status_code == 200
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(reply.content)).pages).split()
    )
    return reply, text


def test_the_plan_of_an_address_is_got_from_its_page(browser, web):
    reply, text = got(browser, web, link_on(browser.get(f"/plan/cafe?{ANSWERS}")))
    assert reply.headers["Content-Type"] == "application/pdf"
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert reply.headers["Cache-Control"] == "no-store"
    name = quote("Plan - Åbn en café eller restaurant.pdf", safe="")
    expected = f"attachment; filename=\"plan-cafe.pdf\"; filename*=UTF-8''{name}"
    assert reply.headers["Content-Disposition"] == expected
    assert "Åbn en café eller restaurant" in text
    assert "Gjort:" not in text


def test_a_kept_plan_shows_its_ticks_and_its_address(kept, browser, web):
    address = urlsplit(kept.address).path
    page = browser.submit(kept, f"{address}/trin", step="lokale", done="1")
    _, text = got(browser, web, link_on(page))
    assert "Gjort: Tjek, at lokalet" in text
    assert text.count("Gjort:") == 1
    # A long address falls into two lines.
    assert f"{web.services.settings.web_address}{address}" in text.replace(" ", "")


def test_a_wished_opening_stands_in_it(browser, web):
    opening = web.services.today() + timedelta(days=200)
    _, text = got(browser, web, link_on(browser.get(f"/plan/cafe?{ANSWERS}&aabning={opening}")))
    assert "Du vil åbne" in text


def test_a_place_that_was_told_stands_in_it(browser, web):
    _, text = got(browser, web, link_on(browser.get(f"/plan/cafe?{ANSWERS}&hvor=Stengade&fortalt=hvor")))
    assert "Sted Stengade" in text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "plan_unanswered"),
        ("form=kaos", "plan_unanswered"),
        (f"{ANSWERS}&aabning=i+morgen", "day_unreadable"),
        (f"{ANSWERS}&aabning=1.1.2020", "day_past"),
        (f"{ANSWERS}&start=2099-01-01", "day_far"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(browser, sentence, query, code):
    page = browser.get(f"/plan/cafe/plan.pdf?{query}")
    assert page.status == 400
    assert sentence(code) in page.text


def test_one_address_cannot_ask_for_documents_without_end(make_web):
    web = make_web(rate_limit=1)
    browser = StrictBrowser(web.address)
    found = [browser.get("/plan/cafe/plan.pdf").status for _ in range(21)]
    assert found == [400] * 20 + [429]
