"""A mistake in data/deadlines.yml is named with its line."""

import pytest

FILE = "data/deadlines.yml"
TOPIC_FILE = "data/knowledge/start/kapital.yml"
RIGHT = """\
sources:
  lov:
    title: Loven
    url: https://www.lov.example/klage
    checked: 2026-11-22
ways:
  klage:
    starts: den dag, du fik svaret
    sentence: "Fik du svaret {start}, skal du klage senest {day}."
    sources: [lov]
    law: Vi tæller fra dagen efter.
    moves: later
    asks: [klage]
    words: ['klage\\w*']
deadlines:
  kapital_klage:
    topic: kapital
    title: Klage over et nej
    way: klage
    fact: aps_frist
"""
FACT = """\
  aps_frist:
    label: fristen
    unit: uger
    source: loven
    confidence: high
    values:
      - {value: "4"}
"""


@pytest.fixture
def planted(project):
    """Give the small project with a deadline, and a way to plant a mistake in it."""
    project.replace(TOPIC_FILE, "  gebyr:\n", FACT + "  gebyr:\n")
    project.replace(TOPIC_FILE, "Du må gerne bruge pengene.", "Du kan klage i {aps_frist}.")
    project.write(FILE, RIGHT)
    return project


def test_a_right_file_gives_its_rules(planted):
    rule = planted.load().deadlines.get("kapital_klage")
    assert (rule.title, rule.fact, rule.asks) == ("Klage over et nej", "aps_frist", ("klage",))
    assert rule.is_named_in("Kan jeg KLAGE?")
    assert rule.sources[0].url == "https://www.lov.example/klage"


def test_without_the_file_there_are_no_deadlines(project):
    assert list(project.load().deadlines) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("    topic: kapital", "    topic: kapitel", "topic: kapitel", "no topic is named kapitel"),
        ("fact: aps_frist", "fact: frist", "fact: frist", "kapital has no fact named frist"),
        ("fact: aps_frist", "fact: gebyr", "fact: gebyr", "no whole number of days"),
        ("    fact: aps_frist\n", "", "kapital_klage:", "kapital has no fact named None"),
        ("    way: klage", "    way: klager", "way: klager", "no way of counting is named klager"),
        ("moves: later", "moves: sideways", "moves: sideways", "unexpected value"),
        ("asks: [klage]", "asks: [klag]", "asks:", "unexpected value"),
        ("sources: [lov]", "sources: [loven]", "sources: [loven]", "unknown source loven"),
        ("words: ['klage\\w*']", "words: ['klage(']", "words:", "not a pattern"),
        ("senest {day}", "senest {dag}", "kapital_klage:", "sentence has no place {dag}"),
        ("    starts: den dag, du fik svaret\n", "", "kapital_klage:", "starts is missing"),
        ("    moves: later\n", "    moves: later\n    closed: [fredag]\n", "closed:", "unexpected value"),
        ("    moves: later\n", "    move: later\n", "move: later", "unknown key"),
        ("    fact: aps_frist\n", "    fact: aps_frist\n    judge: true\n", "judge: true", "needs a note"),
        (
            "    fact: aps_frist\n",
            '    calendar: [{day: "02-29", period: "år {year}"}]\n',
            "calendar:",
            "no day 02-29 in every year",
        ),
        ("https://www.lov", "http://www.lov", "url:", "scheme not permitted"),
        (
            "law: Vi tæller fra dagen efter.",
            f"law: {'Forvaltningsmyndighedernes beregningsmetoder ' * 4}.",
            "kapital_klage:",
            "LIX",
        ),
        ("title: Klage over et nej", f"title: {'Klage over et nej ' * 6}", "title: Klage", "at most 70"),
    ],
)
def test_a_mistake_is_named_with_line_and_reason(planted, old, new, line, reason):
    planted.replace(FILE, old, new)
    expected = planted.line_of(FILE, line)
    found = planted.problems()
    assert any((one.path, one.line) == (FILE, expected) and reason in one.reason for one in found), "\n".join(
        str(one) for one in found
    )


def test_a_rule_about_what_only_another_municipality_has_is_left_out(planted):
    own = "data/municipalities/nabo/knowledge/start/havn.yml"
    planted.write(own, "topic: havn\nfacts:\n  havn_frist:\n    unit: uger\n")
    rule = "  havn_klage:\n    topic: havn\n    title: Klage over en bådplads\n    way: klage\n    fact: havn_frist\n"
    planted.write(FILE, RIGHT + rule)
    assert [rule.id for rule in planted.load().deadlines] == ["kapital_klage"]


def test_a_calendar_may_not_drift_from_the_fact(planted):
    planted.replace(TOPIC_FILE, '{value: "4"}', '{value: "1. marts"}')
    planted.replace(
        FILE, "fact: aps_frist\n", 'fact: aps_frist\n    calendar: [{day: "03-02", period: "år"}]\n'
    )
    assert any("does not name 2. marts" in one.reason for one in planted.problems())


def test_working_days_are_not_counted_backwards(planted):
    planted.replace(TOPIC_FILE, "unit: uger", "unit: arbejdsdage")
    planted.replace(FILE, "moves: later", "moves: earlier\n    counts: before")
    assert any("forwards only" in one.reason for one in planted.problems())
