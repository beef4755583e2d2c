"""No thanks holds for good: also after everything else about the business is gone, and however often it is said."""

from datetime import timedelta

import pytest

from bot.core.cases import Contact
from bot.core.errors import Conflict, InvalidInput
from bot.core.rights import By, Person
from bot.core.survey_answers import Answer, Solved
from bot.storage import survey_tables as tables
from bot.storage.retention import delete_cases
from bot.storage.rights_holdings import SurveyHolding
from tests.integration.survey_house import ANNA

BY_EMAIL, BY_PHONE = Contact("A", email="anna@firma.dk"), Contact("A", phone="20304050", survey_by="sms")


def erase(survey):
    """Take Anna out, as the administrator does at her wish."""
    with survey.database.writing() as connection:
        SurveyHolding(survey.clock, survey.signer).erase(connection, Person(By.EMAIL, ANNA.email), ["case1"])
        delete_cases(connection, ["case1"], survey.clock())


def anonymise(survey):
    survey.clock.move(days=400)
    survey.figures.anonymise(survey.clock(), survey.clock(), 100)


@pytest.mark.parametrize("forget", [erase, anonymise])
@pytest.mark.parametrize("later", [BY_EMAIL, BY_PHONE])
def test_no_thanks_by_an_old_link_holds_after_the_business_was_forgotten(survey, forget, later):
    survey.close()
    survey.deliver()
    token = survey.signer.token(survey.invitation())
    forget(survey)
    assert survey.rows(tables.survey_addresses) == []
    survey.surveys.opt_out(survey.surveys.find(token))
    survey.clock.move(days=4000)
    survey.close(2, later)
    assert len(survey.rows(tables.survey_invitations)) == 1
    survey.close(3, Contact("Bo", email="bo@firma.dk"))
    assert len(survey.rows(tables.survey_invitations)) == 2


def test_who_was_forgotten_and_said_nothing_is_asked_again(survey):
    survey.close()
    erase(survey)
    survey.close(2)
    assert len(survey.rows(tables.survey_invitations)) == 2


def test_what_is_kept_for_a_no_thanks_does_not_tell_whose_it_is(survey):
    survey.close()
    survey.clock.move(days=61)
    survey.close(2)
    first, second = (row.sealed.split(",") for row in survey.rows(tables.survey_invitations))
    known = {row.address for row in survey.rows(tables.survey_addresses)}
    assert len(first) == len(second) == 2
    assert not known & {*first, *second}
    assert not {*first} & {*second}


def test_nothing_new_is_stored_about_a_business_that_was_forgotten(survey):
    survey.close()
    survey.deliver()
    seen = survey.invitation()
    erase(survey)
    with pytest.raises(InvalidInput, match="survey_expired"):
        survey.surveys.answer(survey.invitation(), Answer(1, Solved.NO, "Plantet"))
    # Opened before, sent after.
    with pytest.raises(Conflict):
        survey.surveys.answer(seen, Answer(1, Solved.NO, "Plantet"))
    assert survey.rows(tables.survey_answers) == []


def test_no_thanks_said_many_times_at_the_same_moment_is_said_once(survey, at_once):
    survey.close()
    found = survey.invitation()
    assert at_once(lambda _: survey.surveys.opt_out(found), range(6)) == [None] * 6
    assert len(survey.rows(tables.survey_optouts)) == 2
    assert survey.waiting() == []


def test_an_answer_and_no_thanks_at_the_same_moment_both_count(survey, at_once):
    survey.close()
    found = survey.invitation()

    def act(number):
        if number % 2:
            survey.surveys.opt_out(found)
        else:
            survey.surveys.answer(found, Answer(1, Solved.NO, "", True))

    results = at_once(act, range(6))
    assert sorted(type(result).__name__ for result in results) == ["Conflict"] * 2 + ["NoneType"] * 4
    assert len(survey.rows(tables.survey_answers)) == len(survey.rows(tables.survey_callbacks)) == 1
    assert len(survey.rows(tables.survey_optouts)) == 2


def test_an_answer_to_a_case_that_was_deleted_meanwhile_is_kept_without_it(survey, clock):
    survey.close()
    survey.deliver()
    found = survey.invitation()
    with survey.database.writing() as connection:
        delete_cases(connection, ["case1"], clock() + timedelta(days=1))
    survey.surveys.answer(found, Answer(1, Solved.NO, "Ingen svarede"))
    (call,) = survey.rows(tables.survey_callbacks)
    assert (call.case_id, call.unit) == (None, "bevilling")
