"""What is held about people in tables of their own: what they answered in surveys, and talks they booked."""

from datetime import datetime
from typing import Any, Callable, Dict, List, Sequence

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.core.cases import Contact
from bot.core.rights import By, Person
from bot.core.survey_links import LinkSigner
from bot.storage.dialogs import delete_dialogs
from bot.storage.leader_tables import dialogs
from bot.storage.survey_tables import survey_addresses, survey_answers, survey_callbacks, survey_invitations

_INVITED, _ANSWER, _CALL = survey_invitations.c, survey_answers.c, survey_callbacks.c


class SurveyHolding:
    """Invitations and answers about a person's cases. Erased, an answer is a number of nobody's; a no thanks stays.

    An answer outlives its case: once that is deleted, the person is known by the hashes that the `signer` makes.
    """

    name = "surveys"

    def __init__(self, clock: Callable[[], datetime], signer: LinkSigner):
        self._clock = clock
        self._signer = signer

    def held(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> List[Dict[str, Any]]:
        """Return the invitations about the cases or to the person, each with the answer if there is one."""
        query = (
            select(survey_invitations, survey_answers)
            .outerjoin(survey_answers, _ANSWER.invitation_id == _INVITED.id)
            .where(self._about(person, case_ids))
            .order_by(_INVITED.created_at)
        )
        return [_survey(row) for row in connection.execute(query).mappings()]

    def erase(self, connection: Connection, person: Person, case_ids: Sequence[str]) -> int:
        """Take the person out of the answers; return how many invitations it was about.

        Those about a case that is kept stay with it.
        """
        ids = list(connection.execute(select(_INVITED.id).where(self._about(person, case_ids))).scalars())
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

    def _about(self, person: Person, case_ids: Sequence[str]):
        reached = {By.EMAIL: "email", By.PHONE: "phone", By.CVR: "cvr"}.get(person.by)
        about = _INVITED.case_id.in_(list(case_ids))
        if reached is None:
            return about
        contact = Contact("", **{reached: person.value})
        # A business is one hash, of its CVR number where it has one; what it was reached at are others.
        addressed = select(survey_addresses.c.invitation_id).where(
            survey_addresses.c.address.in_(self._signer.addresses(contact))
        )
        theirs = or_(_INVITED.id.in_(addressed), _INVITED.business == self._signer.business(contact))
        return or_(about, _INVITED.case_id.is_(None) & theirs)


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
