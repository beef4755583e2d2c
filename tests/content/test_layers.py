"""What a municipality says differently is laid over the general file, and a mistake stands where its key stands."""

import pytest

from bot.content.topic_fields import fields_of, text_with
from bot.content.topic_texts import TopicTexts
from tests.content.conftest import PLACE_FILE, TOPIC_FILE, UNIT_FILE

OWN_FILE = TOPIC_FILE.replace("data/", "data/municipalities/helsingor/")
OVER = """\
topic: kapital
short: I {sted} skal du have {aps_kapital}. Spørg {enhed} hos {kommune}.
aspects:
  pris: null
  tid: Du får svar inden {lokal_frist}.
facts:
  gebyr: null
  lokal_frist:
    label: svartiden
    unit: dage
    source: egen
    confidence: high
    values:
      - {value: "5"}
  aps_kapital:
    source: egen  # of the capital
sources:
  loven: {}
  egen:
    title: Kommunens egen side
    url: https://www.egen.example/side
    checked: 2026-11-25
"""


@pytest.fixture
def laid(project):
    project.write(OWN_FILE, OVER)
    return project


def test_keys_are_merged_and_texts_and_lists_replaced(laid):
    topic = laid.load().knowledge.topics["kapital"]
    assert topic.title == "Kapital"
    assert topic.short.startswith("I Helsingør skal du have {aps_kapital}.")
    assert set(topic.aspects) == {"tid"}
    assert topic.steps == ("Skriv et dokument.",)
    assert topic.facts["aps_kapital"].label == "mindste kapital"
    assert topic.facts["aps_kapital"].source.id == "egen"
    assert set(topic.facts) == {"aps_kapital", "lokal_frist"}


def test_the_sources_that_a_municipality_names_come_first_in_its_order(laid):
    assert [source.id for source in laid.load().knowledge.topics["kapital"].sources] == ["loven", "egen"]
    laid.replace(OWN_FILE, "  loven: {}\n", "")
    assert [source.id for source in laid.load().knowledge.topics["kapital"].sources] == ["egen", "loven"]


def test_reserved_words_are_filled_with_the_names_of_the_municipality(laid):
    assert "Spørg Erhvervsservice hos Helsingør Kommune." in laid.load().knowledge.topics["kapital"].short
    laid.replace(UNIT_FILE, "name: Erhvervsservice\n", "name: Erhvervsservice, Center A\ncalled: Erhverv\n")
    assert "Spørg Erhverv hos" in laid.load().knowledge.topics["kapital"].short


# (what stands in the municipality's file, what is planted, a part of the line it is found on, a part of the reason)
IN_AN_OVERLAY = [
    ("topic: kapital\n", "", "short:", "topic: field required"),
    ("topic: kapital\n", "topic: moms\n", "topic: moms", "the file is named kapital"),
    ("aspects:\n", "aspekter: x\naspects:\n", "aspekter", "unknown key"),
    ("  pris: null", "  pris: null\n  prisen: x", "prisen", "unexpected value"),
    ("  pris: null", "  pris: null\n  klage: null", "klage: null", "null takes away what is not there"),
    ("  gebyr: null", "  gebyr: null\n  ukendt: null", "ukendt: null", "null takes away what is not there"),
    ("short: I", "title: null\nshort: I", "title: null", "field required"),
    ("short: I", "owner: havnefogeden\nshort: I", "owner", "unknown unit havnefogeden"),
    ("short: I", "authority: kejseren\nshort: I", "authority", "unknown authority kejseren"),
    ("short: I", "related: [moms, skat]\nshort: I", "related", "related topic skat has no file"),
    ("https://www.egen", "http://www.egen", "url: http:", "scheme not permitted"),
    ("    label: svartiden\n", "", "lokal_frist:", "label: field required"),
    ("inden {lokal_frist}", "inden 14 dage", "tid: Du", "figure typed into prose: 14"),
    ("inden {lokal_frist}", "inden længe", "lokal_frist:", "fact lokal_frist is used nowhere"),
    ("{sted}", "{stedet}", "short:", "unknown fact {stedet}"),
    ("{enhed}", "{enhed_havn}", "short:", "unknown fact {enhed_havn}"),
    ("  lokal_frist:\n", "  kommune:\n", "  kommune:", "{kommune} is a reserved word"),
    ("source: egen  # of the capital", "source: lovbogen", "source: lovbogen", "unknown source lovbogen"),
    ("  pris: null", "  pris:\tx", "pris:", "never with a tab"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "reason"), IN_AN_OVERLAY)
