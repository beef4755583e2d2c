"""The contact form: the way to a person that needs neither JavaScript nor the bot."""

import json
import re

import pytest
from sqlalchemy import select

from bot.bootstrap import now
from bot.storage.tables import cases, outbox
from tests.web.strict_browser import StrictBrowser, filled_in

FILLED = {
    "summary": "Må jeg stille borde på fortovet i Stengade?",
    "topic": "udeservering",
    "company": "Café Øresund",
    "cvr": "10 15 08 17",
    "name": "Anna Holm",
    "email": "Anna@Cafe.dk",
    "phone": "49 28 28 28",
    "consent": "1",
}


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def rows(web, table):
    with web.services.database.reading() as connection:
        return connection.execute(select(table)).all()


def write(browser, path="/kontakt", **changes):
    fields = {name: value for name, value in {**FILLED, **changes}.items() if value is not None}
    return browser.submit(browser.get(path), "/kontakt", **fields)


def test_a_case_is_sent_and_the_receipt_names_number_unit_and_date(browser, web):
    page = write(browser)
    [case] = rows(web, cases)
    assert page.status == 200
    assert case.reference in page.text
    assert "Vej og byrum" in page.text
    assert re.search(r"senest \w+dag den \d+\. \w+ 20\d\d", page.text)
    assert (case.unit, case.topic, case.cvr, case.email, case.phone) == (
        "vej_byrum", "udeservering", "10150817", "anna@cafe.dk", "49282828",
    )  # fmt: skip
    assert (case.company, case.name, case.transcript) == ("Café Øresund", "Anna Holm", [])
    mails = rows(web, outbox)
    assert [(mail.case_id, mail.recipient) for mail in mails[1:]] == [(case.id, "anna@cafe.dk")]


def test_the_form_sent_twice_is_one_case_with_the_same_receipt(browser, web):
    page = browser.get("/kontakt")
    receipts = [browser.submit(page, "/kontakt", **FILLED) for _ in range(2)]
    assert receipts[0].text == receipts[1].text
    assert (len(rows(web, cases)), len(rows(web, outbox))) == (1, 2)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"summary": ""}, "summary", "summary_missing"),
        ({"summary": " \u200b "}, "summary", "summary_missing"),
        ({"name": ""}, "name", "name_missing"),
        ({"name": "x" * 121}, "name", "name_long"),
        ({"cvr": "12345678"}, "cvr", "cvr_check"),
        ({"cvr": "123"}, "cvr", "cvr_length"),
        ({"email": "", "phone": ""}, "email", "contact_missing"),
        ({"email": "anna@", "phone": ""}, "email", "email_wrong"),
        ({"consent": None}, "consent", "consent_missing"),
    ],
    ids=lambda value: json.dumps(value)[:30] if isinstance(value, dict) else None,
)
def test_a_mistake_is_named_at_its_field_and_what_was_typed_is_kept(
    browser, web, sentence, changes, field, code
):
    page = write(browser, **changes)
    assert page.status == 400
    assert sentence(code) in page.alert()
    wrong = page.find(id=field)
    assert wrong.get("aria-invalid") == "true"
    error = f"{field}-fejl"
    assert error in (wrong.get("aria-describedby") or "").split()
    assert sentence(code) in "".join(page.find(id=error).itertext())
    typed = {name: value for name, value in {**FILLED, **changes}.items() if value is not None}
    kept = filled_in(page.form("/kontakt"))
    assert {name: kept.get(name, "").strip() for name in typed} == {
        name: value.strip() for name, value in typed.items()
    }
    assert rows(web, cases) == []


def test_after_mending_the_mistake_the_case_is_sent(browser, web):
    page = write(browser, cvr="12345678")
    page = browser.submit(page, "/kontakt", cvr="10150817")
    assert page.status == 200
    assert [case.cvr for case in rows(web, cases)] == ["10150817"]


def test_an_unknown_topic_goes_to_the_unit_that_shares_out(browser, web):
    write(browser, topic="findes_ikke")
    assert [(case.topic, case.unit) for case in rows(web, cases)] == [(None, "erhvervsservice")]


def test_a_cpr_number_in_the_form_is_masked(browser, web):
    write(browser, summary="Mit nummer er 010190-1234", name="Anna 010190-1234")
    stored = str(rows(web, cases))
    assert "010190" not in stored
    assert stored.count("[CPR-nummer fjernet]") == 2


def test_a_conversation_before_the_form_goes_with_the_case(browser, web, rasa):
    browser.submit(browser.get("/"), "/samtale", "text", text="Må jeg stille borde ud?")
    write(browser)
    [case] = rows(web, cases)
    assert "Må jeg stille borde ud?" in [turn["text"] for turn in case.transcript]


def test_the_form_works_while_the_bot_is_down(browser, rasa, web):
    rasa.stop()
    assert write(browser).status == 200
    assert len(rows(web, cases)) == 1


def test_a_sixth_form_in_a_minute_is_told_to_wait(make_web):
    web = make_web(at=now, rate_limit=1)
    browser = StrictBrowser(web.address)
    pages = [write(browser) for _ in range(6)]
    assert [page.status for page in pages] == [200] * 5 + [429]
    assert re.search(r"Vent \d+ sekunder", pages[-1].text)
    assert len(rows(web, cases)) == 5
