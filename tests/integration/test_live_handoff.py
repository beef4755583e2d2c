"""Handing a case over in conversation, with the whole bot: corrections, questions, second thoughts, nonsense."""

import re

import pytest
from sqlalchemy import select

from bot.storage.tables import cases, outbox
from tests.integration.live import SECRET, begin_form, last, payloads, said, stored_cases

CPR = "010190-1234"

pytestmark = pytest.mark.slow


def test_a_whole_case_is_handed_over_in_conversation(visitor, live_services):
    visitor.say("Hvad kræver det at servere øl og vin på min café?")
    begin_form(visitor)
    visitor.say(f"Min alkoholbevilling til caféen i {SECRET}")
    assert "CVR-nummer" in said(visitor.say("Café Øresund ApS"))
    wrong = said(visitor.say("12345678"))
    assert "ikke et gyldigt CVR-nummer" in wrong
    assert "Hvad hedder du?" in said(visitor.say("CVR 10150817"))
    visitor.say("Anna Holm")
    replies = visitor.say("Hvor lang tid tager en byggetilladelse?")
    assert replies[0]["topic"] in ("byggesag_tid", "byggetilladelse")
    assert len(replies) == 2
    assert "mail" in last(replies)["text"]
    summary = last(visitor.say("anna@firma.dk"))
    for told in (SECRET, "Café Øresund ApS", "10150817", "Anna Holm", "anna@firma.dk"):
        assert told in summary["text"]
    corrected = visitor.say("nej, min mail er anna@cafe.dk")
    assert "anna@cafe.dk" in last(corrected)["text"]
    assert "anna@firma.dk" not in said(corrected)
    receipt = last(visitor.say("ja"))
    assert re.fullmatch(r"HEL-\d{4}-\d{6}", receipt["case"]["reference"])
    assert receipt["case"]["unit"] == "Bevillinger"
    assert receipt["case"]["reference"] in receipt["text"]

    with live_services.database.reading() as connection:
        row = connection.execute(select(cases).where(cases.c.reference == receipt["case"]["reference"])).one()
        mail = connection.execute(
            select(outbox).where(outbox.c.case_id == row.id).order_by(outbox.c.id)
        ).first()
    case = live_services.cases.get(row.id)
    assert (case.unit, case.topic) == ("bevilling", "alkoholbevilling")
    assert case.summary == f"Min alkoholbevilling til caféen i {SECRET}"
    assert vars(case.contact) == {
        "name": "Anna Holm", "company": "Café Øresund ApS", "cvr": "10150817", "email": "anna@cafe.dk", "phone": "",
        "survey_by": "",
    }  # fmt: skip
    assert case.answer_by.isoformat() == receipt["case"]["answer_by"]
    assert case.answer_by > live_services.today()
    assert case.answer_by.weekday() < 5
    told = [turn.text for turn in case.transcript]
    assert "Hvad kræver det at servere øl og vin på min café?" in told
    assert "nej, min mail er anna@cafe.dk" in told

    live_services.outbox.deliver_due()
    path = live_services.settings.var_dir / "mail" / f"{case.id}.new.eml"
    assert mail.message_id.startswith(f"<{case.id}.new@")
    text = path.read_text(encoding="utf-8")
    assert case.reference in text
    assert f"/sager/{case.id}" in text
    for private in ("Anna", "anna@cafe.dk", "10150817", SECRET):
        assert private not in text


def test_an_answer_of_several_paragraphs_in_the_middle_of_the_form_is_one_message(visitor):
    begin_form(visitor)
    visitor.say("Noget om øl")
    answer, question = visitor.say("Hvad kræver det at servere øl og vin på min café?")
    assert answer["topic"] == "alkoholbevilling"
    assert "\n\n" in answer["text"]
    assert answer["sources"]
    assert question["text"] == "Hvad hedder din virksomhed?"


def test_a_case_without_company_and_cvr_can_be_handed_over(visitor, live_services):
    begin_form(visitor)
    visitor.say("Jeg overvejer at åbne en butik")
    visitor.say("spring over")
    visitor.say("spring over")
    visitor.say("Bo Bang")
    visitor.say("ring på 49 28 28 28")
    receipt = last(visitor.say("ja tak"))
    with live_services.database.reading() as connection:
        row = connection.execute(select(cases).where(cases.c.reference == receipt["case"]["reference"])).one()
    assert (row.company, row.cvr, row.phone, row.unit) == ("", "", "49282828", "erhvervsservice")


