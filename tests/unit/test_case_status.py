"""Where a visitor's case stands, what of its history they may read, and by what they find it."""

from datetime import date, datetime, timedelta

import pytest

from bot.bootstrap import DENMARK
from bot.core.case_links import find_reference, token_hash, without_tokens
from bot.core.case_status import LASTS, CaseStatus, StatusWords
from bot.core.cases import CaseEvent, CaseState, Contact, EventKind
from bot.core.errors import NotFound
from bot.core.units import Municipality
from tests.unit.fakes import UNITS, FakeDesk, a_case

MONDAY = datetime(2026, 11, 23, 10, 15, tzinfo=DENMARK)
FRIDAY = date(2026, 11, 27)
METTE = Contact("Mette Holm", email="mette@cafe.dk", cvr="10150817")
PLACE = Municipality("helsingor", "Helsingør", "", "49 28 28 28", "", "", "", "HEL", "plan", "")


def case(**changes):
    return a_case(**{"contact": METTE, "answer_by": FRIDAY, "created_at": MONDAY, **changes})


def status_of(*cases, now=MONDAY, history=()):
    desk = FakeDesk(*cases)
    desk.links = {token_hash(one.id): one.id for one in cases}
    desk.history = list(history)
    return CaseStatus(desk, lambda: now)


@pytest.fixture
def words(content):
    return StatusWords(content.phrases["status"], UNITS, PLACE)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("HEL-2026-123456", "HEL-2026-123456"),
        ("hvor langt er hel-2026-123456?", "HEL-2026-123456"),
        ("HEL 2026 123456", "HEL-2026-123456"),
        ("HEL2026123456.", "HEL-2026-123456"),
        ("HEL\u20132026\u2013123456", "HEL-2026-123456"),
        ("HEL-2026-1234567", ""),
        ("HEL-2026-12345", ""),
        ("EGE-2026-123456", ""),
        ("XHEL-2026-123456", ""),
        ("", ""),
    ],
)
def test_a_reference_is_found_as_people_write_it(typed, found):
    assert find_reference(typed, "HEL") == found


def test_an_address_that_holds_no_token_stays():
    assert without_tokens("Se /sag og /sag/kort") == "Se /sag og /sag/kort"


@pytest.mark.parametrize("email", ["mette@cafe.dk", "METTE@cafe.dk", " mette@cafe.dk "])
def test_reference_and_address_together_find_the_case(email):
    found = status_of(case()).by_reference("HEL-2026-000001", email)
    assert (found.case, found.events) == (case(), ())


@pytest.mark.parametrize(
    ("one", "reference", "email"),
    [
        (case(), "HEL-2026-000002", "mette@cafe.dk"),
        (case(), "HEL-2026-000001", "mette@cafe.d"),
        (case(), "HEL-2026-000001", ""),
        (case(contact=Contact("Mette", phone="49282828")), "HEL-2026-000001", ""),
    ],
)
def test_an_unknown_reference_and_another_address_give_the_same_nothing(one, reference, email):
    assert status_of(one).by_reference(reference, email) is None


def test_an_unknown_link_is_not_found():
    with pytest.raises(NotFound):
        status_of(case()).by_link("gaet")


