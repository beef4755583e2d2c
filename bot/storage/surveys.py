"""Invitations to tell how it went, answers, and who wants to hear no more."""

from datetime import date, datetime
from typing import Any, List, Mapping, Optional, Sequence

from sqlalchemy import delete, exists, func, insert, or_, select, update

from bot.core.cases import OPEN_STATES
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail, Outgoing
from bot.core.survey_answers import Answer
from bot.core.surveys import Invitation, Known, Way, reminder_id
from bot.storage.database import Database, insert_new
from bot.storage.outbox import SENT, WAITING, put_in_outbox
from bot.storage.survey_tables import (
    DELIVERED,
    survey_addresses,
    survey_answers,
    survey_callbacks,
    survey_invitations,
    survey_optouts,
)
from bot.storage.tables import cases, outbox

_INVITATION = survey_invitations.c


def known(connection: Any, business: str, addresses: Sequence[str]) -> Known:
    """Return what is known of a business; holds others that ask about the same one until the transaction ends."""
    _hold(connection, business)
    opted_out = select(survey_optouts.c.address).where(survey_optouts.c.address.in_(list(addresses))).limit(1)
    same_address = select(survey_addresses.c.invitation_id).where(
        survey_addresses.c.address.in_(list(addresses))
    )
    last = select(func.max(_INVITATION.created_at)).where(
        or_(_INVITATION.business == business, _INVITATION.id.in_(same_address))
    )
    return Known(connection.execute(opted_out).first() is not None, connection.execute(last).scalar())


def _hold(connection: Any, business: str) -> None:
    if connection.dialect.name == "postgresql" and business:
        # SQLite has one writer anyway. Here two cases of one business, closed at once, would both find nothing, and
        # one that is closed while it says no thanks would not hear of it.
        connection.execute(select(func.pg_advisory_xact_lock(int(business[:15], 16))))


def put_invitation(connection: Any, invitation: Invitation, token_hash: str, item: Outgoing) -> None:
    """Store an invitation and let it go out at its time, within the caller's transaction."""
    connection.execute(
        insert(survey_invitations).values(
            id=invitation.id,
            case_id=invitation.case_id,
            unit=invitation.unit,
            topic=invitation.topic,
            way=invitation.way.value,
            business=invitation.business,
            token_hash=token_hash,
            message_id=item.message_id,
            created_at=invitation.created_at,
            send_at=invitation.send_at,
            expires_at=invitation.expires_at,
            sealed=invitation.sealed,
        )
    )
    for address in invitation.addresses:
        connection.execute(insert(survey_addresses).values(invitation_id=invitation.id, address=address))
    put_in_outbox(connection, item, invitation.created_at, invitation.case_id, invitation.send_at)


def withdraw_invitations(connection: Any, case_id: str) -> None:
    """Take back what has not gone out about a case that was opened again, within the caller's transaction.

    An invitation that is out can still be answered, but nobody is reminded of it while the case is open.
    """
    about = _INVITATION.case_id == case_id
    out = [row.message_id for row in connection.execute(select(_INVITATION.message_id).where(about))]
    reminders = [reminder_id(message_id) for message_id in out]
    connection.execute(delete(outbox).where(outbox.c.message_id.in_(reminders), outbox.c.state == WAITING))
    # What a worker is delivering at this moment counts as out: its link must open.
    waiting = select(outbox.c.message_id).where(
        outbox.c.case_id == case_id, outbox.c.state == WAITING, outbox.c.lease_until.is_(None)
    )
    rows = connection.execute(
        select(_INVITATION.id, _INVITATION.message_id).where(
            about,
            _INVITATION.answered_at.is_(None),
            _INVITATION.message_id.in_(waiting),
        )
    ).all()
    connection.execute(delete(outbox).where(outbox.c.message_id.in_([row.message_id for row in rows])))
    connection.execute(delete(survey_invitations).where(_INVITATION.id.in_([row.id for row in rows])))


