"""A café on a phone: from the first sentence in the chat to the plan, its PDF and its calendar, in few taps."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import assert_accessible, kept

PHONE = {"width": 390, "height": 844}
MOST_TAPS = 8
FIRST = "jeg vil åbne en café i Stengade"
EVERYTHING = (
    "ApS i en tidligere café, ingen ombygning, kun kaffe og kager, øl og vin, borde foran facaden, vi lukker kl. 22, "
    "ingen musik, intet skilt, bare mig selv"
)


class Thumb:
    """Taps on a page and counts; typing is no tap, reaching the field is."""

    def __init__(self, page):
        self.page = page
        self.taps = 0

    def tap(self, target):
        self.taps += 1
        target.tap()

    def write(self, text):
        """Tap the field, type, tap Send, and wait for the reply."""
        said = self.page.locator('[data-role="bot"]')
        before = said.count()
        self.tap(self.page.get_by_label("Skriv dit spørgsmål"))
        self.page.keyboard.insert_text(text)
        self.tap(self.page.get_by_role("button", name="Send", exact=True))
        expect(said).not_to_have_count(before)
        expect(self.page.locator(".chat-typing")).to_have_count(0)

    def choose(self, title):
        """Tap a button of the last reply, and wait for the next one."""
        said = self.page.locator('[data-role="bot"]')
        before = said.count()
        self.tap(said.last.get_by_role("button", name=title, exact=True))
        expect(said).not_to_have_count(before)
        expect(self.page.locator(".chat-typing")).to_have_count(0)

    def follow(self, link, address):
        """Tap a link, and wait until the page that it leads to is there."""
        self.tap(link)
        self.page.wait_for_url(address)

    def download(self, link):
        """Tap a link to a file; return its bytes."""
        with self.page.expect_download() as download:
            self.tap(link)
        return download.value.path().read_bytes()


@pytest.fixture
def thumb(house, open_page):
    return Thumb(open_page(house.web, PHONE, has_touch=True, is_mobile=True, accept_downloads=True))


def last(thumb):
    return thumb.page.locator('[data-role="bot"]').last


def test_a_cafe_gets_its_plan_as_pdf_and_calendar_in_at_most_eight_taps(thumb):
    thumb.write(FIRST)
    expect(last(thumb)).to_contain_text("Du har fortalt, at stedet er Stengade.")
    kept(thumb.page, "plan-chat-phone-offer")
    thumb.choose("Lav planen her")
    expect(last(thumb)).to_contain_text("Hvilken form skal virksomheden have?")
    assert_accessible(thumb.page)
    kept(thumb.page, "plan-chat-phone-question")
    thumb.write(EVERYTHING)
    expect(last(thumb)).to_contain_text(re.compile(r"Din plan har \d+ trin"))
    assert_accessible(thumb.page)
    kept(thumb.page, "plan-chat-phone-summary")
    thumb.follow(last(thumb).get_by_role("link", name="se planen"), re.compile("/plan/cafe"))
    expect(thumb.page.get_by_role("heading", level=1)).to_have_text("Åbn en café eller restaurant")
    expect(thumb.page.get_by_role("region", name="Du har fortalt, at")).to_contain_text("stedet er Stengade")
    expect(thumb.page.locator("#trin-alkohol")).to_be_visible()
    kept(thumb.page, "plan-phone-told")
    assert_accessible(thumb.page)
    paper = thumb.download(thumb.page.locator("a[href*='.pdf']").first)
    days = thumb.download(thumb.page.locator("a[href*='.ics']").first)
    assert paper.startswith(b"%PDF-")
    assert days.startswith(b"BEGIN:VCALENDAR")
    assert thumb.taps <= MOST_TAPS


def test_a_plan_can_be_shown_after_one_answer_and_broken_off_for_a_question(thumb):
    thumb.write(FIRST)
    thumb.choose("Lav planen her")
    thumb.choose("ApS")
    thumb.write("hvad er mindstekapitalen i et ApS?")
    expect(last(thumb)).to_contain_text("kr.")
    kept(thumb.page, "plan-chat-phone-broken-off")
    thumb.choose("Fortsæt med planen")
    expect(last(thumb)).to_contain_text("Skal lokalet bruges til noget andet end i dag?")
    thumb.choose("Vis planen nu")
    expect(last(thumb)).to_contain_text("Det, du ikke har svaret på")
    expect(last(thumb)).to_contain_text("i kapital")


def test_words_answer_a_question_on_its_page(thumb, house):
    page = thumb.page
    page.goto(f"{house.web}/plan/cafe?form=aps&ny_anvendelse=ja&koekken=nej&alkohol=ja&nat=nej")
    page.get_by_label("Eller skriv det med dine egne ord").fill("ja, vi vil have borde udenfor")
    page.get_by_role("button", name="Svar", exact=True).tap()
    expect(page.locator("main")).to_contain_text("Vælg det, der passer bedst")
    assert_accessible(page)
    kept(page, "plan-phone-which")
    page.get_by_label("Eller skriv det med dine egne ord").fill("blå")
    page.get_by_role("button", name="Svar", exact=True).tap()
    expect(page.locator("main")).to_contain_text("Det svar forstår jeg ikke")
    assert_accessible(page)
    kept(page, "plan-phone-unread")
