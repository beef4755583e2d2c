"""The console loses no typed word, leaves no case with somebody who is gone, and lists what it cannot name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.cases import CaseState
from bot.core.conversations import Role, Turn
from tests.web.conftest import PASSWORD
from tests.web.strict_browser import StrictBrowser, filled_in

OPEN = (CaseState.NEW, CaseState.CLAIMED)


def act(browser, case, action, page=None, **fields):
    """Open the case and send one of its forms."""
    return browser.submit(page or browser.get(f"/sager/{case.id}"), f"/sager/{case.id}/{action}", **fields)


def note(page, case):
    return filled_in(page.form(f"/sager/{case.id}/note"))["text"].strip()


def test_a_note_from_an_older_view_is_kept_and_can_be_sent(console, log_in, case):
    bo = log_in("bo")
    seen = bo.get(f"/sager/{case.id}")
    act(log_in("anna"), case, "tag")
    page = act(bo, case, "note", seen, text="Ringet op")
    assert (page.status, note(page, case)) == (409, "Ringet op")
    act(bo, case, "note", page)
    assert console.services.cases.events(case.id)[-1].text == "Ringet op"


def test_the_words_outlive_the_form_they_were_typed_in(log_in, case):
    anna, bo = log_in("anna"), log_in("bo")
    act(anna, case, "tag")
    seen = bo.get(f"/sager/{case.id}")
    act(anna, case, "luk", outcome="answered")
    page = act(bo, case, "note", seen, text="Ringet op")
    assert page.status == 409
    assert page.find("textarea", id="ikke-gemt").text.strip() == "Ringet op"


@pytest.mark.parametrize(
    ("action", "code"), [("note", "note_long"), ("luk", "note_long"), ("luk", "outcome_missing")]
)
def test_what_cannot_be_taken_is_kept_with_the_outcome(console, log_in, case, sentence, action, code):
    anna = log_in("anna")
    act(anna, case, "tag")
    text = "x" * 4001 if code == "note_long" else "Svaret"
    outcome = {"outcome": "referred"} if action == "luk" and code == "note_long" else {}
    page = act(anna, case, action, text=text, **outcome)
    assert (page.status, page.alert()) == (400, sentence(code))
    form = filled_in(page.form(f"/sager/{case.id}/{action}"))
    assert (form["text"].strip(), form.get("outcome")) == (text, outcome.get("outcome"))
    other = "note" if action == "luk" else "luk"
    assert filled_in(page.form(f"/sager/{case.id}/{other}"))["text"].strip() == ""
    assert len(console.services.cases.events(case.id)) == 2


def test_a_note_written_after_the_login_had_ended_is_back_after_logging_in(
    console, log_in, case, clock, sentence
):
    browser = log_in("anna")
    seen = browser.get(f"/sager/{case.id}")
    clock.move(hours=console.services.settings.session_hours)
    page = act(browser, case, "note", seen, text="Ringet op\nIngen svar")
    assert (page.status, page.alert()) == (401, sentence("login_ended_typing"))
    page = browser.submit(page, "/login", login="anna", password="forkert")
    page = browser.submit(page, "/login", login="anna", password=PASSWORD)
    assert page.alert() == sentence("login_ended")
    assert note(page, case) == "Ringet op\nIngen svar"
    assert len(console.services.cases.events(case.id)) == 1
    act(browser, case, "note", page)
    assert [event.staff for event in console.services.cases.events(case.id)] == ["", "Anna Ås"]


def test_words_about_another_units_case_lead_nowhere(console, log_in, case):
    browser = StrictBrowser(console.address)
    page = browser.post(f"/sager/{case.id}/note", {"text": "Hej"})
    log_in("carl")
    page = browser.submit(page, "/login", login="carl", password=PASSWORD)
    assert page.address == f"{console.address}/"
    assert "fortovet" not in page.text


@pytest.mark.parametrize(("login", "name"), [("bo", "Bo Bang"), ("admin", "Administrator")])
def test_a_colleague_puts_back_the_case_of_who_is_away(console, log_in, case, login, name):
    act(log_in("anna"), case, "tag")
    browser = log_in(login)
    assert "Tag sagen fra Anna Ås, og læg den tilbage" in browser.get(f"/sager/{case.id}").text
    act(browser, case, "frigiv")
    assert console.services.cases.get(case.id).state is CaseState.NEW
    assert console.services.cases.events(case.id)[-1].staff == name


def test_a_unit_that_is_gone_is_shown_by_its_id(console, log_in, case):
    gone = replace(case, id="gone", reference="HEL-2026-999999", unit="nedlagt")
    console.services.cases.open(gone, [], None)
    browser = log_in("admin")
    assert "nedlagt" in browser.get("/").text
    assert "nedlagt" in browser.get("/sager/gone").text


def test_the_list_counts_the_open_cases_of_each_unit_and_reads_no_transcript(console, log_in, case):
    said = (Turn(Role.VISITOR, "Hej", case.created_at),)
    cases = console.services.cases
    cases.open(replace(case, id="talk", reference="HEL-2026-999999", transcript=said), [], None)
    cases.open(replace(case, id="done", reference="HEL-2026-999998", state=CaseState.CLOSED), [], None)
    assert console.services.case_lists.open_by_unit() == {"bevilling": 2}
    assert {found.transcript for found in cases.listed(None, OPEN)} == {()}
    assert cases.get("talk").transcript == said
    page = log_in("admin").get("/")
    [option] = page.all("option", value="bevilling")
    assert "(2 åbne)" in option.text


def test_each_day_of_a_conversation_has_its_date(console, log_in, case):
    days = [timedelta(0), timedelta(minutes=5), timedelta(days=1)]
    said = tuple(Turn(Role.VISITOR, "Hej", case.created_at + passed) for passed in days)
    console.services.cases.open(replace(case, id="t", reference="HEL-2026-999999", transcript=said), [], None)
    page = log_in("admin").get("/sager/t")
    times = [item.text for item in page.all("span", class_="console-turn__at")]
    assert times == ["23. november 2026 kl. 10.15", "kl. 10.20", "24. november 2026 kl. 10.15"]
