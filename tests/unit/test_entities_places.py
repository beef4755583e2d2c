"""Places in and around the municipality, and trades, are known by the names in data/."""

import pytest

from bot.core.places import Area
from bot.understanding.entities.places import PlaceFinder
from bot.understanding.entities.trades import TradeFinder


@pytest.fixture(scope="module")
def places(content):
    finder = PlaceFinder(content.places, content.postcodes)

    def find(text, kind="sted"):
        return [entity for entity in finder.find(text) if entity.kind == kind]

    return find


@pytest.fixture(scope="module")
def trades(content):
    finder = TradeFinder(content.trades)
    return lambda text: [entity.value for entity in finder.find(text)]


# places


@pytest.mark.parametrize(
    ("text", "name", "area"),
    [
        ("Helsingør", "Helsingør", "inside"),
        ("helsingør", "Helsingør", "inside"),
        ("HELSINGØR", "Helsingør", "inside"),
        ("i Helsingor", "Helsingør", "inside"),
        ("i helsingoer", "Helsingør", "inside"),
        ("i Helsingörs centrum", "Helsingør", "inside"),
        ("i Helsingør Kommune", "Helsingør Kommune", "inside"),
        ("helsingørs kommune", "Helsingør Kommune", "inside"),
        ("Elsinore", "Helsingør", "inside"),
        ("i Espergærde", "Espergærde", "inside"),
        ("i espergaerde", "Espergærde", "inside"),
        ("i espergarde", "Espergærde", "inside"),
        ("i Snekkersten", "Snekkersten", "inside"),
        ("i snekersten", "Snekkersten", "inside"),
        ("i Tikøb", "Tikøb", "inside"),
        ("i tikob", "Tikøb", "inside"),
        ("Hornbæks strand", "Hornbæk", "inside"),
        ("i Hornbek", "Hornbæk", "inside"),
        ("i hornbak", "Hornbæk", "inside"),
        ("i Ålsgårde", "Ålsgårde", "inside"),
        ("i Aalsgaarde", "Ålsgårde", "inside"),
        ("i alsgarde", "Ålsgårde", "inside"),
        ("i Hellebæk", "Hellebæk", "inside"),
        ("i Kvistgård", "Kvistgård", "inside"),
        ("i kvistgaard", "Kvistgård", "inside"),
        ("en gård i Saunte", "Saunte", "inside"),
        ("ved Gurre", "Gurre", "inside"),
        ("ude i Skibstrup", "Skibstrup", "inside"),
        ("i Havreholm", "Havreholm", "inside"),
        ("i Plejelt", "Plejelt", "inside"),
        ("i Nyrup", "Nyrup", "inside"),
        ("i Horserød", "Horserød", "inside"),
        ("i Humlebæk", "Humlebæk", "outside"),
        ("i Fredensborg Kommune", "Fredensborg Kommune", "outside"),
        ("i Hillerød", "Hillerød", "outside"),
        ("fra Gilleleje", "Gilleleje", "outside"),
        ("i København", "København", "outside"),
        ("i kobenhavn", "København", "outside"),
        ("fra Helsingborg", "Helsingborg", "outside"),
        ("til Bornholm", "Bornholm", "outside"),
        ("ved Borsholm", "Borsholm", "inside"),
    ],
)
def test_a_place_is_known_however_it_is_typed(places, text, name, area):
    (entity,) = places(text)
    assert (entity.value, entity.extra["area"]) == (name, area)
    (entity,) = places(f"Jeg har en forretning {text} og vil udvide")
    assert entity.value == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jeg har plejet min mor",
        "en hornblæser",
        "holmene i søen",
        "min gurkemejedrik",
        "skibsrute",
        "helsingørmotorvejen",
        "hornbækvej",
        "en dal",
        "nøjsomhed er en dyd",
        "jeg hedder Dalsgaard",
        "krav til skiltning",
    ],
)
def test_a_word_that_only_looks_like_a_place_is_none(places, text):
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "code", "area"),
    [
        ("3000 Helsingør", "3000", "inside"),
        ("Stengade 59, 3000 Helsingør", "3000", "inside"),
        ("postnummer 3140", "3140", "inside"),
        ("postnr. 3490", "3490", "partly"),
        ("3150", "3150", "inside"),
        ("DK-3100 Hornbæk", "3100", "partly"),
        ("Hovedgaden 2, 3100", "3100", "partly"),
        ("her i 3140.", "3140", "inside"),
        ("3050 Humlebæk", "3050", "outside"),
        ("3480 Fredensborg", "3480", "outside"),
        ("postnummer 2100", "2100", "outside"),
        ("Vej 3, 2100 København Ø", "2100", "outside"),
    ],
)
def test_a_postcode_is_found_with_its_place(places, text, code, area):
    (entity,) = places(text, "postnummer")
    assert (entity.value, entity.extra["area"]) == (code, area)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3000 kr",
        "3000 m2",
        "3000 besøgende",
        "i 2026 Helsingør",
        "3070 stole",
        "der kommer 3140",
        "43000 Helsingør",
        "3000.000",
        "tlf 30003060",
    ],
)
def test_four_digits_alone_are_no_postcode(places, text):
    assert places(text, "postnummer") == []


