"""Questions, steps, their order, dates and costs."""

from datetime import date

import pytest

from bot.core.plans.asking import (
    at_most_to_ask,
    counting,
    open_as_doubt,
    paths,
    steps_for,
    still_to_ask,
)
from bot.core.plans.conditions import Every, Is, Not, Some, holds, truth
from bot.core.plans.drawing import draw, in_words
from bot.core.plans.money import Money, added, in_kroner, money_of
from bot.core.plans.order import befores, circle, layers
from bot.core.plans.plan import Option, Plan, Question, Step
from bot.core.plans.schedule import backwards, forwards
from bot.core.plans.spans import Span, earlier, later, span_of

YES_NO = (Option("ja", "Ja"), Option("nej", "Nej"))
ALCOHOL = Question("alkohol", "Alkohol?", YES_NO, unsure="ja")
NIGHT = Question("nat", "Nat?", YES_NO, ask_when=Is("alkohol", ("ja",)))
FORM = Question("form", "Form?", (Option("enkelt", "Enkelt"), Option("aps", "ApS"), Option("as", "A/S")))
PLAN = Plan(
    "cafe",
    "Åbn en café",
    "Alt",
    ("cafe",),
    (FORM, ALCOHOL, NIGHT),
    (
        Step("lokale", "Lokale", "t"),
        Step("kapital", "Kapital", "t", when=Is("form", ("aps", "as")), after=("lokale",)),
        Step("cvr", "CVR", "t", after=("kapital",)),
        Step("bevilling", "Bevilling", "t", when=Is("alkohol", ("ja",)), after=("cvr",)),
        Step("nat", "Nat", "t", when=Is("nat", ("ja",)), after=("bevilling", "lokale")),
    ),
)
HOLIDAYS = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)}


def ids(steps):
    return [step.id for step in steps]


@pytest.mark.parametrize(
    ("condition", "answers", "still_open", "expected"),
    [
        (Is("a", ("ja",)), {"a": "ja"}, (), True),
        (Is("a", ("ja",)), {"a": "nej"}, (), False),
        (Is("a", ("ja",)), {}, (), False),
        (Is("a", ("ja",)), {}, ("a",), None),
        (Not(Is("a", ("ja",))), {}, (), True),
        (Not(Is("a", ("ja",))), {}, ("a",), None),
        (Every(), {}, (), True),
        (Every((Is("a", ("ja",)), Is("b", ("ja",)))), {"a": "nej"}, ("b",), False),
        (Every((Is("a", ("ja",)), Is("b", ("ja",)))), {"a": "ja"}, ("b",), None),
        (Some((Is("a", ("ja",)), Is("b", ("ja",)))), {"a": "ja"}, ("b",), True),
        (Some((Is("a", ("ja",)), Is("b", ("ja",)))), {"a": "nej"}, ("b",), None),
        (Some((Is("a", ("ja",)), Is("b", ("ja",)))), {"a": "nej"}, (), False),
    ],
)
def test_a_condition_holds_or_not_or_depends_on_what_is_open(condition, answers, still_open, expected):
    assert truth(condition, answers, still_open) is expected
    assert holds(condition, answers) is (truth(condition, answers) is True)


def test_a_question_is_asked_when_its_condition_holds():
    assert ids(still_to_ask(PLAN, {})) == ["form", "alkohol"]
    assert ids(still_to_ask(PLAN, {"form": "aps", "alkohol": "ja"})) == ["nat"]
    assert ids(still_to_ask(PLAN, {"form": "aps", "alkohol": "nej"})) == []


def test_a_question_is_not_asked_when_its_answer_changes_nothing_any_more():
    both = Step("begge", "Begge", "t", when=Some((Is("form", ("as",)), Is("alkohol", ("ja",)))))
    plan = Plan("p", "P", "P", (), (FORM, ALCOHOL), (both,))
    assert ids(still_to_ask(plan, {"form": "as"})) == []
    assert ids(still_to_ask(plan, {"form": "aps"})) == ["alkohol"]


def test_a_question_that_only_leads_to_another_one_is_asked():
    plan = Plan("p", "P", "P", (), (ALCOHOL, NIGHT), (Step("nat", "Nat", "t", when=Is("nat", ("ja",))),))
    assert ids(still_to_ask(plan, {})) == ["alkohol"]
    assert at_most_to_ask(plan, {}) == 2


