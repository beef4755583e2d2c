"""Switching a topic off, the notice, and what is typed when the login ends or comes from elsewhere."""

import pytest

from tests.servers import after_the_last_check
from tests.web.conftest import PASSWORD
from tests.web.strict_browser import filled_in

TOPIC = "selskabskapital"
PAGE = f"/emner/{TOPIC}"
WHY = "Loven er ændret"


@pytest.fixture
def clock(content):
    return after_the_last_check(content)


def test_a_topic_that_is_switched_off_says_the_message_and_nothing_else(ida, public, sentence):
    message = "Reglerne ændres i dag. Ring til os."
    figure = "20.000 kr."
    assert figure in public.get(PAGE).text
    page = ida.submit(ida.get(PAGE), f"{PAGE}/sluk", message=message, why="Forkert beløb")
    assert "Slået fra" in page.text
    shown = public.get(PAGE)
    assert message in shown.text
    assert figure not in shown.text
    shown.check()
    assert "Slået fra" in ida.get("/emner").text
    ida.submit(ida.get(PAGE), f"{PAGE}/taend", why="Rettet")
    assert figure in public.get(PAGE).text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"message": "", "why": "x"}, "message_missing"),
        ({"message": "x" * 401, "why": "x"}, "message_long"),
        ({"message": "Vent.", "why": ""}, "reason_missing"),
    ],
)
def test_a_switch_or_notice_without_its_words_is_refused(ida, console, sentence, fields, code):
    for page_path, path in ((PAGE, f"{PAGE}/sluk"), ("/besked", "/besked/vis")):
        page = ida.submit(ida.get(page_path), path, **fields)
        assert page.status == 400
        assert sentence(code) in page.alert()
    assert console.services.editorial.everything() == []


def test_a_notice_stands_on_top_of_every_public_page_until_it_is_taken_away(ida, public):
    notice = "Rådhuset er lukket i dag <b>"
    page = ida.submit(ida.get("/besked"), "/besked/vis", message=notice, why="Storm")
    assert page.status == 200
    for path in ("/", "/?indlejret=1", "/emner", PAGE, "/kontakt", "/privatliv"):
        shown = public.get(path)
        assert notice in shown.text
        shown.check()
    assert notice in ida.get("/emner").text
    ida.submit(ida.get("/besked"), "/besked/fjern", why="Overstået")
    assert notice not in public.get("/").text
    assert "Storm" in ida.get("/besked").text


def test_what_an_editor_typed_when_the_login_ended_is_there_again_after_logging_in(ida, console, clock):
    stale = ida.get(PAGE)
    clock.move(hours=24)
    page = ida.submit(stale, PAGE, do="udgiv", why=WHY, title="Skrevet for længe siden")
    assert page.status == 401
    page = ida.submit(page, "/login", login="ida", password=PASSWORD)
    assert page.find("input", name="title").get("value") == "Skrevet for længe siden"
    assert page.find("input", id="why").get("value") == WHY
    assert console.services.editorial.everything() == []
    assert ida.submit(page, PAGE, do="udgiv").status == 200
    assert "Skrevet for længe siden" in console.services.editorial.text(TOPIC)


@pytest.mark.parametrize(
    "fields",
    [
        {"facts.x.values.9999.value": "1"},
        {"facts.": "1", "facts..": "1", "sources.": "x"},
        {"facts.kapital_as.values.-1.value": "1"},
        {"facts.a.b.c.d.e": "1"},
        {"title": "😀" * 10, "after": "x"},
        {"title": "a\x00b"},
        {"after": "9" * 30},
        {"after": "-1"},
        {"short": "x" * 100_000},
    ],
)
def test_a_form_that_no_page_of_ours_sent_is_refused_calmly(ida, console, fields):
    form = {**filled_in(ida.get(PAGE).form(PAGE)), "do": "udgiv", "why": WHY, **fields}
    assert ida.post(PAGE, form).status in (200, 400, 409)
    assert console.services.editorial.unreadable == {}
