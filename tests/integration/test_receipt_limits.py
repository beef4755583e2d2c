"""Nobody can have the municipality fill a stranger's mailbox with receipts, and no case is refused for it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.bootstrap import build_services
from bot.core.handoff import HandoffRequest
from bot.settings import Settings
from bot.storage.tables import cases, outbox

VICTIM = "mette@cafe.dk"


@pytest.fixture
def services(address, tmp_path, content, clock):
    settings = Settings(database_url=address, var_dir=tmp_path)
    found = build_services(settings, content=content, clock=clock)
    found.database.migrate()
    yield found
    found.database.close()


@pytest.fixture
def open_case(services):
    def go(number, email=VICTIM, **more):
        return services.handoff.submit(
            HandoffRequest(
                f"Øl nummer {number}", "Mette", email=email, topic="alkoholbevilling", consent=True, **more
            )
        )

    return go


def receipts(services, email=VICTIM):
    query = select(outbox.c.id).where(outbox.c.recipient == email, outbox.c.message_id.contains(".receipt@"))
    with services.database.reading() as connection:
        return len(connection.execute(query).all())


def test_the_sixth_case_of_an_hour_is_opened_and_told_of_on_the_screen_alone(services, open_case, clock):
    told = [open_case(number) for number in range(7)]
    assert [one.mailed for one in told] == [True] * 5 + [False] * 2
    assert receipts(services) == 5
    assert all("på mail" not in " ".join(one.notes) for one in told[:5])
    assert all("ikke en kvittering på mail" in one.notes[-1] for one in told[5:])
    assert services.cases.get(told[6].case.id).summary == "Øl nummer 6"
    assert open_case(8, email="anna@firma.dk").mailed
    clock.move(hours=1)
    assert open_case(9).mailed


def test_the_twenty_first_receipt_of_a_day_is_not_mailed(services, open_case, clock):
    for number in range(30):
        open_case(number)
        clock.move(minutes=13)
    assert receipts(services) == 20
    clock.move(days=1)
    assert open_case(99).mailed


def test_however_an_address_is_written_it_is_one(services, open_case):
    for number in range(6):
        open_case(number, email=VICTIM if number % 2 else VICTIM.upper())
    assert receipts(services) == 5


def test_cases_opened_at_the_same_moment_are_counted_one_after_another(services, open_case):
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(open_case, range(8)))
    assert sum(one.mailed for one in told) == receipts(services) == 5
    with services.database.reading() as connection:
        assert len(connection.execute(select(cases.c.id)).all()) == 8


def test_a_receipt_shown_again_says_the_same_about_the_mail(services, open_case):
    for number in range(5):
        open_case(number)
    assert not open_case(6, request_key="k").mailed
    assert not open_case(6, request_key="k").mailed


def test_who_gave_no_address_is_told_nothing_of_mails(services, open_case):
    told = open_case(1, email="", phone="20304050")
    assert (told.mailed, told.notes) == (False, open_case(2, email="b@x.dk").notes)
