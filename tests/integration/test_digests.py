"""Each leader, and the chief, gets one letter a week, whoever sends it and however often; on both databases."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from sqlalchemy import insert, select

from bot.bootstrap import DENMARK, build_services
from bot.commands.worker import Worker, send_digests
from bot.core.case_figures import Opinion
from bot.core.cases import CaseState, Outcome
from bot.core.casework import Casework
from bot.core.conversations import Reply, Role
from bot.core.digests import Digests, Overviews
from bot.core.errors import StorageUnavailable
from bot.core.one_by_one import Done
from bot.core.staff import StaffRole
from bot.settings import Settings
from bot.storage.digests import DigestRepository
from bot.storage.opinions import OpinionReader
from bot.storage.survey_tables import survey_answers
from bot.storage.tables import outbox
from tests.servers import MovableClock


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


MONDAY = at("2026-11-30 07:00")


@pytest.fixture
def services(address, tmp_path, content, database):
    clock = MovableClock(at("2026-11-23 10:15"))
    settings = Settings(database_url=address, var_dir=tmp_path, rate_limit=0)
    found = build_services(settings, content=content, clock=clock)
    yield found
    found.database.close()


@pytest.fixture
def leaders(services):
    add = services.staff.add
    add("ida", "Ida", StaffRole.LEADER, ("bevilling", "byggesag"), "x", "ida@kommune.dk")
    add("kaj", "Kaj", StaffRole.LEADER, ("jura",), "x", "kaj@kommune.dk")
    add("dir", "Dorte", StaffRole.CHIEF, (), "x", "dorte@kommune.dk")
    add("ole", "Ole uden mail", StaffRole.LEADER, ("jura",), "x")
    add("eva", "Eva", StaffRole.STAFF, ("bevilling",), "x", "eva@kommune.dk")


def letters(services):
    with services.database.reading() as connection:
        rows = connection.execute(select(outbox).where(outbox.c.message_id.like("<digest-%"))).all()
    return {row.recipient: row for row in rows}


def test_leaders_and_chief_get_one_letter_each_and_only_once_a_week(services, leaders):
    worker = Worker(services)
    services.clock.at = MONDAY
    assert worker.round()["digests"] == 3
    for _ in range(5):
        services.clock.move(days=1, hours=1)
        assert "digests" not in worker.round()
    assert set(letters(services)) == {"ida@kommune.dk", "kaj@kommune.dk", "dorte@kommune.dk"}
    services.clock.at = at("2026-12-07 07:00")
    assert worker.round()["digests"] == 3


def test_before_seven_nothing_goes_out(services, leaders):
    services.clock.at = at("2026-11-30 06:59")
    assert send_digests(services).count == 0


def test_two_workers_at_once_send_one_letter_each(services, leaders, at_once):
    services.clock.at = MONDAY
    found = at_once(send_digests, [services] * 4)
    assert sum(done.count for done in found) == 3
    assert len(letters(services)) == 3


def test_a_letter_that_cannot_be_put_in_the_outbox_is_not_counted_as_sent(services, leaders):
    services.clock.at = MONDAY
    with services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO gone")
    # SQLite says so of the database, PostgreSQL of each letter.
    with suppress(StorageUnavailable):
        assert send_digests(services) == Done(failing=3)
    with services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO outbox")
    services.clock.move(hours=1)
    assert send_digests(services).count == 3


def lived(services, new_case):
    """A week of the licensing unit: one answered in time, one too late and misrouted, one still open."""
    ida = services.staff.by_login("ida")[0]
    for number in (1, 2, 3):
        due = date(2026, 11, 25 if number == 2 else 30)
        services.cases.open(new_case(number, created_at=services.clock(), answer_by=due), (), None)
    work: Casework = services.casework
    for number, day in ((1, "2026-11-24 10:00"), (2, "2026-11-27 10:00")):
        services.clock.at = at(day)
        work.claim(ida, services.cases.get(f"case{number}"))
        work.close(ida, services.cases.get(f"case{number}"), Outcome.FACT_MISSING.value, "")
    return services.cases.get("case1").state


def test_the_letter_tells_the_week_in_sentences_and_nothing_that_a_business_wrote(
    services, leaders, new_case, begin
):
    assert lived(services, new_case) is CaseState.CLOSED
    say = services.content.phrases["answer"].say
    services.conversations.add_replies(
        begin(), [Reply(role=Role.BOT, text=say("rephrase")), Reply(role=Role.BOT, text="Nej.", topic="udenfor_emne")],
        1, at("2026-11-26 10:00"),
    )  # fmt: skip
    services.clock.at = MONDAY
    send_digests(services)
    found = letters(services)["ida@kommune.dk"]
    for part in (
        "Her er uge 48, fra 23. november 2026 til 29. november 2026. Tallene er for Bevillinger og Byggesag",
        "Der kom 3 nye sager, 3 flere end ugen før. 2 sager blev lukket",
        "Lige nu er 1 sag åben, og ingen er over tid.",
        "1 af 2 virksomheder fik svar senest den dag, vi havde lovet. Det er 50 procent.",
        "mellem 9 og 91 procent",
        "2 af 2 lukkede sager kom til den rigtige enhed første gang.",
        "Ingen virksomheder svarede i ugen.",
        "1 gang forstod den ikke en besked eller havde intet svar",
        "- Alkoholbevilling: 2 gange",
        "/overblik?fra=2026-11-23&til=2026-11-29",
    ):
        assert part in found.body, found.body
    assert found.subject == "Uge 48 i Genvej"
    for private in ("Anna", "Café Ø", "fortovet", "anna@firma.dk"):
        assert private not in found.body + found.html
    assert "Der kom ingen nye sager" in letters(services)["kaj@kommune.dk"].body
    assert "Tallene er for hele kommunen." in letters(services)["dorte@kommune.dk"].body


class Answers:
    """Six businesses answered in the week, three in the one before."""

    def between(self, start, end):
        now = end == at("2026-11-30 00:00")
        return {
            "bevilling": [
                Opinion(score, "Hurtigt\nsvar") for score in ((4, 4, 5, 4, 5, 4) if now else (1, 1, 1))
            ]
        }


def test_what_businesses_think_comes_with_how_sure_it_is(services, leaders, database):
    read = services.overviews._histories
    overviews = Overviews(read, Answers(), services.content.units)
    writer = services.digests._writer
    services.clock.at = MONDAY
    parts = DigestRepository(database), writer, services.staff, services.clock, services.holidays
    assert Digests(overviews, *parts).send_due().count == 3
    body = letters(services)["ida@kommune.dk"].body
    assert "6 virksomheder svarede. De gav servicen 4,3 ud af 5." in body
    assert "ligger det mellem 3,8 og 4,9" in body
    assert body.count("- »Hurtigt svar«") == 6
    assert "Hurtigt" not in letters(services)["kaj@kommune.dk"].body


def test_the_answers_of_the_survey_count_in_the_period_in_which_they_were_given(services):
    with services.database.writing() as connection:
        for day, score in (("2026-11-22 23:59", 1), ("2026-11-23 00:00", 4), ("2026-11-30 00:00", 2)):
            values = {"unit": "bevilling", "answered_at": at(day), "service": score, "solved": "ja"}
            values.update(comment="Fint", wants_contact=False, scores={})
            connection.execute(insert(survey_answers).values(**values))
    found = OpinionReader(services.database).between(at("2026-11-23 00:00"), MONDAY.replace(hour=0))
    assert found == {"bevilling": [Opinion(4, "Fint")]}
