"""Which side of a topic a message asks for, by the real patterns of data/aspects.yml."""

import pytest

from bot.core.aspects import NO_ASPECT, AspectFinder, AspectRecogniser
from bot.core.knowledge import ASPECTS

ASKED = {
    "pris": [
        "hvad koster det",
        "Hvad koster det?",
        "hva koster det",
        "hvad kster det",
        "hvad kostr det",
        "vad koster det",
        "koster det noget",
        "er det gratis",
        "hvad er prisen",
        "pris?",
        "priser",
        "hvad skal jeg betale",
        "skal man betale for det",
        "hvor meget skal jeg af med",
        "hvor meget koster det",
        "hvad løber det op i",
        "hvad loeber det op i",
        "hvad er gebyret",
        "er der gebyr på",
        "hvor dyrt er det",
        "hvad tager I for det",
        "og prisen?",
        "hvad vil det koste mig",
        "hvad bliver regningen på",
        "hvor mange penge skal jeg bruge",
        "hvad er taksten",
    ],
    "tid": [
        "hvor lang tid tager det",
        "hvor langtid tager det",
        "hvor længe varer det",
        "hvor laenge skal jeg vente",
        "hvor lange skal jeg vente",
        "hvornår får jeg svar",
        "hvornaar faar jeg svar",
        "hvornår kan jeg regne med svar",
        "hvor hurtigt går det",
        "hvor mange uger tager det",
        "hvad er sagsbehandlingstiden",
        "sagsbehandlingstid?",
        "er der lang ventetid",
        "hvornår er det klar",
        "hvor lang tid går der",
        "hvor lang er ventetiden",
        "tager det lang tid",
        "hvornår hører jeg fra jer",
        "hvad er fristen",
        "hvornår skal det senest være sendt",
    ],
    "ansoeg": [
        "hvordan søger jeg",
        "hvordan soger jeg",
        "hvordan soeger man om det",
        "hvor søger jeg",
        "hvor sender jeg ansøgningen hen",
        "hvor finder jeg blanketten",
        "er der et skema",
        "hvordan ansøger man",
        "hvordan får jeg lov",
        "hvad gør jeg for at få det",
        "hvordan gør jeg",
        "hvad skal jeg gøre",
        "hvor tilmelder jeg mig",
        "hvordan anmelder jeg det",
        "link til ansøgning",
        "hvor registrerer jeg mig",
        "hvordan kommer jeg i gang",
        "hvor finder jeg skemaet",
        "skal jeg udfylde skemaet",
        "hvor gør man det henne",
        "har du et link",
        "kan jeg gøre det online",
    ],
    "krav": [
        "hvad er kravene",
        "hvad kræver det",
        "hvad kraever det",
        "hvilke krav er der",
        "hvilke regler gælder",
        "hvad er reglerne",
        "er der nogen betingelser",
        "hvad skal jeg leve op til",
        "hvad skal jeg opfylde",
        "hvad skal der være styr på",
        "krav?",
        "hvad siger loven",
    ],
    "dokumenter": [
        "hvilke papirer skal jeg bruge",
        "hvilke dokumenter skal jeg sende",
        "hvilke bilag skal med",
        "hvad skal jeg vedlægge",
        "hvad skal jeg vedlaegge",
        "hvilke tegninger skal I have",
        "skal jeg have dokumentation",
        "hvilke oplysninger skal I bruge",
        "hvad skal jeg sende med",
    ],
    "klage": [
        "kan jeg klage",
        "hvordan klager jeg",
        "hvor klager jeg",
        "hvad er klagefristen",
        "jeg har fået afslag",
        "kan man anke det",
        "kan jeg gøre indsigelse",
        "hvad gør jeg hvis jeg får nej",
        "hvad nu hvis de siger nej",
    ],
    "kontakt": [
        "hvem kan jeg tale med",
        "hvem skal jeg ringe til",
        "hvem kontakter jeg",
        "hvem kan hjælpe mig",
        "hvem kan hjaelpe mig",
        "telefonnummer?",
        "hvad er jeres telefonnummer",
        "hvem skal jeg skrive til",
        "har I en kontaktperson",
        "hvordan får jeg fat i jer",
        "hvad er jeres mail",
        "hvor ringer jeg hen",
        "hvem bestemmer det",
        "hvilken afdeling sidder med det",
    ],
}
NONE = [
    "borde og stole på fortovet",
    "jeg vil åbne en café i Stengade",
    "må jeg have et skilt på facaden",
    "skal jeg have tilladelse til en container",
    "alkoholbevilling",
    "start en virksomhed",
    "vi er tre der vil starte et ApS sammen",
    "hvad er en lokalplan",
    "hvad er forskellen på ApS og A/S",
    "hvor finder jeg kommunens udbud",
    "hej",
    "tak for hjælpen",
    "jeg har købt en foodtruck",
    "kan jeg drive butik hjemmefra",
    "hvad betyder tærskelværdi",
    "naboen larmer",
    "min faktura er ikke betalt",
    "vi graver op i gaden på mandag",
    "min mand tegner og fortæller",
    "skemalægning",
    "jeg er kosmetolog",
    "Priscilla åbner en butik",
    "jeg vil lave det om til en café",
    "vi søger flere medarbejdere",
    "min bror bor hvor jeg arbejder, og nu søger vi et lokale",
    "hvor mange borde må jeg have",
    "hvor langt fra facaden må stativet stå",
    "hvor lang må markisen være",
    "hvornår skal jeg have byggetilladelse",
    "sende en regning til kommunen",
    "hvordan starter jeg en virksomhed",
    "vi har fået ny nabo",
    "vores pris var lavere end vinderens, og alligevel tabte vi",
    "naboen klager over larm fra mit værksted",
    "fristen er i dag, og jeg kan ikke logge ind",
    "jeg sendte en ansøgning i april og har intet hørt",
    "skal mit telefonnummer stå på min webshop",
    "",
]
CASES = [(text, aspect) for aspect, texts in ASKED.items() for text in texts]


