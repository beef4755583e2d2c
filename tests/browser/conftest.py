"""A real Chromium against the whole of Genvej: web, console, Rasa, actions and a database."""

import os
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from bot.bootstrap import build_services
from bot.core.staff import StaffRole
from bot.web import console_app, public_app
from bot.web.accounts import Accounts
from tests.servers import ROOT, MailServer, dialogue_engine, live_settings, serving
from tools import chromium

ARTEFACTS = ROOT / "tests/artefacts"
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
LOGIN, PASSWORD = "mette", "en-lang-adgangskode"
# Without these, Chromium calls home at every start.
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Run everything once for all browser tests; give the addresses and the services."""
    with ExitStack() as stack:
        mails = stack.enter_context(MailServer())
        smtp = {"smtp_host": "127.0.0.1", "smtp_port": mails.port, "smtp_tls": 0}
        settings = live_settings(tmp_path_factory.mktemp("house"), **smtp)
        services = build_services(settings)
        services.database.migrate()
        Accounts(services).add(LOGIN, "Mette Sørensen", StaffRole.STAFF, ("bevilling",), PASSWORD)
        stack.enter_context(dialogue_engine(settings))
        web = stack.enter_context(serving(public_app.create_app(services, "browser-web"), settings.web_port))
        console = stack.enter_context(
            serving(console_app.create_app(services, "browser-console"), settings.console_port)
        )
        yield SimpleNamespace(web=web, console=console, services=services, mails=mails, settings=settings)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once for a module: as long as it runs, Playwright keeps an event loop going in this thread."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(os.environ), args=QUIET)
        yield started
        started.close()


@pytest.fixture
def open_page(browser):
    """Give a function that opens a page of a size; what the page reports as an error fails the test."""
    contexts, troubles = [], []

    def opened(address: str, size=PHONE, **options) -> Page:
        context = browser.new_context(viewport=size, locale="da-DK", reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        # Chromium also reports a refused form as an error; that is what some tests are about.
        page.on(
            "console",
            lambda line: (
                troubles.append(line.text)
                if line.type == "error" and "the server responded with a status of 4" not in line.text
                else None
            ),
        )
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def kept(page: Page, name: str) -> None:
    """Keep a screenshot as an artefact."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=str(Path(ARTEFACTS) / f"{name}.png"))


def assert_accessible(page: Page) -> None:
    """Fail with axe-core's own words when it finds a violation."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