def test_an_answer_to_a_question_that_is_not_asked_does_not_count():
    assert counting(PLAN, {"alkohol": "nej", "nat": "ja"}) == {"alkohol": "nej"}
    assert "nat" not in ids(steps_for(PLAN, {"form": "aps", "alkohol": "nej", "nat": "ja"}))


@pytest.mark.parametrize("answers", [{"alkohol": "måske"}, {"ukendt": "ja"}])
def test_an_answer_that_is_none_does_not_count(answers):
    assert counting(PLAN, answers) == {}


def test_doubt_counts_as_what_the_question_says():
    assert counting(PLAN, {"alkohol": "ved_ikke"}) == {"alkohol": "ja"}


def test_doubt_that_the_file_says_nothing_about_counts_as_the_answer_with_most_steps():
    assert counting(PLAN, {"form": "ved_ikke", "alkohol": "ja", "nat": "ved_ikke"}) == {
        "form": "aps",
        "alkohol": "ja",
        "nat": "ja",
    }


def test_a_plan_wanted_at_once_counts_every_open_question_as_doubt():
    assert open_as_doubt(PLAN, {"form": "as"}) == {"form": "as", "alkohol": "ved_ikke", "nat": "ved_ikke"}
    assert open_as_doubt(PLAN, {"form": "as", "alkohol": "nej"}) == {"form": "as", "alkohol": "nej"}


def test_every_path_ends_with_nothing_to_ask():
    found = list(paths(PLAN))
    assert len(found) == 9
    assert all(not still_to_ask(PLAN, answers) for answers in found)


def test_steps_come_after_what_they_wait_for_also_through_steps_that_are_left_out():
    steps = steps_for(PLAN, {"form": "enkelt", "alkohol": "ja", "nat": "nej"})
    before = befores(PLAN, steps)
    assert before == {"lokale": (), "cvr": ("lokale",), "bevilling": ("cvr",)}
    assert [ids(layer) for layer in layers(steps, before)] == [["lokale"], ["cvr"], ["bevilling"]]


def test_what_stands_before_something_else_anyway_is_not_named_twice():
    steps = (Step("a", "A", "t"), Step("b", "B", "t", after=("a",)), Step("c", "C", "t", after=("a", "b")))
    plan = Plan("p", "P", "P", (), (), steps)
    assert befores(plan, steps)["c"] == ("b",)


def test_what_waits_for_the_same_can_run_at_the_same_time():
    steps = (Step("a", "A", "t"), Step("b", "B", "t", after=("a",)), Step("c", "C", "t", after=("a",)))
    plan = Plan("p", "P", "P", (), (), steps)
    assert [ids(layer) for layer in layers(steps, befores(plan, steps))] == [["a"], ["b", "c"]]


def test_a_circle_is_found():
    assert set(circle({"a": ["b"], "b": ["c"], "c": ["b"]})) == {"b", "c"}
    assert circle({"a": ["b", "x"], "b": []}) == []


@pytest.mark.parametrize(
    ("value", "unit", "span"),
    [
        ("10", "arbejdsdage", Span(10)),
        ("55-60", "kalenderdage", Span(60, working=False)),
        ("8", "uger", Span(56, working=False)),
        ("3", "måneder", Span(93, working=False)),
        ("14", "dage", Span(14, working=False)),
    ],
)
def test_a_figure_tells_a_span(value, unit, span):
    assert span_of(value, unit) == span


@pytest.mark.parametrize(
    ("value", "unit"), [("20", "kr."), ("1½", "uger"), ("senest dagen før", ""), ("-3", "dage")]
)
def test_a_figure_that_tells_no_span_is_refused(value, unit):
    with pytest.raises(ValueError, match="no span"):
        span_of(value, unit)


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        (date(2026, 11, 27), Span(1), date(2026, 11, 30)),
        (date(2026, 12, 23), Span(1), date(2026, 12, 28)),
        (date(2026, 11, 28), Span(0), date(2026, 11, 30)),
        (date(2026, 11, 27), Span(8, working=False), date(2026, 12, 7)),
        (date(2026, 12, 24), Span(7, working=False), date(2027, 1, 4)),
    ],
)
def test_an_answer_comes_on_a_working_day(day, span, expected):
    assert later(day, span, HOLIDAYS) == expected


