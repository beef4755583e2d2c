"""The project's only clock, and where its unguessable values come from."""

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """Return the time in Denmark: the project's only clock."""
    return datetime.now(DENMARK)


class SystemChance:
    """Unguessable values from the operating system."""

    def secret(self) -> str:
        """Return 256 random bits as text."""
        return secrets.token_urlsafe(32)

    def identifier(self) -> str:
        """Return 128 random bits as hexadecimal digits."""
        return secrets.token_hex(16)

    def digits(self, length: int) -> str:
        """Return random decimal digits."""
        return "".join(secrets.choice("0123456789") for _ in range(length))

    def fraction(self) -> float:
        """Return a random number from 0 up to 1."""
        return secrets.randbelow(2**32) / 2**32
