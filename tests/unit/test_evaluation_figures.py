"""Shares with their intervals, groups, and confusions in order of harm."""

from collections import Counter

import pytest

from bot.core.evaluation import Kind, Result, Utterance, judged
from bot.core.figures import (
    NOT_UNDERSTOOD,
    OUTSIDE_SAID,
    Share,
    Tally,
    confusions,
    of_set,
    pooled,
    pooled_groups,
)
from bot.core.reactions import Reaction

THEMES = {"moms": "start", "espd": "udbud"}
REPHRASE = Reaction("rephrase")


def item(topic, reaction, style="1"):
    return judged(Utterance((topic,), style, "tekst"), reaction)


def right(topic, style="1"):
    return item(topic, Reaction("answer", (topic,)), style)


def wrong(topic, said, style="1"):
    return item(topic, Reaction("answer", (said,)), style)


# The examples of Newcombe (1998), table I, method 3.
@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (29, 29, 0.8830, 1.0)],
)
def test_the_interval_is_wilsons(count, of, low, high):
    assert Share(count, of).interval == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_nothing_is_known():
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 0).exact == 0


def test_each_share_is_of_those_it_can_happen_to():
    tally = Tally.of(
        [
            right("moms"),
            wrong("moms", "espd"),
            item("espd", Reaction("outside")),
            item("udenfor_emne", Reaction("outside")),
            wrong("udenfor_emne", "moms"),
        ]
    )
    assert tally.n == 5
    assert tally.share(Result.RIGHT) == Share(1, 3)
    assert tally.share(Result.REFUSED) == Share(1, 3)
    assert tally.share(Result.OUTSIDE) == Share(1, 2)
    assert tally.share(Result.WRONG) == Share(2, 5)


def test_a_set_is_counted_by_style_and_by_theme():
    found = of_set(
        Kind.QUESTIONS, "x", [right("moms", "2"), wrong("espd", "moms", "1"), right("tak", "2")], THEMES
    )
    assert list(found.styles) == ["1", "2"]
    assert found.styles["2"].share(Result.RIGHT) == Share(2, 2)
    assert list(found.themes) == ["samtale", "start", "udbud"]
    assert found.themes["udbud"].share(Result.WRONG) == Share(1, 1)


def test_only_single_questions_in_danish_are_pooled():
    sets = [of_set(kind, "x", [right("moms")], THEMES) for kind in Kind]
    assert pooled([*sets, sets[0]]).n == 2


def test_groups_with_the_same_name_are_added_up():
    first, second = Tally.of([right("moms")]), Tally.of([wrong("moms", "espd")])
    total = pooled_groups([{"b": first, "a": second}, {"b": second}])
    assert list(total) == ["a", "b"]
    assert total["b"].share(Result.RIGHT) == Share(1, 2)
    assert first.n == 1


def test_confusions_are_ordered_by_harm_and_not_by_number():
    found = confusions(
        [
            *[item("moms", REPHRASE)] * 3,
            wrong("espd", "moms"),
            item("espd", Reaction("clarify", ("moms", "e_faktura"))),
            item("moms", Reaction("outside")),
            right("moms"),
            *[wrong("tak", "farvel")] * 2,
        ]
    )
    assert [(each.meant, each.said) for each in found] == [
        ("espd", "moms"),
        ("moms", NOT_UNDERSTOOD),
        ("moms", OUTSIDE_SAID),
        ("tak", "farvel"),
    ]
    assert found[0].results == Counter({Result.WRONG: 1, Result.UNANSWERED: 1})
    assert found[0].harm == 13


def test_an_answer_that_nobody_asked_for_is_what_was_said_instead():
    [found] = confusions([item("moms", Reaction("answer", ("moms", "espd")))])
    assert (found.said, dict(found.results)) == ("espd", {Result.PARTLY: 1})