@pytest.mark.parametrize("days", range(40))
@pytest.mark.parametrize("working", [True, False])
def test_who_begins_on_the_last_day_is_in_time(days, working):
    span = Span(days, working)
    end = date(2027, 1, 13)
    last = earlier(end, span, HOLIDAYS)
    assert later(last, span, HOLIDAYS) <= end
    assert last.weekday() < 5
    assert last not in HOLIDAYS


ORDER = ["lokale", "cvr", "byggesag", "brug"]
BEFORE = {"lokale": (), "cvr": (), "byggesag": ("lokale",), "brug": ("byggesag", "cvr")}
SPANS = {"lokale": Span(2), "cvr": None, "byggesag": Span(10), "brug": Span(0)}


def test_the_longest_chain_decides_the_opening():
    found = forwards(ORDER, BEFORE, SPANS, {}, date(2026, 11, 30), ())
    assert found.opening == date(2026, 12, 16)
    assert found.chain == ("lokale", "byggesag")
    assert found.slots["byggesag"].start == date(2026, 12, 2)


def test_what_comes_after_an_unknown_time_is_not_certain():
    found = forwards(ORDER, BEFORE, SPANS, {}, date(2026, 11, 30), ())
    assert [name for name in ORDER if not found.slots[name].certain] == ["cvr", "brug"]
    assert [name for name in ORDER if not found.slots[name].start_certain] == ["brug"]


def test_what_must_be_done_before_the_opening_moves_it():
    found = forwards(["a"], {"a": ()}, {"a": Span(1)}, {"a": Span(14, working=False)}, date(2026, 11, 30), ())
    assert found.opening == date(2026, 12, 15)
    assert found.chain == ("a",)
    back = backwards(["a"], {"a": ()}, {"a": Span(1)}, {"a": Span(14, working=False)}, date(2026, 12, 15), ())
    assert back["a"].start == date(2026, 11, 30)


def test_the_latest_days_reach_the_opening_that_is_wished_for():
    back = backwards(ORDER, BEFORE, SPANS, {}, date(2026, 12, 16), ())
    assert back["lokale"].start == date(2026, 11, 30)
    assert back["cvr"].start == date(2026, 12, 16)
    assert not back["cvr"].certain
    assert back["byggesag"].certain


def test_without_steps_one_can_open_at_once():
    found = forwards([], {}, {}, {}, date(2026, 11, 29), ())
    assert (found.opening, found.chain) == (date(2026, 11, 30), ())


@pytest.mark.parametrize(
    ("value", "unit", "money"),
    [
        ("670", "kr.", Money(67_000)),
        ("20.000", "kr.", Money(2_000_000)),
        ("955,49", "kr. om måneden", Money(95_549, "month")),
        ("7.000-9.000", "kr.", Money(900_000)),
    ],
)
def test_a_figure_tells_an_amount(value, unit, money):
    assert money_of(value, unit) == money


@pytest.mark.parametrize(("value", "unit"), [("5 mio.", "kr."), ("20", "dage"), ("1.783 kr. om året", "")])
def test_a_figure_that_tells_no_amount_is_refused(value, unit):
    with pytest.raises(ValueError, match="no amount"):
        money_of(value, unit)


def test_costs_are_added_apart_and_one_old_figure_makes_the_sum_unsure():
    costs = added([Money(100), Money(50, "month"), Money(7, "year"), Money(5, sure=False)], [Money(9)])
    assert (costs.once, costs.monthly, costs.yearly, costs.capital, costs.sure) == (105, 50, 7, 9, False)


@pytest.mark.parametrize(("oere", "text"), [(174_100, "1.741"), (95_549, "955,49"), (0, "0"), (5, "0,05")])
def test_an_amount_is_written_as_in_danish(oere, text):
    assert in_kroner(oere) == text


def test_a_drawing_holds_every_question_step_and_condition_and_escapes_them():
    plan = Plan(
        "p", "P & Q", "P", (), (ALCOHOL, NIGHT), (Step("a", "A <b>", "t", when=Is("alkohol", ("ja",))),)
    )
    picture = draw(plan, {"a": ["price: unknown"]})
    for part in ("P &amp; Q", "Alkohol?", "A &lt;b&gt;", "when alkohol = ja", "price: unknown"):
        assert part in picture


def test_a_condition_is_drawn_in_words():
    condition = Some((Every((Is("a", ("x", "y")), Not(Is("b", ("ja",))))), Is("c", ("nej",))))
    assert in_words(condition) == "(a = x or y and not (b = ja)) or c = nej"
