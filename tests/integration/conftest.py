"""The same storage twice: SQLite in a folder of the test's own, and a real PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.bootstrap import build_services
from bot.core.cases import Case, Contact
from bot.core.conversations import Conversation, Reply, Role
from bot.core.staff import StaffRole
from bot.storage.cases import CaseRepository
from bot.storage.conversations import ConversationRepository
from bot.storage.database import Database
from bot.storage.staff import StaffRepository
from bot.web import public_app
from tests.integration.editors import House
from tests.integration.survey_house import SurveyHouse
from tests.servers import MovableClock, Postgres, dialogue_engine, live_settings, serving
from tests.web.visitor import Visitor

GREETING = Reply(role=Role.BOT, text="Hej.", topic="hils")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    server = Postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of an empty database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres").database()
    return f"sqlite:///{tmp_path / 'genvej.db'}"


@pytest.fixture
def database(address):
    found = Database(address)
    found.migrate()
    yield found
    found.close()


@pytest.fixture
def clock():
    return MovableClock()


@pytest.fixture
def conversations(database):
    return ConversationRepository(database)


@pytest.fixture
def cases(database):
    return CaseRepository(database)


@pytest.fixture
def staff(database):
    return StaffRepository(database)


@pytest.fixture
def begin(conversations, clock):
    """Open conversations, each with a greeting."""

    def start(name="a"):
        conversations.open(
            Conversation(name, "https://x.dk", clock(), clock()), f"hash of {name}", [GREETING]
        )
        return name

    return start


@pytest.fixture
def new_case(clock):
    """Make cases that differ in what the test names."""

    def make(number=1, **changes):
        values = {
            "id": f"case{number}",
            "reference": f"HEL-2026-{number:06}",
            "unit": "bevilling",
            "topic": "alkoholbevilling",
            "summary": "Øl på fortovet",
            "contact": Contact(name="Anna Holm", company="Café Ø", cvr="10150817", email="anna@firma.dk"),
            "routed_because": "fordi",
            "created_at": clock(),
            "answer_by": date(2026, 11, 30),
        }
        return Case(**{**values, **changes})

    return make


@pytest.fixture
def at_once():
    """Call a function with each argument, all at the same moment; return the results or errors."""

    def run(call, arguments):
        arguments = list(arguments)
        gate = threading.Barrier(len(arguments))

        def one(argument):
            gate.wait(10)
            try:
                return call(argument)
            except Exception as error:
                return error

        with ThreadPoolExecutor(len(arguments)) as pool:
            return list(pool.map(one, arguments))

    return run


@pytest.fixture(scope="session")
def live_services(tmp_path_factory, content):
    """Rasa with the trained model and the action server, started once; and the services beside them."""
    found = build_services(live_settings(tmp_path_factory.mktemp("live")), content=content)
    found.database.migrate()
    with dialogue_engine(found.settings):
        yield found


@pytest.fixture(scope="session")
def live_address(live_services):
    with serving(public_app.create_app(live_services, name="live"), live_services.settings.web_port) as found:
        yield found


@pytest.fixture
def visitor(live_address):
    """A new conversation with the whole bot."""
    return Visitor(live_address)


@pytest.fixture
def house(database, content, clock):
    return House(database, content, clock)


@pytest.fixture
def survey(database, clock, staff, content, root, new_case):
    return SurveyHouse(database, clock, staff, content, root, new_case)


@pytest.fixture
def another_process(database, content, clock):
    return House(database, content, clock)


@pytest.fixture
def ida(staff):
    return staff.add("ida", "Ida Æ", StaffRole.EDITOR, (), "argon")
