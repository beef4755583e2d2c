"""An amount or an EAN number in a message is worked out before the general answer."""

import json
from datetime import date

import pytest

from actions.understanding import asked_of
from bot.bootstrap.loading import load_calculations
from bot.core.assistant import Assistant
from bot.core.calculations import Asked, Calculated, Calculations, Mention
from bot.core.deadline_rules import DeadlineRules
from bot.core.deadline_texts import Deadlines
from bot.core.readability import lix
from bot.understanding.entities.entity import as_json
from bot.understanding.entities.extractor import Extractor

TODAY = date(2026, 11, 23)
TENDERS = ("taerskelvaerdi", "udbudsprocedure", "licitation_bygge", "bliv_leverandoer", "byd_paa_opgave")


@pytest.fixture(scope="module")
def extractor(content):
    return Extractor(content.places, content.postcodes, content.trades)


@pytest.fixture(scope="module")
def asked(extractor):
    """A message as it comes through Rasa: what is found in it has been JSON on the way."""

    def make(text):
        found = json.loads(json.dumps([as_json(entity) for entity in extractor.extract(text, TODAY)]))
        return asked_of(FakeTracker(text, found))

    return make


class FakeTracker:
    def __init__(self, text, entities):
        self.latest_message = {"text": text, "entities": entities}


@pytest.fixture(scope="module")
def calculations(content):
    none = Deadlines(DeadlineRules([]), content.knowledge, {}, content.phrases["deadline"])
    return load_calculations(content, none)


@pytest.fixture(scope="module")
def say(calculations, asked):
    def answer(text, topic="taerskelvaerdi"):
        made = calculations.of(asked(text), topic, TODAY)
        return made.text if made else None

    return answer


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("Et malerarbejde til 1,2 mio. kr. uden moms", "Et malerarbejde til 1.200.000 kr. uden moms:", "underhåndsbud"),
        ("vi skal renovere en skole for 4 mio. kr. ekskl. moms", "En renovering til 4.000.000 kr.", "holde licitation"),
        ("tagrenovering til 250.000 kr uden moms", "En renovering til 250.000 kr.", "Ét tilbud kan være nok"),
        ("levering af møbler til 1.611.360 kr. uden moms", "Et køb af møbler", "holde EU-udbud"),
        ("levering af møbler til 1.611.359 kr. uden moms", "Et køb af møbler", "markedets vilkår"),
        ("kan I købe kontorstole for 40.000 kr uden moms", "Et køb af kontorstole", "købe direkte"),
        ("levering til 40.000 kr uden moms", "Et køb af varer", "købe direkte"),
        ("rengoering af skoler for 2 mio. kr. uden moms", "En opgave med rengøring", "holde EU-udbud"),
        ("raadgivning til 600.000 kr uden moms", "En opgave med rådgivning", "markedets vilkår"),
        ("patientkørsel til 600.000 kr uden moms", "En opgave med kørsel", "markedets vilkår"),
        ("hjemmepleje for 6 mio. kr. uden moms", "En opgave med hjemmepleje", "de lettere regler"),
        ("undervisning til 2 mio. kr. uden moms", "En opgave med undervisning", "har jeg ikke kunnet bekræfte"),
        ("pleje af grønne områder for 600.000 kr uden moms", "En opgave med grønne områder", "markedets vilkår"),
        ("it-udstyr til staten for 1.044.400 kr uden moms", "Et køb af it-udstyr", "Staten skal holde EU-udbud"),
        ("it-udstyr til kommunen for 1.044.400 kr uden moms", "Et køb af it-udstyr", "markedets vilkår"),
        ("møbler for 625.000 kr. inkl. moms", "Et køb af møbler til 500.000 kr. uden moms:", "Momsen er trukket fra."),
        ("møbler for 400.000 kr. om året i fire år ekskl. moms", "Et køb af møbler til 1.600.000 kr.", "i 4 år giver"),
        ("møbler for 402.840 kr. årligt i 4 år uden moms", "Et køb af møbler til 1.611.360 kr.", "holde EU-udbud"),
        ("fireårig aftale om møbler, 402.840 kr. om året uden moms", "Et køb af møbler til 1.611.360 kr.", "EU-udbud"),
        ("møbler for 400.000 kr. om året uden moms", "Et køb af møbler til 400.000 kr.", "kun regnet med ét år"),
        ("møbler, 400.000 kr. uden moms, med option på 300.000 kr.", "Et køb af møbler til 700.000 kr.", "Optionen er"),
        ("byggeri mellem 2 og 4 mio. kr. uden moms", "Et byggeri til 4.000.000 kr.", "det højeste beløb"),
    ],
)  # fmt: skip
def test_a_message_with_an_amount_is_answered_for_that_amount(say, text, begins, holds):
    said = say(text)
    assert said.startswith(begins), said
    assert holds in said
    assert "kr.." not in said
    assert "{" not in said


