"""Every page is HTML without a mistake, and every link on it leads somewhere."""

import pytest
import requests
from sqlalchemy import select

from bot.core.conversations import Reply, Role
from bot.storage.tables import conversations
from tests.web.rasa_stand_in import ANSWER, CLARIFICATION, RECEIPT
from tests.web.strict_browser import StrictBrowser, words

PAGES = [
    "/",
    "/?indlejret=1",
    "/?slettet=1",
    "/kontakt",
    "/kontakt?emne=alkoholbevilling",
    "/emner",
    "/emner?q=skilt",
    "/emner?q=findesikke",
    "/emner?q=%3Cscript%3E%22%27%26",
    "/frister",
    "/frister?emne=udbudsklage",
    "/frister?regel=byggetilladelse_klage",
    "/frister?regel=byggetilladelse_klage&dato=2026-11-05",
    "/plan",
    "/plan?slettet=1",
    "/plan/cafe",
    "/dialog",
    "/dialog/erhvervsservice",
    "/demo",
    "/tilgaengelighed",
    "/privatliv",
    "/udbudshjaelp",
    "/udbudshjaelp?beloeb=1.200.000&art=byggeri",
]
FORMS = {
    (405, "samtale"),
    (405, "nyttigt"),
    (405, "slet"),
    (405, "svar"),
    (404, "udskrift"),
    (404, "data.json"),
}


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown(browser, path):
    page = browser.get(path)
    assert page.status == 200
    assert page.response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_every_topic_has_a_page_with_its_title_and_its_source(browser, content):
    for topic_id, topic in content.knowledge.topics.items():
        page = browser.get(f"/emner/{topic_id}")
        assert page.status == 200
        assert words(page.find("h1")) == topic.title
        assert topic.sources[0].url in {link.get("href") for link in page.all("a")}
        assert "{" not in page.text, f"a figure of {topic_id} was not put in"


@pytest.mark.parametrize(
    "path", ["/findes-ikke", "/emner/findes_ikke", "/samtale/udskrift", "/emner/%3Cb%3E"]
)
def test_what_is_not_there_is_said_on_a_page(browser, path):
    page = browser.get(path)
    assert page.status == 404
    assert "Det, du leder efter, findes ikke." in page.text
    assert "/kontakt" in {link.get("href") for link in page.all("a")}


@pytest.mark.parametrize(("method", "path"), [("POST", "/emner"), ("DELETE", "/"), ("GET", "/samtale")])
def test_a_wrong_method_is_said_on_a_page(web, method, path):
    reply = requests.request(method, f"{web.address}{path}", timeout=20)
    assert reply.status_code == 405
    assert "Det kan man ikke gøre her." in reply.text


def test_every_link_leads_somewhere(browser, content):
    topics = [f"/emner/{topic}" for topic in list(content.knowledge.topics)[:5]]
    pages = [browser.get(path) for path in (*PAGES, *topics)]
    found = {link for page in pages for link in page.links()}
    assert any(link.endswith("/static/chat.css") for link in found)
    assert any(link.endswith("/emner/udeservering") for link in found)
    assert any(link.endswith("/widget.js") for link in found)
    bad = {}
    for link in sorted(found):
        status = requests.get(link, timeout=20).status_code
        # 405: the address of a form that posts. 404: the transcript, before there is a conversation.
        if status != 200 and (status, link.rpartition("/")[2]) not in FORMS:
            bad[link] = status
    assert bad == {}


def test_every_link_is_safe_to_follow(browser, content):
    for path in (*PAGES, *(f"/emner/{topic}" for topic in content.knowledge.topics)):
        for link in browser.get(path).all("a"):
            assert (link.get("href") or "").startswith(("/", "#", "https://", "tel:+45", "mailto:")), (
                link.get("href")
            )


def test_the_list_of_topics_has_every_topic_once(browser, content):
    links = [link.get("href") for link in browser.get("/emner").all("a", class_="chat-theme__link")]
    assert sorted(links) == sorted(f"/emner/{topic}" for topic in content.knowledge.topics)


def test_the_search_finds_a_topic_and_shows_what_was_sought(browser):
    page = browser.get("/emner?q=skilt")
    assert page.find("input", name="q").get("value") == "skilt"
    hits = [link.get("href") for link in page.all("a", class_="chat-hit__link")]
    assert "/emner/skiltning_facade" in hits


def test_what_was_sought_is_shown_as_text(browser):
    page = browser.get("/emner?q=<script>alert(1)</script>")
    assert "alert(1)" in page.find("input", name="q").get("value")
    assert "alert(1)" not in {words(script) for script in page.all("script")}


def test_a_topic_leads_to_the_contact_form_with_the_topic_chosen(browser):
    page = browser.get("/kontakt?emne=alkoholbevilling")
    [chosen] = [option for option in page.all("option") if option.get("selected") is not None]
    assert chosen.get("value") == "alkoholbevilling"


@pytest.mark.parametrize("topic", ["findes_ikke", "<script>", "x" * 5000])
def test_an_unknown_topic_chooses_none(browser, topic):
    page = browser.get(f"/kontakt?emne={topic}")
    assert page.status == 200
    assert not [option for option in page.all("option") if option.get("selected") is not None]


MESSAGES = {
    "an answer": ANSWER,
    "a question back": CLARIFICATION,
    "a receipt": RECEIPT,
    "two answers": [*ANSWER, *ANSWER],
    "steps": [
        {"text": "Sådan gør du:\n1. Søg.\n2. Betal.\n\nSe https://www.helsingor.dk/x. Eller /kontakt."}
    ],
    "dangerous text": [{"text": "<script>alert(1)</script> & \"citat\" 'x' ]]> <!-- --> </div>"}],
    "dangerous choice": [{"text": "Vælg", "buttons": [{"title": "<b>A</b>", "payload": '/a{"x":"\'>"}'}]}],
    "dangerous source": [
        {"text": "Se"},
        {
            "custom": {
                "sources": [{"title": "<i>A</i>", "url": 'https://x.dk/?a=1&b="2"', "checked": "2026-11-01"}]
            }
        },
    ],
    "a fact with an end": [
        {"text": "Tal"},
        {
            "custom": {
                "facts": [{"id": "a", "value": "1 kr.", "valid_from": "2026-01-01", "valid_to": "2026-12-31"}]
            }
        },
    ],
    "a very long word": [{"text": "x" * 3000}],
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_page_with_any_kind_of_message_is_html_without_a_mistake(browser, rasa, kind):
    rasa.says(*MESSAGES[kind])
    page = browser.submit(browser.get("/"), "/samtale", "text", text='<img src=x onerror="a()"> & øl')
    assert page.messages("visitor") == ['<img src=x onerror="a()"> & øl']
    assert page.messages("bot")[1:]
    assert not page.all("img")


def test_messages_of_staff_and_of_the_system_are_shown_too(web, browser, clock):
    browser.submit(browser.get("/"), "/samtale", "text", text="Hej")
    with web.services.database.reading() as connection:
        conversation = connection.execute(select(conversations.c.id)).scalar_one()
    said = [Reply(Role.STAFF, "Jeg hedder Bo."), Reply(Role.SYSTEM, "Bo er kommet til.")]
    web.services.conversations.add_replies(conversation, said, 2, clock())
    page = browser.get("/")
    assert page.messages("staff") == ["Jeg hedder Bo."]
    assert page.messages("system") == ["Bo er kommet til."]
