"""The editors' preview opens from the disk, is accessible, and fits a narrow screen."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from bot.commands.preview import write
from bot.core.knowledge import Knowledge
from bot.web.preview import render
from tests.browser.conftest import DESKTOP, PHONE, kept

# With missing, uncertain and sure figures; axe takes half a minute for all hundred topics.
TOPICS = ("taerskelvaerdi", "selskabskapital", "moms")


@pytest.fixture(scope="module")
def address(content, tmp_path_factory):
    few = content._replace(knowledge=Knowledge({name: content.knowledge.topics[name] for name in TOPICS}))
    return write(render(few, date(2028, 1, 1)), tmp_path_factory.mktemp("preview")).as_uri()


@pytest.mark.parametrize(("name", "size"), [("phone", PHONE), ("desktop", DESKTOP)])
def test_axe_finds_nothing_on_the_preview(open_page, address, name, size):
    page = open_page(address, size)
    # From the disk, axe may not fetch the styles a second time.
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    kept(page, f"preview-{name}")


def test_nothing_of_the_preview_is_cut_off_at_320_pixels(open_page, address):
    page = open_page(address, {"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_tap_on_a_figure_opens_what_is_known_of_it(open_page, address):
    page = open_page(address, DESKTOP)
    assert not page.locator("#tal-kapital_aps").is_visible()
    page.locator("a[href='#tal-kapital_aps']").first.click()
    assert page.locator("#tal-kapital_aps").is_visible()
