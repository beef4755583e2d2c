"""Whatever staff, visitors and the worker do in whatever order, no case gets into a state that it may not be in."""

from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bot.bootstrap import DENMARK, load_holidays
from bot.core.case_rights import possible
from bot.core.case_states import flaws
from bot.core.cases import CaseState, Contact, EventKind
from bot.core.casework import Casework, survivor_of
from bot.core.errors import Conflict, GenvejError, InvalidInput
from bot.core.reminders import Reminders
from bot.core.staff import StaffMember, StaffRole
from bot.core.visitor_acts import VisitorActs
from tests.servers import MovableClock
from tests.unit.fakes import UNITS, FakeDesk, FakeStaff, a_case, real_mails

ROOT = Path(__file__).resolve().parents[2]
HOLIDAYS = load_holidays()
STAFF = (
    StaffMember(1, "pia", "Pia", StaffRole.STAFF, ("plan", "havn"), "pia@test"),
    StaffMember(2, "ole", "Ole", StaffRole.STAFF, ("plan",)),
    StaffMember(3, "ida", "Ida", StaffRole.LEADER, ("havn",), "ida@test"),
    StaffMember(4, "kaj", "Kaj", StaffRole.CHIEF),
    StaffMember(5, "admin", "Admin", StaffRole.ADMIN),
)
CONTACTS = (
    Contact("Mette", email="mette@cafe.dk"),
    Contact("Mette", phone="12345678", email="mette@cafe.dk"),
)
IDS = ("c0", "c1", "c2", "c3", "w", "p1", "p2")
UNITS_OF = dict(zip(IDS, ("plan", "plan", "havn", "miljoe", "plan", "havn", "miljoe")))
# A whole and its parts; the others are cases of their own.
PARENTS = {"p1": "w", "p2": "w"}
# What is refused because of a whole or a part, though the case itself would let it happen.
OF_THE_FAMILY = {"parts_open", "part_of_merged"}
TEXTS = st.sampled_from(["", " ", "Hej", "Ja, det må I gerne.", "x" * 4001])
UNIT_IDS = st.sampled_from(["plan", "havn", "miljoe", "findes_ikke", ""])
OUTCOMES = st.sampled_from(["answered", "referred", "no_response", "", "done"])
DAYS = st.dates(date(2026, 11, 20), date(2027, 2, 1)) | st.none()
THEN = st.sampled_from(["stay", "wait", "close", ""])
MISROUTED = st.sampled_from([True, False, None])
# What is not refused for what was typed, so that an act is only refused for the case it is done to.
FIT = {
    id(TEXTS): st.just("Hej"),
    id(OUTCOMES): st.sampled_from(["answered", "referred"]),
    id(THEN): st.sampled_from(["stay", "wait", "close"]),
    id(MISROUTED): st.booleans(),
    id(UNIT_IDS): st.sampled_from(["plan", "havn", "miljoe"]),
}

ACTS = {
    "claim": lambda work, who, case, draw: work.claim(who, case),
    "release": lambda work, who, case, draw: work.release(who, case),
    "note": lambda work, who, case, draw: work.note(who, case, draw(TEXTS)),
    "reply": lambda work, who, case, draw: work.reply(who, case, draw(TEXTS), draw(THEN), draw(OUTCOMES)),
    "ask": lambda work, who, case, draw: work.ask(who, case, draw(TEXTS)),
    "resume": lambda work, who, case, draw: work.resume(who, case, draw(TEXTS)),
    "close": lambda work, who, case, draw: work.close(who, case, draw(OUTCOMES), draw(TEXTS)),
    "forward": lambda work, who, case, draw: work.forward(
        who, case, draw(UNIT_IDS), draw(TEXTS), draw(MISROUTED)
    ),
    "promise": lambda work, who, case, draw: work.promise(who, case, draw(DAYS), draw(TEXTS)),
    "reopen": lambda work, who, case, draw: work.reopen(who, case, draw(TEXTS)),
    "merge": lambda work, who, case, draw: work.merge(
        who, case, draw(st.sampled_from([*IDS, "findes-ikke"]))
    ),
}


