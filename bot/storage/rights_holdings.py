"""What is held about people in tables of their own: what they answered in surveys, and talks they booked."""

from datetime import datetime
from typing import Any, Callable, Dict, List, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from bot.core.rights import By, Person
from bot.storage.dialogs import delete_dialogs
from bot.storage.leader_tables import dialogs
from bot.storage.survey_tables import survey_addresses, survey_answers, survey_callbacks, survey_invitations

_INVITED, _ANSWER, _CALL = survey_invitations.c, survey_answers.c, survey_callbacks.c


class SurveyHolding:
    """Invitations and answers about a person's cases. Erased, an answer is a number of nobody's; a no thanks stays."""

    name = "surveys"

    def __init__(self, clock: Callable[[], datetime]):
        self._clock = clock

    def held(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> List[Dict[str, Any]]:
        """Return the invitations about the cases, each with the answer if there is one."""
        query = (
            select(survey_invitations, survey_answers)
            .outerjoin(survey_answers, _ANSWER.invitation_id == _INVITED.id)
            .where(_INVITED.case_id.in_(list(case_ids)))
            .order_by(_INVITED.created_at)
        )
        return [_survey(row) for row in connection.execute(query).mappings()]

    def erase(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> int:
        """Take the person out of the answers about the cases; return how many invitations it was about."""
        ids = list(
            connection.execute(select(_INVITED.id).where(_INVITED.case_id.in_(list(case_ids)))).scalars()
        )
        answers = list(connection.execute(select(_ANSWER.id).where(_ANSWER.invitation_id.in_(ids))).scalars())
        connection.execute(delete(survey_callbacks).where(_CALL.answer_id.in_(answers)))
        connection.execute(
            update(survey_answers)
            .where(_ANSWER.id.in_(answers))
            .values(comment="", invitation_id=None, anonymised_at=self._clock())
        )
        connection.execute(delete(survey_addresses).where(survey_addresses.c.invitation_id.in_(ids)))
        connection.execute(
            update(survey_invitations).where(_INVITED.id.in_(ids)).values(business="", case_id=None)
        )
        return len(ids)


class DialogHolding:
    """Talks with leaders that a person booked, found by the mail address."""

    name = "dialogs"

    def held(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> List[Dict[str, Any]]:
        """Return the talks."""
        return [
            {
                "unit": row.unit,
                "starts_at": row.starts_at.isoformat(),
                "name": row.name,
                "company": row.company,
                "email": row.email,
                "about": row.about,
                "cancelled_at": row.cancelled_at.isoformat() if row.cancelled_at else None,
            }
            for row in connection.execute(select(dialogs).where(_booked_by(person)))
        ]

    def erase(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> int:
        """Delete the talks with the mails about them, for the leader's says who wants what; return how many."""
        ids = list(connection.execute(select(dialogs.c.id).where(_booked_by(person))).scalars())
        delete_dialogs(connection, ids)
        return len(ids)


def _booked_by(person: Person):
    address = person.value if person.by is By.EMAIL else ""
    return (func.lower(dialogs.c.email) == address) & (dialogs.c.email != "")


def _survey(row) -> Dict[str, Any]:
    answered = row[_ANSWER.answered_at]
    return {
        "unit": row[_INVITED.unit],
        "way": row[_INVITED.way],
        "invited_at": row[_INVITED.created_at].isoformat(),
        "answered_at": answered.isoformat() if answered else None,
        "service": row[_ANSWER.service],
        "solved": row[_ANSWER.solved],
        "comment": row[_ANSWER.comment],
        "scores": row[_ANSWER.scores],
    }