def test_every_place_of_the_municipality_is_found_by_its_name_and_spellings(places, content):
    for place in content.places:
        for name in (place.name, *place.spellings):
            (entity,) = places(f"Vi bor i {name}.")
            assert entity.value == place.name, name
            assert entity.extra["area"] == place.area.value


def test_every_town_with_a_postcode_lies_where_its_postcode_lies(content):
    codes = {postcode.code: postcode for postcode in content.postcodes}
    for place in content.places:
        if place.postcode and place.area is not codes[place.postcode].area:
            assert codes[place.postcode].area is Area.PARTLY, place.name


# trades


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("jeg vil åbne en café", "cafe"),
        ("min cafe", "cafe"),
        ("caféen på hjørnet", "cafe"),
        ("en kaffebar", "cafe"),
        ("bogcafé", "cafe"),
        ("vi har en restaurant", "restaurant"),
        ("en resturant", "restaurant"),
        ("restauranten", "restaurant"),
        ("reztaurant", "restaurant"),
        ("et pizzeria", "restaurant"),
        ("fiskerestaurant", "restaurant"),
        ("en foodtruck", "foodtruck"),
        ("en food truck", "foodtruck"),
        ("madvogn", "foodtruck"),
        ("jeg er frisør", "frisoer"),
        ("frisor salon", "frisoer"),
        ("frisørsalon", "frisoer"),
        ("barbershop", "frisoer"),
        ("tømrer", "toemrer"),
        ("tomrerfirma", "toemrer"),
        ("tømrermester", "toemrer"),
        ("jeg er murer", "murer"),
        ("murermester", "murer"),
        ("malerfirma", "maler"),
        ("elektriker", "elektriker"),
        ("elektrikker", "elektriker"),
        ("el-installatør", "elektriker"),
        ("VVS", "vvs"),
        ("vvs'er", "vvs"),
        ("en webshop", "webshop"),
        ("netbutik", "webshop"),
        ("vognmand", "vognmand"),
        ("vognmandsfirma", "vognmand"),
        ("taxa", "taxi"),
        ("taxi", "taxi"),
        ("et hotel", "hotel"),
        ("hotellet", "hotel"),
        ("bed and breakfast", "bnb"),
        ("B&B", "bnb"),
        ("bageri", "bageri"),
        ("bageriet", "bageri"),
        ("jeg er konsulent", "konsulent"),
        ("rengøringsfirma", "rengoering"),
        ("rengoring", "rengoering"),
        ("dagplejer", "dagpleje"),
        ("tatovør", "tatovoer"),
        ("tattoo studio", "tatovoer"),
        ("fysioterapeut", "fysioterapeut"),
        ("fysioterapi klinik", "fysioterapeut"),
        ("tøjbutik", "toejbutik"),
        ("blomsterbutik", "blomsterbutik"),
        ("genbrugsbutik", "genbrugsbutik"),
        ("butik", "butik"),
        ("butikken", "butik"),
        ("landmand", "landbrug"),
        ("mikrobryggeri", "bryggeri"),
        ("anlægsgartner", "anlaegsgartner"),
        ("gartneri", "gartneri"),
        ("it-virksomhed", "it"),
        ("it konsulent", "it"),
        ("fotograf", "fotograf"),
        ("eventfirma", "event"),
        ("autoværksted", "bilvaerksted"),
        ("bilvaerksted", "bilvaerksted"),
        ("mekaniker", "bilvaerksted"),
        ("skønhedsklinik", "skoenhedspleje"),
        ("kiropraktor", "sundhedsklinik"),
        ("catering", "catering"),
        ("kiosk", "kiosk"),
    ],
)
def test_a_trade_is_known_by_its_words(trades, text, trade):
    assert trade in trades(text)
    assert trades(f"Hej, {text} i Helsingør, hvad kræver det?") == trades(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vi bygger et hus",
        "jeg er bagerst i køen",
        "er det bare mig",
        "mine børn og et barn",
        "en malerisk udsigt",
        "har I it",
        "kan man få det",
        "en klinisk test",
        "cykler",
        "en hylde med bøger",
        "hvad koster et skilt",
        "en mur",
        "et gebyr",
        "blomster",
        "tøj",
        "jeg maler selv væggen",
        "en kørestole rampe",
        "nemhandel",
        "kommunens erhvervskonsulent",
        "et dagcenter",
    ],
)
def test_a_word_that_only_looks_like_a_trade_is_none(trades, text):
    assert trades(text) == []


def test_the_most_particular_trade_is_the_one_returned(trades):
    assert trades("en tøjbutik") == ["toejbutik"]
    assert trades("it-konsulent") == ["it"]


def test_two_trades_are_both_found_in_their_order(trades):
    assert trades("café og frisør") == ["cafe", "frisoer"]


def test_every_trade_is_found_by_its_title(trades, content):
    for trade in content.trades:
        assert trade.id in trades(f"vi er {trade.title.lower()}"), trade.title


def test_a_trade_brings_its_title_and_codes(content):
    (entity,) = TradeFinder(content.trades).find("min frisørsalon")
    assert entity.extra == {"title": "Frisør", "db07": "96.02", "db25": "96.21"}
    assert entity.text == "frisørsalon"
