"""What is said after a message that was not answered: asked back about, refused, or not understood."""

import pytest

from bot.core.aspects import AspectFinder
from bot.core.context import Before, Open
from bot.core.deciding import FOLLOW_UP, OUTSIDE, PERSON, Step
from bot.core.learned import Known
from bot.core.understanding import Understander
from bot.core.weighing import Weights
from tests.unit.known_rankings import LEARNED, Model, aspects

ASKED = Before("", "", Open("moms eller skat", ("moms", "skat_selvstaendig")))


def test_a_side_asked_for_after_a_question_back_is_about_the_likelier_topic(understander):
    found = understander.understand("hvad koster det", ASKED)
    assert (found.step, found.topics, found.aspect) == (Step.ANSWER, ("moms",), "pris")
    assert found.follow_up


def test_an_unclear_message_after_a_question_back_is_another_try_and_no_follow_up(understander):
    found = understander.understand("tilladelse", Before("", "", Open("tilladelse", ("moms", "gebyrer"))))
    assert (found.step, found.follow_up) == (Step.CLARIFY, False)


def test_where_both_are_as_likely_it_asks_again_and_keeps_the_side(content):
    even = {
        "hvad koster det": [(FOLLOW_UP, 1.0), ("a", 0.0), ("b", 0.0)],
        "skilt hvad koster det": [("a", 0.5), ("b", 0.5)],
    }
    finder = AspectFinder(content.aspects, aspects)
    understander = Understander(Model(even), finder, Known({}, {}, {}), LEARNED)
    found = understander.understand("hvad koster det", Before("", "", Open("skilt", ("a", "b"))))
    assert (found.step, set(found.topics), found.aspect) == (Step.CLARIFY, {"a", "b"}, "pris")


NOT_ANSWERED = Before("", "", Open("en container ved huset"))


def test_a_side_of_what_was_refused_is_understood_by_the_words_of_both(content):
    rankings = {
        "hvad koster det": [(FOLLOW_UP, 0.99), ("gebyrer", 0.01)],
        "en container ved huset hvad koster det": [("raaden_over_vej", 0.9), (FOLLOW_UP, 0.1)],
    }
    understander = Understander(
        Model(rankings), AspectFinder(content.aspects, aspects), Known({}, {}, {}), LEARNED
    )
    found = understander.understand("hvad koster det", NOT_ANSWERED)
    assert (found.step, found.topics, found.aspect) == (Step.ANSWER, ("raaden_over_vej",), "pris")
    assert (found.follow_up, found.words) == (False, "en container ved huset hvad koster det")
    assert understander.understand("hvad koster det").topics == (FOLLOW_UP,)


@pytest.mark.parametrize("both", [OUTSIDE, FOLLOW_UP])
def test_a_side_of_what_was_refused_is_asked_about_where_both_together_name_nothing_either(content, both):
    rankings = {
        "hvad koster det": [(FOLLOW_UP, 0.99), ("gebyrer", 0.01)],
        "en container ved huset hvad koster det": [(both, 0.9), ("moms", 0.1)],
    }
    understander = Understander(
        Model(rankings), AspectFinder(content.aspects, aspects), Known({}, {}, {}), LEARNED
    )
    assert understander.understand("hvad koster det", NOT_ANSWERED).topics == (FOLLOW_UP,)


def after(content, before, text, alone, together):
    """Understand a message by what it is about alone, and by the words of both."""
    rankings = {text: alone, f" {text}": alone, f"{before.words} {text}": together, before.words: together}
    if before.open:
        rankings[f"{before.open.text} {text}"] = together
    by_itself = LEARNED._replace(context=Weights({"alone": 1.0, "same_follows": 0.5, "same": 5.0}))
    finder = AspectFinder(content.aspects, aspects)
    return Understander(Model(rankings), finder, Known({}, {}, {}), by_itself).understand(text, before)


def test_another_matter_after_a_refusal_is_understood_by_itself(content):
    alone = [("skiltning_facade", 0.8), (FOLLOW_UP, 0.15), ("raaden_over_vej", 0.05)]
    found = after(content, NOT_ANSWERED, "hvad koster det at få et skilt", alone, [("raaden_over_vej", 1.0)])
    assert (found.topics, found.words) == (("skiltning_facade",), "")


