"""Who decides the steps that are easily taken to the wrong door, and sums that are easily counted wrongly."""

from datetime import date

import pytest

from bot.bootstrap import load_planner
from tests.contents import CONTENTS

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def view():
    planner = load_planner(CONTENTS["helsingor"])
    return lambda plan, **answers: planner.view(planner.get(plan), answers, TODAY)


@pytest.mark.parametrize(
    ("plan", "answers", "step", "decides"),
    [
        ("klinik", {"behandling": "sundhed"}, "autorisation", "Styrelsen for Patientsikkerhed"),
        ("klinik", {"behandling": "sundhed"}, "behandlingssted", "Styrelsen for Patientsikkerhed"),
        ("klinik", {"behandling": "sundhed", "roentgen": "ja"}, "roentgen", "Sundhedsstyrelsen"),
        ("klinik", {"behandling": "kosmetisk"}, "kosmetisk", "Styrelsen for Patientsikkerhed"),
        ("klinik", {"behandling": "tatovering"}, "tatovering", "Sikkerhedsstyrelsen"),
        ("event", {"sted": "vej"}, "politi", "Nordsjællands Politi"),
        ("event", {"sted": "vej"}, "tilladelse", "Helsingør Kommune"),
        ("event", {"alkohol": "ja"}, "alkohol", "Nordsjællands Politi"),
        ("event", {"musik": "ja"}, "koda", "Koda og Gramex"),
        ("event", {"sove": "ja"}, "sove", "Helsingør Kommune"),
        ("transport", {"koersel": "taxi"}, "taxi", "Færdselsstyrelsen"),
        ("transport", {"koersel": "gods"}, "gods", "Færdselsstyrelsen"),
        ("transport", {"koersel": "taxi", "gaeld": "ja"}, "gaeld", "Gældsstyrelsen"),
        ("privat_pasning", {"slags": "hjem"}, "godkendelse", "Helsingør Kommune"),
        ("kontor", {"fag": "advokat"}, "advokat", "Civilstyrelsen"),
        ("kontor", {"fag": "maegler"}, "maegler", "Erhvervsstyrelsen"),
        ("cafe", {}, "kasse", "Skattestyrelsen"),
        ("cafe", {"alkohol": "ja"}, "alkohol", "Helsingør Kommune"),
    ],
)
def test_a_step_names_the_authority_that_decides_it(view, plan, answers, step, decides):
    assert {seen.id: seen.decides for seen in view(plan, **answers).steps}[step] == decides


@pytest.mark.parametrize("plan", ["kontor", "klinik", "transport", "privat_pasning", "start", "cafe"])
def test_a_fee_that_may_no_longer_exist_is_an_example_and_is_not_added(view, plan):
    answers = {"sted": "lokale", "slags": "lokale", "plads": "egen", "ny_anvendelse": "ja", "bygge": "ja"}
    seen = {step.topic: step for step in view(plan, **answers).steps}
    building = seen.get("aendret_anvendelse") or seen["byggetilladelse"]
    assert building.money is None
    assert building.example[1]


def test_a_second_taxi_costs_a_second_permit(view):
    one = view("transport", koersel="taxi", form="enkeltmand", flere="nej")
    two = view("transport", koersel="taxi", form="enkeltmand", flere="ja")
    fees = [sum(step.price.startswith("1.970") for step in seen.steps) for seen in (one, two)]
    assert fees == [1, 2]
