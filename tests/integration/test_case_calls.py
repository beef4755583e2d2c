"""A new case is told to the case system with the case, or not at all, and with all that it needs."""

import base64
import json

import pytest
from sqlalchemy import select

from bot.bootstrap import build_services
from bot.core.handoff import HandoffRequest
from bot.core.patience import Patience
from bot.settings import Settings
from bot.storage.tables import outbox
from tests.receiver import Receiver

SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
HURRY = Patience(connect=1, acceptance=1, whole=2)


@pytest.fixture
def receiver():
    found = Receiver()
    yield found
    found.close()


@pytest.fixture
def services(address, database, content, clock, tmp_path, receiver):
    settings = Settings(
        database_url=address, var_dir=tmp_path, webhook_url=receiver.address, webhook_secret=SECRET
    )
    found = build_services(settings, content=content, clock=clock, patience=HURRY)
    yield found
    found.database.close()


def open_case(services, key="form:1"):
    request = HandoffRequest(
        "Øl på fortovet",
        "Mette Holm",
        company="Café Ø",
        email="mette@cafe.dk",
        topic="alkoholbevilling",
        consent=True,
        request_key=key,
    )
    return services.handoff.submit(request).case


def test_a_new_case_is_told_with_all_that_a_case_system_needs(services, receiver):
    case = open_case(services)
    assert services.outbox.deliver_due() == 3
    [(_, headers, body)] = receiver.got
    event = json.loads(body)
    assert (event["type"], event["timestamp"]) == ("case.opened", case.created_at.isoformat())
    assert headers["webhook-id"] == f"case_{case.id}_opened"
    assert event["data"] == {
        "id": case.id,
        "reference": case.reference,
        "municipality": "helsingor",
        "unit": {"id": case.unit, "name": services.content.units.get(case.unit).name},
        "topic": {"id": "alkoholbevilling", "title": "Alkoholbevilling"},
        "summary": "Øl på fortovet",
        "contact": {
            "name": "Mette Holm",
            "company": "Café Ø",
            "cvr": "",
            "email": "mette@cafe.dk",
            "phone": "",
        },
        "routed_because": case.routed_because,
        "created_at": case.created_at.isoformat(),
        "answer_by": case.answer_by.isoformat(),
        "link": f"{services.settings.console_address}/sager/{case.id}",
        "transcript": [],
    }


def test_a_case_is_told_once_and_with_the_case_or_not_at_all(services, receiver):
    assert open_case(services).id == open_case(services).id
    with services.database.reading() as connection:
        rows = connection.execute(select(outbox.c.channel, outbox.c.case_id)).all()
    assert sorted(row.channel for row in rows) == ["mail", "mail", "webhook"]
    assert services.outbox.deliver_due() == 3
    assert services.outbox.deliver_due() == 0
    assert len(receiver.got) == 1


def test_a_case_system_that_is_down_holds_up_no_mail(services, receiver, clock):
    receiver.status, receiver.headers = 503, {"Retry-After": "3600"}
    open_case(services)
    assert services.outbox.deliver_due() == 2
    clock.move(minutes=59)
    assert services.outbox.deliver_due() == 0
    clock.move(minutes=1)
    receiver.status = 204
    assert services.outbox.deliver_due() == 1
    assert len(receiver.got) == 2
