"""What editors see and do in the console, and what visitors read afterwards."""

import pytest

from tests.servers import after_the_last_check
from tests.web.conftest import PASSWORD
from tests.web.strict_browser import StrictBrowser

TOPIC = "selskabskapital"
PAGE = f"/emner/{TOPIC}"
WHY = "Loven er ændret"


@pytest.fixture
def clock(content):
    return after_the_last_check(content)


def publish(browser, **fields):
    return browser.submit(browser.get(PAGE), PAGE, **{"do": "udgiv", "why": WHY, **fields})


def test_an_editor_sees_every_topic_and_finds_the_way_there_from_the_cases(ida, content):
    assert "/emner" in [link.get("href") for link in ida.page.all("a")]
    page = ida.get("/emner")
    for topic in content.knowledge.topics.values():
        assert page.find("a", href=f"/emner/{topic.id}") is not None
    page.check()


@pytest.mark.parametrize("path", ["/emner", PAGE, f"{PAGE}/versioner/1", "/besked"])
def test_case_workers_have_no_business_there_and_strangers_log_in_first(path, log_in, console, sentence):
    worker = log_in("anna")
    assert "/emner" not in [link.get("href") for link in worker.page.all("a")]
    assert worker.get(path).status == 403
    assert StrictBrowser(console.address).get(path).address.endswith("/login")


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/sluk", f"{PAGE}/taend", f"{PAGE}/tilbage", "/besked/vis"])
def test_a_case_worker_cannot_post_there_either(path, console, log_in):
    worker = log_in("anna")
    csrf = worker.page.find("input", name="csrf").get("value")
    fields = {"csrf": csrf, "after": "0", "why": "x", "message": "x", "title": "Hærværk", "do": "udgiv"}
    assert worker.post(path, fields).status == 403
    assert console.services.editorial.everything() == []


def test_an_editor_sees_what_would_change_before_it_is_published(ida, console):
    page = ida.submit(ida.get(PAGE), PAGE, do="vis", title="Penge i selskabet", why="")
    assert page.status == 200
    assert "Penge i selskabet" in "".join(page.find("article", class_="console-preview").itertext())
    assert page.find("ins") is not None
    assert page.find("input", name="title").get("value") == "Penge i selskabet"
    assert console.services.editorial.everything() == []
    page.check()


def test_what_is_published_is_read_by_visitors_of_another_process_at_once(ida, public):
    assert "Penge i selskabet" not in public.get(PAGE).text
    page = publish(ida, title="Penge i selskabet")
    assert page.status == 200
    assert "Udgivet" in page.text
    assert WHY in page.text
    assert "Ida Æ" in page.text
    assert "Penge i selskabet" in public.get(PAGE).text
    assert "Penge i selskabet" in public.get("/emner").text


def test_what_breaks_a_rule_is_named_in_danish_beside_its_field_and_nothing_typed_is_lost(ida, console):
    long = "Du må godt. " * 31
    page = publish(ida, **{"aspects.krav": "Inden 14 dage.", "short": long})
    assert page.status == 400
    alert = page.alert()
    for part in ("»14«", "93 ord", "Kort svar"):
        assert part in alert
    assert "figure typed" not in page.text
    assert page.find("textarea", id="aspects.krav").get("aria-invalid") == "true"
    assert "Inden 14 dage." in page.find("textarea", id="aspects.krav").text
    assert page.find("input", id="why").get("value") == WHY
    assert console.services.editorial.everything() == []
    page.check()


def test_a_value_of_the_wrong_kind_stays_in_its_field(ida):
    page = publish(ida, review_by="i morgen")
    assert page.status == 400
    assert "Gennemgås senest: Skriv en dato" in page.alert()
    assert page.find("input", name="review_by").get("value") == "i morgen"


def test_a_change_without_a_reason_is_not_published(ida, console, sentence):
    page = publish(ida, title="Uden grund", why=" ")
    assert page.status == 400
    assert sentence("reason_missing") in page.alert()
    assert page.find("input", name="title").get("value") == "Uden grund"
    assert console.services.editorial.everything() == []


def test_after_a_conflict_untouched_fields_are_the_colleagues_and_the_rest_is_shown(
    ida, log_in, console, sentence
):
    other = log_in("admin")
    stale = other.get(PAGE)
    publish(ida, title="Først")
    page = other.submit(stale, PAGE, do="udgiv", why=WHY, **{"aspects.klage": "Du kan ikke klage."})
    assert page.status == 409
    assert sentence("topic_conflict") in page.alert()
    assert page.find("input", name="title").get("value") == "Først"
    assert page.find("textarea", id="aspects.klage").text.strip() == "Du kan ikke klage."
    assert "Du kan ikke klage." in "".join(page.find("ins").itertext())
    page.check()
    page = other.submit(page, PAGE, do="udgiv", why="Nu igen")
    assert page.status == 200
    topic = console.services.content.knowledge.topics[TOPIC]
    assert (topic.title, topic.aspects["klage"]) == ("Først", "Du kan ikke klage.")


