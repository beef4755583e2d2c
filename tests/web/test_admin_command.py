"""Accounts from the command line: roles, units and addresses."""

import getpass
import sys

import pytest

from bot.commands import admin
from bot.core.staff import StaffRole
from tests.web.conftest import PASSWORD


@pytest.fixture
def run(make_services, monkeypatch):
    """Run the command with arguments; return its exit code."""
    services = make_services()
    monkeypatch.setattr(admin, "build_services", lambda: services)
    monkeypatch.setattr(getpass, "getpass", lambda _: PASSWORD)

    def go(*arguments):
        monkeypatch.setattr(sys, "argv", ["admin", *arguments])
        return admin.main()

    go.staff = services.staff
    return go


@pytest.mark.parametrize("role", [role.value for role in StaffRole])
def test_every_role_can_be_given_with_units_and_an_address(run, role):
    assert run("add", "Kim", "Kim Ås", "plan, havn", "--role", role, "--email", "kim@Helsingor.dk") == 0
    [found, _] = run.staff.by_login("kim")
    assert (found.role.value, found.units, found.email) == (role, ("havn", "plan"), "kim@helsingor.dk")


@pytest.mark.parametrize(
    ("role", "code"), [("staff", 1), ("leader", 1), ("chief", 0), ("editor", 0), ("admin", 0)]
)
def test_a_case_worker_and_a_leader_need_a_unit(run, capsys, role, code):
    assert run("add", "kim", "Kim", "", "--role", role) == code
    assert ("needs a unit" in capsys.readouterr().err) is bool(code)
    assert run.staff.count() == 1 - code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "kim", "Kim", "findes_ikke"), "findes_ikke"),
        (("add", "kim", "Kim", "plan", "--email", "kim snabel-a x.dk"), "is not a mail address"),
        (("email", "ukendt", "kim@x.dk"), "no login ukendt"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_stored(run, capsys, arguments, said):
    assert run(*arguments) == 1
    assert said in capsys.readouterr().err
    assert run.staff.count() == 0


def test_an_address_is_changed_and_taken_away(run):
    run("add", "kim", "Kim", "plan", "--role", "leader")
    assert run("email", "kim", "kim@x.dk") == 0
    assert [leader.email for leader in run.staff.leaders("plan")] == ["kim@x.dk"]
    assert run.staff.leaders("havn") == []
    assert run("email", "KIM", "") == 0
    assert run.staff.by_login("kim")[0].email == ""