@pytest.mark.parametrize(("choice", "survey_by"), [(0, "mail"), (1, "none")])
def test_who_sends_a_case_chooses_whether_to_be_asked_afterwards(visitor, live_services, choice, survey_by):
    begin_form(visitor)
    for line in ("Jeg overvejer at åbne en butik", "spring over", "spring over", "Bo Bang"):
        visitor.say(line)
    question = last(visitor.say("bo@firma.dk eller 20 30 40 50"))
    assert "Bagefter: Vi spørger på mail, hvordan det gik" in question["text"]
    assert payloads(question) == ["Ja, send det", "Ja, men spørg mig ikke bagefter", "Nej, send det ikke"]
    assert "Vi spørger dig ikke" in last(visitor.say("nej, spørg mig ikke bagefter"))["text"]
    assert "Vi spørger på mail" in last(visitor.say("spørg på mail alligevel"))["text"]
    receipt = last(visitor.say(payloads(question)[choice]))
    with live_services.database.reading() as connection:
        row = connection.execute(select(cases).where(cases.c.reference == receipt["case"]["reference"])).one()
    assert row.survey_by == survey_by


def test_what_a_case_is_about_decides_its_unit_over_what_was_asked_before(visitor):
    visitor.say("Hvad kræver det at servere øl og vin på min café?")
    begin_form(visitor)
    for line in (
        "Jeg vil have borde og stole på fortovet",
        "Caféen",
        "spring over",
        "Anna Holm",
        "anna@firma.dk",
    ):
        visitor.say(line)
    assert last(visitor.say("ja"))["case"]["unit"] == "Vej og byrum"


@pytest.mark.parametrize("lines", [[], ["Noget med øl"], ["Noget med øl", "Caféen", "spring over"]], ids=len)
def test_the_form_can_be_broken_off_at_any_time(visitor, live_services, lines):
    before = stored_cases(live_services)
    begin_form(visitor)
    for line in lines:
        visitor.say(line)
    assert "afbrudt" in said(visitor.say("afbryd"))
    assert last(visitor.say("borde og stole på fortovet"))["topic"] == "udeservering"
    assert stored_cases(live_services) == before


def test_nonsense_three_times_ends_the_form_and_names_another_way(visitor, live_services):
    before = stored_cases(live_services)
    begin_form(visitor)
    for line in ("Noget med øl", "Caféen", "spring over", "Anna Holm"):
        visitor.say(line)
    replies = [said(visitor.say(nonsense)) for nonsense in ("xxx", "yyy", "zzz")]
    assert all("mail" in reply for reply in replies[:2])
    assert "/kontakt" in replies[2]
    assert "ikke sendt noget" in replies[2]
    assert last(visitor.say("borde og stole på fortovet"))["topic"] == "udeservering"
    assert stored_cases(live_services) == before


def test_without_consent_nothing_is_stored(visitor, live_services):
    before = stored_cases(live_services)
    begin_form(visitor)
    for line in ("Noget med øl", "Caféen", "spring over", "Anna Holm", "anna@firma.dk"):
        visitor.say(line)
    refused = visitor.say("nej")
    assert "sender jeg ikke noget" in said(refused)
    assert last(refused)["case"] is None
    assert stored_cases(live_services) == before
    begin_form(visitor)  # and nothing told before is remembered
    assert "anna@firma.dk" not in said(visitor.say("Noget andet"))


def test_a_cpr_number_in_the_middle_of_the_form_is_nowhere(visitor, live_services):
    begin_form(visitor)
    for line in (
        f"Mit nummer er {CPR}",
        f"Café {CPR}",
        CPR,
        "spring over",
        f"Anna {CPR}",
        CPR,
        "anna@firma.dk",
    ):
        assert CPR not in said(visitor.say(line))
    assert last(visitor.say("ja"))["case"]
    files = [path for path in live_services.settings.var_dir.rglob("*") if path.is_file()]
    assert {"tracker.db", "genvej.db", "rasa.log", "actions.log"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert CPR.encode() not in content, path.name
        assert CPR.replace("-", "").encode() not in content, path.name
    tracker = b"".join(path.read_bytes() for path in files if path.name.startswith("tracker.db"))
    assert b"[CPR-nummer fjernet]" in tracker