def test_a_field_that_both_changed_keeps_the_words_of_who_came_last_and_shows_the_difference(ida, log_in):
    other = log_in("admin")
    stale = other.get(PAGE)
    publish(ida, title="Først")
    page = other.submit(stale, PAGE, do="udgiv", why=WHY, title="For sent")
    assert page.status == 409
    assert page.find("input", name="title").get("value") == "For sent"
    assert "Først" in "".join(page.find("del").itertext())


def test_a_figure_that_changes_next_year_is_shown_with_its_day(ida):
    page = ida.submit(
        ida.get(PAGE),
        PAGE,
        **{
            "do": "vis",
            "facts.kapital_aps.values.1.to": "2027-12-31",
            "facts.kapital_aps.values.2.value": "10.000",
            "facts.kapital_aps.values.2.from": "2028-01-01",
        },
    )
    changed = "".join(page.find("section", aria_labelledby="aendringer").itertext())
    assert "(fra 1. januar 2028)" in changed
    assert "10.000" in changed


def test_a_new_fact_does_not_take_the_place_of_one_with_its_name(ida, console):
    page = publish(ida, **{"facts.+.id": "kapital_aps", "facts.+.label": "x", "facts.+.values.0.value": "5"})
    assert page.status == 400
    assert "»kapital_aps« er brugt her i forvejen" in page.alert()
    assert console.services.editorial.everything() == []


def test_the_text_in_force_is_no_way_back(ida):
    publish(ida, title="Først")
    publish(ida, title="Så")
    values = [option.get("value") for option in ida.get(PAGE).find("select", id="number").iter("option")]
    assert values == ["1", "0"]


@pytest.mark.parametrize(("page_path", "path"), [("/besked", "/besked/vis"), (PAGE, f"{PAGE}/sluk")])
def test_a_message_typed_when_the_login_ended_is_there_again_after_logging_in(
    ida, console, clock, page_path, path
):
    stale = ida.get(page_path)
    clock.move(hours=24)
    page = ida.submit(stale, path, message="Ring til os i dag.", why="Storm")
    assert page.status == 401
    page = ida.submit(page, "/login", login="ida", password=PASSWORD)
    assert page.find("textarea", id="message").text.strip() == "Ring til os i dag."
    assert ida.submit(page, path).status == 200
    assert [entry.text for entry in console.services.editorial.everything()] == ["Ring til os i dag."]


def test_a_version_shows_what_it_changed_and_can_be_taken_back(ida, public):
    before = public.get(PAGE).find("h1").text
    publish(ida, title="Penge i selskabet")
    version = ida.get(f"{PAGE}/versioner/1")
    assert "Penge" in "".join(version.find("ins").itertext())
    assert version.find("del") is not None
    version.check()
    page = ida.submit(ida.get(PAGE), f"{PAGE}/tilbage", number="0", why="Fortrudt")
    assert page.status == 200
    assert public.get(PAGE).find("h1").text == before
    assert ida.get(f"{PAGE}/versioner/2").status == 200
    page = ida.submit(ida.get(PAGE), f"{PAGE}/tilbage", number="1", why="Alligevel")
    assert public.get(PAGE).find("h1").text == "Penge i selskabet"


@pytest.mark.parametrize("path", [f"{PAGE}/versioner/9", "/emner/findes_ikke", "/emner/..%2f..%2fetc"])
def test_what_is_not_there_is_said_so(ida, path):
    assert ida.get(path).status == 404


def test_a_fact_and_a_source_are_added_in_the_form(ida, console):
    page = publish(
        ida,
        **{
            "aspects.klage": "Du kan klage inden {kapital_klagefrist}.",
            "facts.+.id": "kapital_klagefrist",
            "facts.+.label": "klagefristen",
            "facts.+.unit": "uger",
            "facts.+.source": "selskabsloven",
            "facts.+.confidence": "high",
            "facts.+.values.0.value": "4",
        },
    )
    assert page.status == 200
    fact = console.services.content.knowledge.topics[TOPIC].facts["kapital_klagefrist"]
    assert fact.periods[0].value == "4"
    assert ida.get(PAGE).find("input", name="facts.kapital_klagefrist.values.0.value").get("value") == "4"
