"""What the business needs from the outside, as the rooms around it provide it."""

from datetime import date, datetime
from typing import Callable, Container, List, Optional, Protocol, Sequence, Tuple

from bot.core.case_states import Change
from bot.core.cases import Case, CaseEvent, CaseState, Contact
from bot.core.conversations import Message
from bot.core.mails import Mail, Outgoing
from bot.core.staff import StaffMember

Clock = Callable[[], datetime]
"""Returns the time now, with its zone."""


class Chance(Protocol):
    """Where unguessable values come from."""

    def secret(self) -> str:
        """Return a token that nobody can guess, safe in an address."""

    def identifier(self) -> str:
        """Return a new id of 32 hexadecimal digits."""

    def digits(self, length: int) -> str:
        """Return `length` random decimal digits."""

    def fraction(self) -> float:
        """Return a random number from 0 up to 1."""


class Transcripts(Protocol):
    """Reads what was said in a conversation."""

    def after(self, conversation_id: str, number: int) -> List[Message]:
        """Return the messages with a higher number, in order."""


ReceiptChoice = Callable[[Callable[[datetime], int]], Sequence[Outgoing]]
"""Given what counts the receipts to the same address since a time, returns the mails to send."""


class CaseStore(Protocol):
    """Stores a case with everything that follows from it, or nothing."""

    def open(
        self,
        case: Case,
        mails: Sequence[Outgoing],
        request_key: Optional[str],
        parts: Sequence[Tuple[Case, Sequence[Outgoing]]] = (),
        *,
        link: str = "",
        receipt: Optional[ReceiptChoice] = None,
    ) -> Case:
        """Store the case, its parts, their mails and the hash of the visitor's link; `receipt` is asked what else.

        Return the case, or the one opened before with the same key.
        """

    def has_receipt(self, case_id: str) -> bool:
        """Tell whether a receipt of the case was mailed, or waits to be."""

    def add_link(self, case_id: str, link: str, at: datetime) -> None:
        """Store the hash of one more link to a case."""


class MailWriter(Protocol):
    """Writes the mails, and calls to other systems, that a case gives rise to."""

    def new_case(self, case: Case) -> Sequence[Outgoing]:
        """Return what goes out when the case is opened."""


class ReceiptMails(Protocol):
    """Writes the visitor's receipt."""

    def receipt(self, case: Case, token: str) -> Sequence[Outgoing]:
        """Return the mail with the link that the token opens; nothing when no address is known."""


Holidays = Container[date]
"""The public holidays of every year."""


class CaseDesk(Protocol):
    """Where cases are kept; see bot/storage/cases.py."""

    def get(self, case_id: str) -> Case:
        """Return a case; NotFound for an unknown id."""

    def listed(self, units: Optional[Sequence[str]], states: Sequence[CaseState]) -> List[Case]:
        """Return the cases of some units (None: of all) in some states, without their transcripts."""

    def of_visitor(self, contact: Contact) -> List[Case]:
        """Return the cases that share an address or number with a contact, without their transcripts."""

    def merged_into(self, case_id: str) -> List[Case]:
        """Return the cases that were merged into a case."""

    def parts(self, case_id: str) -> List[Case]:
        """Return the parts of a case, without their transcripts."""

    def events(self, case_id: str) -> List[CaseEvent]:
        """Return the history of a case."""

    def apply(self, *changes: Change) -> None:
        """Store changes together; Conflict when somebody changed one of the cases first."""


class StatusDesk(CaseDesk, Protocol):
    """Where a visitor's case is looked up."""

    def by_link(self, link: str) -> Case:
        """Return the case of a link, given its hash; NotFound for an unknown one."""

    def by_reference(self, reference: str) -> Optional[Case]:
        """Return the case with a reference, without its transcript; None for an unknown one."""


class StaffDirectory(Protocol):
    """Knows staff by id, and who leads a unit."""

    def get(self, staff_id: int) -> StaffMember:
        """Return a staff member; NotFound for an unknown id."""

    def leaders(self, unit: str) -> List[StaffMember]:
        """Return the leaders of a unit."""


class CaseMails(Protocol):
    """Writes the mails that follow from what happens to a case; `recipients` are addresses.

    Each returns nothing when there is nobody to write to. Message-IDs are made of the case and its version: `case` is
    the case as it becomes.
    """

    def reply(self, case: Case, staff: StaffMember, text: str, unit: str) -> List[Mail]:
        """Return the unit's answer or question to the visitor; `unit` is whose name and telephone it bears."""

    def promised(self, case: Case, reason: str) -> List[Mail]:
        """Return the mail that tells the visitor of another date."""

    def moved(self, case: Case) -> List[Mail]:
        """Return the mail that tells the visitor that a part of the case takes longer, and the new date."""

    def reopened(self, case: Case) -> List[Mail]:
        """Return the mail that tells the visitor that the case is open again, and the new date."""

    def merged(self, case: Case, survivor: Case) -> List[Mail]:
        """Return the mail that tells the visitor which case is answered for both."""

    def reopened_with(self, case: Case, other: Case) -> List[Mail]:
        """Return the mail that tells the unit that the case is open again because another is."""

    def to_unit(self, name: str, case: Case, recipients: Sequence[str]) -> List[Mail]:
        """Return a mail to the unit's mailbox, and to the recipients; `name` is that of its text in data/mails."""

    def to(self, name: str, case: Case, recipients: Sequence[str]) -> List[Mail]:
        """Return a mail to each recipient."""
