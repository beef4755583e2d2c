"""Where a case stands, by its reference and the e-mail address: on the page and in the chat."""

import pytest
from sqlalchemy import select

from bot.bootstrap import now
from bot.core.handoff import HandoffRequest
from bot.core.privacy import EMAIL_MASK
from bot.storage.tables import messages
from tests.web.strict_browser import StrictBrowser
from tests.web.visitor import Visitor

EMAIL = "mette@cafe.dk"


def open_case(web, **changes):
    told = {"summary": "Må jeg have et skilt?", "name": "Mette Holm", "email": EMAIL, "consent": True}
    return web.services.handoff.submit(HandoffRequest(**{**told, **changes})).case


@pytest.fixture
def case(web):
    return open_case(web)


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def ask(browser, reference, email):
    return browser.submit(browser.get("/sag"), "/sag", reference=reference, email=email)


def other(reference):
    """Another number that is nobody's."""
    return reference[:-1] + str((int(reference[-1]) + 1) % 10)


def test_reference_and_address_show_a_short_status(browser, case):
    page = ask(browser, case.reference.lower(), " METTE@cafe.dk")
    assert page.status == 200
    assert "har fået din sag" in page.text
    assert "skilt?" not in page.text
    assert "Mette Holm" not in page.text


def test_a_wrong_address_and_an_unknown_reference_give_the_same_bytes(browser, case, sentence):
    wrong = ask(browser, case.reference, "bo@cafe.dk")
    unknown = ask(browser, other(case.reference), "bo@cafe.dk")
    assert (wrong.status, unknown.status) == (400, 400)
    assert sentence("status_unknown") in wrong.alert()
    typed = (case.reference.encode(), other(case.reference).encode())
    assert wrong.response.content.replace(typed[0], b"?") == unknown.response.content.replace(typed[1], b"?")
    varying = {"Date", "Set-Cookie"}
    assert {name: value for name, value in wrong.response.headers.items() if name not in varying} == {
        name: value for name, value in unknown.response.headers.items() if name not in varying
    }


def test_a_case_without_an_address_is_not_found_by_any(browser, web, sentence):
    case = open_case(web, email="", phone="49282828")
    assert sentence("status_unknown") in ask(browser, case.reference, EMAIL).alert()


@pytest.mark.parametrize(
    ("reference", "email", "field"),
    [("", EMAIL, "reference"), ("49282828", EMAIL, "reference"), ("HEL-2026-123456", "mette", "email")],
)
def test_what_cannot_be_read_is_named_at_its_field(browser, reference, email, field):
    page = ask(browser, reference, email)
    assert page.status == 400
    assert page.find(id=field).get("aria-invalid") == "true"


def test_guesses_from_one_network_address_are_limited(make_web):
    web = make_web(at=now, rate_limit=1)
    browser = StrictBrowser(web.address)
    pages = [ask(browser, f"HEL-2026-{number:06}", f"a{number}@cafe.dk") for number in range(11)]
    assert [page.status for page in pages] == [400] * 10 + [429]
    assert "Vent 1 min." in pages[-1].alert()
    assert int(pages[-1].response.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("of", ["reference", "email"])
def test_guesses_at_one_reference_or_address_are_limited_from_everywhere(make_web, of):
    web = make_web(at=now, rate_limit=1, trusted_proxies=1)
    case = open_case(web)
    statuses = []
    for number in range(11):
        browser = StrictBrowser(web.address)
        browser.http.headers["X-Forwarded-For"] = f"10.0.0.{number}"
        reference = case.reference if of == "reference" else f"HEL-2026-{number:06}"
        statuses.append(ask(browser, reference, f"a{number}@cafe.dk" if of == "reference" else EMAIL).status)
    assert statuses == [400] * 10 + [429]


def test_the_chat_asks_for_the_address_and_tells_where_the_case_stands(web, rasa, visitor, case):
    asked = visitor.say(f"hvor langt er min sag {case.reference}?")[-1]
    assert case.reference in asked["text"]
    before = len(rasa.messages)
    told = visitor.say(f"det er {EMAIL}")[-1]
    assert "har fået din sag" in told["text"]
    assert (told["topic"], told["case"]) == ("sagsstatus", None)
    assert len(rasa.messages) == before == 0


@pytest.mark.parametrize(
    "typed", [EMAIL, f"min mail: {EMAIL}.", "mette @ cafe.dk", "mette@cafe", "METTE@CAFE.DK"]
)
def test_the_address_is_in_no_transcript_and_not_with_rasa(web, rasa, visitor, case, typed):
    visitor.say(case.reference)
    visitor.say(typed)
    with web.services.database.reading() as connection:
        stored = str(connection.execute(select(messages)).all())
    assert EMAIL_MASK in stored
    assert "mette" not in stored.lower()
    assert rasa.messages == []


def test_reference_and_address_in_one_message_are_enough(visitor, case):
    assert "har fået din sag" in visitor.say(f"status på {case.reference}, {EMAIL}")[-1]["text"]
    assert visitor.messages()[1]["text"] == f"status på {case.reference}, {EMAIL_MASK}"


def test_in_the_chat_too_wrong_and_unknown_are_answered_alike(web, case):
    said = []
    for reference in (case.reference, other(case.reference)):
        visitor = Visitor(web.address)
        visitor.say(reference)
        [reply] = visitor.say("bo@cafe.dk")
        reply.pop("at")
        said.append(str(reply).replace(reference, "?"))
    assert said[0] == said[1]


def test_after_a_wrong_address_another_can_be_tried(visitor, case):
    visitor.say(case.reference)
    visitor.say("bo@cafe.dk")
    assert "har fået din sag" in visitor.say(EMAIL)[-1]["text"]


def test_the_same_message_again_gets_the_same_answer(visitor, case):
    visitor.say(case.reference)
    first = visitor.say(EMAIL, client_id="c1")
    assert visitor.say(EMAIL, client_id="c1") == first
    assert EMAIL not in str(visitor.messages())


def test_who_meant_something_else_goes_on(rasa, visitor, case):
    asked = visitor.say(case.reference)[-1]
    [choice] = [one for one in asked["choices"] if one["title"] == "Det var noget andet"]
    visitor.tap(choice["payload"])
    visitor.say("min mail er bo@cafe.dk")
    assert len(rasa.messages) == 1


def test_another_question_in_between_is_the_bots(rasa, visitor, case):
    visitor.say(case.reference)
    visitor.say("hvad koster en alkoholbevilling?")
    assert len(rasa.messages) == 1


def test_a_reference_in_the_handoff_form_is_left_to_the_form(rasa, visitor, case):
    rasa.says({"text": "Hvad drejer det sig om? Skriv det kort."})
    visitor.say("tal med en medarbejder")
    visitor.say(f"jeg har ikke hørt noget om {case.reference}")
    assert len(rasa.messages) == 2


def test_guesses_in_the_chat_are_limited(make_web):
    web = make_web(at=now, rate_limit=1)
    visitor = Visitor(web.address)
    replies = [visitor.say(f"HEL-2026-{number:06} a{number}@cafe.dk")[-1]["text"] for number in range(11)]
    assert "Vent 1 min." in replies[-1]
    assert "Vent" not in replies[-2]
