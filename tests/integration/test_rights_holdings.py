"""Answers to surveys and booked talks are found and taken away with everything else about a person."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.commands.worker import anonymise_surveys
from bot.core.dialogs import mail_key
from bot.core.mails import Mail
from bot.core.rights import By, Person
from bot.core.survey_links import LinkSigner
from bot.storage.leader_tables import dialogs
from bot.storage.outbox import OutboxRepository
from bot.storage.rights_holdings import DialogHolding, SurveyHolding
from bot.storage.survey_figures import SurveyFigures
from bot.storage.survey_tables import survey_addresses, survey_answers, survey_callbacks, survey_invitations
from bot.storage.tables import outbox

ANNA = Person(By.EMAIL, "anna@firma.dk")
SIGNER = LinkSigner(b"a secret of more than sixteen bytes")


@pytest.fixture
def answered(database, cases, new_case, clock):
    """Two closed cases, each with an invitation, an answer, and a call that is owed."""
    found = [new_case(number) for number in (1, 2)]
    for number, case in enumerate(found, start=1):
        cases.open(case, [], f"key{number}")
        with database.writing() as connection:
            connection.execute(
                insert(survey_invitations).values(
                    id=f"inv{number}",
                    case_id=case.id,
                    unit="bevilling",
                    topic=None,
                    way="mail",
                    business=f"business{number}",
                    token_hash=f"hash{number}",
                    message_id=f"<{number}@x>",
                    created_at=clock(),
                    send_at=clock(),
                    expires_at=clock() + timedelta(days=21),
                )
            )
            connection.execute(
                insert(survey_addresses).values(invitation_id=f"inv{number}", address=f"a{number}")
            )
            connection.execute(
                insert(survey_answers).values(
                    id=number,
                    invitation_id=f"inv{number}",
                    unit="bevilling",
                    answered_at=clock(),
                    service=2,
                    solved="no",
                    comment=f"Plantet {number}",
                    wants_contact=True,
                    scores={},
                )
            )
            connection.execute(
                insert(survey_callbacks).values(
                    answer_id=number,
                    case_id=case.id,
                    unit="bevilling",
                    created_at=clock(),
                    due=clock().date(),
                    note="Ringet til Plantet",
                )
            )
    return found


def rows(database, table):
    with database.reading() as connection:
        return connection.execute(select(table)).all()


def test_an_answer_is_handed_out_with_its_words(database, answered, clock):
    with database.reading() as connection:
        [held] = SurveyHolding(clock, SIGNER).held(connection, ANNA, [answered[0].id])
    assert (held["unit"], held["service"], held["solved"], held["comment"]) == (
        "bevilling",
        2,
        "no",
        "Plantet 1",
    )


def test_an_erased_answer_is_a_number_of_nobodys_and_the_next_persons_stays(database, answered, clock):
    with database.writing() as connection:
        assert SurveyHolding(clock, SIGNER).erase(connection, ANNA, [answered[0].id]) == 1
    first, second = sorted(rows(database, survey_answers), key=lambda row: row.id)
    assert (first.comment, first.invitation_id, first.service) == ("", None, 2)
    assert first.anonymised_at == clock()
    assert (second.comment, second.invitation_id) == ("Plantet 2", "inv2")
    assert [row.answer_id for row in rows(database, survey_callbacks)] == [2]
    assert [row.invitation_id for row in rows(database, survey_addresses)] == ["inv2"]
    cut = next(row for row in rows(database, survey_invitations) if row.id == "inv1")
    assert (cut.business, cut.case_id) == ("", None)


@pytest.fixture
def booked(database, clock):
    for number, email in enumerate(("Anna@Firma.dk", "johanna@firma.dk"), start=1):
        with database.writing() as connection:
            connection.execute(
                insert(dialogs).values(
                    id=f"d{number}",
                    unit="bevilling",
                    slot=f"slot{number}",
                    starts_at=clock(),
                    minutes=30,
                    place="Rådhuset",
                    name="N",
                    company="",
                    email=email,
                    about="Plantet",
                    sequence=0,
                    created_at=clock(),
                    token_hash=f"t{number}",
                    request_key=f"k{number}",
                )
            )


def test_a_talk_is_found_by_the_address_however_it_was_written_and_deleted(database, booked):
    holding = DialogHolding()
    with database.writing() as connection:
        assert [talk["email"] for talk in holding.held(connection, ANNA, [])] == ["Anna@Firma.dk"]
        assert holding.erase(connection, ANNA, []) == 1
    assert [row.email for row in rows(database, dialogs)] == ["johanna@firma.dk"]


def test_the_mails_about_a_deleted_talk_go_with_it_also_the_leaders(database, booked, clock):
    store = OutboxRepository(database)
    for talk, recipient in (("d1", "leder@x.dk"), ("d2", "leder@x.dk")):
        store.put(Mail(f"<{mail_key(talk)}0_leader@x>", recipient, "Emne", f"Plantet {talk}"), clock())
    with database.writing() as connection:
        DialogHolding().erase(connection, ANNA, [])
    assert [row.body for row in rows(database, outbox)] == ["Plantet d2"]


@pytest.mark.parametrize("by", [By.PHONE, By.CVR, By.REFERENCE, By.PLAN])
def test_nothing_else_leads_to_a_talk(database, booked, by):
    with database.writing() as connection:
        assert DialogHolding().erase(connection, Person(by, "anna@firma.dk"), []) == 0


@pytest.mark.parametrize(("days", "setting", "cut"), [(365, 365, 0), (366, 365, 2), (4000, 0, 0)])
def test_the_worker_drops_the_words_of_answers_after_the_days_of_the_setting(
    database, answered, clock, days, setting, cut
):
    class House:
        settings = type("S", (), {"survey_answer_days": setting})
        survey_figures = SurveyFigures(database)

    House.clock = staticmethod(clock)
    clock.move(days=days)
    assert anonymise_surveys(House).count == cut
    assert sum(row.comment == "" for row in rows(database, survey_answers)) == cut
