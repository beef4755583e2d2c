"""Real conversations in Danish with the whole: the web, Rasa with the trained model, the actions, the database."""

import re
import sqlite3
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.bootstrap import build_services
from bot.storage.tables import cases, outbox
from bot.web import public_app
from tests.servers import dialogue_engine, live_settings, serving
from tests.web.visitor import Visitor

CPR = "010190-1234"
SECRET = "rabarberkvarter"
PERSON = "/tal_med_medarbejder"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def services(tmp_path_factory, content):
    found = build_services(live_settings(tmp_path_factory.mktemp("live")), content=content)
    found.database.migrate()
    with dialogue_engine(found.settings):
        yield found


@pytest.fixture(scope="module")
def address(services):
    with serving(public_app.create_app(services, name="live"), services.settings.web_port) as found:
        yield found


@pytest.fixture
def visitor(address):
    return Visitor(address)


def last(replies):
    return replies[-1]


def payloads(message):
    return [choice["payload"] for choice in message["choices"]]


def said(replies):
    return "\n".join(message["text"] for message in replies)


def stored_cases(services):
    with services.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(cases)).scalar_one()


def begin_form(visitor):
    """Ask for a person; return what the form says first."""
    replies = visitor.say("Jeg vil gerne tale med en medarbejder")
    assert replies[0]["topic"] == "tal_med_medarbejder"
    assert "Hvad drejer det sig om?" in said(replies)
    return replies


def test_a_business_question_is_answered_in_one_reply_with_its_source(visitor):
    [answer] = visitor.say("Hvad kræver det at få lov til at sælge øl på min café i Stengade?")
    assert answer["topic"] == "alkoholbevilling"
    assert "alkoholbevilling" in answer["text"]
    assert "\n\n\n" not in answer["text"]
    assert answer["unit"] == {"id": "bevilling", "name": "Bevillinger"}
    assert answer["sources"]
    for source in answer["sources"]:
        assert source["url"].startswith("https://")
        assert date.fromisoformat(source["checked"]) > date(2026, 1, 1)
    assert PERSON in payloads(answer)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Hvor meget skal der skydes ind i et ApS?", "selskabskapital"),
        ("borde og stole på fortovet", "udeservering"),
        ("hvordan sender jeg en faktura til kommunen", "e_faktura"),
        ("Hej", "hils"),
        ("er du en robot?", "er_du_robot"),
        ("tak for hjælpen", "tak"),
    ],
)
def test_common_questions_are_understood(visitor, question, topic):
    assert last(visitor.say(question))["topic"] == topic


def test_two_questions_in_one_message_get_a_reply_each(visitor):
    replies = visitor.say(
        "Hvordan sender jeg en faktura til kommunen, og hvad kræver det at servere øl på min café?"
    )
    assert [reply["topic"] for reply in replies] == ["e_faktura", "alkoholbevilling"]
    assert all(reply["sources"] for reply in replies)


def test_what_it_costs_is_asked_of_the_topic_before(visitor):
    visitor.say("Hvad kræver det at servere øl og vin på min café?")
    answer = last(visitor.say("og hvad koster det?"))
    assert (answer["topic"], answer["aspect"]) == ("alkoholbevilling", "pris")


def test_what_it_costs_without_a_topic_is_asked_back(visitor):
    answer = last(visitor.say("hvad koster det?"))
    assert answer["topic"] is None
    assert not answer["sources"]


def test_an_unclear_message_is_asked_back_and_tapping_a_topic_answers_it(visitor):
    question = last(visitor.say("tilladelse"))
    assert question["topic"] is None
    assert 2 <= len(question["clarify"]) <= 3
    choice = question["choices"][0]
    assert choice["topic"] == question["clarify"][0]
    answer = last(visitor.tap(choice["payload"]))
    assert answer["topic"] == choice["topic"]
    assert answer["sources"]


def test_a_side_of_the_topic_can_be_tapped(visitor):
    answer = last(visitor.say("Hvad kræver det at servere øl og vin på min café?"))
    side = next(payload for payload in payloads(answer) if "aspekt" in payload)
    reply = last(visitor.tap(side))
    assert reply["topic"] == "alkoholbevilling"
    assert f'"aspekt":"{reply["aspect"]}"' in side


def test_messages_that_are_not_understood_walk_the_ladder_to_a_person(visitor):
    steps = [last(visitor.say("tilladelse")) for _ in range(3)]
    assert all(step["topic"] is None for step in steps)
    assert steps[0]["clarify"]
    assert not steps[1]["clarify"]
    assert len(steps[1]["choices"]) > 1
    assert payloads(steps[2]) == [PERSON]
    assert "medarbejder" in steps[2]["text"]
    assert "Hvad drejer det sig om?" in said(visitor.tap(PERSON))


def test_none_of_the_topics_leads_on_down_the_ladder(visitor):
    visitor.say("tilladelse")
    offer = last(visitor.tap("/ingen_af_dem"))
    assert PERSON in payloads(offer)
    assert not offer["clarify"]


def test_an_answer_begins_the_ladder_anew(visitor):
    visitor.say("tilladelse")
    visitor.say("borde og stole på fortovet")
    assert last(visitor.say("tilladelse"))["clarify"]


