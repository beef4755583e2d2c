"""Staff members and their logins."""

from datetime import datetime
from typing import Iterable, List, Optional, Tuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.errors import Conflict, NotFound
from bot.core.staff import StaffMember, StaffRole
from bot.storage.database import Database
from bot.storage.tables import staff, staff_sessions, staff_units


class StaffRepository:
    """Keeps staff; passwords and session tokens only as hashes."""

    def __init__(self, database: Database):
        self._database = database

    def count(self) -> int:
        """Return how many staff members there are."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(staff)).scalar_one()

    def add(
        self,
        login: str,
        name: str,
        role: StaffRole,
        units: Iterable[str],
        password_hash: str,
        email: str = "",
    ) -> StaffMember:
        """Store a new staff member; Conflict when the login is taken."""
        values = {
            "login": login,
            "name": name,
            "role": role.value,
            "password_hash": password_hash,
            "email": email,
        }
        units = tuple(units)
        try:
            with self._database.writing() as connection:
                staff_id = connection.execute(insert(staff).values(**values)).inserted_primary_key[0]
                for unit in units:
                    connection.execute(insert(staff_units).values(staff_id=staff_id, unit=unit))
        except IntegrityError as error:
            raise Conflict(f"the login {login} is taken") from error
        return StaffMember(staff_id, login, name, role, units, email)

    def by_login(self, login: str) -> Optional[Tuple[StaffMember, str]]:
        """Return the staff member and password hash of a login, or None."""
        query = select(staff).where(staff.c.login == login)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            return (_member(connection, row), row.password_hash) if row else None

    def get(self, staff_id: int) -> StaffMember:
        """Return a staff member; NotFound for an unknown id."""
        with self._database.reading() as connection:
            row = connection.execute(select(staff).where(staff.c.id == staff_id)).one_or_none()
            if row is None:
                raise NotFound("no such staff member")
            return _member(connection, row)

    def with_role(self, role: StaffRole) -> List[StaffMember]:
        """Return everybody with a role, by name."""
        query = select(staff).where(staff.c.role == role.value).order_by(staff.c.name, staff.c.id)
        with self._database.reading() as connection:
            return [_member(connection, row) for row in connection.execute(query).all()]

    def leaders(self, unit: str) -> List[StaffMember]:
        """Return the leaders of a unit, by name."""
        return [member for member in self.with_role(StaffRole.LEADER) if member.leads(unit)]

    def set_email(self, login: str, email: str) -> None:
        """Replace an address, or take it away with an empty one; NotFound for an unknown login."""
        change = update(staff).where(staff.c.login == login).values(email=email)
        with self._database.writing() as connection:
            if connection.execute(change).rowcount == 0:
                raise NotFound(f"no login {login}")

    def set_password(self, login: str, password_hash: str) -> None:
        """Replace a password and end every login made with the old one; NotFound for an unknown login."""
        with self._database.writing() as connection:
            row = connection.execute(select(staff.c.id).where(staff.c.login == login)).one_or_none()
            if row is None:
                raise NotFound(f"no login {login}")
            connection.execute(update(staff).where(staff.c.id == row.id).values(password_hash=password_hash))
            connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == row.id))

    def open_session(self, token_hash: str, staff_id: int, expires_at: datetime) -> None:
        """Remember a login until it expires."""
        with self._database.writing() as connection:
            connection.execute(
                insert(staff_sessions).values(token_hash=token_hash, staff_id=staff_id, expires_at=expires_at)
            )

    def by_session(self, token_hash: str, at: datetime) -> Optional[StaffMember]:
        """Return who is logged in with a token at the time `at`, or None."""
        query = (
            select(staff)
            .join(staff_sessions, staff_sessions.c.staff_id == staff.c.id)
            .where(staff_sessions.c.token_hash == token_hash, staff_sessions.c.expires_at > at)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            return _member(connection, row) if row else None

    def delete_expired_sessions(self, at: datetime) -> int:
        """Forget the logins that have expired; return how many."""
        with self._database.writing() as connection:
            return connection.execute(
                delete(staff_sessions).where(staff_sessions.c.expires_at <= at)
            ).rowcount

    def close_session(self, token_hash: str) -> None:
        """Forget a login."""
        with self._database.writing() as connection:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.token_hash == token_hash))


def _member(connection, row) -> StaffMember:
    units = connection.execute(select(staff_units.c.unit).where(staff_units.c.staff_id == row.id)).scalars()
    return StaffMember(row.id, row.login, row.name, StaffRole(row.role), tuple(sorted(units)), row.email)