def test_another_matter_after_a_question_back_is_none_of_those_offered(content):
    before = Before("", "", Open("noget med et skilt", ("skiltning_facade", "raaden_over_vej")))
    alone = [
        ("byggetilladelse", 0.88),
        (FOLLOW_UP, 0.12),
        ("skiltning_facade", 0.0),
        ("raaden_over_vej", 0.0),
    ]
    together = [("byggetilladelse", 0.9), ("skiltning_facade", 0.08), ("raaden_over_vej", 0.02)]
    found = after(content, before, "hvad koster en byggetilladelse til et skur", alone, together)
    assert found.topics == ("byggetilladelse",)


@pytest.mark.parametrize("said", ["asdf", "hvad koster moms? hvor søger vi om skilt? " * 20])
def test_what_nobody_can_answer_does_not_stand_between_a_topic_and_what_it_costs(content, said):
    before = Before("alkoholbevilling", "må vi skænke øl", Open(said))
    alone = [(FOLLOW_UP, 0.9), ("alkoholbevilling", 0.05), ("moms", 0.05)]
    together = [("moms", 0.9), (FOLLOW_UP, 0.1)] if len(said) > 100 else [(FOLLOW_UP, 0.9), ("moms", 0.1)]
    found = after(content, before, "hvad koster det", alone, together)
    assert (found.topics, found.follow_up) == (("alkoholbevilling",), True)


def test_a_complaint_is_about_what_was_spoken_of_whatever_was_said_between(content):
    before = Before("alkoholbevilling", "må vi skænke øl", Open("asdf"))
    alone = [("klage_afgoerelse", 0.9), (FOLLOW_UP, 0.05), ("alkoholbevilling", 0.05)]
    found = after(content, before, "hvor lang er klagefristen", alone, [("klage_afgoerelse", 1.0)])
    assert (found.topics, found.aspect) == (("alkoholbevilling",), "klage")


def test_what_a_refused_matter_costs_is_not_answered_with_the_topic_before_it(content):
    before = Before("alkoholbevilling", "må vi skænke øl", Open("hvordan får jeg et pas"))
    alone = [(FOLLOW_UP, 0.9), ("alkoholbevilling", 0.1)]
    found = after(content, before, "hvad koster det", alone, [(OUTSIDE, 0.95), ("alkoholbevilling", 0.05)])
    assert (found.topics, found.follow_up) == ((FOLLOW_UP,), True)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("den første", ("moms",)),
        ("2", ("skat_selvstaendig",)),
        ("begge dele", ("moms", "skat_selvstaendig")),
    ],
)
def test_a_topic_can_be_picked_by_its_place(understander, text, topics):
    found = understander.understand(text, ASKED)
    assert (found.step, found.topics) == (Step.ANSWER, topics)
    assert len(found.questions) == (len(topics) if len(topics) > 1 else 0)


def test_what_is_picked_has_the_side_that_was_asked_for(understander):
    asked = Before("", "", Open("hvad koster moms eller skat", ("moms", "skat_selvstaendig"), "pris"))
    found = understander.understand("den anden", asked)
    assert (found.topics, found.aspect, found.follow_up) == (("skat_selvstaendig",), "pris", True)


def test_a_person_who_is_picked_is_asked_for_and_not_read_out(understander):
    asked = Before("", "", Open("hvem", ("moms", PERSON)))
    alone, both = (understander.understand(text, asked) for text in ("2", "begge dele"))
    assert (alone.topics, alone.follow_up) == ((PERSON,), False)
    assert (both.topics, both.questions) == (("moms",), ())


def test_a_message_about_something_else_has_nothing_of_the_open_question(understander):
    asked = Before("", "", Open("hvad koster moms eller skat", ("moms", "skat_selvstaendig"), "pris"))
    found = understander.understand("skilt", asked)
    assert (found.topics, found.aspect) == (("skiltning_facade",), None)


def test_a_topic_named_after_a_question_about_nothing_has_the_side_of_that(understander):
    found = understander.understand("skilt", Before("", "", Open("hvad koster det", (), "pris")))
    assert (found.topics, found.aspect) == (("skiltning_facade",), "pris")
