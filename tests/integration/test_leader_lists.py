"""What leaders see of talks and of cases that were sent on: their own units', and the chief no words of others."""

from datetime import timedelta

import pytest

from bot.bootstrap import build_services
from bot.core.dialogs import DialogRequest, slot_text
from bot.core.errors import NotAllowed
from bot.core.staff import StaffMember, StaffRole
from bot.settings import Settings

TALKS, OTHER = "erhvervsservice", "byggesag"


def member(role, *units):
    return StaffMember(9, "kim", "Kim", role, units)


LEADER, STRANGER = member(StaffRole.LEADER, TALKS), member(StaffRole.LEADER, "jura")
CHIEF, ADMIN = member(StaffRole.CHIEF), member(StaffRole.ADMIN)


@pytest.fixture
def services(address, tmp_path, content, database, clock):
    found = build_services(Settings(database_url=address, var_dir=tmp_path), content=content, clock=clock)
    yield found
    found.database.close()


@pytest.fixture
def booked(services):
    """Book two talks; return when they begin."""
    slots = [services.dialogs.free(TALKS)[0], services.dialogs.free(TALKS)[1]]
    for key, at in enumerate(reversed(slots)):
        request = DialogRequest(slot_text(at), "Åse Holm", "Café Ø", "aase@cafe.dk", "Skilte")
        services.dialogs.book(TALKS, request, str(key))
    return slots


@pytest.fixture
def forwarded(services, new_case, staff):
    """Send two cases on: one that had come wrong, and one that had not."""
    admin = staff.add("admin", "Admin", StaffRole.ADMIN, (), "x")
    for number, misrouted in ((1, True), (2, False)):
        services.cases.open(new_case(number, unit=TALKS), [], None)
        case = services.cases.get(f"case{number}")
        services.casework.forward(admin, case, OTHER, "Café Ø skal bygge om", misrouted)


def test_talks_to_come_are_first_to_last_and_those_held_go_to_their_own_list(services, booked, clock):
    coming, held = services.leader_lists.talks(LEADER)
    assert ([one.starts_at for one in coming], held) == (booked, [])
    clock.at = booked[0] + timedelta(hours=1)
    coming, held = services.leader_lists.talks(LEADER)
    assert ([one.starts_at for one in coming], [one.starts_at for one in held]) == (booked[1:], booked[:1])
    clock.at = booked[1] + timedelta(days=31)
    assert services.leader_lists.talks(LEADER) == ([], [])


@pytest.mark.parametrize(
    ("who", "seen"), [(LEADER, ("Åse Holm", "Skilte")), (ADMIN, ("Åse Holm", "Skilte")), (CHIEF, ("", ""))]
)
def test_a_chief_sees_when_and_with_which_company_and_a_leader_all(services, booked, who, seen):
    one, _ = services.leader_lists.talks(who)[0]
    assert (one.name, one.about) == seen
    assert one.company == "Café Ø"


def test_a_forward_tells_from_where_to_where_why_and_whether_it_had_come_wrong(services, forwarded):
    first, second = services.leader_lists.forwards(LEADER)
    assert [(one.reference, one.misrouted) for one in (first, second)] == [
        ("HEL-2026-000002", False),
        ("HEL-2026-000001", True),
    ]
    assert (second.before, second.after, second.staff) == (TALKS, OTHER, "Admin")
    assert (second.reason, second.because) == ("Café Ø skal bygge om", "fordi")
    assert services.leader_lists.forwards(LEADER, misrouted=True) == [second]


def test_both_leaders_see_a_forward_and_a_chief_sees_it_without_the_reason(services, forwarded, clock):
    assert len(services.leader_lists.forwards(member(StaffRole.LEADER, OTHER))) == 2
    assert {one.reason for one in services.leader_lists.forwards(CHIEF)} == {""}
    assert {one.reason for one in services.leader_lists.forwards(ADMIN)} == {"Café Ø skal bygge om"}
    clock.at += timedelta(days=91)
    assert services.leader_lists.forwards(ADMIN) == []


def test_another_units_leader_sees_nothing_and_others_may_not_look(services, booked, forwarded):
    assert services.leader_lists.talks(STRANGER) == ([], [])
    assert services.leader_lists.forwards(STRANGER) == []
    for role in (StaffRole.STAFF, StaffRole.EDITOR):
        with pytest.raises(NotAllowed):
            services.leader_lists.talks(member(role, TALKS))
        with pytest.raises(NotAllowed):
            services.leader_lists.forwards(member(role, TALKS))
