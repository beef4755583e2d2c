"""A case goes to the unit that has its topic, and nothing is refused."""

import pytest

from bot.core.errors import NotFound
from bot.core.routing import route
from bot.core.units import Unit, Units


def test_every_topic_goes_to_the_unit_that_lists_it(content):
    for unit in content.units.all():
        for topic in unit.topics:
            found = route(topic, content.units, content.municipality)
            assert (found.unit.id, found.reason) == (unit.id, "topic")


@pytest.mark.parametrize("topic", [None, "", "no_such_topic", "udenfor_emne"])
def test_an_unknown_topic_goes_to_the_default_unit(content, topic):
    found = route(topic, content.units, content.municipality)
    assert (found.unit.id, found.reason) == (content.municipality.default_unit, "default")


def test_a_unit_that_does_not_exist_is_not_found(content):
    with pytest.raises(NotFound, match="no_such_unit"):
        content.units.get("no_such_unit")
    assert not content.units.has("no_such_unit")


def test_units_are_listed_by_name():
    def unit(name, *topics):
        return Unit(name.lower(), name, "dig", "a@b.dk", "1", 5, False, topics)

    units = Units([unit("Vej", "havn"), unit("Byg")])
    assert [item.name for item in units.all()] == ["Byg", "Vej"]
    assert units.covers("havn")
    assert not units.covers("moms")
    assert units.for_topic("moms") is None
