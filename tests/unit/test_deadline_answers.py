"""What the chat says about a deadline: worked out when the message names a day, otherwise the way to the page."""

from dataclasses import replace
from datetime import date

import holidays
import pytest

from bot.core.calculations import Asked, Mention
from bot.core.deadline_answers import DeadlineCalculation, Named, meant_day
from bot.core.deadline_texts import Deadlines
from bot.core.knowledge import Knowledge
from bot.understanding.entities.dates import find
from bot.understanding.entities.entity import as_json

TODAY = date(2026, 11, 26)
DENMARK = holidays.country_holidays("DK", language="da")


@pytest.fixture
def deadlines(content):
    return Deadlines(content.deadlines, content.knowledge, DENMARK, content.phrases["deadline"])


@pytest.fixture
def say(content, deadlines):
    """Give what is worked out for a message about a topic, and the page it leads to."""

    def said(topic, aspect, text, of=deadlines):
        found = [as_json(entity) for entity in find(text, TODAY)]
        mentions = tuple(
            Mention(one["entity"], one["value"], one["start"], one["end"], one["extra"]) for one in found
        )
        calculation = DeadlineCalculation(of, content.phrases["deadline"], content.phrases["errors"])
        return calculation(Asked(text, mentions, aspect), topic, TODAY)

    return said


@pytest.mark.parametrize(
    ("topic", "aspect", "text", "expected"),
    [
        (
            "byggetilladelse",
            "klage",
            "jeg fik nej den 5. november, kan jeg klage?",
            "senest torsdag den 3. december 2026",
        ),
        (
            "byggetilladelse",
            "klage",
            "kan jeg klage over det nej jeg fik i går",
            "senest onsdag den 23. december 2026",
        ),
        (
            "byggetilladelse",
            "klage",
            "afslaget kom for 14 dage siden, vil klage",
            "senest torsdag den 10. december 2026",
        ),
        (
            "byggetilladelse",
            "tid",
            "fik den 5/11-2026, hvad er fristen for at klage",
            "senest torsdag den 3. december 2026",
        ),
        (
            "byggetilladelse",
            "klage",
            "kan man klage over et nej af 5. december",
            "senest fredag den 2. januar 2026",
        ),
        (
            "raaden_over_vej",
            "klage",
            "vi fik nej 27. november 2026, hvor klager vi",
            "mandag den 28. december 2026",
        ),
        (
            "arrangement",
            "tid",
            "hvornår skal vi søge om en fest den 25. juni 2027",
            "senest fredag den 11. juni 2027",
        ),
        (
            "arrangement",
            "tid",
            "senest hvornår ved fest 20. juni 2027",
            "en søndag. Derfor siger vi fredag den 4. juni 2027",
        ),
        (
            "lejlighedstilladelse",
            "tid",
            "festen er den 12. december, frist?",
            "besked senest onsdag den 9. december 2026",
        ),
        (
            "aktindsigt",
            "tid",
            "jeg bad om det for 14 dage siden, hvornår får jeg svar",
            "senest mandag den 23. november 2026",
        ),
        (
            "betaling_fra_kommunen",
            "tid",
            "sendte fakturaen den 26. oktober 2026",
            "betale senest onsdag den 25. november 2026",
        ),
        (
            "sygedagpenge_refusion",
            "tid",
            "første sygedag var 23. november 2026, senest anmeldt?",
            "mandag den 28. december 2026",
        ),
        (
            "udbudsklage",
            "klage",
            "vi blev ikke prækvalificeret den 24. november 2026",
            "senest mandag den 14. december 2026",
        ),
        (
            "udbudsklage",
            "tid",
            "hvornår slutter standstill, besked kom 20. november 2026",
            "tidligst mandag den 30. november 2026",
        ),
        (
            "moms",
            "tid",
            "hvornår skal jeg betale kvartalsmoms",
            "kvartalsmoms er tirsdag den 1. december 2026",
        ),
        ("moms", "tid", "hvornår er momsfristen", "månedsmoms er mandag den 28. december 2026"),
    ],
)
def test_a_message_with_a_day_gets_the_last_day_first(say, topic, aspect, text, expected):
    found = say(topic, aspect, text)
    assert expected in found.text
    assert not found.last
    assert found.sources


def test_the_sentence_is_as_a_case_worker_would_write_it(say):
    found = say("byggetilladelse", "klage", "jeg fik nej den 5. november 2026, kan jeg klage")
    assert found.text == (
        "Fik du afgørelsen torsdag den 5. november 2026, skal klagen være fremme senest torsdag den 3. december 2026."
    )
    assert [(item.fact.id, item.period.value) for item in found.facts] == [
        ("byggetilladelse_klagefrist", "4")
    ]


@pytest.mark.parametrize(
    ("topic", "aspect", "text", "address"),
    [
        ("byggetilladelse", "klage", "kan jeg klage?", "/frister?regel=byggetilladelse_klage"),
        ("byggetilladelse", "klage", "", "/frister?regel=byggetilladelse_klage"),
        (
            "byggetilladelse",
            "klage",
            "jeg fik nej i november, kan jeg klage",
            "/frister?regel=byggetilladelse_klage",
        ),
        (
            "byggetilladelse",
            "klage",
            "fik nej 5. november og igen 9. november, klage?",
            "/frister?regel=byggetilladelse_klage",
        ),
        ("udbudsklage", "klage", "kan jeg klage over udbuddet", "/frister?emne=udbudsklage"),
        (
            "udbudsklage",
            "klage",
            "vi fik besked 20. november 2026, kan vi klage",
            "/frister?emne=udbudsklage",
        ),
        ("arrangement", "tid", "hvornår skal jeg søge", "/frister?regel=arrangement_ansoegning"),
    ],
)
def test_without_a_day_the_last_line_leads_to_the_page(say, topic, aspect, text, address):
    found = say(topic, aspect, text)
    assert found.text == f"Du kan få den sidste dag regnet ud på {address}."
    assert found.last


