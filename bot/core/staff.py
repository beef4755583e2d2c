"""Who may use the console."""

from dataclasses import dataclass
from enum import Enum
from typing import Tuple

from bot.core.cases import Case


class StaffRole(Enum):
    """What a staff member may do: `admin` everything, `editor` also changes what the bot says."""

    ADMIN = "admin"
    EDITOR = "editor"
    STAFF = "staff"


@dataclass(frozen=True)
class StaffMember:
    """Somebody who answers businesses on behalf of one or more units."""

    id: int
    login: str
    name: str
    role: StaffRole
    units: Tuple[str, ...] = ()

    def may_see(self, case: Case) -> bool:
        """Tell whether the case is the staff member's business."""
        return self.role is StaffRole.ADMIN or case.unit in self.units

    @property
    def may_edit(self) -> bool:
        """Tell whether the staff member may change what the bot says."""
        return self.role in (StaffRole.ADMIN, StaffRole.EDITOR)
