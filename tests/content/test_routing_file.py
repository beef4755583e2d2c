"""A mistake in what steers where cases go is refused with file, line and reason."""

from datetime import date, time

import pytest

from bot.core.routing_rules import LARGEST
from bot.core.units import Absence
from tests.content.conftest import OWN_ROUTING_FILE, ROUTING_FILE, UNIT_FILE

OWN = """\
coordinator: {plan: erhvervsservice, several: largest, agreed: false}
areas:
  havnen: [Nordhavnen]
takes: [moms]
overrides:
  paa_havnen:
    when: {topics: [kapital], places: [havnen], trades: [cafe]}
    unit: erhvervsservice
    because: fordi stedet ligger på havnen, og {enhed} tager sig af den.
    agreed: false
"""
OF_UNIT = """\
opening:
  agreed: false
  days: {mandag: 09.00-14.00, onsdag: 12.30-15.00}
capacity: {open_cases: 40, agreed: false}
absences:
  - {first: 2026-12-21, last: 2027-01-03}
known_as: [erhvervskontoret]
"""


@pytest.fixture
def municipal(project):
    project.write(OWN_ROUTING_FILE, OWN)
    text = (project.folder / UNIT_FILE).read_text(encoding="utf-8")
    project.write(UNIT_FILE, text + OF_UNIT)
    return project


def test_the_rules_of_a_municipality_are_read(municipal):
    rules = municipal.load().routing
    [rule] = rules.rules
    assert (rule.unit, rule.also) == ("erhvervsservice", False)
    assert rule.because == "fordi stedet ligger på havnen, og Erhvervsservice tager sig af den."
    assert (rules.plan_coordinator, rules.coordinator, rules.sent_on) == (
        "erhvervsservice",
        LARGEST,
        frozenset(),
    )


def test_a_municipality_needs_no_rules_of_its_own(project):
    rules = project.load().routing
    assert (rules.rules, rules.sent_on) == ((), {"moms"})


def test_when_a_unit_is_open_full_and_away_is_read(municipal):
    unit = municipal.load().units.get("erhvervsservice")
    assert unit.opening == {0: (time(9), time(14)), 2: (time(12, 30), time(15))}
    assert (unit.capacity, unit.full, unit.known_as) == (40, "tell", ("erhvervskontoret",))
    assert unit.absences == (Absence(date(2026, 12, 21), date(2027, 1, 3)),)


# (file, what stands in it, what is planted, a part of the line it is found on, a part of the reason)
MISTAKES = [
    (ROUTING_FILE, "[moms]", "[moms, skat]", "sent_on", "unknown topic skat"),
    (ROUTING_FILE, "'tale? med'", "'tal(e med'", "wish", "no regular expression"),
    (ROUTING_FILE, "everything: ['begge dele']\n", "", "sent_on", "everything: field required"),
    (OWN_ROUTING_FILE, "plan: erhvervsservice", "plan: kontoret", "coordinator", "unknown unit kontoret"),
    (OWN_ROUTING_FILE, "takes: [moms]", "takes: [kapital]", "takes", "kapital is not sent on"),
    (OWN_ROUTING_FILE, "[kapital]", "[kapitalen]", "when:", "unknown topic kapitalen"),
    (OWN_ROUTING_FILE, "places: [havnen]", "places: [kajen]", "when:", "unknown place kajen"),
    (OWN_ROUTING_FILE, "trades: [cafe]", "trades: [caféer]", "when:", "string does not match"),
    (OWN_ROUTING_FILE, "trades: [cafe]", "trades: [kajakbygger]", "when:", "unknown trade kajakbygger"),
    (OWN_ROUTING_FILE, "trades: [cafe]", "plans: [kajak]", "when:", "unknown plan kajak"),
    (OWN_ROUTING_FILE, "trades: [cafe]", "themes: [kajak]", "when:", "unknown theme kajak"),
    (OWN_ROUTING_FILE, "trades: [cafe]", "no_topic: true", "when:", "no_topic and topics at once"),
    (OWN_ROUTING_FILE, "trades: [cafe]", "languages: [fi]", "when:", "unexpected value"),
    (
        OWN_ROUTING_FILE,
        "    unit: erhvervsservice",
        "    unit: kontoret",
        "unit: kontoret",
        "unknown unit kontoret",
    ),
    (OWN_ROUTING_FILE, "    unit: erhvervsservice\n", "", "paa_havnen", "either unit or also"),
    (OWN_ROUTING_FILE, "because: fordi", "because: da", "because", "must begin with fordi"),
    (OWN_ROUTING_FILE, "af den.", "af den", "because", "end with ."),
    (OWN_ROUTING_FILE, "af den.", "af den i 2026.", "because", "figure typed into prose"),
    (OWN_ROUTING_FILE, "{enhed}", "{enheden}", "because", "unknown fact {enheden}"),
    (OWN_ROUTING_FILE, "    agreed: false", "    agreed: nej", "agreed: nej", "not a valid boolean"),
    (UNIT_FILE, "09.00-14.00", "9-14", "mandag", "string does not match"),
    (UNIT_FILE, "09.00-14.00", "14.00-09.00", "mandag", "closes before it opens"),
    (UNIT_FILE, "{mandag: 09.00-14.00, onsdag: 12.30-15.00}", "{}", "  days:", "leave opening out"),
    (UNIT_FILE, "last: 2027-01-03", "last: 2026-01-03", "first:", "ends before it begins"),
    (UNIT_FILE, "known_as: [erhvervskontoret]", "deputy: kontoret", "deputy", "unknown unit kontoret"),
    (UNIT_FILE, "known_as: [erhvervskontoret]", "deputy: erhvervsservice", "deputy", "stand in for itself"),
    (UNIT_FILE, "40, agreed", "40, then: deputy, agreed", "capacity", "there is no deputy"),
    (UNIT_FILE, "open_cases: 40", "open_cases: 0", "capacity", "greater than or equal to 1"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "reason"), MISTAKES)
def test_a_mistake_is_refused(municipal, name, old, new, line, reason):
    municipal.replace(name, old, new)
    municipal.reported(name, line, reason)


def test_a_topic_that_the_municipality_decides_itself_is_not_sent_on(project):
    project.replace("data/knowledge/start/moms.yml", "authority: skattestyrelsen", "authority: kommunen")
    project.reported(ROUTING_FILE, "sent_on", "the municipality itself decides moms")
