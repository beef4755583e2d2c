"""The files of names are right, and a mistake in one is refused with its line and the reason."""

import pytest

TRADES = "data/trades.yml"
PLACES = "data/municipalities/helsingor/places.yml"


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "reason"),
    [
        (TRADES, "  title: Foodtruck", "  titel: Foodtruck", "titel:", "unknown key"),
        (TRADES, "  title: Foodtruck\n", "", "foodtruck:", "title: field required"),
        (TRADES, "[glarmester*]", "[]", "words: []", "at least 1 item"),
        (TRADES, "[glarmester*]", "['*glar*']", "'*glar*'", "does not match"),
        (TRADES, "[glarmester*]", "['glar mester*']", "'glar mester*'", "does not match"),
        (TRADES, 'db07: "86.23"', "db07: 86.23", "db07: 86.23", "str type expected"),
        (PLACES, "Gurre: {area: inside}", "Gurre: {area: here}", "Gurre:", "unexpected value"),
        (PLACES, "Gurre: {area: inside}", "Gurre: {}", "Gurre:", "field required"),
        (PLACES, '"3000": {', '"300": {', "postcodes:", "does not match"),
        (
            PLACES,
            'Tikøb: {area: inside, postcode: "3080"}',
            'Tikøb: {area: inside, postcode: "3081"}',
            "Tikøb: {",
            "unknown postcode 3081",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_and_reason(project, name, old, new, line, reason):
    project.replace(name, old, new)
    expected = project.line_of(name, line)
    found = project.problems()
    assert any(
        (problem.path, problem.line) == (name, expected) and reason in problem.reason for problem in found
    ), "\n".join(map(str, found))


def test_a_word_belongs_to_one_trade(content):
    words = [word for trade in content.trades for word in trade.words]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []
