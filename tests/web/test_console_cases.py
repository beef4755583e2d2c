"""What staff may see and do with cases, and that no two overwrite each other."""

import pytest

from bot.core.cases import CaseState
from tests.web.strict_browser import filled_in


def act(browser, case, action, **fields):
    """Open the case and send one of its forms."""
    return browser.submit(browser.get(f"/sager/{case.id}"), f"/sager/{case.id}/{action}", **fields)


def test_staff_see_the_cases_of_their_units_and_an_administrator_all(console, log_in, case, hand_over):
    other = hand_over("Tilbygning", "byggetilladelse")
    seen = {login: log_in(login).page.text for login in ("anna", "bo", "carl", "admin")}
    assert {login for login, text in seen.items() if case.reference in text} == {"anna", "bo", "admin"}
    assert {login for login, text in seen.items() if other.reference in text} == {"anna", "admin"}


def test_the_list_can_be_narrowed_to_one_unit(console, log_in, case, hand_over):
    other = hand_over("Tilbygning", "byggetilladelse")
    page = log_in("anna").get("/?enhed=byggesag")
    assert other.reference in page.text
    assert case.reference not in page.text
    assert case.reference not in log_in("carl").get("/?enhed=bevilling").text
    assert log_in("anna").get("/?enhed=findes_ikke&tilstand=x").status == 200


@pytest.mark.parametrize("action", ["", "/tag", "/frigiv", "/note", "/luk"])
def test_a_colleague_of_another_unit_gets_no_further_than_the_door(console, log_in, case, action, sentence):
    browser = log_in("carl")
    csrf = browser.page.find("input", name="csrf").get("value")
    fields = {"csrf": csrf, "version": "1", "text": "Hej", "outcome": "answered"}
    path = f"/sager/{case.id}{action}"
    page = browser.post(path, fields) if action else browser.get(path)
    assert page.status == 403
    assert sentence("not_allowed") in page.text
    assert "fortovet" not in page.text
    assert console.services.cases.get(case.id).version == 1


@pytest.mark.parametrize("case_id", ["findes-ikke", "%00", "..", "%2e%2e%2flogin", "x" * 500])
def test_a_case_that_is_not_there_is_said_so(log_in, case_id):
    assert log_in("admin").get(f"/sager/{case_id}").status in (200 if case_id == ".." else 404, 404)


def test_a_case_shows_what_the_business_told(log_in, case):
    page = log_in("anna").get(f"/sager/{case.id}")
    for told in (
        case.reference,
        "Øl på <b>fortovet</b>",
        "Café & Co",
        "Mette Holm",
        "mette@cafe.dk",
        "Alkoholbevilling",
    ):
        assert told in page.text
    assert "27. november 2026" not in page.find("title").text
    assert (
        page.find("a", href=f"mailto:mette@cafe.dk?subject={case.reference}%20Alkoholbevilling") is not None
    )


def test_a_case_is_claimed_noted_and_closed_with_an_outcome(console, log_in, case):
    browser = log_in("anna")
    page = act(browser, case, "tag")
    assert page.address == f"{console.address}/sager/{case.id}"
    assert "I gang" in page.text
    page = act(browser, case, "note", text="Ringet <i>op</i>\nIngen svarede. CPR 010190-1234")
    assert "Ringet <i>op</i> Ingen svarede. CPR [CPR-nummer fjernet]" in page.text
    page = act(browser, case, "luk", outcome="answered", text="Svaret pr. mail")
    assert "Lukket: Besvaret" in page.text
    assert "Svaret pr. mail" in page.text
    actions = [form.get("action") for form in page.all("form") if "/sager/" in form.get("action")]
    assert actions == [f"/sager/{case.id}/genaabn", f"/sager/{case.id}/akter"]
    assert case.reference not in browser.get("/").text
    assert case.reference in browser.get("/?tilstand=lukkede").text
    history = [(event.kind.value, event.staff) for event in console.services.cases.events(case.id)]
    assert history == [("opened", ""), ("claimed", "Anna Ås"), ("note", "Anna Ås"), ("closed", "Anna Ås")]


def test_a_claimed_case_can_be_put_back(console, log_in, case):
    browser = log_in("anna")
    act(browser, case, "tag")
    page = act(browser, case, "frigiv")
    assert "Ingen endnu" in page.text
    assert console.services.cases.get(case.id).state is CaseState.NEW
    assert "Bo Bang" in act(log_in("bo"), case, "tag").text


def test_of_two_who_claim_from_the_same_view_the_second_is_told(console, log_in, case, sentence):
    anna, bo = log_in("anna"), log_in("bo")
    seen = bo.get(f"/sager/{case.id}")
    act(anna, case, "tag")
    page = bo.submit(seen, f"/sager/{case.id}/tag")
    assert page.status == 409
    assert page.alert() == sentence("conflict")
    assert "Anna Ås" in page.text
    assert console.services.cases.get(case.id).claimed_name == "Anna Ås"


@pytest.mark.parametrize("version", ["0", "2", "", "x", "1.0", None])
def test_a_form_from_an_older_view_changes_nothing(console, log_in, case, version, sentence):
    browser = log_in("anna")
    fields = filled_in(browser.get(f"/sager/{case.id}").form(f"/sager/{case.id}/tag"))
    fields["version"] = version
    page = browser.post(
        f"/sager/{case.id}/tag", {name: value for name, value in fields.items() if value is not None}
    )
    assert (page.status, page.alert()) == (409, sentence("conflict"))
    assert console.services.cases.get(case.id).state is CaseState.NEW


def test_only_who_has_claimed_a_case_may_close_it(console, log_in, case, sentence):
    act(log_in("anna"), case, "tag")
    browser = log_in("bo")
    page = browser.get(f"/sager/{case.id}")
    assert not page.all("form", action=f"/sager/{case.id}/luk")
    fields = {**filled_in(page.form(f"/sager/{case.id}/note")), "outcome": "answered"}
    page = browser.post(f"/sager/{case.id}/luk", fields)
    assert page.status == 409
    assert sentence("illegal_transition") in page.text
    assert console.services.cases.get(case.id).claimed_name == "Anna Ås"


@pytest.mark.parametrize(
    ("action", "fields", "code"),
    [
        ("note", {"text": ""}, "note_missing"),
        ("note", {"text": " \u200b\n"}, "note_missing"),
        ("luk", {}, "outcome_missing"),
        ("luk", {"outcome": "findes_ikke"}, "outcome_missing"),
    ],
)
def test_a_form_that_lacks_something_is_said_so(console, log_in, case, sentence, action, fields, code):
    browser = log_in("anna")
    act(browser, case, "tag")
    page = act(browser, case, action, **fields)
    assert (page.status, page.alert()) == (400, sentence(code))
    assert len(console.services.cases.events(case.id)) == 2


def test_an_action_that_does_not_exist_does_nothing(console, log_in, case):
    browser = log_in("anna")
    fields = filled_in(browser.get(f"/sager/{case.id}").form(f"/sager/{case.id}/tag"))
    assert browser.post(f"/sager/{case.id}/slet", fields).status in (400, 404)
    assert console.services.cases.get(case.id).version == 1
