"""A unit at work on cases, for tests: staff, a business, and a clock that stands on a Monday."""

from datetime import date, datetime
from pathlib import Path

from bot.bootstrap import DENMARK, load_holidays
from bot.core.cases import CaseState, Contact
from bot.core.casework import Casework
from bot.core.staff import StaffMember, StaffRole
from tests.servers import MovableClock
from tests.unit.fakes import UNITS, FakeDesk, FakeStaff, a_case, real_mails

ROOT = Path(__file__).resolve().parents[2]
PIA = StaffMember(1, "pia", "Pia Ås", StaffRole.STAFF, ("plan",), "pia@test")
OLE = StaffMember(2, "ole", "Ole", StaffRole.STAFF, ("plan",))
EVA = StaffMember(3, "eva", "Eva", StaffRole.STAFF, ("havn",))
METTE = Contact("Mette Holm", "Café Ø", "10150817", "mette@cafe.dk", "12345678")
MONDAY = datetime(2026, 11, 23, 10, 15, tzinfo=DENMARK)
FRIDAY = date(2026, 11, 27)


def case(**changes):
    return a_case(**{"contact": METTE, "answer_by": FRIDAY, "created_at": MONDAY, **changes})


MINE = case(state=CaseState.CLAIMED, claimed_by=PIA.id, claimed_name=PIA.name)


class Office:
    """A unit at work, on a Monday that is moved on."""

    def __init__(self, *cases):
        self.clock = MovableClock(MONDAY)
        self.desk = FakeDesk(*cases)
        staff = FakeStaff(PIA, OLE, EVA)
        self.work = Casework(self.desk, self.clock, load_holidays(), UNITS, real_mails(ROOT, staff))

    @property
    def case(self):
        return self.desk.get("c1")

    @property
    def last(self):
        return self.desk.history[-1][1]

    @property
    def sent(self):
        return [(mail.recipient, mail.subject) for mail in self.desk.mails]
