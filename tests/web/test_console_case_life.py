"""Answering, forwarding, waiting, promising anew, reopening, merging and searching, from the pages of the console."""

import pytest

from bot.core.cases import CaseState
from bot.core.handoff import HandoffRequest
from bot.core.staff import StaffRole
from tests.web.conftest import PASSWORD
from tests.web.strict_browser import filled_in, words


def act(browser, case, action, page=None, **fields):
    """Open the case and send one of its forms."""
    return browser.submit(page or browser.get(f"/sager/{case.id}"), f"/sager/{case.id}/{action}", **fields)


@pytest.fixture
def anna(log_in, case):
    """A browser in which the case is claimed."""
    browser = log_in("anna")
    act(browser, case, "tag")
    return browser


def mails(console, gateway):
    """Deliver what waits; return the mails to the visitor."""
    console.services.outbox.deliver_due()
    told = [mail for mail in gateway.delivered if mail.recipient == "mette@cafe.dk"]
    return [mail for mail in told if ".receipt@" not in mail.message_id]


def can(page, case):
    return [
        form.get("action").rpartition("/")[2]
        for form in page.all("form")
        if f"/{case.id}/" in (form.get("action") or "")
    ]


def test_a_mail_is_seen_before_it_is_sent_and_then_closes_the_case(console, anna, case, gateway):
    text = "Ja, I må <b>gerne</b>.\n\nHusk naboerne."
    page = anna.get(f"/sager/{case.id}")
    fields = {**filled_in(page.form(f"/sager/{case.id}/svar")), "text": text, "then": "close"}
    page = anna.post(f"/sager/{case.id}/vis-svar", fields)
    shown = words(page.find("div", class_="console-mail"))
    for part in (
        "Den er ikke sendt endnu",
        "mette@cafe.dk",
        "Ja, I må <b>gerne</b>. Husk naboerne.",
        "Anna Ås",
    ):
        assert part in shown
    assert console.services.cases.get(case.id).version == 2
    assert mails(console, gateway) == []
    form = filled_in(page.form(f"/sager/{case.id}/svar"))
    assert (form["text"].strip().replace("\r", ""), form["then"]) == (text, "close")
    page = anna.submit(page, f"/sager/{case.id}/svar")
    assert "Lukket: Besvaret" in page.text
    assert "Ja, I må <b>gerne</b>." in page.text
    [mail] = mails(console, gateway)
    assert mail.reply_to == console.services.content.units.get("bevilling").mailbox
    assert shown.endswith(" ".join(mail.body.split()))


@pytest.mark.parametrize(
    ("action", "fields", "code"),
    [
        ("svar", {"text": "", "then": "stay"}, "reply_missing"),
        ("svar", {"text": "Hej"}, "then_missing"),
        ("vis-svar", {"text": " "}, "reply_missing"),
        ("vent", {"text": ""}, "asked_missing"),
        ("send-videre", {"text": "Fordi", "misrouted": "ja"}, "unit_missing"),
        ("send-videre", {"text": "Fordi", "unit": "jura"}, "misrouted_missing"),
        ("send-videre", {"text": "", "unit": "jura", "misrouted": "nej"}, "why_missing"),
        ("ny-dato", {"text": "Fordi", "answer_by": "i morgen"}, "promise_wrong"),
        ("ny-dato", {"text": "Fordi", "answer_by": "2026-11-28"}, "promise_wrong"),
        ("saml", {"survivor": "findes-ikke"}, "merge_wrong"),
    ],
)
def test_what_a_form_lacks_is_said_and_what_was_typed_is_kept(
    console, anna, case, sentence, action, fields, code
):
    page = anna.get(f"/sager/{case.id}")
    hidden = filled_in(page.form(f"/sager/{case.id}/note"))
    page = anna.post(f"/sager/{case.id}/{action}", {**hidden, **fields})
    assert (page.status, page.alert()) == (400, sentence(code))
    if action != "saml":
        form = filled_in(page.form(f"/sager/{case.id}/{'svar' if action == 'vis-svar' else action}"))
        kept = {name: value for name, value in fields.items() if value.strip()}
        assert {name: form[name].strip() for name in kept} == kept
    assert console.services.cases.get(case.id).version == 2


def test_a_forwarded_case_leaves_the_list_and_can_be_read_by_who_forwarded_it(console, anna, log_in, case):
    page = act(anna, case, "send-videre", unit="jura", misrouted="nej", text="Kontrakten")
    assert page.status == 200
    assert "Du har sendt sagen videre til" in page.text
    assert can(page, case) == []
    assert case.reference not in anna.get("/").text
    assert log_in("bo").get(f"/sager/{case.id}").status == 403
    carl = log_in("carl")
    page = act(carl, case, "tag")
    assert "den anden enhed har også en del af den" in page.text
    assert "Kontrakten" in page.text
    assert not console.services.cases.get(case.id).misrouted
    act(carl, case, "luk", outcome="answered")
    assert anna.get(f"/sager/{case.id}").status == 403


def test_a_unit_waits_and_goes_on_when_the_business_has_answered(console, anna, case, log_in):
    page = act(anna, case, "svar", text="Hvor stort er skiltet?", then="wait")
    assert "Venter på virksomheden" in page.text
    assert "står stille" in page.text
    assert case.reference in anna.get("/?tilstand=waiting").text
    page = act(log_in("bo"), case, "genoptag", text="2 m² sagde de")
    assert "2 m² sagde de" in page.text
    assert console.services.cases.get(case.id).state is CaseState.CLAIMED


