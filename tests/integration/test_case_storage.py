"""Cases: stored with everything that follows from them or not at all, as the lists show them."""

import dataclasses
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.core.cases import Case, CaseState
from bot.core.conversations import Role, SourceLine, Turn
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail
from bot.storage import tables

OPEN = (CaseState.NEW, CaseState.CLAIMED)


def mail(number=1):
    return Mail(f"<{number}@x.dk>", "bevilling@x.dk", f"Ny sag {number}", "Der er kommet en sag.")


def counts(database):
    found = (tables.cases, tables.case_events, tables.outbox)
    with database.reading() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in found]


def test_a_case_comes_back_as_it_was_stored(cases, new_case, clock):
    transcript = (
        Turn(Role.VISITOR, "Må jeg sælge øl? 😀", clock()),
        Turn(
            Role.BOT, "Ja.", clock(), "alkoholbevilling", (SourceLine("Loven", "https://x.dk", "2026-11-01"),)
        ),
    )
    case = new_case(conversation="a", transcript=transcript)
    assert cases.open(case, [mail()], "key") == case
    assert cases.get(case.id) == case


def test_an_unknown_case_is_not_found(cases):
    with pytest.raises(NotFound):
        cases.get("nothing")


def test_a_case_its_history_and_its_mail_are_stored_together(cases, new_case, database):
    cases.open(new_case(), [mail(1), mail(2)], None)
    assert counts(database) == [1, 1, 2]


def test_when_a_mail_cannot_be_stored_nothing_is(cases, new_case, database):
    cases.open(new_case(1), [mail(1)], None)
    with pytest.raises(Conflict):
        cases.open(new_case(2), [mail(2), mail(1)], None)  # the same Message-ID twice
    assert counts(database) == [1, 1, 1]
    with pytest.raises(NotFound):
        cases.get("case2")


def test_when_writing_a_mail_fails_in_the_middle_nothing_is_stored(cases, new_case, database):
    broken = dataclasses.replace(mail(), body=object())
    with pytest.raises(Exception, match="InterfaceError|adapt"):
        cases.open(new_case(), [mail(2), broken], None)
    assert counts(database) == [0, 0, 0]


def test_a_reference_is_given_once(cases, new_case, database):
    cases.open(new_case(1), [mail(1)], None)
    with pytest.raises(Conflict):
        cases.open(new_case(2, reference="HEL-2026-000001"), [mail(2)], None)
    assert counts(database) == [1, 1, 1]


def test_the_same_request_key_opens_one_case(cases, new_case, database):
    first = cases.open(new_case(1), [mail(1)], "form:1")
    assert cases.open(new_case(2), [mail(2)], "form:1") == first
    assert counts(database) == [1, 1, 1]


def test_the_same_request_key_at_once_opens_one_case(cases, new_case, database, at_once):
    found = at_once(lambda number: cases.open(new_case(number), [mail(number)], "form:1"), range(1, 9))
    assert all(isinstance(case, Case) for case in found)
    assert len({case.id for case in found}) == 1
    assert counts(database) == [1, 1, 1]


def test_cases_without_a_request_key_are_each_opened(cases, new_case, database):
    for number in (1, 2):
        cases.open(new_case(number), [mail(number)], None)
    assert counts(database) == [2, 2, 2]


def test_cases_are_listed_by_unit_and_state_with_the_first_promised_on_top(cases, new_case):
    for number, unit, day, state in (
        (1, "bevilling", 30, CaseState.NEW),
        (2, "bevilling", 24, CaseState.CLAIMED),
        (3, "byggesag", 23, CaseState.NEW),
        (4, "bevilling", 20, CaseState.CLOSED),
    ):
        cases.open(new_case(number, unit=unit, answer_by=date(2026, 11, day), state=state), [], None)

    def listed(*arguments):
        return [case.id for case in cases.listed(*arguments)]

    assert listed(None, OPEN) == ["case3", "case2", "case1"]
    assert listed(["bevilling"], OPEN) == ["case2", "case1"]
    assert listed(["bevilling"], (CaseState.CLOSED,)) == ["case4"]
    assert listed(["jura"], OPEN) == []
    assert listed([], OPEN) == []
