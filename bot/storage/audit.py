"""The log of who saw what. It only grows, until its lines are old enough to go."""

from datetime import datetime
from typing import List, Sequence

from sqlalchemy import delete, func, insert, select

from bot.core.audit import AuditEntry, AuditKind
from bot.storage.database import Database
from bot.storage.rights_tables import audit_log
from bot.storage.tables import staff

_LINES = select(audit_log, staff.c.name.label("staff_name")).join(staff, staff.c.id == audit_log.c.staff_id)


def add_audit(connection, entries: Sequence[AuditEntry]) -> None:
    """Add lines within the caller's transaction: what is logged is done, and what is done is logged."""
    for entry in entries:
        connection.execute(
            insert(audit_log).values(
                at=entry.at,
                kind=entry.kind.value,
                staff_id=entry.staff_id,
                case_id=entry.case_id,
                reference=entry.reference,
                details=dict(entry.details),
            )
        )


class AuditRepository:
    """Keeps the log."""

    def __init__(self, database: Database):
        self._database = database

    def add(self, entries: Sequence[AuditEntry]) -> None:
        """Add lines, all or none."""
        with self._database.writing(durable=True) as connection:
            add_audit(connection, entries)

    def of_case(self, case_id: str) -> List[AuditEntry]:
        """Return what was done about a case, oldest first."""
        return self._select(_LINES.where(audit_log.c.case_id == case_id).order_by(audit_log.c.id))

    def listed(self, reference: str = "", most: int = 200) -> List[AuditEntry]:
        """Return the newest lines, of one case or of all, newest first."""
        query = _LINES.order_by(audit_log.c.id.desc()).limit(most)
        return self._select(query.where(audit_log.c.reference == reference) if reference else query)

    def count_before(self, before: datetime) -> int:
        """Return how many lines are older than a time."""
        query = select(func.count()).select_from(audit_log).where(audit_log.c.at < before)
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()

    def forget_before(self, before: datetime, most: int) -> int:
        """Delete at most `most` of the lines that are older than a time; return how many."""
        old = select(audit_log.c.id).where(audit_log.c.at < before).limit(most)
        with self._database.writing() as connection:
            return connection.execute(delete(audit_log).where(audit_log.c.id.in_(old))).rowcount

    def _select(self, query) -> List[AuditEntry]:
        with self._database.reading() as connection:
            return [
                AuditEntry(
                    row.at,
                    AuditKind(row.kind),
                    row.staff_id,
                    row.staff_name,
                    row.case_id,
                    row.reference,
                    row.details,
                )
                for row in connection.execute(query)
            ]
