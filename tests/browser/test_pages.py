"""Every page is accessible, on a phone and on a desk, and fits a narrow screen."""

import pytest

from bot.core.handoff import HandoffRequest
from tests.browser.conftest import DESKTOP, PHONE, assert_accessible, kept

PLAN = "form=aps&ny_anvendelse=ja&koekken=ja&alkohol=ja&nat=ja&ude=plads&musik=ja&skilt=ja&ansatte=ja"
PAGES = ["/", "/?indlejret=1", "/kontakt", "/emner", "/emner?q=skilt", "/emner/alkoholbevilling", "/demo"]
PAGES += ["/tilgaengelighed", "/privatliv", "/udbudshjaelp", "/udbudshjaelp?beloeb=1.200.000&art=byggeri"]
PAGES += ["/sag"]
PAGES += ["/plan", "/plan/cafe", f"/plan/cafe?{PLAN}"]


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on(house, open_page, address):
    for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
        page = open_page(f"{house.web}{address}", size)
        assert_accessible(page)
        kept(page, f"page-{address.strip('/').replace('/', '-').replace('?', '-') or 'start'}-{name}")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_cut_off_at_320_pixels_as_at_400_percent_zoom(house, open_page, address):
    page = open_page(f"{house.web}{address}", {"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_contact_form_names_what_is_missing_and_keeps_what_was_typed(house, open_page):
    page = open_page(f"{house.web}/kontakt")
    page.get_by_label("Navn", exact=False).first.fill("Mette Holm")
    page.locator("form[method=post]").last.evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Send til kommunen").click()
    assert page.locator("[role=alert]").count() >= 1
    assert "Mette Holm" in [field.input_value() for field in page.locator("input[type=text]").all()]
    assert_accessible(page)
    kept(page, "contact-errors-phone")


def test_axe_finds_nothing_on_a_visitors_own_case(house, open_page):
    told = HandoffRequest("Må jeg have et skilt?", "Mette Holm", email="mette@cafe.dk", consent=True)
    receipt = house.services.handoff.submit(told)
    house.services.visitor_acts.visitor_message(receipt.case, "Det er 2 meter bredt.")
    for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
        for path in ("", "/traek-tilbage"):
            page = open_page(f"{house.web}/sag/{receipt.token}{path}", size)
            assert_accessible(page)
            kept(page, f"own-case{path.replace('/', '-')}-{name}")


def test_a_page_that_is_not_there_says_so_in_danish(house, browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    response = page.goto(f"{house.web}/findes-ikke")
    assert response.status == 404
    assert_accessible(page)
    context.close()