def test_a_mistake_in_the_file_of_a_municipality_is_named_there(laid, old, new, line, reason):
    laid.replace(OWN_FILE, old, new)
    laid.reported(OWN_FILE, line, reason)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("  - Skriv et dokument.", "  - Skriv inden 14 dage.", "inden 14 dage", "figure typed into prose"),
        ("owner: erhvervsservice", "owner: nobody", "owner", "unknown unit nobody"),
        ("https://www.lov", "http://www.lov", "url:", "scheme not permitted"),
        ("title: Kapital\n", "", "topic: kapital", "title: field required"),
        ("status: full", "status: full\nowner_mail: x", "owner_mail", "unknown key"),
    ],
)
def test_a_mistake_in_the_general_file_is_named_there(laid, old, new, line, reason):
    laid.replace(TOPIC_FILE, old, new)
    laid.reported(TOPIC_FILE, line, reason)


def test_a_topic_that_only_one_municipality_has_must_be_whole(project):
    name = "data/municipalities/helsingor/knowledge/start/havn.yml"
    project.write(name, "topic: havn\n")
    project.reported(name, "topic: havn", "short: field required")


def test_a_file_in_another_theme_than_the_general_one_is_refused(project):
    name = OWN_FILE.replace("/start/", "/udbud/")
    project.write(name, "topic: kapital\n")
    project.reported(name, "topic:", "the general file lies in the theme start")


def test_two_files_of_one_topic_in_a_municipality_are_refused(laid):
    laid.write(OWN_FILE.replace("/start/", "/udbud/"), OVER)
    assert any("has the topic too" in problem.reason for problem in laid.problems())


def test_a_topic_of_another_municipality_is_no_neighbour_and_no_mistake(project):
    havn = (project.folder / TOPIC_FILE).read_text(encoding="utf-8")
    for old, new in (("kapital", "havn"), ("gebyr", "havnegebyr"), ("Kapital", "Havn")):
        havn = havn.replace(old, new)
    project.write("data/municipalities/egedal/knowledge/start/havn.yml", havn)
    project.replace(TOPIC_FILE, "related: [moms]", "related: [moms, havn]")
    knowledge = project.load().knowledge
    assert knowledge.topics["kapital"].related == ("moms",)
    assert knowledge.elsewhere == {"havn"}


def test_a_unit_of_another_municipality_may_own_a_general_answer(project):
    text = (project.folder / UNIT_FILE).read_text(encoding="utf-8").replace("erhvervsservice", "bank")
    project.write("data/municipalities/egedal/units/bank.yml", text)
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: bank")
    assert project.load().knowledge.topics["kapital"].owner == "erhvervsservice"


def test_a_topic_that_no_unit_lists_goes_to_its_owner_else_to_the_default_unit(project):
    project.replace(UNIT_FILE, "  - kapital\n", "")
    assert project.load().units.for_topic("kapital").id == "erhvervsservice"
    bank = (project.folder / UNIT_FILE).read_text(encoding="utf-8").replace("erhvervsservice", "bank")
    project.write(UNIT_FILE.replace("erhvervsservice", "bank"), bank.replace("topics:\n  - moms\n", ""))
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: bank")
    assert project.load().units.for_topic("kapital").id == "bank"


def test_the_page_of_the_municipality_is_a_source_that_a_general_file_can_name(project):
    project.replace(TOPIC_FILE, "sources:\n", "sources:\n  kommunen: {}\n")
    [own, _] = project.load().knowledge.topics["kapital"].sources
    assert own.url == "https://www.helsingor.dk/virksomhed"
    project.replace(
        PLACE_FILE, "  url: https://www.helsingor.dk/virksomhed", "  url: http://www.helsingor.dk"
    )
    found = [str(problem) for problem in project.problems()]
    assert len(found) == 1
    assert "page.url" in found[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("theme_byrum:", "theme_havn:", "theme_havn", "no phrase answer.theme_havn"),
        ("place: Helsingør", "sted: Helsingør", "sted:", "unknown key"),
        ("page:", "side:", "side:", "unknown key"),
    ],
)
def test_a_mistake_in_what_a_municipality_is_called_is_named(project, old, new, line, reason):
    project.replace(PLACE_FILE, old, new)
    project.reported(PLACE_FILE, line, reason)


def test_the_municipality_itself_is_no_entry_among_the_authorities(project):
    name = "data/municipalities/helsingor/authorities.yml"
    project.write(name, 'kommunen: {name: En anden, url: "https://www.anden.example"}\n')
    project.reported(name, "kommunen", "the municipality itself")


def test_an_editor_gets_the_merged_text_as_one_file(laid):
    content = laid.load()
    texts = TopicTexts(laid.folder, "helsingor", content.topic_reader)
    text = texts.released("kapital")
    assert "Kommunens egen side" in text
    assert "null" not in text
    topics = content.knowledge.topics
    assert texts.read("kapital", text, topics) == topics["kapital"]
    assert texts.read("kapital", text_with(text, fields_of(text)), topics) == topics["kapital"]


def test_an_editor_gets_a_file_that_nothing_is_laid_over_as_it_is_written(project):
    texts = TopicTexts(project.folder, "helsingor", project.load().topic_reader)
    assert texts.released("kapital") == (project.folder / TOPIC_FILE).read_text(encoding="utf-8")
