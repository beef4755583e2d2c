"""The files in data/plans: those that there are, and mistakes that a writer can make."""

from datetime import date

import pytest

from bot.bootstrap import load_planner
from bot.core.plans.asking import steps_for
from tests.contents import CONTENTS

FIRST = date(2026, 11, 27)
PLAN_FILE = "data/plans/butik.yml"
PLAN = """\
plan: butik
title: Åbn en butik
description: Alt det, du skal have på plads.
trades: [butik]
questions:
  selskab:
    text: Skal det være et selskab?
    kind: yes_no
    unsure: ja
  form:
    text: Hvilket selskab?
    kind: choice
    choices:
      aps: Et ApS
      as: Et A/S
    ask_when: {selskab: ja}
steps:
  stift:
    title: Stift dit selskab
    topic: kapital
    when: {form: [aps, as]}
    text: Du skal have mindst {aps_kapital} i banken.
    duration: svar_tid
    price: gebyr
    capital: aps_kapital
    link: loven
  papirer:
    title: Skriv dine papirer
    topic: kapital
    when: {not: {form: aps}}
    duration: unknown
    price: free
  moms:
    title: Meld dig til moms
    topic: moms
    after: [stift]
    documents: [Dit CVR-nummer]
    duration: none
    price: unknown
    for_example: gebyr
    lead: [ingen_tid, svar_tid]
"""
TIMES = """\
topic: tider
title: Tider
goals: [G3]
owner: erhvervsservice
authority: erhvervsstyrelsen
review_by: 2027-05-01
description: Hvor længe ting tager
short: Du får svar efter {svar_tid}.
facts:
  svar_tid:
    label: svartiden
    unit: arbejdsdage
    source: loven
    confidence: high
    values:
      - {value: "10-15"}
sources:
  loven: {title: Loven, url: "https://www.lov.example/loven", checked: 2026-11-22}
status: full
"""
ELSEWHERE = "data/municipalities/egedal/knowledge/start/tider.yml"


@pytest.fixture
def planned(project):
    project.write("data/knowledge/start/tider.yml", TIMES)
    project.write(ELSEWHERE, "topic: tider\nfacts:\n  ingen_tid:\n    label: tiden\n")
    project.write(PLAN_FILE, PLAN)
    return project


def test_the_plan_for_a_cafe_is_read_in_every_municipality():
    assert all("cafe" in content.plans for content in CONTENTS.values())


def test_a_right_plan_is_read(planned):
    plan = planned.load().plans["butik"]
    assert [option.id for option in plan.questions[0].options] == ["ja", "nej"]
    assert [step.id for step in steps_for(plan, {"selskab": "ja", "form": "as"})] == [
        "stift",
        "papirer",
        "moms",
    ]
    assert plan.steps[2].lead == ("ingen_tid", "svar_tid")


@pytest.mark.parametrize(
    ("line", "decides", "send_to"),
    [
        ("link: loven", "Erhvervsstyrelsen", ""),
        ("decides: skattestyrelsen", "Skattestyrelsen", ""),
        ("send_to: skattestyrelsen", "Erhvervsstyrelsen", "Skattestyrelsen"),
        ("decides: skattestyrelsen\n    send_to: erhvervsstyrelsen", "Skattestyrelsen", "Erhvervsstyrelsen"),
        ("decides: skattestyrelsen\n    send_to: skattestyrelsen", "Skattestyrelsen", ""),
    ],
)
def test_a_step_can_be_decided_by_another_authority_than_its_topic(planned, line, decides, send_to):
    planned.replace(PLAN_FILE, "link: loven", line)
    content = planned.load()
    view = load_planner(content).view(content.plans["butik"], {"selskab": "ja", "form": "as"}, FIRST)
    step = next(step for step in view.steps if step.id == "stift")
    assert (step.decides, step.send_to, step.own) == (decides, send_to, False)
    assert step.decides_url.startswith("https://")


