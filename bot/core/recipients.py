"""To whom a mail about a case goes, besides the unit."""

from datetime import date
from typing import List, Optional

from bot.core.cases import Case
from bot.core.errors import NotFound
from bot.core.ports import StaffDirectory
from bot.core.units import Unit, Units


def claimer(case: Case, staff: StaffDirectory) -> List[str]:
    """Return the address of who has, or had, the case; nothing when there is nobody or no address."""
    if case.claimed_by is None:
        return []
    try:
        email = staff.get(case.claimed_by).email
    except NotFound:
        return []
    return [email] if email else []


def stand_in(unit_id: str, units: Units, day: date) -> Optional[Unit]:
    """Return the unit that stands in while a unit is away on `day`; None when it is there or nobody stands in."""
    if not units.has(unit_id):
        return None
    unit = units.get(unit_id)
    absence = unit.absence_on(day)
    deputy = (absence.deputy or unit.deputy) if absence else ""
    return units.get(deputy) if deputy and units.has(deputy) else None
