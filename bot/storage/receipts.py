"""The receipts that are mailed to whoever opened a case, and how many one address has had."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.core.cases import Case
from bot.core.ports import ReceiptChoice
from bot.storage.outbox import put_in_outbox
from bot.storage.tables import cases, outbox

# How the Message-ID of a receipt goes on behind the id of its case: bot/notify/receipts.py.
_RECEIPT = outbox.c.message_id.contains(".receipt@", autoescape=True)


def add_receipt(connection: Connection, case: Case, choose: ReceiptChoice) -> None:
    """Put in the outbox what `choose` returns, within the caller's transaction.

    Until that ends, nobody else counts the receipts to the same address.
    """
    email = case.contact.email
    if email and connection.dialect.name == "postgresql":
        # SQLite has one writer anyway.
        key = int(sha256(email.encode()).hexdigest()[:15], 16)
        connection.execute(select(func.pg_advisory_xact_lock(key)))

    def count(since: datetime) -> int:
        query = select(func.count()).select_from(outbox).join(cases, cases.c.id == outbox.c.case_id)
        found = query.where(cases.c.email == email, _RECEIPT, outbox.c.created_at > since)
        return connection.execute(found).scalar_one()

    for mail in choose(count):
        put_in_outbox(connection, mail, case.created_at, case.id)


def has_receipt(connection: Connection, case_id: str) -> bool:
    """Tell whether a receipt of the case was mailed, or waits to be."""
    return (
        connection.execute(select(outbox.c.id).where(outbox.c.case_id == case_id, _RECEIPT)).first()
        is not None
    )
