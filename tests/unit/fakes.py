"""Small stand-ins for what the business needs from the outside."""

from datetime import datetime, timezone

from bot.core.case_lists import CasePage
from bot.core.case_states import check
from bot.core.cases import ENDED_STATES, Case, CaseState, Contact, Outcome
from bot.core.duplicates import same_visitor
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail
from bot.core.units import Municipality, Unit, Units
from bot.notify.case_mails import CaseLifeMails
from bot.notify.texts import MailTexts

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


class FakeChance:
    """Gives the digits it was told to, then counts on."""

    def __init__(self, *digits):
        self._digits = list(digits)
        self.made = 0

    def secret(self):
        return "secret"

    def identifier(self):
        self.made += 1
        return f"{self.made:032x}"

    def digits(self, length):
        return self._digits.pop(0) if self._digits else f"{self.made:0{length}d}"

    def fraction(self):
        return 0.5


class FakeCaseStore:
    """Keeps cases in memory and takes a reference once."""

    def __init__(self, *taken):
        self._taken = set(taken)
        self._by_key = {}
        self.opened = []
        self.mails = []
        self.tries = 0
        self.links = []

    def add_link(self, case_id, link, at):
        self.links.append((case_id, link))

    def has_receipt(self, case_id):
        return any(mail.message_id.startswith(f"<{case_id}.receipt@") for mail in self.mails)

    def open(self, case, mails, request_key, parts=(), *, link="", receipt=None):
        self.tries += 1
        if request_key in self._by_key:
            return self._by_key[request_key]
        if case.reference in self._taken:
            raise Conflict("the reference is taken")
        self._taken.add(case.reference)
        self.opened.append(case)
        self.mails += mails
        if receipt:
            self.mails += receipt(lambda since: 0)
        for part, own in parts:
            self.opened.append(part)
            self.mails += own
        self.links.append((case.id, link))
        if request_key is not None:
            self._by_key[request_key] = case
        return case


class FakeTranscripts:
    """Holds the messages of one conversation."""

    def __init__(self, conversation="", messages=()):
        self._conversation = conversation
        self._messages = messages

    def after(self, conversation_id, number):
        if conversation_id != self._conversation:
            return []
        return [message for message in self._messages if message.number > number]


class FakeMailWriter:
    """Writes one line to one mailbox."""

    def new_case(self, case):
        return [Mail(f"<{case.id}@test>", "unit@test", case.reference, "")]


class FakeReceipts:
    """Writes one line with the token, to whoever gave an address."""

    def receipt(self, case, token):
        to = case.contact.email
        return [Mail(f"<{case.id}.receipt@test>", to, case.reference, token)] if to else []


class FakeDesk:
    """Keeps cases and their history in memory, as bot/storage/cases.py does on disk."""

    def __init__(self, *cases):
        self._cases = {case.id: case for case in cases}
        self.history = []
        self.links = {}
        self.mails = []

    def get(self, case_id):
        if case_id not in self._cases:
            raise NotFound("no such case")
        return self._cases[case_id]

    def all(self):
        return list(self._cases.values())

    def listed(self, units, states):
        return [
            case
            for case in self._cases.values()
            if case.state in states and (units is None or case.unit in units)
        ]

    def parts(self, case_id):
        return [case for case in self._cases.values() if case.parent == case_id]

    def events(self, case_id):
        return [event for changed, event in self.history if changed == case_id]

    def of_visitor(self, contact):
        return [case for case in self._cases.values() if same_visitor(case.contact, contact)]

    def by_link(self, link):
        if link not in self.links:
            raise NotFound("unknown link")
        return self.get(self.links[link])

    def by_reference(self, reference):
        return next((case for case in self._cases.values() if case.reference == reference), None)

    def merged_into(self, case_id):
        return [case for case in self._cases.values() if case.merged_into == case_id]

    def apply(self, *changes):
        for change in changes:
            check(change)
            if self._cases[change.before.id].version != change.before.version:
                raise Conflict("somebody else changed the case first")
        for change in changes:
            self._cases[change.after.id] = change.after
            self.history += [(change.after.id, event) for event in change.events]
            self.mails += change.mails


class FakeLister:
    """Lists the cases of some units in some states, all on one page; what else narrows a list is the database's."""

    def __init__(self, *cases):
        self._desk = FakeDesk(*cases)

    def page(self, units, wanted, staff_id, today, rows):
        found = self._desk.listed(units, wanted.states)
        return CasePage(tuple(found), len(found))


class FakeStaff:
    """Knows some staff."""

    def __init__(self, *members):
        self._members = {member.id: member for member in members}

    def get(self, staff_id):
        if staff_id not in self._members:
            raise NotFound("no such staff member")
        return self._members[staff_id]

    def leaders(self, unit):
        return [member for member in self._members.values() if member.leads(unit)]


UNITS = Units(
    Unit(name, name.title(), "dig", f"{name}@test", "", 5, True, ()) for name in ("plan", "miljoe", "havn")
)


def real_mails(root, staff, console="https://console.test"):
    """Return what writes the mails of cases, with the texts of data/mails."""
    place = Municipality("helsingor", "Helsingør Kommune", "", "", "", "", "", "HEL", "plan", "")
    texts = MailTexts(root / "data" / "mails", "test.dk", place.name)
    return CaseLifeMails(texts, UNITS, place, staff, console)


def a_case(**changes):
    """Return a new case of the planning unit."""
    values = {
        "id": "c1",
        "reference": "HEL-2026-000001",
        "unit": "plan",
        "topic": None,
        "summary": "Et skilt",
        "contact": Contact("Mette Holm"),
        "routed_because": "fordi",
        "created_at": NOON,
        "answer_by": NOON.date(),
    }
    values.update(changes)
    if values.get("state") in ENDED_STATES:
        values.setdefault("closed_at", NOON)
    if values.get("state") is CaseState.CLOSED:
        values.setdefault("outcome", Outcome.ANSWERED)
    if values.get("state") is CaseState.WAITING:
        values.setdefault("waiting_since", NOON.date())
        values.setdefault("follow_up", NOON.date())
    return Case(**values)
