"""Corrections, consent and questions in the middle of the handoff form, with the real wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.handoff_form import FIELDS, Kind

# corrections while something else is asked


@pytest.mark.parametrize(
    ("asked", "text", "values"),
    [
        ("consent", "nej, min mail er jens@holm.dk", {"contact": "jens@holm.dk"}),
        ("consent", "nej min mail er jens@holm.dk", {"contact": "jens@holm.dk"}),
        ("consent", "min mail er jens@holm.dk", {"contact": "jens@holm.dk"}),
        ("consent", "jens@holm.dk", {"contact": "jens@holm.dk"}),
        ("consent", "ups, mailen er jens@holm.dk", {"contact": "jens@holm.dk"}),
        ("consent", "ja, men min mail er jens@holm.dk", {"contact": "jens@holm.dk"}),
        ("consent", "ret min mail til jens@holm.dk", {"contact": "jens@holm.dk"}),
        ("consent", "nej, ring på 49 28 28 28 i stedet", {"contact": "mette@holm.dk 49282828"}),
        ("consent", "mit nummer er 49282828", {"contact": "mette@holm.dk 49282828"}),
        ("consent", "nej, mit navn er Mette Hansen", {"name": "Mette Hansen"}),
        ("consent", "nej, jeg hedder Mette Hansen", {"name": "Mette Hansen"}),
        ("consent", "vent, firmaet hedder Hansen & Søn", {"company": "Hansen & Søn"}),
        ("consent", "nej, mit firma er Hansen & Søn", {"company": "Hansen & Søn"}),
        ("consent", "nej, mit cvr er 29188416", {"cvr": "29188416"}),
        ("consent", "ja, mit cvr-nummer er 29 18 84 16", {"cvr": "29188416"}),
        ("consent", "nej, det drejer sig om et stillads", {"summary": "et stillads"}),
        ("contact", "nej, mit cvr er 29188416", {"cvr": "29188416"}),
        ("contact", "forkert, jeg hedder Mette Hansen", {"name": "Mette Hansen"}),
        ("name", "nej, virksomheden hedder Hansen & Søn", {"company": "Hansen & Søn"}),
        ("name", "cvr 29188416", {"cvr": "29188416"}),
        ("cvr", "hov, firmanavnet er Hansen & Søn", {"company": "Hansen & Søn"}),
    ],
)
def test_an_earlier_field_is_corrected_while_another_is_asked(read, asked, text, values):
    line = read(asked, text)
    assert (line.kind, line.values) == (Kind.CORRECTION, values)


def test_a_field_that_was_skipped_can_be_told_later(read):
    line = read("consent", "nej, mit cvr er 29188416", cvr="")
    assert (line.kind, line.values) == (Kind.CORRECTION, {"cvr": "29188416"})


def test_a_field_that_was_not_asked_yet_is_not_corrected(read):
    assert read("cvr", "min mail er jens@holm.dk").kind is not Kind.CORRECTION


@pytest.mark.parametrize(
    ("asked", "text", "problem"),
    [
        ("consent", "nej, min mail er jens@holm", "email_wrong"),
        ("consent", "nej, mit cvr er 29188417", "cvr_check"),
        ("name", "mit cvr er 2918", "cvr_length"),
    ],
)
def test_a_correction_that_cannot_be_taken_says_what_is_wrong_with_it(read, asked, text, problem):
    line = read(asked, text)
    assert (line.kind, line.problem) == (Kind.UNUSABLE, problem)


@pytest.mark.parametrize(
    "text",
    [
        "nej, navnet er forkert",
        "nej, mailen er forkert",
        "nej det er forkert",
        "nej vent",
        "mit cvr er forkert",
        "nej, der er en fejl",
        "navnet er stavet forkert",
    ],
)
def test_a_correction_without_a_value_sends_nothing_and_throws_nothing_away(read, text):
    line = read("consent", text)
    assert (line.kind, line.problem) == (Kind.UNUSABLE, "consent_unclear")


# consent


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "Ja!",
        "»ja«",
        "ja tak",
        "ja, send det",
        "ja det må I gerne",
        "Ja gerne, og tak for hjælpen",
        "jo",
        "jep",
        "ok",
        "okay",
        "det er fint",
        "det er helt i orden",
        "det må I gerne",
        "I må gerne",
        "jeg accepterer",
        "send det",
        "fint",
        "gerne",
        "selvfølgelig",
        "👍",
    ],
)
def test_a_plain_yes_is_consent(read, text):
    line = read("consent", text)
    assert (line.kind, line.values) == (Kind.VALUE, {"consent": "yes"})


@pytest.mark.parametrize(
    "text",
    [
        "nej",
        "Nej.",
        "nej tak",
        "næ",
        "nej, det må I ikke",
        "nej det vil jeg ikke",
        "det vil jeg ikke",
        "jeg vil helst ikke",
        "send det ikke",
        "Nej, send det ikke",
        "I må ikke gemme noget",
        "helst ikke",
    ],
)
def test_a_plain_no_is_a_refusal(read, text):
    assert read("consent", text).kind is Kind.REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "selvfølgelig ikke",
        "gerne ikke",
        "ja, men vent",
        "ja hvis I sletter det igen",
        "ok, men ikke samtalen",
        "fint nok men ret lige navnet",
        "nej, det er fint",
        "ja nej",
        "måske",
        "asdf",
        "",
        "jatak måske nej",
        "min mail er rigtig",
        "okay så hvad gemmer I",
        "godt spørgsmål",
    ],
)
def test_what_is_neither_yes_nor_no_is_asked_again(read, text):
    line = read("consent", text)
    assert (line.kind, line.problem) == (Kind.UNUSABLE, "consent_unclear")


# questions in the middle


@pytest.mark.parametrize("asked", ["cvr", "name", "contact", "consent"])
@pytest.mark.parametrize(
    "text",
    [
        "hvorfor skal I vide det",
        "Hvad koster en alkoholbevilling?",
        "hvad bruger I det til",
        "skal jeg skrive det hele",
        "kan jeg lade være?",
        "er det nødvendigt",
        "koster det noget?",
    ],
)
def test_a_question_in_the_middle_is_one(read, asked, text):
    assert read(asked, text).kind is Kind.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "Hvad koster en alkoholbevilling?",
        "må jeg stille borde ud",
        "skilt",
        "Afslag på byggetilladelse. Hvad nu?",
        "nej, de svarer mig ikke",
    ],
)
def test_what_it_is_about_may_be_a_question(read, text):
    line = read("summary", text)
    assert (line.kind, line.values) == (Kind.VALUE, {"summary": text})


@pytest.mark.parametrize("text", ["", "??", "12", "--", "ja"])
def test_what_it_is_about_needs_words(read, text):
    assert read("summary", text).problem == "summary_missing"


@given(asked=st.sampled_from(FIELDS), text=st.text(max_size=60))
def test_any_line_at_all_has_a_meaning(read, asked, text):
    line = read(asked, text)
    assert (line.kind is Kind.UNUSABLE) == bool(line.problem)
    assert (line.kind in (Kind.VALUE, Kind.CORRECTION)) == bool(line.values)
