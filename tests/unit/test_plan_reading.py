"""What somebody's own words answer of a plan's questions."""

import pytest

from bot.core.plans.reading import PlanReader
from tests.contents import CONTENTS

CONTENT = CONTENTS["helsingor"]
CAFE = CONTENT.plans["cafe"]
READER = PlanReader(CONTENT.plan_words)
QUESTIONS = {question.id: question for question in CAFE.questions}


def read(text, asked=None, plan=CAFE):
    question = next((one for one in plan.questions if one.id == asked), None)
    return READER.read(plan, text, question)


@pytest.mark.parametrize(
    ("asked", "text", "answers"),
    [
        ("alkohol", "ja", {"alkohol": "ja"}),
        ("alkohol", "Ja tak!", {"alkohol": "ja"}),
        ("alkohol", "nej", {"alkohol": "nej"}),
        ("alkohol", "nej ingen alkohol", {"alkohol": "nej"}),
        ("alkohol", "kun vin og øl", {"alkohol": "ja"}),
        ("alkohol", "kun oel og vin", {"alkohol": "ja"}),
        ("alkohol", "øl sælger vi ikke", {"alkohol": "nej"}),
        ("alkohol", "kun alkoholfri øl", {"alkohol": "nej"}),
        ("alkohol", "vi dropper spiritus og vin", {"alkohol": "nej"}),
        ("alkohol", "alkohl", {"alkohol": "ja"}),
        ("alkohol", "ikke kun øl", {"alkohol": "ja"}),
        ("ansatte", "bare mig selv", {"ansatte": "nej"}),
        ("ansatte", "alene", {"ansatte": "nej"}),
        ("ansatte", "3 ansatte", {"ansatte": "ja"}),
        ("ansatte", "3", {"ansatte": "ja"}),
        ("ansatte", "0", {"ansatte": "nej"}),
        ("ansatte", "0 ansatte", {"ansatte": "nej"}),
        ("ansatte", "tre medarbejdere", {"ansatte": "ja"}),
        ("ansatte", "ingen medarbejdre", {"ansatte": "nej"}),
        ("form", "ApS", {"form": "aps"}),
        ("form", "et aps tror jeg", {"form": "aps"}),
        ("form", "anpartselskab", {"form": "aps"}),
        ("form", "I/S", {"form": "is"}),
        ("form", "enkeltmandsvirksomhed", {"form": "enkeltmand"}),
        ("form", "personligt ejet", {"form": "enkeltmand"}),
        ("form", "jeg har allerede et cvr-nummer", {"form": "har_cvr"}),
        ("form", "ved ikke", {"form": "ved_ikke"}),
        ("form", "ikke et ApS, men et A/S", {"form": "as"}),
        ("ude", "nej, kun indenfor", {"ude": "nej"}),
        ("ude", "ja, foran facaden", {"ude": "facade"}),
        ("ude", "på torvet", {"ude": "plads"}),
        ("ude", "ud for min egen facade", {"ude": "facade"}),
        ("ude", "et andet sted", {"ude": "plads"}),
        ("nat", "nej vi lukker kl. 22", {"nat": "nej"}),
        ("koekken", "nej, kun kaffe og kager", {"koekken": "nej"}),
        ("ny_anvendelse", "der er en butik nu", {"ny_anvendelse": "ja"}),
        ("ny_anvendelse", "nej jeg overtager en café", {"ny_anvendelse": "nej"}),
        # Several at once, also to questions that were not asked.
        (
            "form",
            "ApS, ingen ansatte, og vi vil have øl og musik",
            {"form": "aps", "ansatte": "nej", "alkohol": "ja", "musik": "ja"},
        ),
        ("alkohol", "uden musik, men med øl", {"alkohol": "ja", "musik": "nej"}),
        ("alkohol", "øl ja, musik nej", {"alkohol": "ja", "musik": "nej"}),
        ("alkohol", "ingen alkohol og musik", {"alkohol": "nej", "musik": "nej"}),
        ("alkohol", "jeg har musik og jeg har ikke ansatte", {"musik": "ja", "ansatte": "nej"}),
        # A yes before something else may be about either: the question stays open.
        ("alkohol", "ja, der skal være musik", {"musik": "ja"}),
        (
            "form",
            "ApS i en tidligere café, kun kaffe og kager, vin og øl, borde foran facaden, vi lukker kl. 22, "
            "ingen musik, intet skilt, bare mig selv",
            {
                "form": "aps",
                "ny_anvendelse": "nej",
                "koekken": "nej",
                "alkohol": "ja",
                "ude": "facade",
                "nat": "nej",
                "musik": "nej",
                "skilt": "nej",
                "ansatte": "nej",
            },
        ),
    ],
)
def test_a_text_answers_what_it_says(asked, text, answers):
    reading = read(text, asked)
    assert (dict(reading.answers), reading.both, reading.wrong) == (answers, frozenset(), ())


