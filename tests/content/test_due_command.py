"""`make due`: a line for each task with its day, topic, unit and what is to be done."""

from datetime import datetime

import pytest

from bot.commands import due
from tests.content.conftest import TOPIC_FILE


@pytest.fixture
def said(project, monkeypatch, capsys):
    """Run the command in the small project on a day; return its lines."""

    def run(day, *options):
        monkeypatch.chdir(project.folder)
        monkeypatch.setattr("sys.argv", ["due", *options])
        monkeypatch.setattr(due, "now", lambda: datetime.fromisoformat(day))
        assert due.main() == 0
        return capsys.readouterr().out.splitlines()

    return run


def test_nothing_due_is_said_in_one_line(said):
    assert said("2026-11-22") == ["nothing due within 60 days of 2026-11-22"]


def test_reviews_are_listed_with_the_unit_that_owns_the_topic(said):
    assert said("2027-04-01") == [
        "2027-05-01  kapital  Erhvervsservice  review",
        "2027-05-01  moms     Erhvervsservice  review",
        "2 due within 60 days of 2027-04-01",
    ]
    assert said("2027-04-01", "--days", "3") == ["nothing due within 3 days of 2027-04-01"]
    assert said("2027-05-02")[0].endswith("review, overdue")


@pytest.mark.parametrize(
    ("day", "values", "line"),
    [
        (
            "2026-12-01",
            '{value: "670", known: "2020", to: 2026-12-31}',
            "2026-12-31  kapital  Erhvervsservice  figure gebyr, gebyret: 670 kr. runs out and has no successor",
        ),
        (
            "2027-01-01",
            '{value: "670", known: "2020", to: 2026-12-31}',
            "2026-12-31  kapital  Erhvervsservice  figure gebyr, gebyret: 670 kr. ran out and has no successor",
        ),
        (
            "2026-12-01",
            '{value: "670", known: "x", to: 2026-12-31}\n      - {value: "1", known: "x", from: 2027-02-01}',
            "2026-12-31  kapital  Erhvervsservice  "
            "figure gebyr, gebyret: 670 kr. runs out; the next value begins on 2027-02-01",
        ),
        (
            "2026-12-01",
            '{value: "1", known: "x", from: 2027-02-01}',
            "2026-11-30  kapital  Erhvervsservice  "
            "figure gebyr, gebyret: has no value yet; the next value begins on 2027-02-01",
        ),
    ],
)
def test_a_figure_says_how_it_stands(said, project, day, values, line):
    project.replace(TOPIC_FILE, '{value: "670", known: "2020"}', values)
    assert said(day)[0] == line


@pytest.mark.parametrize("days", ["-1", "1.5", "x", "", "1000000", "²"])
def test_days_that_are_no_whole_number_are_refused_in_a_sentence(said, capsys, days):
    with pytest.raises(SystemExit) as stop:
        said("2026-11-22", f"--days={days}")
    assert stop.value.code == 2
    assert "is no whole number from 0" in capsys.readouterr().err


def test_content_with_a_mistake_is_named_instead(said, project):
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: ingen")
    project.replace(TOPIC_FILE, "authority: erhvervsstyrelsen", "authority: ingen")
    with pytest.raises(SystemExit) as stop:
        said("2026-11-22")
    assert str(stop.value).startswith(f"The content has a mistake: {TOPIC_FILE}:4: unknown unit ingen")
    assert "(1 more: `make content` lists them)" in str(stop.value)


def test_a_file_that_is_missing_is_named(said, project):
    (project.folder / "data/authorities.yml").unlink()
    with pytest.raises(SystemExit) as stop:
        said("2026-11-22")
    assert "authorities.yml cannot be read: No such file" in str(stop.value)