def test_a_typed_command_does_not_restart_or_command_the_bot(visitor):
    visitor.say("Hvad kræver det at servere øl og vin på min café?")
    for typed in ("/restart", "/\n/restart", "/session_start", '/alkoholbevilling{"aspekt":"pris"}'):
        assert visitor.say(typed)
    assert last(visitor.say("og hvad koster det?"))["topic"] == "alkoholbevilling"


def test_a_whole_case_is_handed_over_in_conversation(visitor, services):
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

    with services.database.reading() as connection:
        row = connection.execute(select(cases).where(cases.c.reference == receipt["case"]["reference"])).one()
        mail = connection.execute(select(outbox).where(outbox.c.case_id == row.id)).one()
    case = services.cases.get(row.id)
    assert (case.unit, case.topic) == ("bevilling", "alkoholbevilling")
    assert case.summary == f"Min alkoholbevilling til caféen i {SECRET}"
    assert vars(case.contact) == {
        "name": "Anna Holm", "company": "Café Øresund ApS", "cvr": "10150817", "email": "anna@cafe.dk", "phone": "",
    }  # fmt: skip
    assert case.answer_by.isoformat() == receipt["case"]["answer_by"]
    assert case.answer_by > services.today()
    assert case.answer_by.weekday() < 5
    told = [turn.text for turn in case.transcript]
    assert "Hvad kræver det at servere øl og vin på min café?" in told
    assert "nej, min mail er anna@cafe.dk" in told

    services.outbox.deliver_due()
    path = services.settings.var_dir / "mail" / f"{case.id}.new.eml"
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


def test_a_case_without_company_and_cvr_can_be_handed_over(visitor, services):
    begin_form(visitor)
    visitor.say("Jeg overvejer at åbne en butik")
    visitor.say("spring over")
    visitor.say("spring over")
    visitor.say("Bo Bang")
    visitor.say("ring på 49 28 28 28")
    receipt = last(visitor.say("ja tak"))
    with services.database.reading() as connection:
        row = connection.execute(select(cases).where(cases.c.reference == receipt["case"]["reference"])).one()
    assert (row.company, row.cvr, row.phone, row.unit) == ("", "", "49282828", "erhvervsservice")


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
def test_the_form_can_be_broken_off_at_any_time(visitor, services, lines):
    before = stored_cases(services)
    begin_form(visitor)
    for line in lines:
        visitor.say(line)
    assert "afbrudt" in said(visitor.say("afbryd"))
    assert last(visitor.say("borde og stole på fortovet"))["topic"] == "udeservering"
    assert stored_cases(services) == before


def test_nonsense_three_times_ends_the_form_and_names_another_way(visitor, services):
    before = stored_cases(services)
    begin_form(visitor)
    for line in ("Noget med øl", "Caféen", "spring over", "Anna Holm"):
        visitor.say(line)
    replies = [said(visitor.say(nonsense)) for nonsense in ("xxx", "yyy", "zzz")]
    assert all("mail" in reply for reply in replies[:2])
    assert "/kontakt" in replies[2]
    assert "ikke sendt noget" in replies[2]
    assert last(visitor.say("borde og stole på fortovet"))["topic"] == "udeservering"
    assert stored_cases(services) == before


def test_without_consent_nothing_is_stored(visitor, services):
    before = stored_cases(services)
    begin_form(visitor)
    for line in ("Noget med øl", "Caféen", "spring over", "Anna Holm", "anna@firma.dk"):
        visitor.say(line)
    refused = visitor.say("nej")
    assert "sender jeg ikke noget" in said(refused)
    assert last(refused)["case"] is None
    assert stored_cases(services) == before
    begin_form(visitor)  # and nothing told before is remembered
    assert "anna@firma.dk" not in said(visitor.say("Noget andet"))


def test_a_cpr_number_in_the_middle_of_the_form_is_nowhere(visitor, services):
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
    files = [path for path in services.settings.var_dir.rglob("*") if path.is_file()]
    assert {"tracker.db", "genvej.db", "rasa.log", "actions.log"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert CPR.encode() not in content, path.name
        assert CPR.replace("-", "").encode() not in content, path.name
    tracker = b"".join(path.read_bytes() for path in files if path.name.startswith("tracker.db"))
    assert b"[CPR-nummer fjernet]" in tracker


def test_no_log_knows_what_a_visitor_wrote(visitor, services):
    visitor.say(f"Jeg bor i {SECRET} og vil sælge øl")
    visitor.say(f"/{SECRET}")
    for path in services.settings.var_dir.glob("*.log"):
        assert SECRET not in path.read_text(encoding="utf-8", errors="replace"), path.name


def test_erasing_a_conversation_takes_it_out_of_rasas_memory(visitor, services):
    visitor.say(f"Jeg vil bygge en {SECRET}")
    memory = services.settings.var_dir / "tracker.db"
    assert visitor.id.encode() in _database_content(memory)
    assert visitor.erase().status_code == 204
    assert visitor.id.encode() not in _database_content(memory)


def _database_content(path):
    """Return what a reader of the database can see."""
    with sqlite3.connect(path) as connection:
        return "\n".join(connection.iterdump()).encode()
