"""Books a talk with a leader and cancels it: the invitation goes out in the same transaction, to both."""

import hashlib
from datetime import datetime
from typing import List, NamedTuple, Optional, Protocol, Sequence

from bot.core.dialogs import Dialog, DialogOffer, DialogRequest, DialogRules, checked, slots
from bot.core.errors import Conflict, InvalidInput, NotFound
from bot.core.mails import Mail
from bot.core.one_by_one import MOST, Done, done
from bot.core.ports import Chance, Clock, Holidays


class DialogStore(Protocol):
    """Where talks are kept; see bot/storage/dialogs.py."""

    def taken(self, unit: str, after: datetime) -> List[datetime]:
        """Return when the talks of a unit begin that are booked for after a moment."""

    def book(self, dialog: Dialog, token_hash: str, request_key: str, mails: Sequence[Mail]) -> bool:
        """Store a talk with its mails; False when the same form booked it before, Conflict when the slot is taken."""

    def find(self, token_hash: str) -> Dialog:
        """Return the talk of a link; NotFound for an unknown one."""

    def cancel(self, dialog: Dialog, mails: Sequence[Mail]) -> None:
        """Free the slot of a talk and let the mails go out; Conflict when it was cancelled before."""

    def delete_held(self, before: datetime, most: int) -> int:
        """Delete at most `most` talks that began before a moment; return how many."""


class DialogMails(Protocol):
    """Writes the mails, each with a file for the calendar; see bot/notify/dialogs.py."""

    def booked(self, dialog: Dialog, offer: DialogOffer, token: str) -> Sequence[Mail]:
        """Return the invitations to the business and to the leader."""

    def cancelled(self, dialog: Dialog, mailbox: str) -> Sequence[Mail]:
        """Return the mails that call it off, to both."""


class Booked(NamedTuple):
    """What came of a form; the token is empty when the same form had booked before."""

    dialog: Dialog
    token: str


class Dialogs:
    """Talks with leaders."""

    def __init__(
        self,
        rules: DialogRules,
        store: DialogStore,
        mails: DialogMails,
        holidays: Holidays,
        clock: Clock,
        chance: Chance,
    ):
        self.rules = rules
        self._store = store
        self._mails = mails
        self._holidays = holidays
        self._clock = clock
        self._chance = chance

    def free(self, unit: str) -> List[datetime]:
        """Return the free slots of a unit's leader; NotFound when the unit offers none."""
        now = self._clock()
        return slots(self._offer(unit), self.rules, now, self._holidays, self._store.taken(unit, now))

    def book(self, unit: str, request: DialogRequest, request_key: str) -> Booked:
        """Book a talk.

        InvalidInput names the field that is wrong; Conflict when another was first.
        """
        offer = self._offer(unit)
        now = self._clock()
        # Also the taken ones: who chose one of these is told that, and a form that is sent twice books once.
        every = slots(offer, self.rules, now, self._holidays, ())
        at, right = checked(request, every)
        dialog = Dialog(
            self._chance.identifier(),
            unit,
            at,
            offer.minutes,
            offer.place,
            right.name,
            right.company,
            right.email,
            right.about,
            now,
        )
        token = self._chance.secret()
        mails = self._mails.booked(dialog, offer, token)
        return Booked(
            dialog, token if self._store.book(dialog, token_hash(token), request_key, mails) else ""
        )

    def find(self, token: str) -> Dialog:
        """Return the talk of a link; NotFound for one that we never sent."""
        dialog = self._store.find(token_hash(token))
        now = self._clock()
        return _local(dialog, now)

    def over(self, dialog: Dialog) -> bool:
        """Tell whether it has begun, so that it is too late to cancel."""
        return self._clock() >= dialog.starts_at

    def cancel(self, token: str) -> Dialog:
        """Call a talk off; Conflict when it was cancelled before, InvalidInput `dialog_over` when it has begun."""
        dialog = self.find(token)
        if self.over(dialog):
            raise InvalidInput("dialog_over")
        if dialog.cancelled_at is not None:
            raise Conflict("cancelled before")
        gone = _changed(dialog, self._clock())
        offer = self.rules.offer(dialog.unit)
        self._store.cancel(gone, self._mails.cancelled(gone, offer.mailbox if offer else ""))
        return gone

    def delete_held(self, before: datetime) -> Done:
        """Delete the talks that began before a moment; return how many."""
        return done(self._store.delete_held(before, MOST))

    def _offer(self, unit: str) -> DialogOffer:
        offer: Optional[DialogOffer] = self.rules.offer(unit)
        if offer is None:
            raise NotFound("no talks with this unit")
        return offer


def token_hash(token: str) -> str:
    """Return the hash under which the token of a link is stored."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _changed(dialog: Dialog, at: datetime) -> Dialog:
    return Dialog(**{**vars(dialog), "cancelled_at": at, "sequence": dialog.sequence + 1})


def _local(dialog: Dialog, like: datetime) -> Dialog:
    return Dialog(**{**vars(dialog), "starts_at": dialog.starts_at.astimezone(like.tzinfo)})
