"""Links to cases, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import delete, func, select

from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail
from bot.storage.tables import case_links, outbox
from bot.storage.tables import cases as table


def count(database, of):
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(of)).scalar_one()


def test_a_link_opens_the_case_it_was_stored_with_and_a_second_one_too(cases, new_case, clock):
    case = cases.open(new_case(), [], None, link="a" * 64)
    cases.add_link(case.id, "b" * 64, clock())
    assert cases.by_link("a" * 64) == cases.by_link("b" * 64) == case
    with pytest.raises(NotFound):
        cases.by_link("c" * 64)


def test_a_case_that_is_opened_twice_stores_nothing_the_second_time(database, cases, new_case):
    cases.open(new_case(1), [], "form:1", link="a" * 64)
    assert cases.open(new_case(2), [], "form:1", link="b" * 64).id == "case1"
    assert count(database, case_links) == 1


def test_a_case_whose_link_cannot_be_stored_is_not_opened(database, cases, new_case):
    cases.open(new_case(1), [], None, link="a" * 64)
    with pytest.raises(Conflict):
        cases.open(new_case(2), [Mail("<1@x>", "unit@x.dk", "Ny sag", "")], None, link="a" * 64)
    assert (count(database, table), count(database, outbox)) == (1, 0)


def test_a_case_is_found_by_its_reference_without_its_transcript(cases, new_case):
    cases.open(new_case(1), [], None)
    cases.open(new_case(2), [], None)
    assert cases.by_reference("HEL-2026-000002").id == "case2"
    assert cases.by_reference("HEL-2026-000003") is None


def test_links_go_with_their_case(database, cases, new_case):
    cases.open(new_case(), [], None, link="a" * 64)
    with database.writing() as connection:
        connection.execute(delete(table))
    assert count(database, case_links) == 0
