"""Staff and their logins, which end when they expire, when somebody logs out and when the password changes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.errors import Conflict, NotFound
from bot.core.staff import StaffMember, StaffRole
from bot.storage.tables import staff_sessions


@pytest.fixture
def anna(staff):
    return staff.add("anna", "Anna Æ", StaffRole.STAFF, ["byggesag", "bevilling"], "argon")


def test_a_staff_member_is_found_by_login_with_units_and_password_hash(staff, anna):
    found, password_hash = staff.by_login("anna")
    assert found == StaffMember(anna.id, "anna", "Anna Æ", StaffRole.STAFF, ("bevilling", "byggesag"))
    assert password_hash == "argon"
    assert staff.by_login("bo") is None
    assert staff.by_login("Anna") is None


def test_staff_are_counted(staff, anna):
    assert staff.count() == 1
    staff.add("bo", "Bo", StaffRole.ADMIN, (), "argon")
    assert staff.count() == 2


def test_a_login_is_given_once_and_the_first_keeps_it(staff, anna):
    with pytest.raises(Conflict):
        staff.add("anna", "En anden", StaffRole.ADMIN, ["jura"], "other")
    assert staff.count() == 1
    assert staff.by_login("anna")[0].role is StaffRole.STAFF


def test_a_login_given_at_once_is_given_once(staff, at_once):
    found = at_once(lambda name: staff.add("anna", name, StaffRole.STAFF, ["jura"], "x"), map(str, range(8)))
    assert sum(isinstance(one, StaffMember) for one in found) == 1
    assert sum(isinstance(one, Conflict) for one in found) == 7
    assert staff.count() == 1


def test_a_session_holds_until_the_moment_it_expires(staff, anna, clock):
    staff.open_session("token hash", anna.id, clock() + timedelta(hours=10))
    assert staff.by_session("token hash", clock()).login == "anna"
    assert staff.by_session("another", clock()) is None
    clock.move(hours=10, seconds=-1)
    assert staff.by_session("token hash", clock()).units == ("bevilling", "byggesag")
    clock.move(seconds=1)
    assert staff.by_session("token hash", clock()) is None


def test_logging_out_ends_that_session_only(staff, anna, clock):
    for token in ("here", "there"):
        staff.open_session(token, anna.id, clock() + timedelta(hours=1))
    staff.close_session("here")
    staff.close_session("never there")
    assert staff.by_session("here", clock()) is None
    assert staff.by_session("there", clock())


def test_a_new_password_ends_every_session_made_with_the_old_one(staff, anna, clock):
    bo = staff.add("bo", "Bo", StaffRole.STAFF, (), "argon")
    for token, member in (("a1", anna), ("a2", anna), ("b", bo)):
        staff.open_session(token, member.id, clock() + timedelta(hours=1))
    staff.set_password("anna", "new")
    assert staff.by_login("anna")[1] == "new"
    assert [staff.by_session(token, clock()) for token in ("a1", "a2")] == [None, None]
    assert staff.by_session("b", clock())


def test_passwords_set_at_once_do_not_stand_in_each_others_way(staff, anna, at_once):
    """Each reads before it writes, which SQLite takes amiss unless the lock is taken first."""
    assert (
        at_once(lambda password: [staff.set_password("anna", password) for _ in range(5)], map(str, range(8)))
        == [[None] * 5] * 8
    )


def test_the_password_of_an_unknown_login_is_not_set(staff):
    with pytest.raises(NotFound):
        staff.set_password("nobody", "new")


def test_expired_sessions_are_forgotten_and_the_others_hold(staff, anna, clock, database):
    for token, hours in (("old", 1), ("new", 2)):
        staff.open_session(token, anna.id, clock() + timedelta(hours=hours))
    clock.move(hours=1)
    staff.delete_expired_sessions(clock())
    with database.reading() as connection:
        assert connection.execute(select(staff_sessions.c.token_hash)).scalars().all() == ["new"]
    assert staff.by_session("new", clock()).login == "anna"


def test_a_unit_has_its_leaders_by_name_with_their_addresses(staff):
    staff.add("ole", "Ole", StaffRole.LEADER, ["plan", "havn"], "argon", "ole@x.dk")
    staff.add("eva", "Eva", StaffRole.LEADER, ["plan"], "argon")
    staff.add("ida", "Ida", StaffRole.STAFF, ["plan"], "argon", "ida@x.dk")
    staff.add("kaj", "Kaj", StaffRole.CHIEF, ["plan"], "argon", "kaj@x.dk")
    assert [(one.name, one.email) for one in staff.leaders("plan")] == [("Eva", ""), ("Ole", "ole@x.dk")]
    assert [one.name for one in staff.leaders("jura")] == []
    assert [one.name for one in staff.with_role(StaffRole.CHIEF)] == ["Kaj"]


def test_a_staff_member_is_found_by_id(staff, anna):
    assert staff.get(anna.id).login == "anna"
    with pytest.raises(NotFound):
        staff.get(anna.id + 1)
