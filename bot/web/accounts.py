"""Logins of staff: passwords by argon2, sessions by an unguessable token."""

import hashlib
from datetime import timedelta
from typing import Optional

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from bot.bootstrap import Services
from bot.core.privacy import storable
from bot.core.staff import StaffMember, StaffRole

SHORTEST_PASSWORD = 12
# Compared with when the login is unknown, so that the time taken does not tell which logins exist.
_NOBODY = PasswordHasher().hash("nobody")


class Accounts:
    """Checks who somebody is."""

    def __init__(self, services: Services):
        self._services = services
        self._hasher = PasswordHasher()

    def add(
        self, login: str, name: str, role: StaffRole, units: tuple, password: str, email: str = ""
    ) -> StaffMember:
        """Store a new staff member; Conflict when the login is taken."""
        return self._services.staff.add(login, name, role, units, self._hasher.hash(password), email)

    def set_password(self, login: str, password: str) -> None:
        """Replace a password and end its sessions; NotFound for an unknown login."""
        self._services.staff.set_password(login, self._hasher.hash(password))

    def log_in(self, login: str, password: str) -> Optional[str]:
        """Return the token of a new session, or None when login or password is wrong."""
        found = self._services.staff.by_login(storable(login[:80]).lower())
        if not self._matches(found[1] if found else _NOBODY, password) or found is None:
            return None
        token = self._services.chance.secret()
        expires = self._services.clock() + timedelta(hours=self._services.settings.session_hours)
        self._services.staff.open_session(_hash(token), found[0].id, expires)
        return token

    def who(self, token: Optional[str]) -> Optional[StaffMember]:
        """Return the staff member of a session that has not expired, or None."""
        return self._services.staff.by_session(_hash(token), self._services.clock()) if token else None

    def log_out(self, token: str) -> None:
        """End a session."""
        self._services.staff.close_session(_hash(token))

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


def _hash(token: str) -> str:
    # A cookie may hold bytes that are no UTF-8; what they become matches no token.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
