"""What a line means while the handoff form asks, with the real wordings of data/handoff.yml."""

import pytest

from bot.core.handoff_form import FIELDS, Kind

# stopping


@pytest.mark.parametrize("asked", FIELDS)
@pytest.mark.parametrize(
    "text",
    [
        "afbryd",
        "Afbryd!",
        "AFBRYD",
        "»afbryd«",
        "afbryd tak",
        "nej tak, afbryd",
        "stop",
        "stop nu",
        "annuller",
        "annullér",
        "fortryd",
        "afslut",
        "glem det",
        "glem det bare",
        "nej, glem det igen",
        "jeg fortryder",
        "jeg vil gerne afbryde",
        "jeg vil ikke mere",
        "jeg gider ikke mere",
        "gider ikke mere",
        "ikke alligevel",
        "kan jeg afbryde?",
        "det er lige meget",
        "ligemeget",
        "lad være",
    ],
)
def test_a_wish_to_stop_is_heard_whatever_is_asked(read, asked, text):
    assert read(asked, text).kind is Kind.CANCEL


@pytest.mark.parametrize(
    "name", ["Stop & Go ApS", "Glem Det ApS", "Afbryder Eksperten", "Slutspurt", "Lad Være ApS"]
)
def test_a_company_whose_name_begins_like_a_wish_to_stop_is_no_such_wish(read, name):
    line = read("company", name)
    assert (line.kind, line.values) == (Kind.VALUE, {"company": name})


# the company's name


@pytest.mark.parametrize(
    "name",
    [
        "Hvad Nu ApS",
        "Kan I Lide Det",
        "Hvor er Hunden I/S",
        "hvem tæller aps",
        "Hvad Nu",
        "Er Det Brød",
        "Må Jeg Bede A/S",
        "Alkoholbevilling ApS",
        "Byggetilladelse",
        "Tal med en medarbejder ApS",
        "Nej Tak ApS",
        "Ja Tak Catering",
        "Hov-hov ApS",
        "Ret & Rimeligt ApS",
        "Vent Venligst A/S",
        "Ingen Panik ApS",
        "Butikken på Hjørnet",
        "Selskabet af 1845",
        "Firma Hansen",
        "Den Gamle Butik",
        "Brød & Co.",
        "7-11",
        "3F",
        "Mette Holm v/Mette Holm",
        "Jegerspris Kro",
    ],
)
def test_a_company_name_is_taken_as_it_is(read, name):
    line = read("company", name)
    assert (line.kind, line.values) == (Kind.VALUE, {"company": name})


@pytest.mark.parametrize(
    "text",
    [
        "Hansens Bageri",
        "»Hansens Bageri«",
        "firmaet hedder Hansens Bageri",
        "Vi hedder Hansens Bageri",
        "min virksomhed hedder Hansens Bageri",
        "Mit firma er Hansens Bageri",
        "Firma: Hansens Bageri",
        "den hedder Hansens Bageri",
        "nej, Hansens Bageri",
    ],
)
def test_a_company_name_is_found_in_a_sentence(read, text):
    assert read("company", text).values == {"company": "Hansens Bageri"}


@pytest.mark.parametrize(
    "text",
    [
        "Hvad koster en alkoholbevilling?",
        "hvad koster en alkoholbevilling",
        "Hvornår har I åbent",
        "hvorfor skal I vide det",
        "kan I hjælpe mig med det",
        "skal jeg have en virksomhed først",
        "er det nødvendigt at skrive det",
        "Hvad Nu ApS?",
    ],
)
def test_a_question_is_none_of_the_companies_names(read, text):
    assert read("company", text).kind is Kind.QUESTION


@pytest.mark.parametrize("text", ["", "...", "!", "x"])
def test_a_company_name_without_letters_is_unusable(read, text):
    line = read("company", text)
    assert (line.kind, line.problem) == (Kind.UNUSABLE, "company_missing")


def test_a_company_name_that_is_too_long_is_unusable(read):
    assert read("company", "x" * 121).problem == "name_long"


# leaving out


