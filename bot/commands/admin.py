"""`python -m bot.commands.admin first|password|email|add`: accounts of staff, from the command line."""

import argparse
import getpass
import os
import sys
from typing import Callable, Dict

from bot.bootstrap import Services, build_services
from bot.core import contacts
from bot.core.errors import Conflict, GenvejError, InvalidInput
from bot.core.staff import StaffRole
from bot.web.accounts import SHORTEST_PASSWORD, Accounts

FIRST_LOGIN = "admin"


def first(services: Services) -> None:
    """Make the first administrator when there is no staff yet, and leave the login in a file to be shown once."""
    if services.staff.count():
        return
    password = services.chance.secret()[:16]
    Accounts(services).add(FIRST_LOGIN, "Administrator", StaffRole.ADMIN, (), password)
    path = services.settings.var_dir / "first-login.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{FIRST_LOGIN}\n{password}\n")


def add(services: Services, login: str, name: str, units: str, role: str, email: str = "") -> None:
    """Add a staff member of some units, given with commas between; an editor or a chief may be of none."""
    chosen = tuple(unit.strip() for unit in units.split(",") if unit.strip())
    if not chosen and StaffRole(role) in (StaffRole.STAFF, StaffRole.LEADER):
        raise Conflict("a case worker or a leader needs a unit")
    for unit in chosen:
        services.content.units.get(unit)
    address = _address(email)
    Accounts(services).add(login.strip().lower(), name, StaffRole(role), chosen, _ask_password(), address)


def set_email(services: Services, login: str, address: str) -> None:
    """Set where reminders go; an empty address means none."""
    services.staff.set_email(login.strip().lower(), _address(address))


def set_password(services: Services, login: str) -> None:
    """Replace a password."""
    Accounts(services).set_password(login.strip().lower(), _ask_password())


def _address(typed: str) -> str:
    try:
        return contacts.email(typed) if typed.strip() else ""
    except InvalidInput:
        raise Conflict(f"{typed} is not a mail address") from None


def _ask_password() -> str:
    try:
        password = getpass.getpass(f"New password (at least {SHORTEST_PASSWORD} characters): ")
    except EOFError:
        raise Conflict("the password must be typed at a terminal") from None
    if len(password) < SHORTEST_PASSWORD:
        raise Conflict(f"a password has at least {SHORTEST_PASSWORD} characters")
    return password


def main() -> int:
    """Return 0 when it was done, 1 with one sentence when it was not."""
    parser = argparse.ArgumentParser(prog="python -m bot.commands.admin", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("first")
    commands.add_parser("password").add_argument("login", nargs="?", default=FIRST_LOGIN)
    adding = commands.add_parser("add")
    for argument in ("login", "name", "units"):
        adding.add_argument(argument)
    adding.add_argument("--role", choices=[role.value for role in StaffRole], default=StaffRole.STAFF.value)
    adding.add_argument("--email", default="", help="where reminders go")
    addressing = commands.add_parser("email")
    for argument in ("login", "address"):
        addressing.add_argument(argument)
    options = vars(parser.parse_args())
    commands_by_name: Dict[str, Callable[..., None]] = {
        "first": first,
        "password": set_password,
        "email": set_email,
        "add": add,
    }
    command = commands_by_name[options.pop("command")]
    try:
        command(build_services(), **options)
    except GenvejError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