@pytest.mark.parametrize(("late", "found"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_link_and_reference_run_out_some_time_after_the_end(late, found):
    ended = case(state=CaseState.CLOSED, closed_at=MONDAY)
    asked = status_of(ended, now=MONDAY + LASTS + late)
    assert (asked.by_reference("HEL-2026-000001", "mette@cafe.dk") is not None) is found
    if found:
        assert asked.by_link("c1").case == ended
    else:
        with pytest.raises(NotFound):
            asked.by_link("c1")


def test_an_open_case_can_be_followed_however_old_it_is():
    assert status_of(case(), now=MONDAY + timedelta(days=4000)).by_link("c1").case == case()


def test_notes_and_reasons_and_names_of_staff_are_not_shown():
    history = [
        CaseEvent(MONDAY, EventKind.OPENED, text="fordi"),
        CaseEvent(MONDAY, EventKind.CLAIMED, "Pia"),
        CaseEvent(MONDAY, EventKind.NOTE, "Pia", "Ring til chefen"),
        CaseEvent(MONDAY, EventKind.ASKED, "Pia", "Talte med Mette", 1, {"mailed": False}),
        CaseEvent(MONDAY, EventKind.ASKED, "Pia", "Hvor stort er skiltet?", 1, {"mailed": True}),
        CaseEvent(MONDAY, EventKind.VISITOR_MESSAGE, text="2 m"),
        CaseEvent(MONDAY, EventKind.FORWARDED, "Pia", "Ikke vores bord", 1, {"to": "havn"}),
        CaseEvent(MONDAY, EventKind.REMINDED),
        CaseEvent(MONDAY, EventKind.ESCALATED, "", "Chefen"),
        CaseEvent(MONDAY, EventKind.ANSWERED, "Pia", "Ja, du må."),
        CaseEvent(MONDAY, EventKind.CLOSED, "Pia", "Besværlig"),
    ]
    found = status_of(case(), history=[("c1", event) for event in history]).by_link("c1")
    assert [(event.kind, event.text) for event in found.events] == [
        (EventKind.OPENED, ""),
        (EventKind.CLAIMED, ""),
        (EventKind.ASKED, ""),
        (EventKind.ASKED, "Hvor stort er skiltet?"),
        (EventKind.VISITOR_MESSAGE, "2 m"),
        (EventKind.FORWARDED, ""),
        (EventKind.ANSWERED, "Ja, du må."),
        (EventKind.CLOSED, ""),
    ]
    assert {event.staff for event in found.events} == {""}


def test_what_units_with_a_part_wrote_stands_in_its_place():
    part = case(id="p1", reference="HEL-2026-000001-1", unit="havn", parent="c1")
    history = [
        ("c1", CaseEvent(MONDAY, EventKind.OPENED)),
        ("c1", CaseEvent(MONDAY + timedelta(hours=2), EventKind.CLAIMED)),
        ("p1", CaseEvent(MONDAY, EventKind.OPENED)),
        ("p1", CaseEvent(MONDAY + timedelta(hours=1), EventKind.ANSWERED, text="Fra havnen")),
        ("p1", CaseEvent(MONDAY + timedelta(hours=1), EventKind.CLOSED)),
    ]
    found = status_of(case(), part, history=history).by_link("c1")
    assert [event.text for event in found.events] == ["", "Fra havnen", ""]


@pytest.mark.parametrize(("email", "shown"), [("mette@cafe.dk", True), ("bo@cafe.dk", False)])
def test_what_is_answered_for_a_merged_case_is_shown_to_the_same_person_alone(email, shown):
    lost = case(state=CaseState.MERGED, merged_into="c2")
    kept = case(id="c2", reference="HEL-2026-000002", contact=Contact("X", email=email, cvr="10150817"))
    later = MONDAY + timedelta(hours=1)
    history = [
        ("c2", CaseEvent(MONDAY - timedelta(days=1), EventKind.ANSWERED, text="Før")),
        ("c1", CaseEvent(MONDAY, EventKind.MERGED)),
        ("c2", CaseEvent(later, EventKind.ANSWERED, text="Svaret")),
    ]
    found = status_of(lost, kept, history=history).by_link("c1")
    assert found.answered == kept
    assert [event.text for event in found.events] == (["", "Svaret"] if shown else [""])


@pytest.mark.parametrize(
    ("changes", "today", "said"),
    [
        ({}, FRIDAY, ["har fået din sag", "senest fredag den 27. november"]),
        (
            {"state": CaseState.CLAIMED, "claimed_by": 1},
            FRIDAY,
            ["er gået i gang med din sag", "senest fredag"],
        ),
        ({}, FRIDAY + timedelta(days=1), ["har fået din sag", "Det har vi ikke nået"]),
        (
            {"state": CaseState.WAITING, "claimed_by": 1, "waiting_since": FRIDAY},
            FRIDAY + timedelta(days=9),
            ["venter på dit svar"],
        ),
        ({"state": CaseState.CLOSED, "closed_at": MONDAY}, FRIDAY, ["lukkede sagen mandag den 23."]),
        ({"state": CaseState.WITHDRAWN, "closed_at": MONDAY}, FRIDAY, ["Du trak sagen tilbage"]),
        ({"unit": "nedlagt"}, FRIDAY, ["Plan har fået din sag", "senest"]),
    ],
)
def test_every_state_is_said_in_plain_words(words, changes, today, said):
    found = status_of(case(**changes)).by_link("c1")
    sentences = words.sentences(found, today)
    assert len(sentences) == len(said)
    assert all(part in sentence for part, sentence in zip(said, sentences))


def test_a_merged_case_names_the_other_and_where_that_stands(words):
    lost = case(state=CaseState.MERGED, merged_into="c2")
    kept = case(id="c2", reference="HEL-2026-000002", state=CaseState.CLAIMED, claimed_by=1)
    first, second, _ = words.sentences(status_of(lost, kept).by_link("c1"), FRIDAY)
    assert "HEL-2026-000002" in first
    assert "Plan er gået i gang med din sag" in second


def test_there_is_a_label_for_everything_that_may_be_shown(words):
    history = [("c1", CaseEvent(MONDAY, kind, details={"to": "havn"})) for kind in EventKind]
    labels = [words.label(event) for event in status_of(case(), history=history).by_link("c1").events]
    assert all(labels)
    assert "Sagen blev sendt videre til Havn" in labels