@pytest.mark.parametrize("asked", ["company", "cvr"])
@pytest.mark.parametrize(
    "text",
    [
        "spring over",
        "Spring over.",
        "»spring over«",
        "hop over",
        "spring det over",
        "nej",
        "nej tak",
        "Nej.",
        "-",
        "skip",
        "ved ikke",
        "det ved jeg ikke",
        "jeg ved det ikke",
        "har ikke",
        "har jeg ikke",
        "jeg har ikke noget",
        "det har jeg ikke",
        "nej, det har jeg ikke",
        "nej det har jeg ikke endnu",
        "jeg har ikke et endnu",
        "ikke endnu",
        "ingen",
        "jeg har ikke en virksomhed endnu",
        "Jeg har ikke en virksomhed endnu",
        "har ikke noget firma",
        "virksomheden er ikke startet endnu",
        "firmaet er ikke registreret endnu",
        "vi har ikke noget cvr endnu",
        "virksomheden har ikke noget cvr-nummer endnu",
        "jeg kan ikke huske det",
        "husker det ikke",
        "under stiftelse",
        "det vil jeg ikke sige",
        "helst ikke",
    ],
)
def test_what_may_be_left_out_can_be_left_out_in_many_words(read, asked, text):
    line = read(asked, text)
    assert (line.kind, line.values) == (Kind.VALUE, {asked: ""})


@pytest.mark.parametrize("asked", ["summary", "name", "contact"])
@pytest.mark.parametrize(
    "text", ["spring over", "nej", "nej tak", "ved ikke", "det vil jeg ikke sige", "-", "helst ikke"]
)
def test_what_must_be_told_is_asked_for_again(read, asked, text):
    line = read(asked, text)
    assert (line.kind, line.problem) == (Kind.UNUSABLE, f"{asked}_missing")


# CVR


@pytest.mark.parametrize(
    "text",
    ["64502018", "64 50 20 18", "DK64502018", "cvr: 64502018", "mit cvr er 64502018", "er det 64502018?"],
)
def test_a_cvr_number_is_taken(read, text):
    line = read("cvr", text)
    assert (line.kind, line.values) == (Kind.VALUE, {"cvr": "64502018"})


@pytest.mark.parametrize(
    ("text", "problem"),
    [("64502019", "cvr_check"), ("6450201", "cvr_length"), ("asdf", "cvr_length"), ("1", "cvr_length")],
)
def test_a_cvr_number_that_is_wrong_is_unusable_for_a_reason(read, text, problem):
    line = read("cvr", text)
    assert (line.kind, line.problem) == (Kind.UNUSABLE, problem)


# the visitor's name


@pytest.mark.parametrize(
    "text",
    [
        "Mette Holm",
        "jeg hedder Mette Holm",
        "Jeg hedder Mette Holm.",
        "hej, jeg hedder Mette Holm",
        "mit navn er Mette Holm",
        "Navn: Mette Holm",
        "jeg er Mette Holm",
        "det er Mette Holm",
        "hedder Mette Holm",
        "nej, jeg hedder Mette Holm",
        "  Mette   Holm  ",
    ],
)
def test_a_name_is_found_in_a_sentence(read, text):
    line = read("name", text)
    assert (line.kind, line.values) == (Kind.VALUE, {"name": "Mette Holm"})


@pytest.mark.parametrize(
    "name", ["Bo", "Kan Yilmaz", "Jeg", "Ib Nejsum", "Åse Ørsted-Æbelø", "Jarl Stopp", "José d'Or"]
)
def test_an_awkward_name_is_taken_as_it_is(read, name):
    assert read("name", name).values == {"name": name}


@pytest.mark.parametrize(
    "text",
    ["123", "49282828", "mette@holm.dk", "?!", ".", "12 34", "ja det kan jeg da godt lige sige til dig nu"],
)
def test_what_is_no_name_is_unusable(read, text):
    line = read("name", text)
    assert line.kind is Kind.UNUSABLE
    assert line.problem == "name_missing"


# how to answer


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("mette@holm.dk", "mette@holm.dk"),
        ("min mail er mette@holm.dk", "mette@holm.dk"),
        ("jeg har mail mette@holm.dk", "mette@holm.dk"),
        ("jeg kan kontaktes på 49 28 28 28", "49282828"),
        ("I kan ringe på 49282828", "49282828"),
        ("kan I ringe på 49282828?", "49282828"),
        ("skriv til mette@holm.dk eller ring 49282828", "mette@holm.dk 49282828"),
        ("nej, min mail er mette@holm.dk", "mette@holm.dk"),
        ("+46 70 123 45 67", "+46701234567"),
    ],
)
def test_a_way_to_answer_is_found_in_a_sentence(read, text, contact):
    line = read("contact", text)
    assert (line.kind, line.values) == (Kind.VALUE, {"contact": contact})


@pytest.mark.parametrize(
    ("text", "problem"),
    [("mette@holm", "email_wrong"), ("ring bare", "contact_missing"), ("4928", "contact_missing")],
)
def test_a_way_to_answer_that_is_none_is_unusable_for_a_reason(read, text, problem):
    line = read("contact", text)
    assert (line.kind, line.problem) == (Kind.UNUSABLE, problem)
