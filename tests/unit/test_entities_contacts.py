"""CVR numbers, telephone numbers, e-mail addresses and street addresses are told apart and normalised."""

import pytest

from bot.core import contacts as form
from bot.core.errors import InvalidInput
from bot.understanding.entities import addresses, companies, contacts


def cvr(text):
    return [(entity.kind, entity.value) for entity in companies.find(text)]


def phones(text):
    return [entity.value for entity in contacts.find(text) if entity.kind == "telefon"]


def emails(text):
    return [entity.value for entity in contacts.find(text) if entity.kind == "email"]


def streets(text):
    return [entity.value for entity in addresses.find(text)]


# CVR


@pytest.mark.parametrize(
    "text",
    [
        "64502018",
        "CVR 64502018",
        "cvr-nr. 64502018",
        "CVR-nr.: 64502018",
        "cvrnr 64502018",
        "cvr nummer 64502018",
        "vores cvr-nummer er 64502018.",
        "CVR nr 64 50 20 18",
        "cvr: 6450 2018",
        "CVR 64.50.20.18",
        "cvr 64-50-20-18",
        "cvr 64\u00a050\u00a020\u00a018",
        "DK64502018",
        "DK 64 50 20 18",
        "DK-64502018",
        "SE-nr. 64502018",
        "momsnr. DK64502018",
        "CVR64502018",
        "firmaet (64502018) ligger her",
        "Bageriet ApS, 64502018, Stengade 3",
    ],
)
def test_a_cvr_number_is_found_in_every_spelling(text):
    assert cvr(text) == [("cvr", "64502018")]


@pytest.mark.parametrize(
    "text",
    [
        "cvr 12345678",
        "CVR-nr. 64502019",
        "cvr nummer 64 50 20 81",
        "vores cvr er 00000000",
        "momsnr. DK 12345678",
    ],
)
def test_what_is_called_a_cvr_number_and_fails_modulus_11_is_returned_as_invalid(text):
    ((kind, value),) = cvr(text)
    assert kind == "invalid_cvr"
    with pytest.raises(InvalidInput):
        form.cvr(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cvr",
        "12345678",
        "64 50 20 18",
        "6450201",
        "645020181",
        "cvr 6450201",
        "cvr 645020181",
        "P-nummer 1003388394",
        "P-nr. 64502018",
        "EAN 5798000123456",
        "sagsnr. 64502018",
        "faktura 64502018",
        "CPV 64502018",
        "cpv-kode 64502018",
        "kontonr. 64502018",
        "64502018 kr",
        "64.502.018",
        "010190-1234",
        "+4564502018",
        "2026-64502018",
        "hvad er et cvr nummer og hvorfor skal jeg have det 12345678",
    ],
)
def test_other_digits_are_no_cvr_number(text):
    assert [value for value in cvr(text) if value[0] == "cvr"] == []


def test_only_a_number_with_its_label_is_sure():
    assert next(companies.find("cvr 64502018")).sure
    assert not next(companies.find("64502018")).sure


# telephone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("49282828", "49282828"),
        ("49 28 28 28", "49282828"),
        ("4928 2828", "49282828"),
        ("49-28-28-28", "49282828"),
        ("49.28.28.28", "49282828"),
        ("49\u00a028\u00a028\u00a028", "49282828"),
        ("tlf.: 49282828", "49282828"),
        ("tlf 49 28 28 28.", "49282828"),
        ("ring 49282828, helst efter kl. 10", "49282828"),
        ("+4549282828", "49282828"),
        ("+45 49 28 28 28", "49282828"),
        ("(+45) 49 28 28 28", "49282828"),
        ("0045 49 28 28 28", "49282828"),
        ("mobil 20 00 12 34", "20001234"),
        ("tlf. 64502018", "64502018"),
        ("ring på 64 50 20 18", "64502018"),
        ("+46 70 123 45 67", "+46701234567"),
        ("+46 (0)70-123 45 67", "+46701234567"),
        ("0046 70 123 45 67", "+46701234567"),
        ("+49 30 901820", "+4930901820"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_phone_number_is_found_and_written_as_the_form_writes_it(text, number):
    assert phones(text) == [number]
    assert phones(f"Kan I hjælpe? {text}") == [number]
    assert form.find_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4928282",
        "492828281",
        "10203040",
        "112",
        "kl. 10.30",
        "1234567890123",
        "20.304.050",
        "1.200.000 kr",
        "010190-1234",
        "EAN 5798000123456",
        "sagsnr. 49282828",
        "3000 Helsingør",
        "cvr 64502018",
        "2026-11-03",
        "2026-2029",
        "P-nummer 1003388394",
    ],
)
def test_other_digits_are_no_phone_number(text):
    assert phones(text) == []


def test_two_phone_numbers_are_both_found():
    assert phones("49 28 28 28 eller 21 22 23 24") == ["49282828", "21222324"]


