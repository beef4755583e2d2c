"""A case goes to the unit that has its topic, and nothing is refused."""

from datetime import datetime, timezone

import pytest

from bot.core.errors import NotFound
from bot.core.inquiries import Inquiry
from bot.core.routing import Situation, route
from bot.core.units import Unit, Units


def routed(content, *topics):
    situation = Situation(datetime(2026, 11, 25, 12, tzinfo=timezone.utc))
    return route(Inquiry(topics), content.units, content.municipality, content.routing, situation)


def test_every_topic_goes_to_the_unit_that_lists_it(content):
    for unit in content.units.all():
        for topic in unit.topics:
            found = routed(content, topic)
            sent_on = topic in content.routing.sent_on
            expected = (content.municipality.default_unit, "state") if sent_on else (unit.id, "topic")
            assert (found.unit.id, found.main.reason) == expected


@pytest.mark.parametrize("topic", [None, "", "no_such_topic", "udenfor_emne"])
def test_an_unknown_topic_goes_to_the_default_unit(content, topic):
    found = routed(content, *([topic] if topic is not None else []))
    assert (found.unit.id, found.main.reason) == (content.municipality.default_unit, "default")


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