class SurveyRepository:
    """Stores the survey. Whoever has the link of an invitation may answer it, once."""

    def __init__(self, database: Database):
        self._database = database

    def known(self, transaction: Any, business: str, addresses: Sequence[str]) -> Known:
        """Return what is known of a business."""
        return known(transaction, business, addresses)

    def put(self, transaction: Any, invitation: Invitation, token_hash: str, item: Outgoing) -> None:
        """Store an invitation with its message."""
        put_invitation(transaction, invitation, token_hash, item)

    def withdraw(self, transaction: Any, case_id: str) -> None:
        """Take back what has not gone out about a case."""
        withdraw_invitations(transaction, case_id)

    def find(self, token_hash: str) -> Invitation:
        """Return the invitation that a token opens; NotFound for an unknown one."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(survey_invitations).where(_INVITATION.token_hash == token_hash)
            ).one_or_none()
        if row is None:
            raise NotFound("unknown token")
        return _invitation(row)

    def answer(
        self,
        invitation: Invitation,
        answer: Answer,
        at: datetime,
        due: Optional[date],
        mails: Sequence[Mail],
    ) -> None:
        """Store the answer; with `due`, a call to make by then and the mails about it.

        Conflict when it was answered before, or made anonymous since it was read: nothing is stored then.
        """
        use = (
            update(survey_invitations)
            .where(
                _INVITATION.id == invitation.id,
                _INVITATION.answered_at.is_(None),
                _INVITATION.business != "",
            )
            # Who answers has got it, whatever the outbox or a gateway says.
            .values(answered_at=at, delivery=DELIVERED)
        )
        with self._database.writing(durable=True) as connection:
            # The case may have been deleted since it was read; from here on it stays until the answer is stored.
            about = select(cases.c.id).where(cases.c.id == invitation.case_id)
            case_id = connection.execute(about.with_for_update(read=True, key_share=True)).scalar()
            if connection.execute(use).rowcount == 0:
                raise Conflict("answered before")
            answer_id = connection.execute(
                insert(survey_answers).values(
                    invitation_id=invitation.id,
                    unit=invitation.unit,
                    topic=invitation.topic,
                    answered_at=at,
                    service=answer.service,
                    solved=answer.solved.value,
                    comment=answer.comment,
                    wants_contact=answer.wants_contact,
                    scores=dict(answer.scores),
                )
            ).inserted_primary_key[0]
            if due is not None:
                connection.execute(
                    insert(survey_callbacks).values(
                        answer_id=answer_id,
                        case_id=case_id,
                        unit=invitation.unit,
                        created_at=at,
                        due=due,
                    )
                )
            for mail in mails:
                put_in_outbox(connection, mail, at, case_id)
            _drop_waiting(connection, [invitation.message])

    def add_scores(self, invitation_id: str, scores: Mapping[str, int]) -> None:
        """Add the longer part; Conflict when it is there already, NotFound without an answer."""
        with self._database.writing(durable=True) as connection:
            row = connection.execute(
                select(survey_answers.c.id, survey_answers.c.scores)
                .where(survey_answers.c.invitation_id == invitation_id)
                .with_for_update()
            ).one_or_none()
            if row is None:
                raise NotFound("no answer")
            if row.scores:
                raise Conflict("answered before")
            connection.execute(
                update(survey_answers).where(survey_answers.c.id == row.id).values(scores=dict(scores))
            )

    def opt_out(self, invitation: Invitation, addresses: Sequence[str], at: datetime) -> None:
        """Never ask at these addresses, or those of the invitation, again, and take back what waits for them.

        Said twice, also at the same moment, it is said once.
        """
        with self._database.writing(durable=True) as connection:
            _hold(connection, invitation.business)
            own = select(survey_addresses.c.address).where(survey_addresses.c.invitation_id == invitation.id)
            # In one order, so that two who say it at once do not wait for each other.
            all_of_them = sorted({*addresses, *connection.execute(own).scalars()})
            for address in all_of_them:
                connection.execute(insert_new(connection, survey_optouts, address=address, at=at))
            of_same = select(survey_addresses.c.invitation_id).where(
                survey_addresses.c.address.in_(all_of_them)
            )
            open_ones = connection.execute(
                select(_INVITATION.id, _INVITATION.message_id).where(
                    or_(_INVITATION.id == invitation.id, _INVITATION.id.in_(of_same)),
                    _INVITATION.stopped_at.is_(None),
                )
            ).all()
            connection.execute(
                update(survey_invitations)
                .where(_INVITATION.id.in_([row.id for row in open_ones]))
                .values(stopped_at=at)
            )
            _drop_waiting(connection, [row.message_id for row in open_ones])

    def to_remind(self, sent_before: datetime, at: datetime, most: int) -> List[Invitation]:
        """Return the invitations that were delivered before a time and neither answered, stopped nor reminded."""
        query = (
            select(survey_invitations, outbox.c.recipient)
            .join(outbox, outbox.c.message_id == _INVITATION.message_id)
            .where(
                outbox.c.state == SENT,
                outbox.c.sent_at <= sent_before,
                _INVITATION.expires_at > at,
                _of_no_open_case(),
                _INVITATION.answered_at.is_(None),
                _INVITATION.reminded_at.is_(None),
                _INVITATION.stopped_at.is_(None),
            )
            .order_by(_INVITATION.send_at, _INVITATION.id)
            .limit(most)
        )
        with self._database.reading() as connection:
            return [_invitation(row, row.recipient) for row in connection.execute(query)]

    def remind(self, invitation: Invitation, item: Outgoing, at: datetime, not_before: datetime) -> bool:
        """Let the reminder go out; False when it was answered, stopped or reminded meanwhile."""
        change = (
            update(survey_invitations)
            .where(
                _INVITATION.id == invitation.id,
                _of_no_open_case(),
                _INVITATION.answered_at.is_(None),
                _INVITATION.reminded_at.is_(None),
                _INVITATION.stopped_at.is_(None),
            )
            .values(reminded_at=at)
        )
        with self._database.writing(durable=True) as connection:
            if connection.execute(change).rowcount == 0:
                return False
            put_in_outbox(connection, item, at, invitation.case_id, not_before)
            return True


def _of_no_open_case() -> Any:
    still_open = [state.value for state in OPEN_STATES]
    return ~exists().where(cases.c.id == _INVITATION.case_id, cases.c.state.in_(still_open))


def _drop_waiting(connection: Any, message_ids: Sequence[str]) -> None:
    """Take back what has not gone out: who has answered or wants no more hears nothing else."""
    reminders = [reminder_id(message_id) for message_id in message_ids]
    connection.execute(
        delete(outbox).where(outbox.c.message_id.in_([*message_ids, *reminders]), outbox.c.state == WAITING)
    )


def _invitation(row: Any, recipient: str = "") -> Invitation:
    return Invitation(
        id=row.id,
        unit=row.unit,
        way=Way(row.way),
        recipient=recipient,
        business=row.business,
        addresses=(),
        created_at=row.created_at,
        send_at=row.send_at,
        expires_at=row.expires_at,
        case_id=row.case_id,
        topic=row.topic,
        answered_at=row.answered_at,
        reminded_at=row.reminded_at,
        message=row.message_id,
        sealed=row.sealed,
    )
