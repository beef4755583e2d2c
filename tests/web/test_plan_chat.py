"""A plan in the chat: what was told, one question at a time, a summary, and breaking off at any time."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

CAFE = "jeg vil åbne en café i Stengade"
OFFER = "Du kan begynde."
PERSON = {
    "title": "Tal med en medarbejder",
    "payload": "/tal_med_medarbejder",
    "topic": "tal_med_medarbejder",
}


@pytest.fixture
def offers(rasa, content):
    """Let Rasa offer the plan for a café as actions/offering.py does."""
    words = content.phrases["plan"]
    button = {"title": words.say("offer_choice"), "payload": "/plan/cafe", "topic": None}
    text = f"{OFFER}\n\n{words.say('offer', link='/plan/cafe')}"
    rasa.says({"text": text, "buttons": [button, PERSON]}, {"custom": {"topic": "start_virksomhed"}})


@pytest.fixture
def talk(visitor, offers):
    """Say one thing after the other; give the last reply."""

    def go(*texts):
        for text in texts:
            reply = visitor.say(text)[-1]
        return reply

    return go


@pytest.fixture
def tap(visitor):
    """Tap a button of a reply; give the last reply to it."""

    def go(reply, title):
        [payload] = [choice["payload"] for choice in reply["choices"] if choice["title"] == title]
        return visitor.tap(payload)[-1]

    return go


@pytest.fixture
def begun(talk, tap):
    """The first question, after a plan was offered."""
    return tap(talk(CAFE), "Lav planen her")


def titles(reply):
    return [choice["title"] for choice in reply["choices"]]


def answers(reply):
    """What the address of a summary, or of the button that goes on, has."""
    address = re.search(r"/plan/cafe\S*", reply["text"]) or re.match(r".*", reply["choices"][0]["payload"])
    return dict(parse_qsl(urlsplit(address.group()).query))


def test_what_was_told_is_in_the_offer_and_not_asked(talk, tap):
    offer = talk("jeg vil åbne en café i Stengade med udeservering og øl, starter 1. marts")
    assert (
        "Du har fortalt, at du vil servere alkohol, at du vil have borde og stole udenfor, at du kan begynde 1. marts "
        "2027 og at stedet er Stengade." in offer["text"]
    )
    assert offer["text"].startswith(OFFER)
    told = answers(offer)
    assert (told["alkohol"], told["ude"], told["start"][5:], told["hvor"]) == (
        "ja",
        "ja",
        "03-01",
        "Stengade",
    )
    assert set(told["fortalt"].split(".")) == {"alkohol", "ude", "start", "hvor"}
    question = tap(offer, "Lav planen her")
    assert "Hvilken form" in question["text"]
    asked = [talk(text)["text"] for text in ("ApS", "ja", "nej", "nej")]
    assert not any("øl, vin" in text for text in asked)
    offered_anew = talk("hvad koster det at åbne en café?")
    assert titles(offered_anew)[0] == "Fortsæt med planen"
    question = tap(offered_anew, "Fortsæt med planen")
    assert "borde og stole udenfor" in question["text"]
    assert titles(question)[0].startswith("Ja, ud for")


def test_what_was_told_in_an_earlier_message_counts_too(talk, tap):
    talk("vi er to, der overtager en café, og vi vil sælge øl")
    told = answers(talk(CAFE))
    assert (told["alkohol"], told["ny_anvendelse"]) == ("ja", "nej")


def test_what_was_asked_or_tapped_was_not_told(visitor, talk, tap):
    talk("må jeg sælge øl på en café?")
    assert set(answers(talk(CAFE))) == {"hvor", "fortalt"}


def test_the_number_of_a_house_never_stands_in_an_address(talk):
    offer = talk("jeg vil åbne en café på Stengade 12, 2. tv. i Helsingør, mit navn er Mette Holm")
    assert answers(offer)["hvor"] == "Stengade"
    assert "12" not in offer["choices"][0]["payload"]
    assert "Mette" not in offer["choices"][0]["payload"]


def test_the_questions_are_asked_one_at_a_time_with_buttons(begun, tap, rasa):
    assert "Hvilken form skal virksomheden have?" in begun["text"]
    assert titles(begun)[-2:] == ["Ved ikke", "Vis planen nu"]
    heard = len(rasa.messages)
    reply = begun
    for title in ("ApS", "Ja", "Nej", "Ja", "Nej", "Nej", "Ja", "Nej", "Nej"):
        reply = tap(reply, title)
    assert re.match(r"Din plan har \d+ trin", reply["text"])
    assert "Tjek, at lokalet må bruges til servering" in reply["text"]
    assert "20.000 kr. i kapital" in reply["text"]
    assert "Priser, jeg ikke kender" in reply["text"]
    assert answers(reply)["form"] == "aps"
    assert len(rasa.messages) == heard


def test_one_sentence_can_answer_everything(begun, talk):
    reply = talk(
        "ApS i en tidligere café, ingen ombygning, kun kaffe og kager, vin og øl, borde foran facaden, "
        "vi lukker kl. 22, ingen musik, intet skilt, bare mig selv"
    )
    assert reply["text"].startswith("Din plan har")
    assert "for en sikkerheds skyld" not in reply["text"]


def test_an_answer_can_be_mended_after_the_summary(begun, talk):
    summary = talk("vis planen nu")
    assert "for en sikkerheds skyld" in summary["text"]
    mended = talk("vi vil alligevel ikke have alkohol")
    assert answers(mended)["alkohol"] == "nej"
    assert int(re.search(r"\d+", mended["text"]).group()) < int(re.search(r"\d+", summary["text"]).group())


def test_an_old_button_changes_its_answer_and_no_later_one(begun, tap, talk):
    tap(begun, "ApS")
    talk("nej", "nej")
    reply = tap(begun, "A/S")
    found = answers(reply)
    assert (found["form"], found["ny_anvendelse"]) == ("as", "nej")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("vi vil have et ApS og en enkeltmandsvirksomhed", "plan_both"),
        ("vi åbner i går", "day_past"),
        ("vi åbner den 31. februar", "day_unreadable"),
        ("vi åbner om ti år", "day_far"),
        ("starter om 3 måneder og åbner om 2 måneder", "day_order"),
        ("-3 ansatte", "staff_negative"),
        ("minus 3 ansatte", "staff_negative"),
    ],
)
def test_what_cannot_be_gets_one_sentence_and_another_try(begun, talk, tap, sentence, text, code):
    reply = talk(text)
    assert reply["text"].startswith(sentence(code))
    assert "Hvilken form skal virksomheden have?" in reply["text"]
    assert "ny_anvendelse" not in answers(reply)
    assert "Skal lokalet" in tap(reply, "ApS")["text"]


def test_what_is_not_understood_gets_one_sentence_and_the_buttons_again(begun, talk, rasa, content, sentence):
    rasa.says({"text": content.phrases["answer"].say("rephrase"), "buttons": [PERSON]})
    reply = talk("bla bla")
    assert reply["text"].startswith(sentence("plan_unread"))
    assert titles(reply) == titles(begun)


def test_a_question_is_answered_and_the_plan_goes_on(begun, talk, tap, rasa):
    tap(begun, "ApS")
    rasa.says({"text": "Det koster 670 kr.", "buttons": [PERSON]}, {"custom": {"topic": "cvr_registrering"}})
    reply = talk("hvad koster det?")
    assert reply["text"] == "Det koster 670 kr."
    assert titles(reply) == ["Fortsæt med planen", "Tal med en medarbejder"]
    assert "Skal lokalet" in tap(reply, "Fortsæt med planen")["text"]


def test_an_answer_beside_a_question_counts(begun, talk, tap, rasa):
    rasa.says({"text": "Det koster 670 kr."}, {"custom": {"topic": "cvr_registrering"}})
    reply = talk("ApS, hvad koster det?")
    assert answers(reply) == {"form": "aps", "hvor": "Stengade", "fortalt": "hvor"}


def test_a_statement_after_a_question_is_still_an_answer_but_a_bare_yes_is_none(begun, talk, rasa):
    rasa.says({"text": "Det koster 670 kr."}, {"custom": {"topic": "cvr_registrering"}})
    talk("hvad koster det?")
    assert talk("ja")["text"] == "Det koster 670 kr."
    assert "Skal lokalet" in talk("et ApS")["text"]


def test_the_plan_can_be_stopped_and_taken_up_again(begun, talk, tap, rasa):
    tap(begun, "ApS")
    stopped = talk("stop")
    assert titles(stopped) == ["Fortsæt med planen"]
    rasa.says({"text": "Hej igen."}, {"custom": {"topic": "hils"}})
    talk("hej")
    assert "Skal lokalet" in talk("fortsæt planen")["text"]


@pytest.mark.parametrize("text", ["tal med en medarbejder", "jeg vil gerne snakke med en sagsbehandler"])
def test_a_person_can_be_asked_for_at_any_time(begun, talk, rasa, text):
    rasa.says({"text": "Hvad drejer det sig om?"})
    reply = talk(text)
    assert reply["text"] == "Hvad drejer det sig om?"
    assert reply["choices"] == []
    talk("ja")
    assert rasa.messages[-1] == "ja"


def test_a_plan_that_is_only_offered_takes_no_answers_but_a_yes(talk, rasa):
    talk(CAFE)
    assert "Hvilken form" in talk("ja tak")["text"]


def test_without_an_offer_nothing_is_the_plans(visitor, rasa):
    rasa.says({"text": "Hej."}, {"custom": {"topic": "hils"}})
    visitor.say("hej")
    for text in ("ja", "stop", "fortsæt planen", "vis planen", "ApS"):
        assert visitor.say(text)[-1]["text"] == "Hej."


def test_a_wrong_day_in_the_first_sentence_is_told_with_the_offer(talk, sentence):
    offer = talk("jeg vil åbne en café i Stengade, vi åbner 31. februar")
    assert sentence("day_unreadable") in offer["text"]
    assert "aabning" not in answers(offer)


def test_a_payload_that_was_not_offered_is_refused(visitor, begun):
    assert visitor.send({"payload": "/plan/cafe?form=kaos"}).status_code == 400


def test_the_plan_is_asked_while_rasa_is_away(begun, tap, rasa):
    rasa.stop()
    assert "Skal lokalet" in tap(begun, "ApS")["text"]


def test_a_trade_without_a_plan_of_its_own_is_offered_the_general_one_in_one_sentence(visitor, rasa, content):
    words = content.phrases["plan"]
    button = {"title": words.say("offer_choice"), "payload": "/plan/start", "topic": None}
    text = f"{OFFER}\n\n{words.say('offer_general', link='/plan/start')}"
    rasa.says({"text": text, "buttons": [button, PERSON]}, {"custom": {"topic": "start_virksomhed"}})
    said = visitor.say("jeg vil starte som klovn med et ApS")[-1]["text"]
    assert said.count("/plan/start") == 1
    assert "ikke en plan til netop dit fag" in said
    assert "form=aps" in said