def test_a_case_with_only_a_telephone_number_says_call(console, log_in):
    request = HandoffRequest(
        "Øl på fortovet", "Mette Holm", phone="49282828", topic="alkoholbevilling", consent=True
    )
    case = console.services.handoff.submit(request).case
    browser = log_in("anna")
    page = act(browser, case, "tag")
    assert "Ring til virksomheden" in page.text
    assert "svar" not in can(page, case)
    page = act(browser, case, "vent", text="Lagt en besked")
    assert "Venter på virksomheden" in page.text


def test_another_date_is_told_the_visitor_with_its_reason(console, anna, case, gateway):
    page = act(anna, case, "ny-dato", answer_by="2026-12-11", text="Politiet skal høres.")
    assert "11. december 2026" in page.text
    [mail] = mails(console, gateway)
    assert "Politiet skal høres." in mail.body


def test_a_closed_case_is_opened_again_by_a_colleague(console, anna, case, log_in, gateway):
    act(anna, case, "luk", outcome="answered")
    page = act(log_in("bo"), case, "genaabn", text="De ringede")
    assert "De ringede" in page.text
    assert console.services.cases.get(case.id).claimed_name == "Bo Bang"
    assert [mail.subject for mail in mails(console, gateway)] == [f"Din sag {case.reference} er åbnet igen"]


def test_the_same_business_twice_is_shown_and_put_together(console, anna, case, hand_over):
    other = hand_over("Må vi servere øl udenfor?", "alkoholbevilling")
    page = anna.get(f"/sager/{case.id}")
    assert f"Samme sag? Læg den sammen med {other.reference}" in page.text
    page = act(anna, case, "saml", page)
    assert f"Sagen er lagt sammen med {other.reference}" in page.text
    assert can(page, case) == ["akter"]  # its records are taken out even now
    page = anna.get(f"/sager/{other.id}")
    assert f"{case.reference} er lagt sammen med denne sag" in page.text
    assert "Øl på <b>fortovet</b>" in page.text
    assert "Andre sager fra samme virksomhed" not in page.text


def test_the_other_units_case_of_a_business_is_not_shown(anna, case, console):
    request = HandoffRequest("Jura", "Mette", email="mette@cafe.dk", topic=None, consent=True)
    console.services.handoff.submit(request)
    assert "Andre sager fra samme virksomhed" not in anna.get(f"/sager/{case.id}").text


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("/", "taken free"),
        ("/?tilstand=mine", "taken"),
        ("/?tilstand=new", "free"),
        ("/?tilstand=lukkede", "done"),
        ("/?tilstand=closed", "done"),
        ("/?tilstand=over-tid", ""),
        ("/?tilstand=mine&enhed=byggesag", ""),
        ("/?q=caf%C3%A9", "taken free done"),
        ("/?q=CAF%C3%89+%26&tilstand=new", "free"),
        ("/?q=findes+ikke", ""),
        ("/?q=%25", ""),
        (f"/?q={500 * 'x'}", ""),
    ],
)
def test_the_list_is_narrowed_and_searched(anna, case, hand_over, log_in, address, seen):
    cases = {
        "taken": case,
        "free": hand_over("En anden", "alkoholbevilling"),
        "done": hand_over("En tredje", "alkoholbevilling"),
    }
    bo = log_in("bo")
    act(bo, cases["done"], "tag")
    act(bo, cases["done"], "luk", outcome="answered")

    def listed(page):
        return [name for name, one in cases.items() if page.all("a", href=f"/sager/{one.id}")]

    assert listed(anna.get(address)) == seen.split()
    for name, one in cases.items():
        assert listed(anna.get(f"/?q={one.reference}")) == [name]


def test_what_is_over_time_is_a_list_of_its_own(anna, case, clock):
    clock.move(days=30)
    browser = anna
    page = browser.submit(browser.get("/login"), "/login", login="anna", password=PASSWORD)
    assert case.reference in browser.get("/?tilstand=over-tid").text
    assert page.status == 200


def test_a_chief_sees_the_lists_of_all_units_without_words_and_opens_none(console, accounts, log_in, case):
    accounts.add("kaj", "Kaj Chef", StaffRole.CHIEF, (), PASSWORD)
    browser = log_in("kaj")
    page = browser.get("/")
    assert case.reference in page.text
    assert "Café & Co" in page.text
    assert "fortovet" not in page.text
    assert "Mette Holm" not in page.text
    assert not page.all("a", href=f"/sager/{case.id}")
    assert browser.get(f"/sager/{case.id}").status == 403


def test_a_case_that_was_changed_while_a_reply_was_written_sends_nothing_and_keeps_the_words(
    console, anna, case, gateway, sentence
):
    page = anna.get(f"/sager/{case.id}")
    console.services.visitor_acts.visitor_message(
        console.services.cases.get(case.id), "Glem det med fortovet"
    )
    page = act(anna, case, "svar", page, text="Ja, I må gerne.", then="close")
    assert (page.status, page.alert()) == (409, sentence("conflict"))
    assert "Glem det med fortovet" in page.text
    assert mails(console, gateway) == []
    assert filled_in(page.form(f"/sager/{case.id}/svar"))["text"].strip() == "Ja, I må gerne."


def test_a_forward_typed_after_the_login_had_ended_is_back_with_all_that_was_chosen(
    console, anna, case, clock
):
    page = anna.get(f"/sager/{case.id}")
    clock.move(hours=console.services.settings.session_hours)
    page = act(anna, case, "send-videre", page, unit="jura", misrouted="ja", text="Kontrakten")
    page = anna.submit(page, "/login", login="anna", password=PASSWORD)
    form = filled_in(page.form(f"/sager/{case.id}/send-videre"))
    assert (form["unit"], form["misrouted"], form["text"].strip()) == ("jura", "ja", "Kontrakten")
