"""Invitations, reminders, answers and who wants no more, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.bootstrap import DENMARK
from bot.core.cases import CaseState, Contact
from bot.core.errors import Conflict, InvalidInput, NotFound
from bot.core.mails import Mail, TextMessage
from bot.core.survey_answers import Answer, Solved
from bot.storage import survey_tables as tables
from bot.storage.tables import outbox as outbox_table
from tests.integration.survey_house import ANNA


def test_closing_a_case_invites_the_business_once_at_its_time(survey):
    survey.close()
    (row,), (mail,) = survey.rows(tables.survey_invitations), survey.rows(outbox_table)
    assert (row.unit, row.way, row.case_id, row.delivery) == ("bevilling", "mail", "case1", "")
    assert mail.recipient == "anna@firma.dk"
    assert mail.next_at == row.send_at == survey.clock() + timedelta(hours=21, minutes=45)
    assert mail.message_id == row.message_id
    link = f"https://genvej.helsingor.dk/m/{survey.signer.token(survey.invitation())}"
    assert f"{link}?s=5" in mail.body
    assert f'href="{link}?s=1"' in mail.html
    assert f"{link}/nej" in mail.body
    assert link not in str(survey.rows(tables.survey_invitations))
    assert "anna" not in str(survey.rows(tables.survey_addresses)).lower()


def test_a_case_that_cannot_be_closed_invites_nobody(survey):
    claimed = survey.claimed()
    survey.end(claimed)
    with pytest.raises(Conflict):
        survey.end(claimed)
    assert len(survey.rows(tables.survey_invitations)) == 1


def test_a_case_taken_back_or_merged_is_never_asked_about(survey):
    first, second = survey.claimed(1), survey.claimed(2)
    survey.casework.merge(survey.mette, first, second.id)
    survey.visitor.withdraw(survey.cases.get(second.id))
    assert {survey.cases.get(case.id).state.value for case in (first, second)} == {"merged", "withdrawn"}
    assert survey.rows(tables.survey_invitations) == []


def test_a_failure_to_invite_leaves_the_case_open(survey, monkeypatch):
    def fails(*_):
        raise RuntimeError

    monkeypatch.setattr(survey.surveys._writer, "invitation", fails)
    with pytest.raises(RuntimeError):
        survey.close()
    assert survey.cases.get("case1").state is CaseState.CLAIMED
    assert survey.rows(outbox_table) == []


def test_a_visitor_who_chose_sms_gets_one_text_message(survey):
    survey.close(contact=Contact("Anna", email="anna@firma.dk", phone="20304050", survey_by="sms"))
    (waiting,) = survey.rows(outbox_table)
    assert (waiting.channel, waiting.recipient, waiting.subject) == ("sms", "+4520304050", "")
    assert len(waiting.body) <= 160


def test_a_visitor_who_said_no_is_not_asked(survey):
    survey.close(contact=Contact("Anna", email="anna@firma.dk", survey_by="none"))
    assert survey.rows(outbox_table) == []


@pytest.mark.parametrize(
    "again",
    [
        ANNA,
        # The same firm, another person; the same person, another firm or none.
        Contact("Bo", cvr="10150817", email="bo@firma.dk"),
        Contact("Anna", cvr="29189366", email="ANNA@firma.dk"),
        Contact("Anna", phone="20304050"),
    ],
)
def test_a_business_is_asked_once_in_sixty_days(survey, again):
    survey.close(1)
    survey.close(2, again)
    assert len(survey.rows(tables.survey_invitations)) == 1
    survey.clock.move(days=60)
    survey.close(3, again)
    assert len(survey.rows(tables.survey_invitations)) == 2


def test_two_cases_of_a_business_closed_at_the_same_moment_ask_it_once(survey, at_once):
    results = at_once(survey.end, [survey.claimed(number) for number in (1, 2, 3, 4)])
    assert [case.state for case in results] == [CaseState.CLOSED] * 4
    assert len(survey.rows(tables.survey_invitations)) == 1


def test_a_case_opened_again_before_the_invitation_went_out_takes_it_back(survey):
    survey.casework.reopen(survey.admin, survey.close(), "Mere at gøre")
    assert survey.rows(tables.survey_invitations) == []
    assert [row for row in survey.waiting() if "survey" in row.message_id] == []
    survey.end(survey.cases.get("case1"))
    assert len(survey.rows(tables.survey_invitations)) == 1


def test_an_invitation_that_is_out_stays_when_the_case_is_opened_again(survey):
    case = survey.close()
    survey.clock.move(days=2)
    survey.deliver()
    survey.casework.reopen(survey.admin, case, "Mere at gøre")
    assert len(survey.rows(tables.survey_invitations)) == 1


def test_one_reminder_goes_out_after_seven_days_with_the_same_link(survey):
    survey.close()
    assert survey.surveys.remind_due().count == 0
    survey.clock.move(days=1)
    survey.deliver()
    survey.clock.move(days=7, seconds=-1)
    assert survey.surveys.remind_due().count == 0
    survey.clock.move(seconds=1)
    assert survey.surveys.remind_due().count == 1
    assert survey.surveys.remind_due().count == 0
    (reminder,) = survey.waiting()
    assert reminder.recipient == "anna@firma.dk"
    assert f"/m/{survey.signer.token(survey.invitation())}?s=3" in reminder.body
    survey.deliver()
    survey.clock.move(days=30)
    assert survey.surveys.remind_due().count == 0


def test_an_invitation_that_is_being_delivered_stays_so_that_its_link_opens(survey):
    case = survey.close()
    survey.clock.move(days=2)
    [invitation] = [one for one in survey.outbox.due(survey.clock()) if "survey" in one.item.message_id]
    survey.outbox.claim(invitation, survey.clock())
    survey.casework.reopen(survey.admin, case, "Mere at gøre")
    survey.outbox.sent(invitation, survey.clock())
    assert len(survey.rows(tables.survey_invitations)) == 1


def test_nobody_is_reminded_while_the_case_is_open_again(survey):
    case = survey.close()
    survey.clock.move(days=1)
    survey.deliver()
    survey.casework.reopen(survey.admin, case, "Mere at gøre")
    survey.deliver()
    survey.clock.move(days=7)
    assert survey.surveys.remind_due().count == 0
    survey.end(survey.cases.get("case1"))
    assert survey.surveys.remind_due().count == 1


def test_a_reminder_that_waits_is_taken_back_when_the_case_is_opened_again(survey):
    case = survey.close()
    survey.clock.move(days=1)
    survey.deliver()
    survey.clock.move(days=7)
    survey.surveys.remind_due()
    survey.casework.reopen(survey.admin, case, "Mere at gøre")
    assert [row for row in survey.waiting() if "reminder" in row.message_id] == []


def test_a_reminder_that_is_due_at_night_waits_until_the_morning(survey):
    survey.close()
    survey.clock.move(days=1)
    survey.deliver()
    survey.clock.move(days=10, hours=11)
    assert survey.clock().weekday() == 4
    assert survey.surveys.remind_due().count == 1
    (reminder,) = survey.waiting()
    assert reminder.next_at.astimezone(DENMARK).isoformat() == "2026-12-07T08:00:00+01:00"


def test_who_has_not_got_the_invitation_is_not_reminded(survey):
    survey.close()
    survey.clock.move(days=8)
    assert survey.surveys.remind_due().count == 0


def test_who_has_answered_is_not_reminded_not_even_by_one_that_waits(survey):
    survey.close()
    survey.clock.move(days=1)
    survey.deliver()
    survey.clock.move(days=7)
    survey.surveys.remind_due()
    survey.surveys.answer(survey.invitation(), Answer(4, Solved.YES))
    assert survey.waiting() == []


def test_an_answer_counts_once(survey, at_once):
    survey.close()
    found = survey.invitation()
    results = at_once(lambda score: survey.surveys.answer(found, Answer(score, Solved.YES)), [1, 2, 3, 4, 5])
    assert sorted(type(result).__name__ for result in results) == ["Conflict"] * 4 + ["str"]
    assert len(survey.rows(tables.survey_answers)) == 1


def test_an_answer_after_the_last_day_is_refused(survey):
    survey.close()
    found = survey.invitation()
    survey.clock.at = found.expires_at
    with pytest.raises(InvalidInput):
        survey.surveys.answer(found, Answer(4, Solved.YES))
    survey.clock.move(seconds=-1)
    survey.surveys.answer(found, Answer(4, Solved.YES))


def test_a_link_opens_only_what_we_signed(survey, database):
    survey.close()
    found = survey.invitation()
    token = survey.signer.token(found)
    assert survey.surveys.find(token).id == found.id
    for wrong in ("", "x", token[:-1], token + "A", token.swapcase(), "æøå", "\ud800"):
        with pytest.raises(NotFound):
            survey.surveys.find(wrong)
    with database.writing() as connection:
        later = update(tables.survey_invitations).values(expires_at=found.expires_at + timedelta(days=99))
        connection.execute(later)
    with pytest.raises(NotFound):
        survey.surveys.find(token)


def test_the_longer_part_is_added_once_within_a_day_with_the_key(survey):
    survey.close()
    key = survey.surveys.answer(survey.invitation(), Answer(4, Solved.YES))
    answered = survey.invitation()
    with pytest.raises(Conflict):
        survey.surveys.add_scores(answered, "another key", {"ideal": 3})
    survey.surveys.add_scores(answered, key, {"ideal": 3})
    with pytest.raises(Conflict):
        survey.surveys.add_scores(answered, key, {"ideal": 9})
    assert survey.rows(tables.survey_answers)[0].scores == {"ideal": 3}
    survey.clock.move(days=1)
    assert not survey.surveys.may_add(answered, key)


def test_no_thanks_holds_for_good_for_mail_and_sms_and_takes_back_what_waits(survey):
    survey.close()
    survey.surveys.opt_out(survey.invitation())
    survey.surveys.opt_out(survey.invitation())
    assert survey.rows(outbox_table) == []
    survey.clock.move(days=4000)
    survey.close(2)
    survey.close(3, Contact("Anna", phone="20304050", survey_by="sms"))
    survey.close(4, Contact("Anna", email="Anna@Firma.dk"))
    assert len(survey.rows(tables.survey_invitations)) == 1
    survey.close(5, Contact("Bo", email="bo@firma.dk"))
    assert len(survey.rows(tables.survey_invitations)) == 2
    assert "anna" not in str(survey.rows(tables.survey_optouts)).lower()


@pytest.mark.parametrize("way", ["mail", "sms"])
def test_what_is_sent_says_nothing_about_the_case(survey, way):
    survey.close(contact=Contact("Anna Holm", "Café Ø", "", "anna@firma.dk", "20304050", way))
    survey.clock.move(days=1)
    survey.deliver()
    survey.clock.move(days=7)
    survey.surveys.remind_due()
    for row in survey.rows(outbox_table):
        told = row.subject + row.body + row.html
        assert not any(word in told for word in ("Anna", "Café", "Øl", "HEL-2026", "alkohol"))


def test_invitations_are_mails_or_text_messages(survey):
    survey.close()
    survey.close(2, Contact("B", phone="20304059"))
    survey.clock.move(days=1)
    kinds = {type(waiting.item) for waiting in survey.outbox.due(survey.clock())}
    assert kinds == {Mail, TextMessage}
