"""The gate shuts when the bot understands less than the repository says, and only then."""

from collections import Counter

import pytest

from bot.core import gate
from bot.core.evaluation import Kind, Result
from bot.core.figures import SetFigures, Tally


def figures(kind=Kind.QUESTIONS, digest="same", outside=None, **questions):
    def counter(counts):
        return Counter({Result[name.upper()]: count for name, count in counts.items()})

    return SetFigures(kind, digest, Tally(counter(questions), counter(outside or {})), {}, {})


def questions(right=900, wrong=50, outside=80, outside_wrong=0):
    """Return a set of 1000 questions and 100 messages outside."""
    return figures(
        right=right,
        wrong=wrong,
        unanswered=1000 - right - wrong,
        outside={"outside": outside, "wrong": outside_wrong, "unanswered": 100 - outside - outside_wrong},
    )


def small(kind, right, of=40, **others):
    rest = of - right - sum(others.values())
    return figures(kind, right=right, unanswered=rest, **others)


BASE = {
    "topics_a.tsv": questions(),
    "multi.tsv": small(Kind.SEVERAL, 30),
    "followup.tsv": small(Kind.FOLLOW_UPS, 30),
    "context.tsv": small(Kind.CONTEXT, 30),
    "ambiguous.tsv": small(Kind.EITHER, 20, offered=10),
    "languages.tsv": small(Kind.LANGUAGES, 30, of=400),
}


def problems(**changed):
    measured = {**BASE, **{f"{name}.tsv": found for name, found in changed.items()}}
    return gate.problems(BASE, measured)


def test_the_recorded_figures_themselves_pass():
    assert problems() == []


def test_better_figures_pass():
    assert problems(topics_a=questions(right=950, wrong=10, outside=99), multi=small(Kind.SEVERAL, 40)) == []


@pytest.mark.parametrize(
    ("changed", "passes"),
    [
        ({"topics_a": questions(right=890)}, True),
        ({"topics_a": questions(right=889)}, False),
        # Of 1100 messages: 11 more are one point exactly.
        ({"topics_a": questions(wrong=61)}, True),
        ({"topics_a": questions(wrong=62)}, False),
        ({"topics_a": questions(wrong=55, outside_wrong=7)}, False),
        # Two of 100 messages outside are more than a point.
        ({"topics_a": questions(outside=78)}, True),
        ({"topics_a": questions(outside=77)}, False),
        ({"multi": small(Kind.SEVERAL, 28)}, True),
        ({"multi": small(Kind.SEVERAL, 27)}, False),
        ({"followup": small(Kind.FOLLOW_UPS, 28)}, True),
        ({"followup": small(Kind.FOLLOW_UPS, 27)}, False),
        ({"context": small(Kind.CONTEXT, 28)}, True),
        ({"context": small(Kind.CONTEXT, 27)}, False),
        # An answer that has become a question between the two is no loss.
        ({"ambiguous": small(Kind.EITHER, 10, offered=20)}, True),
        ({"ambiguous": small(Kind.EITHER, 18, offered=9)}, False),
        # Of 400 utterances one point is four.
        ({"languages": small(Kind.LANGUAGES, 26, of=400)}, True),
        ({"languages": small(Kind.LANGUAGES, 25, of=400)}, False),
    ],
)
def test_each_figure_may_fall_by_its_tolerance_and_no_further(changed, passes):
    found = problems(**changed)
    assert len(found) == (0 if passes else 1), found


def test_a_problem_tells_both_figures_and_the_tolerance():
    [line] = problems(topics_a=questions(right=880))
    assert line == "right at once: 88.0% (880 of 1000), recorded 90.0% (900 of 1000); 1.0% are to spare"


def test_figures_of_another_version_of_a_file_prove_nothing():
    [line] = problems(multi=figures(Kind.SEVERAL, "other", right=40))
    assert line == "multi.tsv has changed since its figures were recorded"


def test_a_file_that_came_or_went_is_a_problem():
    without = {name: found for name, found in BASE.items() if name != "followup.tsv"}
    assert "followup.tsv is recorded, but was not measured" in gate.problems(BASE, without)
    assert "followup.tsv was measured, but is not recorded" in gate.problems(without, BASE)


def test_measuring_nothing_never_passes():
    assert gate.problems({}, {}) == ["no single questions were measured"]