@pytest.mark.parametrize(
    "text", ["ja, vi vil have borde udenfor", "ja", "udendoers", "vi vil have udeserverring"]
)
def test_a_yes_that_does_not_say_which_leaves_open_only_which(text):
    reading = read(text, "ude")
    assert reading.leaning == {"ude"}
    assert not reading.answers


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("alkohol", "vi vil have alkohol men ikke alkohol"),
        ("alkohol", "ja, men ikke øl"),
        ("alkohol", "nej, vi vil have øl"),
        ("form", "ApS eller enkeltmandsvirksomhed"),
        ("alkohol", "ja nej"),
    ],
)
def test_what_contradicts_itself_is_no_answer(asked, text):
    reading = read(text, asked)
    assert reading.both == {asked}
    assert asked not in reading.answers


@pytest.mark.parametrize(
    "text", ["blå", "", "???", "det er en god idé", "x" * 3000, "a/b/c", "-", "12 abekatte"]
)
@pytest.mark.parametrize("asked", ["alkohol", "ude", "form"])
def test_what_says_nothing_is_read_as_nothing(asked, text):
    assert read(text, asked).empty


@pytest.mark.parametrize(
    "text", ["-3 ansatte", "minus 3 ansatte", "-2", "minus to ansatte", "vi har -1 medarbejder"]
)
def test_fewer_than_no_staff_is_told(text):
    reading = read(text, "ansatte")
    assert reading.wrong == ("staff_negative",)
    assert "ansatte" not in reading.answers


@pytest.mark.parametrize(
    ("text", "answers", "leaning"),
    [
        (
            "jeg vil åbne en café i Stengade med udeservering og øl, starter 1. marts",
            {"alkohol": "ja"},
            {"ude"},
        ),
        ("jeg vil åbne en café uden alkohol", {"alkohol": "nej"}, set()),
        ("jeg vil åbne en café med øl, hvad kræver det?", {"alkohol": "ja"}, set()),
        ("hvad kræver det at få lov til at sælge øl på min café i Stengade?", {}, set()),
        ("hvis jeg sælger øl, skal jeg så have en bevilling", {}, set()),
        ("må jeg have borde udenfor?", {}, set()),
        ("alkoholbevilling", {}, set()),
        ("vi overtager en café og har et ApS", {"form": "aps", "ny_anvendelse": "nej"}, set()),
    ],
)
def test_a_conversation_tells_facts_but_a_question_tells_none(text, answers, leaning):
    reading = READER.told(CAFE, text)
    assert dict(reading.answers) == answers
    assert reading.leaning == leaning


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("stop", "stop", True),
        ("stop", "Afbryd!", True),
        ("stop", "stop ikke nu", False),
        ("resume", "fortsæt planen", True),
        ("resume", "fortsaet", True),
        ("show", "vis planen nu", True),
        ("accept", "ja tak", True),
        ("accept", "ja til hvad", False),
        ("stop", "", False),
    ],
)
def test_small_words_count_when_they_are_the_whole_text(kind, text, expected):
    assert READER.says(kind, text) is expected


def test_every_question_of_every_plan_takes_its_own_buttons_and_ja_and_nej_as_text():
    for plan in CONTENT.plans.values():
        for question in plan.questions:
            for option in question.options:
                reading = READER.read(plan, option.title, question)
                assert reading.answers.get(question.id) == option.id, (
                    f"{plan.id} {question.id} {option.title}"
                )
