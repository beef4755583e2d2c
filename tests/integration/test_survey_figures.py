"""What became of invitations, what was answered, and the calls that follow, on SQLite and on PostgreSQL."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.core.cases import Contact
from bot.core.errors import Conflict, InvalidInput, NotFound
from bot.core.satisfaction import Sent
from bot.core.staff import StaffMember, StaffRole
from bot.core.survey_answers import Answer, Solved
from bot.storage import survey_tables as tables
from bot.storage.surveys import SurveyRepository
from bot.storage.tables import cases as case_table
from bot.storage.tables import outbox as outbox_table


def test_a_low_score_makes_a_call_for_the_leader_with_a_deadline_in_working_days(survey):
    survey.close()
    survey.clock.move(days=4)
    survey.surveys.answer(survey.invitation(), Answer(1, Solved.NO, "Ingen ringede"))
    (call,) = survey.surveys.callbacks(survey.mette)
    # Friday 27 November: three working days later is Wednesday.
    assert (call.due, call.reference, call.comment) == (date(2026, 12, 2), "HEL-2026-000001", "Ingen ringede")
    mail = survey.waiting()[-1]
    assert mail.recipient == "mette@x.dk"
    assert "onsdag den 2. december 2026" in mail.subject
    assert "Ingen ringede" not in mail.body
    assert "anna" not in (mail.body + mail.html).lower()
    assert not call.overdue(date(2026, 12, 2))
    assert call.overdue(date(2026, 12, 3))


def test_without_a_leader_the_mailbox_and_the_whole_unit_get_the_call(survey, content):
    survey.close(1, unit="jura")
    survey.surveys.answer(survey.invitation(), Answer(2, Solved.YES))
    assert survey.waiting()[-1].recipient == content.units.get("jura").mailbox
    colleague = StaffMember(99, "bo", "Bo", StaffRole.STAFF, ("jura",))
    assert len(survey.surveys.callbacks(colleague)) == 1
    assert survey.surveys.callbacks(survey.mette) == []


def test_a_call_is_made_once_by_who_leads_the_unit(survey, staff):
    survey.close()
    survey.surveys.answer(survey.invitation(), Answer(1, Solved.NO))
    (call,) = survey.surveys.callbacks(survey.mette)
    other = staff.add("lis", "Lis", StaffRole.LEADER, ("jura",), "x")
    with pytest.raises(NotFound):
        survey.surveys.finish(other, call.id, "Ringet")
    for note in ("", "  ", "a" * 2001):
        with pytest.raises(InvalidInput):
            survey.surveys.finish(survey.mette, call.id, note)
    survey.surveys.finish(survey.mette, call.id, "Ringet, alt er godt 010190-1234")
    with pytest.raises(Conflict):
        survey.surveys.finish(survey.mette, call.id, "Ringet igen")
    assert survey.surveys.callbacks(survey.mette) == []
    (made,) = survey.surveys.callbacks(survey.mette, done=True)
    assert (made.note, made.done_by) == ("Ringet, alt er godt [CPR-nummer fjernet]", "Mette")


def test_the_figures_tell_what_became_of_every_invitation(survey, database):
    contacts = [Contact("A", email=f"{number}@x.dk") for number in range(6)]
    for number, contact in enumerate(contacts):
        survey.close(number, contact)
    survey.clock.move(days=1)
    ids = [row.message_id for row in survey.rows(outbox_table)]
    with database.writing() as connection:
        for state, message_id in zip(("sent", "sent", "sent", "aside"), ids):
            connection.execute(
                update(outbox_table).where(outbox_table.c.message_id == message_id).values(state=state)
            )
    found = SurveyRepository(database)
    tokens = {row.message_id: row.token_hash for row in survey.rows(tables.survey_invitations)}
    survey.surveys.answer(found.find(tokens[ids[0]]), Answer(4, Solved.YES))
    survey.surveys.opt_out(found.find(tokens[ids[5]]))
    since = survey.clock() - timedelta(days=30)
    expected = {"bevilling": Sent(6, waiting=1, delivered=3, failed=2, stopped=1, answered=1)}
    assert survey.figures.sent(since) == expected
    assert survey.figures.settle() == 3
    assert survey.figures.settle() == 0
    # An SMS that the gateway took may still not have arrived.
    assert survey.figures.report(ids[1], arrived=False)
    assert not survey.figures.report("nobody's", arrived=True)
    assert survey.figures.sent(since)["bevilling"].delivered == 2


def test_figures_and_answers_outlive_the_case_and_its_outbox(survey, database):
    survey.close()
    survey.clock.move(days=1)
    survey.deliver()
    survey.figures.settle()
    survey.surveys.answer(survey.invitation(), Answer(1, Solved.NO, "Hej"))
    with database.writing() as connection:
        connection.execute(case_table.delete())
    assert survey.figures.sent(survey.clock() - timedelta(days=30))["bevilling"].delivered == 1
    ((unit, found),) = survey.surveys.figures(survey.mette)
    assert (unit, found.answers, found.shown) == ("bevilling", 1, False)
    (call,) = survey.surveys.callbacks(survey.mette)
    assert (call.case_id, call.reference) == (None, "")


def test_anonymous_answers_keep_their_scores_and_nothing_that_leads_to_anybody(survey):
    survey.close()
    survey.clock.move(days=1)
    survey.deliver()
    survey.surveys.answer(survey.invitation(), Answer(1, Solved.NO, "Anna her", True))
    survey.clock.move(days=130)
    assert survey.figures.anonymise(survey.clock() - timedelta(days=90), survey.clock(), 200) == 1
    assert survey.figures.anonymise(survey.clock() - timedelta(days=90), survey.clock(), 200) == 0
    (answer,), (invitation,) = survey.rows(tables.survey_answers), survey.rows(tables.survey_invitations)
    assert (answer.invitation_id, answer.comment, answer.service) == (None, "", 1)
    assert (invitation.business, invitation.case_id, invitation.delivery) == ("", None, "delivered")
    assert survey.rows(tables.survey_addresses) == []
    assert len(survey.figures.answers(survey.clock() - timedelta(days=365))["bevilling"]) == 1
