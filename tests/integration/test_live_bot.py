"""Real conversations in Danish with the whole: the web, Rasa with the trained model, the actions, the database."""

import sqlite3
from datetime import date

import pytest

from bot.content.topic_fields import fields_of, text_with
from bot.core.staff import StaffRole
from tests.integration.live import PERSON, SECRET, last, payloads, said

pytestmark = pytest.mark.slow


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


def test_what_a_private_matter_costs_is_not_answered_with_the_topic_before_it(visitor):
    visitor.say("Hvad kræver det at servere øl og vin på min café?")
    visitor.say("hvordan får jeg fornyet mit pas?")
    assert last(visitor.say("hvad koster det?"))["topic"] is None


def test_what_about_outside_is_understood_from_what_came_before(visitor):
    visitor.say("Hvad kræver det at få lov til at sælge øl på min café i Stengade?")
    assert last(visitor.say("Og hvad så med udendørs?"))["topic"] == "udeservering"


def test_two_questions_get_two_answers(visitor):
    replies = visitor.say("må vi have borde på fortovet, og hvordan får vi et skilt over døren?")
    assert [reply["topic"] for reply in replies if reply["role"] == "bot"] == [
        "udeservering",
        "skiltning_facade",
    ]


def test_a_person_asked_for_beside_a_matter_is_a_button_after_its_answer(visitor):
    replies = visitor.say("hvor søger jeg om udeservering, og kan jeg snakke med en rigtig person?")
    answer, person = [reply for reply in replies if reply["role"] == "bot"]
    assert answer["topic"] == "udeservering"
    assert (person["topic"], payloads(person)) == (PERSON.lstrip("/"), [PERSON])
    assert last(visitor.say("hvad koster det?"))["topic"] == "udeservering"


def test_two_sides_of_one_topic_get_an_answer_each(visitor):
    replies = visitor.say("hvor lang tid tager en alkoholbevilling, og hvordan søger jeg om den?")
    answers = [(reply["topic"], reply["aspect"]) for reply in replies if reply["role"] == "bot"]
    assert answers == [("alkoholbevilling", "tid"), ("alkoholbevilling", "ansoeg")]


def test_a_side_asked_for_before_its_topic_is_kept(visitor):
    visitor.say("hvor lang tid tager det?")
    answer = last(visitor.say("alkoholbevilling"))
    assert (answer["topic"], answer["aspect"]) == ("alkoholbevilling", "tid")


def test_a_side_asked_for_instead_of_choosing_is_about_what_was_offered(visitor):
    question = last(visitor.say("tilladelse"))
    reply = last(visitor.say("hvad koster det?"))
    if reply["topic"]:
        assert (reply["topic"] in question["clarify"], reply["aspect"]) == (True, "pris")
    else:
        assert set(reply["clarify"]) <= set(question["clarify"])
        assert all('"aspekt":"pris"' in payload for payload in payloads(reply)[:-1])


@pytest.mark.parametrize(("words", "place"), [("den første", 0), ("2", 1)])
def test_what_was_offered_can_be_chosen_in_writing(visitor, words, place):
    question = last(visitor.say("tilladelse"))
    assert last(visitor.say(words))["topic"] == question["clarify"][place]


def test_a_question_back_rests_after_small_talk(visitor):
    question = last(visitor.say("tilladelse"))
    visitor.say("tak for hjælpen")
    assert last(visitor.say("2"))["topic"] not in question["clarify"]


def test_a_question_in_english_is_met_in_english_and_answered_in_danish(visitor):
    answer = last(visitor.say("Do I need a liquor licence to serve wine in my café?"))
    assert answer["topic"] == "alkoholbevilling"
    assert answer["text"].startswith("I answer in Danish")


def test_a_german_who_asks_about_a_private_matter_learns_what_the_bot_can_do(visitor):
    reply = last(visitor.say("Wo bekomme ich einen neuen Reisepass für meinen Sohn?"))
    assert "Chatbot" in reply["text"]
    assert PERSON in payloads(reply)


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
    assert last(visitor.say("tilladelse"))["clarify"]
    visitor.say("borde og stole på fortovet")
    assert last(visitor.say("tilladelse"))["clarify"]


def test_a_typed_command_does_not_restart_or_command_the_bot(visitor):
    visitor.say("Hvad kræver det at servere øl og vin på min café?")
    for typed in ("/restart", "/\n/restart", "/session_start", '/alkoholbevilling{"aspekt":"pris"}'):
        assert visitor.say(typed)
    assert last(visitor.say("og hvad koster det?"))["topic"] == "alkoholbevilling"


def test_no_log_knows_what_a_visitor_wrote(visitor, live_services):
    visitor.say(f"Jeg bor i {SECRET} og vil sælge øl")
    visitor.say(f"/{SECRET}")
    for path in live_services.settings.var_dir.glob("*.log"):
        assert SECRET not in path.read_text(encoding="utf-8", errors="replace"), path.name


def test_erasing_a_conversation_takes_it_out_of_rasas_memory(visitor, live_services):
    visitor.say(f"Jeg vil bygge en {SECRET}")
    memory = live_services.settings.var_dir / "tracker.db"
    assert visitor.id.encode() in _database_content(memory)
    assert visitor.erase().status_code == 204
    assert visitor.id.encode() not in _database_content(memory)


def _database_content(path):
    """Return what a reader of the database can see."""
    with sqlite3.connect(path) as connection:
        return "\n".join(connection.iterdump()).encode()


def test_what_an_editor_publishes_and_switches_off_is_said_without_a_restart(visitor, live_services):
    editorial, words = live_services.editorial, "Så meget skal du skyde ind i et selskab."
    ida = live_services.staff.add("ida", "Ida", StaffRole.EDITOR, (), "argon")
    text = editorial.text("selskabskapital")
    fields = fields_of(text)
    changed = text_with(text, {**fields, "short": f"{words} {fields['short']}"})
    editorial.publish(ida, "selskabskapital", changed, "Tydeligere", after=0)
    assert words in said(visitor.say("Hvor stor er selskabskapitalen i et ApS?"))
    editorial.switch_off(ida, "selskabskapital", "Reglerne ændres i dag.", "Lovændring", after=1)
    reply = last(visitor.say("Hvor stor er selskabskapitalen i et ApS?"))
    assert reply["text"] == "Reglerne ændres i dag."
    assert payloads(reply) == [PERSON]
    editorial.switch_on(ida, "selskabskapital", "På plads", after=2)
    editorial.take_back(ida, "selskabskapital", 0, "Slut", after=3)
    assert words not in said(visitor.say("Hvor stor er selskabskapitalen i et ApS?"))
