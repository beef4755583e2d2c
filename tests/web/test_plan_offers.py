"""Where a visitor meets plans: among the topics, and as a link in the chat."""

import pytest

from tests.web.strict_browser import StrictBrowser


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def test_plans_are_found_from_the_topics(browser):
    assert browser.get("/emner").find("a", href="/plan") is not None
    assert browser.get("/emner/start_virksomhed").find("a", href="/plan") is not None


def test_the_offer_in_the_chat_is_a_link(rasa, browser, content):
    line = content.phrases["plan"].say("offer", link="/plan/cafe")
    rasa.says({"text": f"Begynd med at vælge form.\n\n{line}"})
    page = browser.submit(browser.get("/"), "/samtale", "text", text="Jeg vil åbne en café")
    assert page.find("a", href="/plan/cafe") is not None