@pytest.mark.parametrize(
    ("topic", "aspect", "text"),
    [
        ("byggetilladelse", "pris", "hvad koster en byggetilladelse 5. november 2026"),
        ("byggetilladelse", None, "vi bygger den 5. november 2026"),
        ("arrangement", None, "må vi holde fest på torvet den 20. juni 2027"),
        ("arrangement", "pris", "hvad koster torvet den 20. juni 2027"),
        ("netvaerk", "tid", "hvornår mødes I den 5. december"),
        ("findes_ikke", "klage", "kan jeg klage"),
    ],
)
def test_nothing_is_worked_out_that_was_not_asked_for(say, topic, aspect, text):
    assert say(topic, aspect, text) is None


def test_a_day_that_does_not_exist_is_said_in_one_sentence(say):
    found = say("byggetilladelse", "klage", "jeg fik nej 31/2, kan jeg klage")
    assert found.text == "Den dag findes ikke i kalenderen. Skriv dagen igen, fx 5. november 2026."


def test_a_day_far_away_is_said_in_plain_words(say):
    found = say("byggetilladelse", "klage", "jeg fik nej den 5. november 1999, kan jeg klage")
    assert "for langt væk" in found.text
    assert "skriv dagen igen" in found.text


def test_a_deadline_that_has_passed_is_called_so(say):
    found = say("byggetilladelse", "klage", "fik nej den 1. oktober 2026, kan jeg klage")
    assert "Den dag er gået." in found.text


def test_what_follows_a_missed_day_is_told(say):
    found = say("betaling_fra_kommunen", "tid", "faktura fra 1. oktober 2026, hvornår kan jeg kræve renter")
    assert found.text == (
        "Sendte du fakturaen torsdag den 1. oktober 2026, skal kommunen betale senest lørdag den 31. oktober 2026. "
        "Er pengene ikke kommet, kan du kræve renter fra søndag den 1. november 2026."
    )


def test_a_general_question_says_for_which_decisions_the_day_holds(say):
    found = say("klage_afgoerelse", "klage", "jeg fik nej den 5. november, kan jeg klage")
    assert found.text.startswith(
        "Er det en byggesag eller plansag, og fik du svaret torsdag den 5. november 2026"
    )
    assert found.text.endswith("Den står i afgørelsen.")


def test_what_a_person_decides_is_said_with_the_day(say, content):
    found = say("aktindsigt", "tid", "bad om aktindsigt 23. november 2026, hvornår får jeg svar")
    assert content.deadlines.get("aktindsigt_svar").note in found.text


def test_a_topic_that_is_switched_off_has_no_deadline(say, content):
    topics = dict(content.knowledge.topics)
    topics["byggetilladelse"] = replace(topics["byggetilladelse"], off="Vi retter svaret.")
    closed = Deadlines(content.deadlines, Knowledge(topics), DENMARK, content.phrases["deadline"])
    assert say("byggetilladelse", "klage", "fik nej i går, kan jeg klage", closed) is None


@pytest.mark.parametrize(
    ("words", "named", "meant"),
    [
        ("5. december", date(2026, 12, 5), date(2025, 12, 5)),
        ("den 5/12", date(2026, 12, 5), date(2025, 12, 5)),
        ("5. december 2026", date(2026, 12, 5), date(2026, 12, 5)),
        ("5/12-26", date(2026, 12, 5), date(2026, 12, 5)),
        ("om 3 uger", date(2026, 12, 17), date(2026, 12, 17)),
        ("i morgen", date(2026, 11, 27), date(2026, 11, 27)),
        ("5. november", date(2026, 11, 5), date(2026, 11, 5)),
    ],
)
def test_a_decision_without_a_year_lies_behind(content, words, named, meant):
    rule = content.deadlines.get("byggetilladelse_klage")
    assert meant_day(rule, Named(named, words), TODAY) == meant


def test_an_event_without_a_year_lies_ahead(content):
    rule = content.deadlines.get("arrangement_ansoegning")
    assert meant_day(rule, Named(date(2027, 6, 20), "20. juni"), TODAY) == date(2027, 6, 20)


def test_every_rule_says_how_it_counts_in_whole_sentences(deadlines):
    for rule in deadlines.rules:
        found = deadlines.work_out(rule, date(2026, 11, 27), TODAY)
        for line in (
            deadlines.sentence(found),
            *deadlines.counted(found),
            deadlines.standing(found, TODAY),
            rule.law,
        ):
            assert line[0].isupper() or line[0].isdigit(), line
            assert line.endswith("."), line
            assert "{" not in line, line


def test_a_figure_that_is_not_sure_is_called_so(deadlines):
    rule = deadlines.rules.get("plakat_ned")
    assert any("senest kendt" in line for line in deadlines.counted(deadlines.work_out(rule, TODAY, TODAY)))


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 10, 29), "Det er i dag."), (date(2026, 10, 30), "Det er i morgen.")]
)
def test_the_days_that_are_left_are_told(deadlines, day, said):
    rule = deadlines.rules.get("byggetilladelse_klage")
    assert deadlines.standing(deadlines.work_out(rule, day, TODAY), TODAY) == said
