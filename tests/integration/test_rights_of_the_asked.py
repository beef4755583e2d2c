"""What a business answered is its own also when retention has deleted the case that it was asked about."""

import json
from datetime import timedelta

import pytest

from bot.core.cases import Contact
from bot.core.rights import RightsDesk
from bot.core.survey_answers import Answer, Solved
from bot.storage import survey_tables as tables
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from bot.storage.retention import RetentionRepository
from bot.storage.rights import RightsRepository
from bot.storage.rights_holdings import SurveyHolding
from bot.storage.tracker import TrackerMemory
from tests.integration.survey_house import ANNA

COMMENT = "Plantet: spørg Anna Holm"
NEIGHBOUR = Contact(name="Johanna", cvr="29189366", email="johanna@firma.dk", phone="20304051")


@pytest.fixture
def desk(survey, database, clock, tmp_path):
    tracker = Database(f"sqlite:///{tmp_path / 'tracker.db'}")
    yield RightsDesk(
        RightsRepository(database, TrackerMemory(tracker), [SurveyHolding(clock, survey.signer)]),
        AuditRepository(database),
        clock,
    )
    tracker.close()


@pytest.fixture
def answer(survey):
    """Close a case, and let the business answer that it went badly."""

    def go(number, contact, comment):
        survey.close(number, contact)
        survey.deliver()
        survey.surveys.answer(survey.invitation(), Answer(2, Solved.NO, comment, wants_contact=True))
        survey.clock.move(seconds=1)

    return go


def delete_old_cases(survey, clock):
    clock.move(days=100)
    keep, before = RetentionRepository(survey.database), clock() - timedelta(days=90)
    deleted = sum(keep.delete_group(group, before, clock()) for group in keep.expired_cases(before))
    assert deleted
    return deleted


@pytest.mark.parametrize(
    "given", ["anna@firma.dk", "Anna@Firma.dk", "20304050", "+45 20 30 40 50", "CVR 10150817"]
)
def test_an_answer_about_a_deleted_case_is_handed_out_and_erased(survey, desk, answer, clock, given):
    answer(1, ANNA, COMMENT)
    answer(2, NEIGHBOUR, "Naboens")
    assert delete_old_cases(survey, clock) == 2
    document = json.dumps(desk.export(survey.admin, given), ensure_ascii=False)
    assert COMMENT in document
    assert "Naboens" not in document
    assert desk.erase(survey.admin, given, "request", "")["surveys"] == 1
    kept = [(row.service, row.comment) for row in survey.rows(tables.survey_answers)]
    assert kept == [(2, ""), (2, "Naboens")]
    assert len(survey.rows(tables.survey_callbacks)) == 1
    assert desk.search(survey.admin, given).counts == {}


def test_an_answer_about_a_case_that_is_kept_stays_with_it(survey, desk, answer, clock):
    answer(1, ANNA, COMMENT)
    delete_old_cases(survey, clock)
    answer(2, ANNA, "Om den nye sag")
    assert desk.search(survey.admin, "anna@firma.dk").counts["surveys"] == 2
    assert desk.erase(survey.admin, "anna@firma.dk", "request", "allowed")["surveys"] == 1
    assert [row.comment for row in survey.rows(tables.survey_answers)] == ["", "Om den nye sag"]


@pytest.mark.parametrize("given", ["HEL-2026-000001", "https://x.dk/min-plan/an-unknown-key-of-a-plan"])
def test_a_reference_of_a_deleted_case_and_a_plan_lead_to_no_answer(survey, desk, answer, clock, given):
    answer(1, ANNA, COMMENT)
    delete_old_cases(survey, clock)
    assert desk.search(survey.admin, given).counts == {}
