"""To whom a mail about a case goes, besides the unit."""

from typing import List

from bot.core.cases import Case
from bot.core.errors import NotFound
from bot.core.ports import StaffDirectory


def claimer(case: Case, staff: StaffDirectory) -> List[str]:
    """Return the address of who has, or had, the case; nothing when there is nobody or no address."""
    if case.claimed_by is None:
        return []
    try:
        email = staff.get(case.claimed_by).email
    except NotFound:
        return []
    return [email] if email else []
