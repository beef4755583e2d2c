"""The component that gives Rasa its entities: what they look like, and that no policy minds them."""

import json
from datetime import date

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa_ext.entity_extractor import EntityExtractor, today_in_denmark
from bot.settings import Settings
from bot.understanding.entities.extractor import Extractor

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def component(content):
    extractor = Extractor(content.places, content.postcodes, content.trades)
    return EntityExtractor(extractor, today=lambda: TODAY)


def entities(component, text):
    (message,) = component.process([Message(data={TEXT: text})])
    return message.get(ENTITIES)


def test_an_entity_has_what_rasa_asks_for_and_can_be_written_as_json(component):
    (entity,) = entities(component, "vi åbner på tirsdag")
    assert json.loads(json.dumps(entity)) == {
        "entity": "dato",
        "value": "2026-12-01",
        "start": 9,
        "end": 19,
        "text": "på tirsdag",
        "sure": True,
        "extra": {"precision": "day", "approximate": False, "until": None},
        "extractor": "EntityExtractor",
    }


def test_an_amount_is_a_number(component):
    (entity,) = entities(component, "halvanden million")
    assert (entity["entity"], entity["value"]) == ("beloeb", 1_500_000)


def test_what_another_component_found_is_kept(component):
    message = Message(data={TEXT: "500 kr", ENTITIES: [{"entity": "tema", "value": "byggeri"}]})
    component.process([message])
    assert [entity["entity"] for entity in message.get(ENTITIES)] == ["tema", "beloeb"]
    assert ENTITIES in message.output_properties


@pytest.mark.parametrize("data", [{}, {TEXT: ""}, {TEXT: None}])
def test_a_message_without_text_is_left_as_it_is(component, data):
    message = Message(data=dict(data))
    component.process([message])
    assert message.get(ENTITIES) is None


def test_rasa_makes_it_with_the_names_of_the_municipality_and_todays_date():
    component = EntityExtractor.create({}, None, None, None)
    found = entities(component, "i dag i Hornbæk")
    assert [(entity["entity"], entity["value"]) for entity in found] == [
        ("dato", today_in_denmark().isoformat()),
        ("sted", "Hornbæk"),
    ]
    assert Settings.from_environment().municipality == "helsingor"
