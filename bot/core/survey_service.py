"""Asks businesses how it went, takes their answers, and sees to it that a low score is followed by a call."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Dict, List, Mapping, Optional, Protocol, Sequence, Tuple

from bot.core.case_states import Change
from bot.core.cases import CaseState
from bot.core.deadlines import add_working_days
from bot.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.core.mails import Mail, Outgoing
from bot.core.one_by_one import Done, OneByOne
from bot.core.ports import Chance, Clock, Holidays
from bot.core.privacy import storable
from bot.core.satisfaction import Figures, Sent, figures
from bot.core.staff import StaffMember, StaffRole
from bot.core.survey_answers import Answer, Callback, Sending
from bot.core.survey_links import LinkSigner, token_hash
from bot.core.surveys import Invitation, Known, SurveyRules, invitation_for, next_open
from bot.core.units import Units

LONGEST_NOTE = 2000
# The figures of a page are those of a year back.
# So many lines of the log of deliveries are shown.
MOST_SENDINGS = 50
PERIOD = timedelta(days=365)


class SurveyStore(Protocol):
    """Where the survey is kept; see bot/storage/surveys.py. A transaction is that of the case that is closed."""

    def known(self, transaction: Any, business: str, addresses: Sequence[str]) -> Known:
        """Return what is known of a business."""

    def put(self, transaction: Any, invitation: Invitation, token_hash: str, item: Outgoing) -> None:
        """Store an invitation with its message."""

    def withdraw(self, transaction: Any, case_id: str) -> None:
        """Take back what has not gone out about a case."""

    def find(self, token_hash: str) -> Invitation:
        """Return an invitation; NotFound for an unknown one."""

    def answer(
        self, invitation: Invitation, answer: Answer, at: datetime, due: Optional[date], mails: Sequence[Mail]
    ) -> None:
        """Store an answer; Conflict when there is one."""

    def add_scores(self, invitation_id: str, scores: Mapping[str, int]) -> None:
        """Add the longer part; Conflict when it is there."""

    def opt_out(self, invitation: Invitation, addresses: Sequence[str], at: datetime) -> None:
        """Never ask at these addresses, or those of the invitation, again."""

    def to_remind(self, sent_before: datetime, at: datetime, most: int) -> List[Invitation]:
        """Return the invitations that need their reminder, at most `most`."""

    def remind(self, invitation: Invitation, item: Outgoing, at: datetime, not_before: datetime) -> bool:
        """Let a reminder go out."""


class FigureStore(Protocol):
    """Where the figures are counted; see bot/storage/survey_figures.py."""

    def sent(self, since: datetime) -> Dict[str, Sent]:
        """Return what became of the invitations, by unit."""

    def answers(self, since: datetime) -> Dict[str, List[Answer]]:
        """Return the answers, by unit."""

    def sendings(self, units: Optional[Sequence[str]], most: int) -> List[Sending]:
        """Return the newest invitations and what became of each."""

    def callbacks(self, units: Optional[Sequence[str]], done: bool = False) -> List[Callback]:
        """Return the calls that are owed, or those that were made."""

    def finish(
        self, callback_id: int, units: Optional[Sequence[str]], staff_id: int, note: str, at: datetime
    ) -> None:
        """Remember that somebody called."""


class SurveyWriter(Protocol):
    """Writes what the survey sends; see bot/notify/surveys.py."""

    def invitation(self, invitation: Invitation, token: str) -> Outgoing:
        """Return the invitation."""

    def reminder(self, invitation: Invitation, token: str) -> Outgoing:
        """Return the reminder."""

    def callback(self, invitation: Invitation, recipients: Sequence[str], due: date) -> Sequence[Mail]:
        """Return the mails that tell of a call to make."""


class Leaders(Protocol):
    """Knows who leads a unit; see bot/storage/staff.py."""

    def leaders(self, unit: str) -> List[StaffMember]:
        """Return the leaders of a unit."""


class Surveys:
    """The survey from invitation to answer."""

    def __init__(
        self,
        store: SurveyStore,
        counted: FigureStore,
        writer: SurveyWriter,
        leaders: Leaders,
        units: Units,
        signer: LinkSigner,
        rules: SurveyRules,
        holidays: Holidays,
        clock: Clock,
        chance: Chance,
    ):
        self._store = store
        self._counted = counted
        self._writer = writer
        self._leaders = leaders
        self._units = units
        self._signer = signer
        self._rules = rules
        self._holidays = holidays
        self._clock = clock
        self._chance = chance
        self._reminding: OneByOne[Invitation] = OneByOne(
            "remind of surveys", lambda invitation: invitation.id, clock
        )

    def watch(self, transaction: Any, change: Change) -> None:
        """Invite when a case is closed; take the invitation back when it is opened again.

        Runs in the transaction that changes the case: either both are stored or none.
        """
        before, case = change.before, change.after
        if before.state is CaseState.CLOSED is not case.state:
            self._store.withdraw(transaction, case.id)
        if case.state is not CaseState.CLOSED or before.state is CaseState.CLOSED or case.closed_at is None:
            return
        business, addresses = self._signer.business(case.contact), self._signer.addresses(case.contact)
        known = self._store.known(transaction, business, addresses)
        invitation = invitation_for(
            case,
            case.closed_at,
            known,
            self._rules,
            self._holidays,
            self._chance.identifier(),
            business,
            addresses,
        )
        if invitation:
            token = self._signer.token(invitation)
            item = self._writer.invitation(invitation, token)
            sealed = self._signer.sealed(invitation.id, addresses)
            self._store.put(transaction, replace(invitation, sealed=sealed), token_hash(token), item)

    def remind_due(self) -> Done:
        """Let the reminders that are due go out, none of them at night; return how many."""
        now = self._clock()
        not_before = next_open(now, self._rules, self._holidays)

        def remind(invitation: Invitation) -> bool:
            item = self._writer.reminder(invitation, self._signer.token(invitation))
            return self._store.remind(invitation, item, now, not_before)

        return self._reminding.round(
            lambda most: self._store.to_remind(now - self._rules.reminder, now, most), remind
        )

    def find(self, token: str) -> Invitation:
        """Return the invitation of a link; NotFound for one that we did not sign."""
        invitation = self._store.find(token_hash(token))
        if not self._signer.same(self._signer.token(invitation), token):
            raise NotFound("not our signature")
        return invitation

    def expired(self, invitation: Invitation) -> bool:
        """Tell whether it is too late to answer, also because all about the business was deleted at its wish."""
        return self._clock() >= invitation.expires_at or invitation.nobodys

    def answer(self, invitation: Invitation, answer: Answer) -> str:
        """Store an answer and return what lets its author add the longer part.

        Conflict when it was answered before, InvalidInput `survey_expired` when it is too late.
        """
        if self.expired(invitation):
            raise InvalidInput("survey_expired")
        now, due, mails = self._clock(), None, []
        if answer.needs_a_call:
            due = add_working_days(
                now.astimezone(self._rules.zone).date(), self._rules.callback_days, self._holidays
            )
            mails = list(self._writer.callback(invitation, self._recipients(invitation.unit), due))
        self._store.answer(invitation, answer, now, due, mails)
        return self._signer.more(invitation)

    def may_add(self, invitation: Invitation, key: str) -> bool:
        """Tell whether somebody who has this key may add the longer part: within a day of the answer."""
        fresh = invitation.answered_at and self._clock() - invitation.answered_at < timedelta(days=1)
        return (
            bool(fresh) and not invitation.nobodys and self._signer.same(self._signer.more(invitation), key)
        )

    def add_scores(self, invitation: Invitation, key: str, scores: Mapping[str, int]) -> None:
        """Add the longer part; Conflict when it is there already or the key is wrong or old."""
        if not self.may_add(invitation, key):
            raise Conflict("answered before")
        self._store.add_scores(invitation.id, scores)

    def opt_out(self, invitation: Invitation) -> None:
        """Never ask at the addresses of this invitation again, also when it has been made anonymous since."""
        self._store.opt_out(invitation, self._signer.unsealed(invitation), self._clock())

    def figures(self, staff: StaffMember) -> List[Tuple[str, Figures]]:
        """Return (unit, figures) of the last year, for the units whose figures the staff member may see."""
        since = self._clock() - PERIOD
        sent, answers = self._counted.sent(since), self._counted.answers(since)
        return [
            (
                unit.id,
                figures(sent.get(unit.id, Sent()), answers.get(unit.id, []), self._rules.fewest_answers),
            )
            for unit in self._units.all()
            if staff.may_list(unit.id) and (unit.id in sent or unit.id in answers)
        ]

    def sendings(self, staff: StaffMember) -> List[Sending]:
        """Return the newest invitations of the units whose figures the staff member may see."""
        return self._counted.sendings(
            [unit.id for unit in self._units.all() if staff.may_list(unit.id)], MOST_SENDINGS
        )

    def callbacks(self, staff: StaffMember, done: bool = False) -> List[Callback]:
        """Return the calls that the staff member has to see to, or those that were made."""
        units = self._led(staff)
        return self._counted.callbacks(units, done) if units is None or units else []

    def finish(self, staff: StaffMember, callback_id: int, note: str) -> None:
        """Remember that somebody called and what came of it.

        InvalidInput `note_missing` or `note_long`; NotAllowed for who leads no unit; Conflict when it was done before.
        """
        units = self._led(staff)
        if units is not None and not units:
            raise NotAllowed("only leaders see to calls")
        kept = storable(note)
        if not kept:
            raise InvalidInput("note_missing", "note")
        if len(kept) > LONGEST_NOTE:
            raise InvalidInput("note_long", "note")
        self._counted.finish(callback_id, units, staff.id, kept, self._clock())

    def _recipients(self, unit: str) -> List[str]:
        found = [leader.email for leader in self._leaders.leaders(unit) if leader.email]
        return found or ([self._units.get(unit).mailbox] if self._units.has(unit) else [])

    def _led(self, staff: StaffMember) -> Optional[List[str]]:
        """Return the units whose calls the staff member sees to; None for all.

        They are the leader's. In a unit without one they are everybody's: a call must not wait for nobody.
        """
        if staff.role is StaffRole.ADMIN:
            return None
        return [unit for unit in staff.units if staff.leads(unit) or not self._leaders.leaders(unit)]
