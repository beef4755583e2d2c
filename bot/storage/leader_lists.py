"""Reads the talks that were booked, and the cases that were sent on."""

from datetime import datetime
from typing import List, Optional, Sequence

from sqlalchemy import or_, select

from bot.core.cases import EventKind
from bot.core.dialogs import Dialog
from bot.core.leader_lists import Forward
from bot.storage.database import Database
from bot.storage.dialogs import STORED
from bot.storage.leader_tables import dialogs
from bot.storage.tables import case_events, cases, staff

_FROM, _TO = (case_events.c.details[end].as_string() for end in ("from", "to"))


class LeaderListReader:
    """Reads for leaders."""

    def __init__(self, database: Database):
        self._database = database

    def talks(self, units: Optional[Sequence[str]], after: datetime) -> List[Dialog]:
        """Return the talks of some units (None: of all) that begin after a moment, the earliest first."""
        query = select(*(dialogs.c[name] for name in STORED)).where(dialogs.c.starts_at > after)
        if units is not None:
            query = query.where(dialogs.c.unit.in_(list(units)))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(dialogs.c.starts_at, dialogs.c.id)).all()
        return [Dialog(**row._mapping) for row in rows]

    def forwards(
        self, units: Optional[Sequence[str]], after: datetime, misrouted: bool, most: int
    ) -> List[Forward]:
        """Return what was sent from or to some units (None: any) since a moment, the last first."""
        query = (
            select(
                case_events.c.at,
                case_events.c.text,
                case_events.c.details,
                *(cases.c[name] for name in ("id", "reference", "unit", "topic", "routed_because")),
                staff.c.name.label("staff_name"),
            )
            .join(cases, cases.c.id == case_events.c.case_id)
            .outerjoin(staff, staff.c.id == case_events.c.staff_id)
            .where(case_events.c.kind == EventKind.FORWARDED.value, case_events.c.at > after)
        )
        if units is not None:
            query = query.where(or_(_FROM.in_(list(units)), _TO.in_(list(units))))
        if misrouted:
            query = query.where(case_events.c.details["misrouted"].as_boolean().is_(True))
        query = query.order_by(case_events.c.at.desc(), case_events.c.id.desc()).limit(most)
        with self._database.reading() as connection:
            return [_forward(row) for row in connection.execute(query)]


def _forward(row) -> Forward:
    return Forward(
        at=row.at,
        case_id=row.id,
        reference=row.reference,
        unit=row.unit,
        topic=row.topic,
        because=row.routed_because,
        before=row.details.get("from", ""),
        after=row.details.get("to", ""),
        misrouted=bool(row.details.get("misrouted")),
        reason=row.text,
        staff=row.staff_name or "",
    )
