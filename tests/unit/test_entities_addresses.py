"""Street addresses are found, and told from other words with a number behind them."""

import pytest

from bot.understanding.entities import addresses


def streets(text):
    return [entity.value for entity in addresses.find(text)]


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