def test_without_a_kind_it_says_what_it_assumed_and_gives_the_other_in_a_line(say):
    said = say("en opgave til 1 mio. kr. uden moms")
    assert "Kommunen skal købe på markedets vilkår" in said
    assert (
        "Jeg har regnet med varer eller tjenester. Er det byggeri, kan kommunen hente to-tre underhåndsbud"
        in said
    )
    works = say("en opgave til 1 mio. kr. uden moms", "licitation_bygge")
    assert "Kommunen kan efter tilbudsloven hente to-tre underhåndsbud" in works
    assert "Er det varer eller tjenester, skal kommunen købe på markedets vilkår" in works


def test_without_a_word_about_vat_it_says_so_and_what_else_would_hold(say):
    said = say("møbler til 1.700.000 kr.")
    assert (
        "Jeg har regnet med, at beløbet er uden moms. Er det med moms, skal kommunen købe på markedets vilkår"
        in said
    )
    assert "Er det med moms" not in say("møbler til 5 mio. kr.")


def test_two_kinds_are_said_to_be_mixed(say):
    said = say("renovering og rengøring for 2 mio. kr. uden moms")
    assert "Du nævner både byggeri og tjenester." in said
    assert "Er det tjenester, skal kommunen holde EU-udbud." in said


def test_several_amounts_are_not_chosen_between(say):
    said = say("er grænsen 500.000 kr. eller 1,6 mio. kr.?")
    assert said.startswith("Du nævner flere beløb: 500.000 kr., 1.600.000 kr. Skriv ét ad gangen")
    assert say("500.000 kr. uden moms, altså 500.000 kr.").startswith("En opgave til 500.000 kr.")


def test_contradicting_words_about_vat_are_taken_as_none(say):
    said = say("100.000 kr. til møbler, er det med moms eller uden moms jeg skal skrive?")
    assert "Jeg har regnet med, at beløbet er uden moms." in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("byggeri til 0 kr.", "Beløbet skal være over nul."),
        ("byggeri til 900.000 mia. kr.", "Beløbet er større, end nogen opgave kan være."),
    ],
)
def test_an_amount_that_no_job_has_gets_one_clear_sentence(say, text, sentence):
    assert say(text).startswith(sentence)


def test_the_day_of_the_notice_decides_which_limit_holds(say):
    old = say("møbler til 1.620.000 kr. uden moms, offentliggjort 31. december 2025")
    assert "1.644.638 kr." in old
    assert "fra 1. januar 2024 til 31. december 2025" in old
    new = say("møbler til 1.620.000 kr. uden moms, offentliggjort 1. januar 2026")
    assert "holde EU-udbud" in new
    later = say("møbler til 1.620.000 kr. uden moms, der bliver offentliggjort 1. januar 2028")
    assert "Jeg kender ikke" in later
    assert "jeg gætter ikke" in later
    assert "1.611.360" not in later


def test_another_date_is_not_the_day_of_the_notice(say):
    assert "1.611.360 kr." in say("møbler til 1.620.000 kr. uden moms, levering 1. marts 2028")


@pytest.mark.parametrize(
    "text", ["hvad er grænsen for EU-udbud", "møbler til 10.000 euro", "vi er 40 ansatte", ""]
)
def test_without_an_amount_in_kroner_nothing_is_added(say, text):
    assert say(text) is None


@pytest.mark.parametrize("topic", TENDERS)
def test_every_tender_topic_works_it_out(say, topic):
    assert say("møbler til 40.000 kr. uden moms", topic)


