"""The web on a real PostgreSQL, which refuses what SQLite lets pass, such as NUL characters."""

from contextlib import ExitStack

import pytest
import requests

from bot.bootstrap import build_services
from bot.core.staff import StaffRole
from bot.settings import Settings
from bot.web import console_app, public_app
from bot.web.accounts import Accounts
from tests.servers import serving
from tests.web.conftest import PASSWORD
from tests.web.rasa_stand_in import ANSWER, RasaStandIn
from tests.web.strict_browser import StrictBrowser, filled_in
from tests.web.visitor import Visitor

ODD = ["\x00", "a\x00b", "\ud800", "\uffff", "😀" * 20, "'; DROP TABLE messages; --", "%s", "{}", "x" * 300]


@pytest.fixture
def house(postgres, tmp_path, content, clock):
    """Serve both listeners on one database, with a stand-in for Rasa."""
    with ExitStack() as stack:
        rasa = stack.enter_context(RasaStandIn())
        settings = Settings(
            database_url=postgres.database(), var_dir=tmp_path, rasa_port=rasa.port, rate_limit=0
        )
        services = build_services(settings, content=content, clock=clock)
        services.database.migrate()
        stack.callback(services.database.close)
        rasa.says(*ANSWER)
        Accounts(services).add("anna", "Anna", StaffRole.ADMIN, (), PASSWORD)
        web = stack.enter_context(serving(public_app.create_app(services, name="web-on-postgresql")))
        console = stack.enter_context(serving(console_app.create_app(services, name="console-on-postgresql")))
        yield web, console, services


def test_a_conversation_and_its_case_work_from_question_to_erasure(house):
    web, console, services = house
    visitor = Visitor(web)
    body = {"text": "Må jeg sælge øl? 😀", "client_id": "a-1"}
    assert visitor.send(body).json() == visitor.send(body).json()
    assert visitor.tap("/tal_med_medarbejder")
    assert [message["id"] for message in visitor.messages()] == [1, 2, 3, 4, 5]
    assert visitor.post("messages/3/feedback", json={"useful": True, "comment": "Godt"}).status_code == 204
    contact = StrictBrowser(web)
    fields = {
        "summary": "Øl & vin",
        "name": "Mette",
        "email": "m@cafe.dk",
        "topic": "alkoholbevilling",
        "consent": "1",
    }
    assert contact.submit(contact.get("/kontakt"), "/kontakt", **fields).status == 200
    staff = StrictBrowser(console)
    page = staff.submit(staff.get("/login"), "/login", login="anna", password=PASSWORD)
    case = next(link.get("href") for link in page.all("a") if "/sager/" in link.get("href"))
    staff.submit(staff.get(case), f"{case}/tag")
    staff.submit(staff.get(case), f"{case}/note", text="Ringet")
    assert staff.submit(staff.get(case), f"{case}/luk", outcome="answered").status == 200
    assert visitor.erase().status_code == 204
    assert visitor.get("messages").status_code == 401
    assert requests.get(f"{web}/readyz", timeout=20).json()["database"] is True


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_characters_in_the_api_are_no_error_of_the_server(house, odd):
    visitor = Visitor(house[0])
    replies = [
        visitor.send({"text": f"Hej {odd}"}),
        visitor.send({"text": odd}),
        visitor.send({"payload": odd}),
        visitor.send({"text": "Hej", "client_id": odd}),
        visitor.post("messages/1/feedback", json={"useful": True, "comment": odd}),
        visitor.http.post(f"{visitor.address}/chat/conversations", json={"page": odd}, timeout=20),
    ]
    assert [reply.status_code for reply in replies if reply.status_code >= 500] == []


@pytest.mark.parametrize("odd", [text for text in ODD if text != "\ud800"], ids=ascii)
def test_odd_characters_in_the_forms_are_no_error_of_the_server(house, odd):
    web, console, _ = house
    visitor, staff = StrictBrowser(web), StrictBrowser(console)
    start = visitor.submit(visitor.get("/"), "/samtale", "text", text="Må jeg sælge øl?")
    contact, login = visitor.get("/kontakt"), staff.get("/login")
    names = ("summary", "topic", "company", "cvr", "name", "email", "phone", "consent", "request_key")
    right = {"summary": "Øl & vin", "name": "Mette", "email": "m@cafe.dk", "consent": "1"}
    pages = [
        visitor.submit(start, "/samtale", "text", text=f"Hej {odd}"),
        visitor.submit(visitor.get("/"), "/samtale", "text", text="Hej", client_id=odd),
        visitor.submit(visitor.get("/"), "/samtale", "payload", payload=odd),
        *(
            visitor.post("/kontakt", {**filled_in(contact.form("/kontakt")), **right, name: odd})
            for name in names
        ),
        visitor.get(f"/emner?q={odd}"),
        visitor.get(f"/kontakt?emne={odd}"),
        staff.submit(login, "/login", login=odd, password=PASSWORD),
        staff.submit(login, "/login", login="anna", password=odd),
        staff.submit(login, "/login", login="anna", password=PASSWORD),
        staff.get(f"/?enhed={odd}"),
        staff.get(f"/?tilstand={odd}"),
        staff.get(f"/sager/{requests.utils.quote(odd)}"),
    ]
    assert [page.address for page in pages if page.status >= 500] == []
