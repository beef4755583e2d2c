"""data/languages.yml has two sentences in each of the languages, and nothing else."""

import pytest

from bot.core.conversations import Reply, Role

ANSWER = Reply(role=Role.BOT, text="Ja.", topic="moms")
NAME = "data/languages.yml"
ENGLISH = "I answer in Danish; here is what I found about “{topic}”:"


def test_the_file_is_taken_as_it_is(project):
    assert "Danish" in project.load().languages.announce("en", ANSWER).text


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("\nnb:\n", "\nno:\n", "no:", "unknown key"),
        ("\nnb:\n", "\nno:\n", None, "nb: field required"),
        ("\nde:\n", "\npl: {}\nde:\n", "pl:", "unknown key"),
        ("sv:\n  introduction:", "sv:\n  intro:", "sv:", "introduction: field required"),
        ("sv:\n  introduction:", "sv:\n  greeting: Hej.\n  introduction:", "  greeting:", "unknown key"),
        (ENGLISH, "", "  before_answer:", "write one sentence"),
        (ENGLISH, "About “{topic}”", "  before_answer:", "ends with a full stop or a colon"),
        (ENGLISH, "I answer in Danish. About “{topic}”:", "  before_answer:", "write one sentence"),
        (
            ENGLISH,
            "I answer in Danish. And in Danish only! “{topic}”:",
            "  before_answer:",
            "write one sentence",
        ),
        (ENGLISH, "I answer in Danish:", "  before_answer:", "must have {topic} once"),
        (ENGLISH, "About {topic} and {topic}:", "  before_answer:", "must have {topic} once"),
        (ENGLISH, "About {topic} and {person}:", "  before_answer:", "no other place"),
        (ENGLISH, "About {topic} and {:", "  before_answer:", "no other place"),
        ("the button “{person}”", "the button “{topic}”", "  introduction:", "must have {person} once"),
    ],
)
def test_a_mistake_is_named_with_its_line(project, old, new, line, reason):
    project.replace(NAME, old, new)
    expected = project.line_of(NAME, line) if line else None
    found = [problem for problem in project.problems() if problem.path == NAME]
    assert any(
        reason in problem.reason and (line is None or problem.line == expected) for problem in found
    ), "\n".join(str(problem) for problem in found)


def test_the_file_may_not_be_missing_or_empty(project):
    project.write(NAME, "# nothing\n")
    assert {problem.path for problem in project.problems()} == {NAME}
