"""Closes cases for tests of the survey's pages, and finds the links that went out."""

import re

from sqlalchemy import select

from bot.core.handoff import HandoffRequest
from bot.core.staff import StaffRole
from bot.storage.tables import outbox


def close_a_case(services, number=1, topic="alkoholbevilling", **contact):
    """Hand a case over, claim and close it; return it."""
    reach = {"email": f"mette{number}@cafe.dk", **contact}
    request = HandoffRequest("Øl på fortovet", "Mette Holm", topic=topic, consent=True, **reach)
    case = services.handoff.submit(request).case
    staff = _somebody(services, case.unit)
    services.casework.claim(staff, services.cases.get(case.id))
    services.casework.close(staff, services.cases.get(case.id), "answered", "")
    return services.cases.get(case.id)


def links(services):
    """Return the path of the link in every invitation and reminder, oldest first."""
    with services.database.reading() as connection:
        bodies = connection.execute(select(outbox.c.body).order_by(outbox.c.id)).scalars().all()
    found = [re.search(r"/m/[\w-]+", body) for body in bodies]
    return [match.group() for match in found if match]


def _somebody(services, unit):
    login = f"sagsbehandler-{unit}"
    found = services.staff.by_login(login)
    return found[0] if found else services.staff.add(login, "S", StaffRole.STAFF, (unit,), "x")
