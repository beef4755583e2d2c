"""Compounds are split where a Dane would split them, and other words are not."""

import pytest

from bot.understanding.danish.compounds import Splitter
from tests.unit.danish_texts import pipeline, words

COMPOUNDS = """
udeserveringstilladelse: udeservering tilladelse
byggetilladelse: bygge tilladelse
gravetilladelse: grave tilladelse
skiltetilladelse: skilt tilladelse
stilladstilladelse: stillads tilladelse
nedrivningstilladelse: nedrivning tilladelse
ibrugtagningstilladelse: ibrugtagning tilladelse
spildevandstilladelse: spildevand tilladelse
landzonetilladelse: landzone tilladelse
opholdstilladelse: ophold tilladelse
alkoholbevilling: alkohol bevilling
bevillingsnævn: bevilling nævn
lukketid: lukke tid
åbningstider: åbning tider
fortovsservering: fortov servering
facadeskilt: facade skilt
lysskilt: lys skilt
erhvervsaffald: erhverv affald
affaldsgebyr: affald gebyr
genbrugsplads: genbrug plads
tømningsordning: tømning ordning
virksomhedsform: virksomhed form
virksomhedsservice: virksomhed service
anpartsselskab: anpart selskab
aktieselskab: aktie selskab
kapitalselskab: kapital selskab
momsregistrering: moms registrering
momsnummer: moms nummer
momsregnskab: moms regnskab
startkapital: start kapital
egenkapital: egen kapital
årsrapport: års rapport
lønsumsafgift: lønsum afgift
dækningsafgift: dækning afgift
grundskyld: grund skyld
byggeansøgning: bygge ansøgning
byggesag: bygge sag
byggesagsgebyr: byggesag gebyr
byggeaffald: bygge affald
byggeplads: bygge plads
lokalplan: lokal plan
kommuneplan: kommune plan
landzone: land zone
miljøgodkendelse: miljø godkendelse
miljøtilsyn: miljø tilsyn
støjgrænse: støj grænse
brandsyn: brand syn
brandsikkerhed: brand sikkerhed
fødevarekontrol: fødevare kontrol
hygiejnekursus: hygiejne kursus
egenkontrolprogram: egenkontrol program
madvogn: mad vogn
pølsevogn: pølse vogn
varebil: vare bil
lastbil: last bil
taxikørsel: taxi kørsel
parkeringsplads: parkering plads
parkeringslicens: parkering licens
cykelsti: cykel sti
stadeplads: stade plads
hjemmeside: hjemme side
telefonnummer: telefon nummer
netbutik: net butik
tøjbutik: tøj butik
blomsterbutik: blomster butik
frisørsalon: frisør salon
tandlæge: tand læge
vinbar: vin bar
kaffebar: kaffe bar
autoværksted: auto værksted
lagerhal: lager hal
kontorlokale: kontor lokale
lejekontrakt: leje kontrakt
erhvervslejemål: erhverv lejemål
jobcenter: job center
løntilskud: løn tilskud
lønsedler: løn sedler
sygedagpenge: syge dagpenge
feriepenge: ferie penge
virksomhedspraktik: virksomhed praktik
ansættelseskontrakt: ansættelse kontrakt
arbejdstilladelse: arbejde tilladelse
arbejdsplads: arbejde plads
forretningsplan: forretning plan
iværksætterhus: iværksætter hus
udbudsgrænse: udbud grænse
rammeaftale: ramme aftale
serviceattest: service attest
straffeattest: straffe attest
kontaktperson: kontakt person
klagefrist: klage frist
klagenævn: klage nævn
sagsbehandler: sag behandler
sagsbehandlingstid: sagsbehandling tid
børnehave: børn have
vuggestue: vugge stue
musiklicens: musik licens
varmepumpe: varme pumpe
solceller: sol celler
konkurskarantæne: konkurs karantæne
"""
ROWS = [line.split(": ") for line in COMPOUNDS.strip().split("\n")]
TABLE = [(word, tuple(parts.split())) for word, parts in ROWS]

NO_COMPOUNDS = """
alkohol kontrakt restaurant virksomhed forretning selskab regnskab ejendom butikken tegning tegninger regning
regningen service tilladelse bevilling ansøgning medarbejder registrering parkering servering stillads
budget billetter garanti leverandør tømreren personale håndtering afgift moms skilt container kommune kommunen
moderne gæsterne papirerne turister festival biografen sekretær fabrikken hotellet kvittering forening
ordning vinduer betaling erhverv fortov skal hvordan naboerne klinikken
"""


@pytest.fixture(scope="module")
def splitter():
    return Splitter(words())


@pytest.mark.parametrize(("word", "parts"), TABLE)
def test_a_compound_is_split_into_its_parts(splitter, word, parts):
    assert splitter.split(word) == parts


@pytest.mark.parametrize("word", NO_COMPOUNDS.split())
def test_a_word_that_is_no_compound_stays_whole(splitter, word):
    assert splitter.split(word) == ()


def test_the_tables_are_as_long_as_they_were_asked_to_be():
    assert len(TABLE) >= 80
    assert len(NO_COMPOUNDS.split()) >= 40


@pytest.mark.parametrize("word", ["byggetilladelsen", "byggetilladelser", "alkoholbevillingens", "vinbarer"])
def test_the_forms_of_a_compound_are_split_too(splitter, word):
    assert len(splitter.split(word)) == 2


def test_an_unknown_compound_of_three_words_is_split_into_all_of_them(splitter):
    assert splitter.split("kaffevognsgebyr") == ("kaffe", "vogn", "gebyr")


@pytest.mark.parametrize(
    "word", ["", "å", "øl", "🍺🍺🍺", "123456", "a" * 1000, "tilladelse" * 100, "рест", "מסעדה", "bygge-sag"]
)
def test_awkward_input_is_no_compound(splitter, word):
    assert splitter.split(word) == ()


def test_a_token_tells_the_parts_of_the_word_that_was_meant():
    assert pipeline()("udeserveringstiladelse")[0]._.parts == ("udeservering", "tilladelse")