def test_without_plans_there_is_nothing_wrong(project):
    assert project.load().plans == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("plan: butik", "plan: kiosk", "plan: kiosk", "the file is named butik"),
        ("trades: [butik]", "trades: [butikk]", "trades:", "unknown trade butikk"),
        ("title: Åbn en butik", "title: Åbn 2 butikker", "title: Åbn", "figure typed into prose: 2"),
        ("mindst {aps_kapital} i", "mindst 20.000 kr. i", "text: Du skal", "figure typed into prose"),
        ("mindst {aps_kapital} i", "mindst {svar_tid} i", "text: Du skal", "unknown fact {svar_tid}"),
        ("mindst {aps_kapital} i banken.", f"{'virksomhedsregistrering ' * 15}.", "text: Du", "LIX"),
        ("mindst {aps_kapital} i", "såfremt {aps_kapital} i", "text: Du skal", "officialese"),
        ("    kind: yes_no\n", "", "  selskab:", "kind: field required"),
        ("kind: yes_no", "kind: maybe", "kind: maybe", "unexpected value"),
        ("      as: Et A/S\n", "", "  form:", "two to five choices"),
        ("unsure: ja", "unsure: jo", "unsure: jo", "jo is no answer to selskab: ja, nej"),
        ("ask_when: {selskab: ja}", "ask_when: {form: aps}", "ask_when:", "the question form is asked later"),
        ("ask_when: {selskab: ja}", "ask_when: {firma: ja}", "ask_when:", "unknown question firma"),
        ("when: {form: [aps, as]}", "when: {form: [aps, ivs]}", "when: {form: [", "ivs is no answer to form"),
        ("when: {form: [aps, as]}", "when: {any: {form: aps}}", "when: {any", "at least two conditions"),
        ("when: {form: [aps, as]}", "when: selskab == ja", "when: selskab", "not a valid dict"),
        (
            "when: {form: [aps, as]}",
            "when: {selskab: nej, form: aps}",
            "{selskab: nej, form",
            "no answers lead to",
        ),
        ("when: {not: {form: aps}}", "when: {}", "when: {}", "a condition is a question with its answer"),
        ("topic: moms", "topic: punktafgift", "topic: punktafgift", "no topic punktafgift"),
        ("after: [stift]", "after: [stiftelse]", "after:", "unknown step stiftelse"),
        ("duration: svar_tid", "duration: svar_tidd", "duration: svar_tidd", "no topic has a fact svar_tidd"),
        ("duration: svar_tid", "duration: gebyr", "duration: gebyr", "does not tell a time"),
        ("duration: svar_tid", "duration: 10", "duration: 10", "the name of a fact"),
        ("price: gebyr", "price: svar_tid", "price: svar_tid", "does not tell an amount"),
        ("price: gebyr", "price: none", "price: none", "no topic has a fact none"),
        ("link: loven", "link: skat", "link: skat", "kapital has no source skat"),
        ("link: loven", "decides: kongen", "decides: kongen", "unknown authority kongen"),
        ("link: loven", "send_to: kongen", "send_to: kongen", "unknown authority kongen"),
        ("    price: unknown\n", "    price: free\n", "for_example:", "beside `price: unknown` only"),
        ("    price: free\n", "    price: free\n    prise: 1\n", "prise:", "unknown key"),
    ],
)
def test_a_mistake_is_refused_with_its_line(planned, old, new, line, reason):
    planned.replace(PLAN_FILE, old, new)
    planned.reported(PLAN_FILE, line, reason)


def test_steps_that_wait_for_each_other_are_refused(planned):
    planned.replace(
        PLAN_FILE,
        "    topic: kapital\n    when: {form",
        "    topic: kapital\n    after: [moms]\n    when: {form",
    )
    planned.reported(PLAN_FILE, "after: [moms]", "wait for each other")


def test_a_question_that_changes_nothing_is_refused(planned):
    planned.replace(PLAN_FILE, "    ask_when: {selskab: ja}\n", "")
    planned.reported(PLAN_FILE, "  selskab:", "the question selskab changes nothing")


def test_a_condition_that_holds_either_way_makes_no_question_useful(planned):
    planned.replace(PLAN_FILE, "when: {form: [aps, as]}", "when: {any: [{selskab: ja}, {selskab: nej}]}")
    planned.replace(PLAN_FILE, "when: {not: {form: aps}}", "when: {not: {form: [aps, as], selskab: nej}}")
    planned.reported(PLAN_FILE, "  form:", "the question form changes nothing")


def test_a_step_before_the_opening_cannot_wait_for_one_after_it(planned):
    planned.replace(PLAN_FILE, "    link: loven\n", "    after_opening: true\n")
    planned.reported(PLAN_FILE, "after: [stift]", "waits for what comes after the opening")


def test_a_question_cannot_have_a_name_that_stands_for_a_day_in_the_address(planned):
    text = PLAN.replace("selskab:", "start:").replace("{selskab: ja}", "{start: ja}")
    planned.write(PLAN_FILE, text)
    planned.reported(PLAN_FILE, "  start:", "start stands for something else")


def test_two_plans_cannot_have_the_same_trade(planned):
    planned.write("data/plans/kiosk.yml", PLAN.replace("plan: butik", "plan: kiosk"))
    planned.reported("data/plans/kiosk.yml", "trades:", "butik.yml has the trade butik too")


def test_a_topic_of_one_municipality_alone_cannot_be_in_a_plan(planned):
    own = TIMES.replace("tider", "havnetider").replace("svar_tid", "havnetid")
    planned.write("data/municipalities/helsingor/knowledge/start/havnetider.yml", own)
    planned.replace(PLAN_FILE, "topic: moms", "topic: havnetider")
    planned.reported(PLAN_FILE, "topic: havnetider", "data/knowledge has no topic havnetider")
