"""Small stand-ins for what the business needs from the outside."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timezone

from bot.core.cases import Case, CaseState, Contact, check_transition
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail

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


class FakeCaseStore:
    """Keeps cases in memory and takes a reference once."""

    def __init__(self, *taken):
        self._taken = set(taken)
        self._by_key = {}
        self.opened = []
        self.mails = []
        self.tries = 0

    def open(self, case, mails, request_key):
        self.tries += 1
        if request_key in self._by_key:
            return self._by_key[request_key]
        if case.reference in self._taken:
            raise Conflict("the reference is taken")
        self._taken.add(case.reference)
        self.opened.append(case)
        self.mails += mails
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


class FakeDesk:
    """Keeps cases and their history in memory, as bot/storage/cases.py does on disk."""

    def __init__(self, *cases):
        self._cases = {case.id: case for case in cases}
        self.history = []

    def get(self, case_id):
        if case_id not in self._cases:
            raise NotFound("no such case")
        return self._cases[case_id]

    def listed(self, units, states):
        return [
            case
            for case in self._cases.values()
            if case.state in states and (units is None or case.unit in units)
        ]

    def counts(self, states):
        return Counter(case.unit for case in self._cases.values() if case.state in states)

    def events(self, case_id):
        return [event for event in self.history if event[0] == case_id]

    def move(self, case, state, staff_id, kind, at, text="", outcome=None):
        check_transition(case.state, state)
        claimed_by = None if state is CaseState.NEW else staff_id
        self._cases[case.id] = replace(
            case, state=state, claimed_by=claimed_by, outcome=outcome, version=case.version + 1
        )
        self.history.append((case.id, kind, staff_id, at, text))

    def add_note(self, case_id, staff_id, text, at):
        self.history.append((case_id, "note", staff_id, at, text))


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
    return Case(**{**values, **changes})
