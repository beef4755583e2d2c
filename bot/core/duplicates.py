"""Cases that come from the same business, and may be the same matter twice."""

from datetime import date, timedelta
from typing import Iterable, List

from bot.core.cases import Case, CaseState, Contact

# A case that ended longer ago is another matter.
_RECENT = timedelta(days=30)


def same_visitor(one: Contact, other: Contact) -> bool:
    """Tell whether two contacts share an e-mail address, a CVR number or a telephone number."""
    pairs = ((one.email.lower(), other.email.lower()), (one.cvr, other.cvr), (one.phone, other.phone))
    return any(first and first == second for first, second in pairs)


def likely_duplicates(case: Case, others: Iterable[Case], today: date) -> List[Case]:
    """Return the other cases of the same visitor that are open or came within the last 30 days, newest first."""
    found = [
        other
        for other in others
        if other.id != case.id
        and other.state is not CaseState.MERGED
        and same_visitor(case.contact, other.contact)
        and (other.open or today - other.created_at.date() <= _RECENT)
    ]
    return sorted(found, key=lambda other: other.created_at, reverse=True)