# e-mail


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mette@holm.dk", "mette@holm.dk"),
        ("Mette@Holm.DK", "mette@holm.dk"),
        ("min mail er mette@holm.dk.", "mette@holm.dk"),
        ("<mette@holm.dk>", "mette@holm.dk"),
        ("(mette@holm.dk)", "mette@holm.dk"),
        ("mailto:mette@holm.dk", "mette@holm.dk"),
        ("mette.holm+genvej@post.holm.co.uk", "mette.holm+genvej@post.holm.co.uk"),
        ("info@rødgrød.dk", "info@rødgrød.dk"),
        ("o'brien@firma.ie", "o'brien@firma.ie"),
        ("navn_1@firma-2.dk", "navn_1@firma-2.dk"),
        ("12345678@firma.dk", "12345678@firma.dk"),
    ],
)
def test_an_address_is_found_whole_as_the_form_finds_it(text, address):
    assert emails(text) == [address]
    assert form.find_email(text) == address


@pytest.mark.parametrize("text", ["", "mette", "mette@holm", "@holm.dk", "mette @ holm.dk", "mette@holm.d"])
def test_what_is_no_address_is_not_taken_for_one(text):
    assert emails(text) == []


def test_two_addresses_are_both_found():
    assert emails("a@holm.dk, b@holm.dk") == ["a@holm.dk", "b@holm.dk"]


# street addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Stengade 59", "Stengade 59"),
        ("stengade 59", "Stengade 59"),
        ("på Stengade 59 i Helsingør", "Stengade 59"),
        ("Stengade 59, 3000 Helsingør", "Stengade 59"),
        ("Stengade 59A", "Stengade 59A"),
        ("Stengade 59 A", "Stengade 59A"),
        ("stengade 59a, 2. tv.", "Stengade 59A, 2. tv"),
        ("Stengade 59, st. th", "Stengade 59, st. th"),
        ("Stengade 59, 1. sal", "Stengade 59, 1. sal"),
        ("Stengade 59, 3. sal tv", "Stengade 59, 3. sal tv"),
        ("Stengade 59-61", "Stengade 59-61"),
        ("Strandvejen 166", "Strandvejen 166"),
        ("Gl. Strandvej 12", "Gl. Strandvej 12"),
        ("Gammel Strandvej 12", "Gammel Strandvej 12"),
        ("Nordre Strandvej 119 B", "Nordre Strandvej 119B"),
        ("H.P. Christensens Vej 10", "H.P. Christensens Vej 10"),
        ("Sct. Anna Gade 5", "Sct. Anna Gade 5"),
        ("Espergærde Hovedgade 12", "Espergærde Hovedgade 12"),
        ("Axeltorv 3", "Axeltorv 3"),
        ("Hovedvagtsstræde 3", "Hovedvagtsstræde 3"),
        ("Kirkestraede 3", "Kirkestraede 3"),
        ("Birkedalsvænget 7", "Birkedalsvænget 7"),
        ("Klostermosevej 101", "Klostermosevej 101"),
        ("Støberivej 14, 3000 Helsingør", "Støberivej 14"),
        ("Allégade 2", "Allégade 2"),
        ("Rosenkildevej 4", "Rosenkildevej 4"),
        ("Egeskovparken 8", "Egeskovparken 8"),
        ("Jernbane Allé 8", "Jernbane Allé 8"),
        ("adressen er hornbækvej 3", "Hornbækvej 3"),
    ],
)
def test_a_street_address_is_found(text, address):
    assert streets(text) == [address]


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("min café i Stengade", "Stengade"),
        ("vi ligger på Strandvejen", "Strandvejen"),
        ("Jeg bor ved Gl. Strandvej og vil bygge", "Gl. Strandvej"),
    ],
)
def test_a_street_without_a_number_is_found_behind_a_word_of_place(text, street):
    assert streets(text) == [street]
    assert next(addresses.find(text)).extra["number"] == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "en genvej 3",
        "parkeringsplads 12",
        "stadeplads 3",
        "legeplads",
        "jeg er på vej",
        "på vejen",
        "i gaden",
        "motorvej 3",
        "arbejdsplads 2",
        "en privat fællesvej",
        "vejen 3",
        "i haven",
        "kl. 3",
        "3 ansatte",
        "§ 56",
        "råden over vej",
        "markedsplads 4",
        "jeg vil leje en lade 40 m2",
        "udvej 2",
        "hjemmeside 3",
        "i en sidegade 3 dage",
        "på Genvej",
        "I Parken",
    ],
)
def test_what_is_no_address_is_left_alone(text):
    assert streets(text) == []


def test_a_number_of_something_is_no_house_number():
    (entity,) = addresses.find("vi lukker i Stengade 3 dage i maj")
    assert (entity.value, entity.extra["number"]) == ("Stengade", "")


def test_the_parts_of_an_address_are_kept():
    (entity,) = addresses.find("Min butik ligger Stengade 59A, 2. tv., 3000 Helsingør")
    assert entity.text == "Stengade 59A, 2. tv"
    assert entity.extra == {"street": "Stengade", "number": "59A", "floor": "2. tv"}