@pytest.mark.parametrize("topic", ["espd", "moms", "e_faktura", "byggetilladelse"])
def test_an_amount_in_another_topic_is_left_alone(say, topic):
    assert say("møbler til 40.000 kr. uden moms", topic) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("er EAN 5798009811578 rigtigt?", "kontrolcifferet passer"),
        ("EAN-nummer: 5798 0098 1157 8", "kontrolcifferet passer"),
        ("vi har fået gln 5798009811579", "ikke et gyldigt EAN-nummer"),
        ("ean 579800981157", "12 cifre, og der skal være 13 cifre"),
        ("ean er 57980098115788", "14 cifre, og der skal være 13 cifre"),
        ("skal fakturaen til 5798009811578", "kontrolcifferet passer"),
    ],
)
def test_an_ean_number_in_a_message_is_checked(say, text, holds):
    assert holds in say(text, "e_faktura")


@pytest.mark.parametrize(
    "text", ["hvad er jeres EAN-nummer?", "ring på 49 28 28 28", "cvr 64502018", "+4549282828"]
)
def test_a_message_without_an_ean_number_gets_the_general_answer_alone(say, text):
    assert say(text, "e_faktura") is None


def test_the_paragraph_stands_before_the_answer_with_its_figures_and_sources_first(
    content, calculations, asked
):
    assistant = Assistant(
        content.knowledge, content.units, content.aspects, content.phrases["answer"], calculations
    )
    plain = assistant.answer("taerskelvaerdi", None, TODAY)
    message = asked("et malerarbejde til 1,2 mio. kr. uden moms")
    reply = assistant.answer("taerskelvaerdi", None, TODAY, asked=message)
    first, _, rest = reply.text.partition("\n\n")
    assert first.startswith("Et malerarbejde")
    assert rest == plain.text
    figures = {fact.id: (fact.value, fact.valid_from, fact.valid_to) for fact in reply.facts}
    assert figures["licitation_op_til"][0] == "3.000.000 kr."
    assert figures["taerskel_byggeri"] == ("40.313.840 kr.", "2026-01-01", "2027-12-31")
    urls = [source.url for source in reply.sources]
    assert len(urls) == len(set(urls))
    assert set(urls) >= {source.url for source in plain.sources}
    assert assistant.answer("taerskelvaerdi", None, TODAY, asked=asked("hvad er grænsen")) == plain


def test_in_a_message_with_several_questions_it_is_worked_out_once(content, calculations, asked):
    assistant = Assistant(
        content.knowledge, content.units, content.aspects, content.phrases["answer"], calculations
    )
    questions = [("espd", None), ("taerskelvaerdi", None), ("byd_paa_opgave", "tid")]
    replies = list(assistant.answer_each(questions, TODAY, asked("møbler til 40.000 kr. uden moms")))
    assert [reply.text.startswith("Et køb af møbler") for reply in replies] == [False, True, False]
    assert [reply.topic for reply in replies] == ["espd", "taerskelvaerdi", "byd_paa_opgave"]


def test_a_topic_that_is_switched_off_works_nothing_out(content, asked):
    calls = []
    calculations = Calculations({"moms": [lambda *call: calls.append(call)]})
    assert calculations.of(None, "moms", TODAY) is None
    assert calculations.of(Asked("x"), "espd", TODAY) is None
    assert calls == []


def test_the_first_calculation_with_something_to_say_counts():
    def nothing(asked, topic, day):
        return None

    def something(asked, topic, day):
        return Calculated(f"{asked.text} {topic} {day}")

    calculations = Calculations({"moms": [nothing, something, nothing]})
    assert calculations.of(Asked("x"), "moms", TODAY) == Calculated("x moms 2026-11-23")


def test_a_button_names_nothing():
    tracker = FakeTracker('/moms{"aspekt":"pris"}', [{"entity": "aspekt", "value": "pris"}])
    assert asked_of(tracker) == Asked("", (Mention("aspekt", "pris"),))


@pytest.mark.parametrize("amount", ["40.000", "400.000", "1 mio.", "4 mio.", "60 mio."])
@pytest.mark.parametrize("kind", ["byggeri", "møbler", "rengøring", "undervisning", "noget"])
def test_what_is_worked_out_is_plain_danish(say, amount, kind):
    assert lix(say(f"{kind} til {amount} kr.")) <= 45
