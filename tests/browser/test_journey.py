"""From a question on a phone to a case in the console."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

from playwright.sync_api import expect

from bot.bootstrap import build_services
from bot.core.staff import StaffRole
from tests.browser.conftest import DESKTOP, LOGIN, PASSWORD, assert_accessible, kept

QUESTION = "Hvad kræver det at få lov til at sælge øl på min café i Stengade?"
REFERENCE = re.compile(r"HEL-\d{4}-\d{6}")


def write(page, text):
    """Write in the chat and wait until the bot has said something new."""
    said = page.locator('[data-role="bot"]')
    before = said.count()
    page.get_by_label("Skriv dit spørgsmål").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(said).not_to_have_count(before)
    expect(page.locator(".chat-typing")).to_have_count(0)


def test_a_cafe_owner_gets_an_answer_and_hands_her_case_to_a_case_worker(house, open_page):
    page = open_page(house.web)
    expect(page.get_by_role("heading", name="Spørg om din virksomhed")).to_be_visible()
    kept(page, "chat-phone-start")

    write(page, QUESTION)
    answer = page.locator('[data-role="bot"]').last
    expect(answer).to_contain_text("alkoholbevilling")
    source = answer.get_by_role("link").first
    assert source.get_attribute("href").startswith("https://")
    expect(answer).to_contain_text("tjekket")
    kept(page, "chat-phone")
    assert_accessible(page)

    answer.get_by_role("button", name="Tal med en medarbejder").click()
    expect(page.locator('[data-role="bot"]').last).to_contain_text("Hvad drejer det sig om?")
    write(page, "Jeg overtager en bar og ved ikke, om bevillingen følger med. Mit cpr er 010190-1234.")
    write(page, "Café Sundet ApS")
    write(page, "spring over")
    write(page, "Mette Holm")
    write(page, "mette@sundet.dk")
    expect(page.locator('[data-role="bot"]').last).to_contain_text("Café Sundet ApS")
    write(page, "ja")
    receipt = page.locator(".chat-receipt")
    expect(receipt).to_contain_text("Bevillinger")
    reference = REFERENCE.search(receipt.inner_text()).group()
    kept(page, "chat-phone-receipt")
    assert_accessible(page)
    assert "010190-1234" not in page.content()

    house.services.outbox.deliver_due()
    [new] = [mail for mail in delivered(house) if mail["To"] == "bevilling@helsingor.example"]
    assert (new["Subject"], new.get_content_type()) == (f"Ny sag {reference}", "multipart/alternative")
    assert "Mette Holm" not in new.as_string()
    [receipt_mail] = [mail for mail in delivered(house) if mail["To"] == "mette@sundet.dk"]
    link = re.search(r"http\S+/sag/\S+", receipt_mail.get_body(("plain",)).get_content()).group()
    status = open_page(link)
    expect(status.locator("body")).to_contain_text(reference)
    assert_accessible(status)

    desk = open_page(f"{house.console}/login", DESKTOP)
    assert_accessible(desk)
    desk.get_by_label("Brugernavn").fill(LOGIN)
    desk.get_by_label("Adgangskode").fill(PASSWORD)
    desk.get_by_role("button", name="Log ind").click()
    kept(desk, "console-cases")
    assert_accessible(desk)
    desk.locator("tr", has_text=reference).get_by_role("link").click()
    expect(desk.locator("body")).to_contain_text("Café Sundet ApS")
    expect(desk.locator("body")).to_contain_text(QUESTION)
    expect(desk.locator("body")).to_contain_text("[CPR-nummer fjernet]")
    assert_accessible(desk)
    desk.get_by_role("button", name=re.compile("Tag sagen")).click()
    kept(desk, "console-case")
    desk.locator("summary", has_text="note").click()
    desk.locator("form[action$='/note'] textarea").fill("Ringet til Mette. Bevillingen følger ikke med.")
    desk.locator("form[action$='/note'] button").click()
    expect(desk.locator("body")).to_contain_text("Bevillingen følger ikke med")
    desk.locator("summary", has_text="Luk sagen").click()
    desk.get_by_label("Besvaret", exact=True).check()
    desk.locator("form[action$='/luk'] button").click()
    expect(desk.locator("body")).to_contain_text("Lukket")
    kept(desk, "console-case-closed")
    assert_accessible(desk)

    # The next working day, by the worker's clock, she is asked how it went.
    later = house.services.clock() + timedelta(days=7)
    build_services(house.settings, clock=lambda: later).outbox.deliver_due()
    [asked] = [mail for mail in delivered(house) if mail["Subject"] == "Hvordan gik det med din sag?"]
    assert asked["To"] == "mette@sundet.dk"
    text = asked.get_body(("plain",)).get_content()
    survey = open_page(re.search(r"5: (http\S+)", text).group(1))
    expect(survey.get_by_label("5, meget god")).to_be_checked()
    survey.get_by_text("Ja", exact=True).click()
    survey.get_by_role("button", name="Send svar").click()
    expect(survey.get_by_role("heading", level=1)).to_have_text("Tak for dit svar")

    desk.goto(f"{house.console}/maalinger")
    row = desk.locator("tr", has_text="Bevillinger")
    expect(row.locator("td").nth(0)).to_have_text("1")
    expect(row.locator("td").nth(3)).to_have_text("1")
    expect(row.locator("td").nth(5)).to_contain_text("100")
    kept(desk, "console-surveys-journey")


def delivered(house):
    """Return the mails that the mail server has taken."""
    return [message_from_bytes(raw, policy=policy.default) for raw in house.mails.accepted]


def test_the_chat_works_without_javascript(house, open_page):
    page = open_page(house.web, java_script_enabled=False)
    page.get_by_label("Skriv dit spørgsmål").fill("hvor finder jeg kommunens udbud")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator('[data-role="bot"]').last).to_contain_text("udbud")
    page.locator('[data-role="bot"]').last.locator(".chat-choice").first.click()
    expect(page.locator('[data-role="visitor"]')).to_have_count(2)
    page.locator('[data-role="bot"]').last.get_by_role("button", name="Ja").click()
    expect(page.locator("body")).to_contain_text("Tak")


def test_the_widget_opens_on_a_page_that_embeds_it_with_one_line(house, open_page):
    page = open_page(f"{house.web}/demo")
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("Spørg")).first.click()
    chat = page.frame_locator("iframe")
    chat.get_by_label("Skriv dit spørgsmål").fill("hvad er momsgrænsen")
    chat.get_by_role("button", name="Send", exact=True).click()
    expect(chat.locator('[data-role="bot"]').last).to_contain_text("50.000")
    kept(page, "widget-phone")
    page.keyboard.press("Escape")


def test_a_conversation_is_kept_when_the_page_is_read_again_and_gone_when_it_is_deleted(house, open_page):
    page = open_page(house.web)
    write(page, "hvordan får jeg et cvr-nummer")
    page.reload()
    expect(page.locator('[data-role="visitor"]')).to_have_count(1)
    page.get_by_role("link", name="Slet samtalen").click()
    page.get_by_role("dialog").get_by_role("button", name="Slet samtalen").click()
    expect(page.locator('[data-role="visitor"]')).to_have_count(0)
    page.reload()
    expect(page.locator('[data-role="visitor"]')).to_have_count(0)


def test_a_notice_reaches_a_chat_that_is_open_with_the_next_reply_and_leaves_with_the_one_after(
    house, open_page
):
    editor = house.services.staff.add("redaktoer", "Ida Redaktør", StaffRole.EDITOR, (), "argon")
    page = open_page(house.web)
    write(page, QUESTION)
    expect(page.locator(".chat-emergency")).to_have_count(0)
    house.services.editorial.give_notice(editor, "Rådhuset er lukket i dag.", "Storm", after=0)
    write(page, "hvad koster det?")
    expect(page.locator(".chat-emergency")).to_contain_text("Rådhuset er lukket i dag.")
    assert_accessible(page)
    house.services.editorial.end_notice(editor, "Overstået", after=1)
    write(page, "hvor lang tid tager det?")
    expect(page.locator(".chat-emergency")).to_have_count(0)