@pytest.mark.parametrize(("text", "aspect"), CASES)
def test_a_question_for_one_side_of_a_topic_is_recognised(content, text, aspect):
    assert content.aspects.find(text) == aspect


@pytest.mark.parametrize("text", NONE)
def test_a_message_that_asks_for_no_side_has_no_aspect(content, text):
    assert content.aspects.find(text) is None


@pytest.mark.parametrize(
    "text", ["HVAD KOSTER DET", "Hvad Koster Det", "  hvad koster det  ", "hvad\nkoster det"]
)
def test_capitals_and_white_space_do_not_matter(content, text):
    assert content.aspects.find(text) == "pris"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("hvad koster det, og hvor lang tid tager det", "pris"),
        ("hvor lang tid tager det, og hvad koster det", "tid"),
        ("hvem kan jeg ringe til om prisen", "kontakt"),
        ("Hvordan søger jeg tilladelse til udeservering, og hvad koster det", "ansoeg"),
    ],
)
def test_of_two_questions_the_first_decides(content, text, aspect):
    assert content.aspects.find(text) == aspect


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_button_of_every_aspect_asks_for_just_that(content, aspect):
    assert content.aspects.find(content.aspects.button(aspect)) == aspect


def test_an_aspect_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="vejr"):
        AspectRecogniser({"vejr": {"button": "Vejret?", "patterns": ["vejr"]}})


@pytest.mark.parametrize(
    ("learned", "text", "follow_up", "aspect"),
    [
        ([("dokumenter", 0.9)], "hvad skal jeg kunne bevise bagefter", True, "dokumenter"),
        ([("dokumenter", 0.5)], "hvad skal jeg kunne bevise bagefter", True, "krav"),
        ([(NO_ASPECT, 0.9)], "hvad koster det", True, "pris"),
        ([("tid", 0.3)], "når vi det inden jul", True, "tid"),
        ([("tid", 0.2)], "når vi det inden jul", True, None),
        ([("tid", 0.7)], "når vi at få skiltet op inden jul", False, None),
        ([("tid", 0.9)], "når vi at få skiltet op inden jul", False, "tid"),
        ([], "🙂", True, None),
    ],
)
def test_of_phrases_and_what_was_learned_the_surer_decides(content, learned, text, follow_up, aspect):
    assert AspectFinder(content.aspects, lambda said: learned).find(text, follow_up) == aspect


@pytest.mark.parametrize(("text", "named"), [("hvad koster det", True), ("er det en dyr fornøjelse", False)])
def test_a_side_is_named_by_a_phrase_and_not_by_what_was_learned(content, text, named):
    assert AspectFinder(content.aspects, lambda said: [("pris", 0.9)]).names(text) is named
