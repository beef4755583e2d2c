"""Who may use the console."""

from dataclasses import dataclass
from enum import Enum
from typing import Tuple

from bot.core.cases import Case


class StaffRole(Enum):
    """What a staff member may do.

    `staff` answers the cases of their units. `leader` also leads those units: hears when a promised date has passed.
    `chief` sees the figures and the lists of every unit, but of other units' cases no word that a business wrote.
    `editor` also changes what the bot says, `admin` may do everything.
    """

    ADMIN = "admin"
    CHIEF = "chief"
    EDITOR = "editor"
    LEADER = "leader"
    STAFF = "staff"


@dataclass(frozen=True)
class StaffMember:
    """Somebody who answers businesses on behalf of one or more units."""

    id: int
    login: str
    name: str
    role: StaffRole
    units: Tuple[str, ...] = ()
    email: str = ""

    def may_see(self, case: Case) -> bool:
        """Tell whether the case is the staff member's business."""
        return self.role is StaffRole.ADMIN or case.unit in self.units

    def may_list(self, unit: str) -> bool:
        """Tell whether the staff member sees a unit's figures, and which cases it has."""
        return self.role in (StaffRole.ADMIN, StaffRole.CHIEF) or unit in self.units

    def leads(self, unit: str) -> bool:
        """Tell whether the staff member is a leader of the unit."""
        return self.role is StaffRole.LEADER and unit in self.units

    @property
    def sees_figures(self) -> bool:
        """Tell whether the staff member gets the figures of units: who leads some, the chief, and the administrator."""
        return self.role in (StaffRole.ADMIN, StaffRole.CHIEF, StaffRole.LEADER)

    @property
    def may_edit(self) -> bool:
        """Tell whether the staff member may change what the bot says."""
        return self.role in (StaffRole.ADMIN, StaffRole.EDITOR)
