"""The public web and the console, really listening, with SQLite in a folder of the test's own."""

import itertools
import shutil
from contextlib import ExitStack
from types import SimpleNamespace

import pytest

from bot.bootstrap import build_services
from bot.core.handoff import HandoffRequest
from bot.core.staff import StaffRole
from bot.settings import Settings
from bot.storage.database import Database
from bot.web import console_app, public_app
from bot.web.accounts import Accounts
from tests.servers import MovableClock, RecordingGateway, serving
from tests.web.rasa_stand_in import RasaStandIn
from tests.web.strict_browser import StrictBrowser
from tests.web.visitor import Visitor

PASSWORD = "korrekt hest batteri hæfteklamme"
_NUMBERS = itertools.count(1)


@pytest.fixture
def sentence(content):
    """Look up the Danish sentence for an error's code, as data/phrases.yml has it."""

    def say(code, **values):
        return content.phrases["errors"].say(code, longest="1000", phone=content.municipality.phone, **values)

    return say


@pytest.fixture
def rasa():
    with RasaStandIn() as stand_in:
        yield stand_in


@pytest.fixture
def clock():
    return MovableClock()


@pytest.fixture
def gateway():
    return RecordingGateway()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty database with its tables, to copy: they take longer to make than most tests."""
    settings = Settings(var_dir=tmp_path_factory.mktemp("migrated"))
    database = Database(settings.database)
    database.migrate()
    database.close()
    return settings.var_dir


@pytest.fixture
def make_services(tmp_path, migrated, content, rasa, clock, gateway):
    """Build services over a database in the test's folder; every call opens the same database."""
    shutil.copytree(migrated, tmp_path / "var")

    def make(at=clock, **settings):
        ports = {"rasa_port": rasa.port, "actions_port": rasa.port}
        chosen = Settings(**{"var_dir": tmp_path / "var", "rate_limit": 0, **ports, **settings})
        services = build_services(chosen, content=content, clock=at, gateway=gateway)
        services.database.migrate()
        return services

    return make


@pytest.fixture
def serve():
    """Serve apps until the test ends."""
    with ExitStack() as stack:

        def start(create, services):
            app = create(services, name=f"test-{next(_NUMBERS)}")
            return SimpleNamespace(address=stack.enter_context(serving(app)), services=services, app=app)

        yield start


@pytest.fixture
def make_web(make_services, serve):
    """Serve the public web, with other settings where the test wants them."""
    return lambda at=None, **settings: serve(
        public_app.create_app, make_services(**({"at": at} if at else {}), **settings)
    )


@pytest.fixture
def web(make_web):
    return make_web()


@pytest.fixture
def console(make_services, serve):
    return serve(console_app.create_app, make_services())


@pytest.fixture
def visitor(web):
    return Visitor(web.address)


@pytest.fixture
def accounts(console):
    found = Accounts(console.services)
    found.add("anna", "Anna Ås", StaffRole.STAFF, ("bevilling", "byggesag"), PASSWORD)
    found.add("bo", "Bo Bang", StaffRole.STAFF, ("bevilling",), PASSWORD)
    found.add("carl", "Carl Jura", StaffRole.STAFF, ("jura",), PASSWORD)
    found.add("admin", "Administrator", StaffRole.ADMIN, (), PASSWORD)
    return found


@pytest.fixture
def hand_over(console):
    """Open cases as the contact form does."""

    def submit(summary, topic):
        request = HandoffRequest(
            summary, "Mette Holm", company="Café & Co", email="mette@cafe.dk", topic=topic, consent=True
        )
        return console.services.handoff.submit(request).case

    return submit


@pytest.fixture
def case(hand_over):
    """A case of the unit `bevilling`."""
    return hand_over("Øl på <b>fortovet</b>", "alkoholbevilling")


@pytest.fixture
def log_in(console, accounts):
    """Open browsers that are logged in."""

    def go(login, password=PASSWORD):
        browser = StrictBrowser(console.address)
        browser.page = browser.submit(browser.get("/login"), "/login", login=login, password=password)
        return browser

    return go


@pytest.fixture
def ida(console, accounts, log_in):
    """A browser in which an editor is logged in."""
    accounts.add("ida", "Ida Æ", StaffRole.EDITOR, (), PASSWORD)
    return log_in("ida")


@pytest.fixture
def public(console, serve, make_services):
    """The public web on the same database, as a process of its own."""
    return StrictBrowser(serve(public_app.create_app, make_services()).address)