class CaseMachine(RuleBasedStateMachine):
    """Five cases of one business, one in parts; five staff, the business and the worker; any may be late."""

    seen = Bundle("seen")

    @initialize(phones=st.lists(st.sampled_from(CONTACTS), min_size=7, max_size=7))
    def open_cases(self, phones):
        self.clock = MovableClock(datetime(2026, 11, 23, 10, 15, tzinfo=DENMARK))
        cases = [
            a_case(
                id=name,
                unit=UNITS_OF[name],
                contact=contact,
                created_at=self.clock(),
                answer_by=date(2026, 11, 30),
                parent=PARENTS.get(name),
            )
            for name, contact in zip(IDS, phones)
        ]
        self.desk = FakeDesk(*cases)
        mails, staff = real_mails(ROOT, FakeStaff(*STAFF)), FakeStaff(*STAFF)
        self.work = Casework(self.desk, self.clock, HOLIDAYS, UNITS, mails)
        self.visitor = VisitorActs(self.desk, self.clock, HOLIDAYS, UNITS, mails, staff)
        self.reminders = Reminders(self.desk, self.clock, HOLIDAYS, UNITS, mails, staff)
        self.before = {case.id: (case, ()) for case in cases}
        # Drawn at random, few would get as far as this.
        self.work.claim(STAFF[0], self.desk.get("c1"))
        self.work.ask(STAFF[0], self.desk.get("c1"), "Hvor stort?")
        self.work.claim(STAFF[4], self.desk.get("p2"))
        self.work.close(STAFF[4], self.desk.get("p2"), "answered", "")

    @rule(target=seen, name=st.sampled_from(IDS))
    def read(self, name):
        """A page is opened; what is done from it later may come too late."""
        return self.desk.get(name)

    @rule(case=seen, who=st.sampled_from(STAFF), act=st.sampled_from(sorted(ACTS)), data=st.data())
    def act_from_a_page(self, case, who, act, data):
        self.attempt(lambda: ACTS[act](self.work, who, case, data.draw), case, act, who)

    @rule(
        name=st.sampled_from(IDS),
        who=st.sampled_from(STAFF),
        act=st.sampled_from(sorted(ACTS)),
        data=st.data(),
    )
    def act_at_once(self, name, who, act, data):
        case = self.desk.get(name)
        self.attempt(lambda: ACTS[act](self.work, who, case, data.draw), case, act, who)

    @rule(act=st.sampled_from(sorted(ACTS)), data=st.data())
    def act_where_it_is_possible(self, act, data):
        """Most acts drawn at random are refused; this leads deeper, and what is possible must be done."""
        able = [
            (who, name) for who in STAFF for name in IDS if getattr(possible(who, self.desk.get(name)), act)
        ]
        if able:
            who, name = data.draw(st.sampled_from(able))
            case, changes = self.desk.get(name), len(self.desk.history)

            def fit(strategy):
                return data.draw(FIT.get(id(strategy), strategy))

            refused = self.attempt(lambda: ACTS[act](self.work, who, case, fit), case, act, who)
            of_family = isinstance(refused, InvalidInput) and refused.code in OF_THE_FAMILY
            # To which unit, day or case is still drawn at random.
            assert len(self.desk.history) > changes or of_family or act in ("forward", "promise", "merge")

    @rule(case=seen, text=TEXTS)
    def the_visitor_writes(self, case, text):
        self.attempt(lambda: self.visitor.visitor_message(case, text))

    @rule(case=seen)
    def the_visitor_withdraws(self, case):
        self.attempt(lambda: self.visitor.withdraw(case), case)

    @rule(hours=st.integers(1, 60) | st.integers(1, 24 * 20))
    def time_passes_and_the_worker_reminds(self, hours):
        self.clock.at += timedelta(hours=hours)
        self.reminders.send_due()

    def attempt(self, doing, case=None, act="", who=None):
        """Do something; what is refused must have changed nothing, and an old view is always refused."""
        current = self.desk.get(case.id) if case else None
        before = {item.id: item for item in self.desk.all()}, len(self.desk.history), len(self.desk.mails)
        try:
            doing()
        except GenvejError as error:
            after = {item.id: item for item in self.desk.all()}, len(self.desk.history), len(self.desk.mails)
            assert before == after
            if isinstance(error, Conflict) and case:
                assert current.version > case.version or act == "merge"
            return error
        if case:
            assert case.version == current.version, "a change was made from an old view"
        if who:
            assert who.may_see(case)
            assert getattr(possible(who, case), act)
        return None

    @invariant()
    def no_case_is_broken(self):
        for case in self.desk.all() if hasattr(self, "desk") else ():
            assert flaws(case) == []

    @invariant()
    def a_version_counts_changes_and_history_only_grows(self):
        for case in self.desk.all() if hasattr(self, "desk") else ():
            known, events = self.before[case.id]
            now = tuple(self.desk.events(case.id))
            assert now[: len(events)] == events
            assert case.version >= known.version
            assert (case.version == known.version) is (len(now) == len(events)) is (case == known)
            # A reply that closes the case is two lines and one change.
            closing = [event for event in now if event.kind is EventKind.CLOSED]
            answered = [event.at for event in now if event.kind is EventKind.ANSWERED]
            replies = sum(
                one.kind is EventKind.ANSWERED and two.kind is EventKind.CLOSED and one.at == two.at
                for one, two in zip(now, now[1:])
            )
            assert len(now) - min(replies, len(closing), len(answered)) <= case.version - 1 <= len(now)
            self.before[case.id] = case, now

    @invariant()
    def merged_cases_lead_to_one_that_can_be_opened(self):
        for case in self.desk.all() if hasattr(self, "desk") else ():
            steps, at = 0, case
            while at.merged_into and steps <= len(IDS):
                steps, at = steps + 1, self.desk.get(at.merged_into)
            assert steps <= len(IDS), "a circle of merged cases"
            end = survivor_of(self.desk, case)
            assert end.open or end.state in (CaseState.CLOSED, CaseState.WITHDRAWN)
            if not end.open:
                assert possible(STAFF[-1], end).reopen

    @invariant()
    def a_whole_that_has_ended_has_no_open_part_and_an_open_one_is_not_promised_before_its_parts(self):
        for part in self.desk.all() if hasattr(self, "desk") else ():
            whole = self.desk.get(part.parent) if part.parent and part.open else None
            if whole:
                assert whole.open
                assert whole.answer_by >= part.answer_by

    @invariant()
    def nothing_is_merged_with_a_part(self):
        for case in self.desk.all() if hasattr(self, "desk") else ():
            assert case.state is not CaseState.MERGED or not case.parent
            assert not case.merged_into or not self.desk.get(case.merged_into).parent

    @invariant()
    def no_two_mails_are_one(self):
        ids = [mail.message_id for mail in self.desk.mails] if hasattr(self, "desk") else []
        assert len(set(ids)) == len(ids)


TestCaseMachine = CaseMachine.TestCase
TestCaseMachine.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)


def test_the_machine_reaches_every_state_and_every_kind_of_event():
    """A machine that is refused everything would prove nothing."""
    reached, kinds = set(), set()
    original = FakeDesk.apply

    def watched(self, *changes):
        original(self, *changes)
        reached.update(change.after.state for change in changes)
        kinds.update(event.kind for change in changes for event in change.events)

    FakeDesk.apply = watched
    try:
        TestCaseMachine("runTest").runTest()
    finally:
        FakeDesk.apply = original
    assert reached == set(CaseState)
    assert kinds == set(EventKind) - {EventKind.OPENED}
