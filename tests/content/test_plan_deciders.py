"""Steps whose topic belongs to one authority while another one decides: visitors are sent to the right door."""

from datetime import date

import pytest

from bot.bootstrap import load_planner
from bot.core.plans.asking import paths, steps_for
from tests.contents import CONTENTS

TODAY = date(2026, 11, 27)
CONTENT = CONTENTS["helsingor"]
PLANNER = load_planner(CONTENT)


def seen(plan_id, step_id):
    """Return the step as the first visitor reads it whose answers lead to it."""
    plan = PLANNER.get(plan_id)
    for answers in paths(plan):
        if any(step.id == step_id for step in steps_for(plan, answers)):
            return next(step for step in PLANNER.view(plan, answers, TODAY).steps if step.id == step_id)
    raise AssertionError(f"no answers lead to {step_id}")


@pytest.mark.parametrize(
    ("plan", "step", "decides", "send_to"),
    [
        ("butik", "brugt", "Nordsjællands Politi", ""),
        ("butik", "emballage", "Miljøstyrelsen", "Dansk Producentansvar"),
        ("butik", "import", "Toldstyrelsen", ""),
        ("butik", "kamera", "Datatilsynet", "Politiets kameraregister"),
        ("webshop", "ledig", "Din a-kasse", ""),
        ("webshop", "kontanthjaelp", "Helsingør Kommune", ""),
        ("webshop", "brugt", "Nordsjællands Politi", ""),
        ("webshop", "emballage", "Miljøstyrelsen", "Dansk Producentansvar"),
        ("frisoer", "tatovering", "Sikkerhedsstyrelsen", ""),
        ("frisoer", "kosmetisk", "Styrelsen for Patientsikkerhed", ""),
        ("frisoer", "arbejdsmiljoe", "Arbejdstilsynet", ""),
        ("haandvaerker", "autorisation", "Sikkerhedsstyrelsen", ""),
        ("haandvaerker", "arbejdsmiljoe", "Arbejdstilsynet", ""),
        ("foodtruck", "privat_grund", "Ejeren af grunden", ""),
        ("foodtruck", "fest_plads", "Den, der holder arrangementet", ""),
        ("foodtruck", "alkohol", "Helsingør Kommune", "Nordsjællands Politi"),
        ("overnatning", "sommerhus", "Plan- og Landdistriktsstyrelsen", ""),
        ("overnatning", "feriebolig", "Plan- og Landdistriktsstyrelsen", ""),
        ("overnatning", "lejer", "Din udlejer eller forening", ""),
        ("overnatning", "gaester", "Nordsjællands Politi", ""),
        ("foedevareproducent", "afgift", "Skattestyrelsen", ""),
        ("foedevareproducent", "pant", "Dansk Retursystem", ""),
        ("foedevareproducent", "lejer", "Din udlejer eller forening", ""),
    ],
)
def test_a_step_sends_people_to_the_one_who_decides(plan, step, decides, send_to):
    view = seen(plan, step)
    assert (view.decides, view.send_to) == (decides, send_to)


@pytest.mark.parametrize(
    ("plan", "step", "link"),
    [
        ("butik", "brugt", "lovguiden.dk"),
        ("butik", "kasse", "digital-salgsregistrering"),
        ("foodtruck", "kasse", "digital-salgsregistrering"),
        ("haandvaerker", "autorisation", "sik.dk"),
        ("haandvaerker", "arbejdsmiljoe", "at.dk"),
        ("overnatning", "gaester", "pasbekendtgorelsen"),
        ("overnatning", "sommerhus", "planinfo.dk"),
        ("foedevareproducent", "afgift", "info.skat.dk"),
    ],
)
def test_the_page_to_read_is_about_the_step_and_not_about_the_rest_of_its_topic(plan, step, link):
    assert link in seen(plan, step).link.url


@pytest.mark.parametrize(
    "plan",
    ["butik", "webshop", "frisoer", "haandvaerker", "foodtruck", "overnatning", "foedevareproducent"],
)
def test_the_old_fee_for_a_building_case_is_shown_and_never_added_to_the_costs(plan):
    steps = [step for step in PLANNER.get(plan).steps if step.for_example == "byggesagsgebyr_fast"]
    assert steps
    assert not [step for step in PLANNER.get(plan).steps if "byggesagsgebyr_fast" in step.price]
    for step in steps:
        view = seen(plan, step.id)
        assert view.money is None
        assert view.example[1]
