"""The survey on a phone, with and without JavaScript, and Målinger in the console."""

from types import SimpleNamespace

import pytest

from bot.bootstrap import build_services
from bot.core.staff import StaffRole
from bot.core.survey_answers import Answer, Solved
from bot.web import console_app, public_app
from bot.web.accounts import Accounts
from tests.browser.conftest import DESKTOP, assert_accessible, kept
from tests.servers import live_settings, serving
from tests.web.survey_invites import close_a_case, links

PHONE = {"width": 390, "height": 844}
LOGIN, PASSWORD = "lise", "en-lang-adgangskode"


@pytest.fixture(scope="module")
def asked(tmp_path_factory, content):
    """Web and console without the dialogue engine, and businesses that were asked how it went."""
    settings = live_settings(tmp_path_factory.mktemp("survey"), sms_token="x")
    services = build_services(settings, content=content)
    services.database.migrate()
    Accounts(services).add(LOGIN, "Lise Lund", StaffRole.LEADER, ("bevilling",), PASSWORD)
    with serving(public_app.create_app(services, "survey-web"), settings.web_port) as web:
        with serving(console_app.create_app(services, "survey-console"), settings.console_port) as console:
            yield SimpleNamespace(web=web, console=console, services=services, number=0)


@pytest.fixture
def link(asked):
    """The link in a new invitation."""
    asked.number += 1
    close_a_case(asked.services, asked.number)
    return asked.web + links(asked.services)[-1]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_business_answers_on_its_phone(open_page, link, script):
    page = open_page(f"{link}?s=4", PHONE, java_script_enabled=script)
    if script:
        assert_accessible(page)
        kept(page, "survey-phone")
    assert page.get_by_label("4, god").is_checked()
    page.get_by_role("button", name="Send svar").click()
    assert "Vælg, om det blev løst." in page.get_by_role("alert").inner_text()
    if script:
        assert_accessible(page)
    page.get_by_text("Delvis", exact=True).click()
    page.get_by_label("Vil du sige mere?").fill("Det gik fint")
    page.get_by_role("button", name="Send svar").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tak for dit svar"
    if script:
        assert_accessible(page)
        kept(page, "survey-more-phone")
    page.get_by_label("Gik sagen så hurtigt").select_option("7")
    page.get_by_role("button", name="Send de ekstra svar").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tak for hjælpen"
    page.goto(link)
    assert page.get_by_role("heading", level=1).inner_text() == "Du har svaret"
    if script:
        assert_accessible(page)


def test_no_thanks_on_a_phone(open_page, link):
    page = open_page(link, PHONE)
    page.get_by_role("link", name="Nej tak til flere").click()
    assert_accessible(page)
    kept(page, "survey-stop-phone")
    page.get_by_role("button", name="Spørg mig ikke igen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Vi spørger dig ikke igen"
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_leader_sees_figures_and_calls(open_page, asked, size):
    scores = {"kompetence": 8, "information": 6, "tilfredshed": 8, "forventning": 7, "ideal": 6}
    for number in range(6):
        asked.number += 1
        close_a_case(asked.services, asked.number)
        token = links(asked.services)[-1].rpartition("/")[2]
        answer = Answer(1 if number == 0 else 3 + number % 3, Solved.YES, f"Kommentar {number}", True, scores)
        asked.services.surveys.answer(asked.services.surveys.find(token), answer)
    page = open_page(f"{asked.console}/login", size)
    page.get_by_label("Brugernavn").fill(LOGIN)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.get_by_role("link", name="Målinger").click()
    assert page.get_by_role("row", name="Bevillinger").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(page)
    kept(page, f"survey-calls-{size['width']}")
    page.get_by_role("row", name="Bevillinger").scroll_into_view_if_needed()
    kept(page, f"survey-console-{size['width']}")
