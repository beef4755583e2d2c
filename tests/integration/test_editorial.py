"""What editors change counts at once, for every process, and the log tells who did what and why."""

from datetime import date

import pytest

from bot.content.topic_fields import fields_of, text_with
from bot.core.editorial_log import WHOLE_CHAT, EntryKind
from bot.core.errors import Conflict, InvalidContent, InvalidInput, NotAllowed, NotFound
from bot.core.staff import StaffRole
from bot.storage.editorial import EditorialRepository
from tests.integration.editors import TOPIC, WHY
from tests.servers import after_the_last_check


@pytest.fixture
def clock(content):
    return after_the_last_check(content)


def test_what_is_published_counts_at_once_and_in_other_processes_when_they_look(house, another_process, ida):
    house.editorial.publish(ida, TOPIC, house.with_title("Penge i selskabet"), WHY, after=0)
    assert house.topics[TOPIC].title == "Penge i selskabet"
    assert another_process.topics[TOPIC].title != "Penge i selskabet"
    another_process.editorial.follow()
    assert another_process.topics[TOPIC].title == "Penge i selskabet"
    assert house.topics[TOPIC].facts == another_process.topics.released[TOPIC].facts


def test_the_history_tells_who_changed_what_when_and_why(house, ida, clock):
    house.editorial.publish(ida, TOPIC, house.with_title("Første"), WHY, after=0)
    clock.move(hours=3)
    house.editorial.publish(ida, TOPIC, house.with_title("Anden"), "Tydeligere titel", after=1)
    newest, oldest = house.editorial.history(TOPIC)
    assert (newest.number, newest.kind, newest.staff, newest.why) == (
        2,
        EntryKind.PUBLISHED,
        "Ida Æ",
        "Tydeligere titel",
    )
    assert newest.at == clock()
    assert "Første" in oldest.text
    assert house.editorial.history("moms") == []


def test_an_earlier_text_and_that_of_the_release_can_be_brought_back(house, ida):
    released = house.topics[TOPIC]
    for number, title in enumerate(("Første", "Anden")):
        house.editorial.publish(ida, TOPIC, house.with_title(title), WHY, after=number)
    house.editorial.take_back(ida, TOPIC, 1, "Den var bedre", after=2)
    assert house.topics[TOPIC].title == "Første"
    house.editorial.take_back(ida, TOPIC, 0, "Forfra", after=3)
    assert house.topics[TOPIC] == released
    assert house.editorial.text(TOPIC) == house.texts.released(TOPIC)
    assert [(entry.number, entry.kind) for entry in house.editorial.history(TOPIC)] == [
        (4, EntryKind.RESTORED),
        (3, EntryKind.RETURNED),
        (2, EntryKind.PUBLISHED),
        (1, EntryKind.PUBLISHED),
    ]


@pytest.mark.parametrize("number", [-1, 2, 3, 99])
def test_only_a_published_text_can_be_brought_back(house, ida, number):
    house.editorial.publish(ida, TOPIC, house.with_title("Første"), WHY, after=0)
    house.editorial.switch_off(ida, TOPIC, "Vent lidt.", WHY, after=1)
    with pytest.raises(NotFound):
        house.editorial.take_back(ida, TOPIC, number, WHY, after=2)


def test_two_editors_do_not_overwrite_each_other(house, another_process, ida, at_once):
    house.editorial.publish(ida, TOPIC, house.with_title("Første"), WHY, after=0)
    with pytest.raises(Conflict):
        another_process.editorial.publish(ida, TOPIC, house.with_title("Uset"), WHY, after=0)
    found = at_once(
        lambda title: house.editorial.publish(ida, TOPIC, house.with_title(title), WHY, after=1),
        ["A" * 5, "B" * 5, "C" * 5, "D" * 5],
    )
    assert sum(result is None for result in found) == 1
    assert sum(isinstance(result, Conflict) for result in found) == 3
    with pytest.raises(Conflict):
        house.editorial.publish(ida, TOPIC, house.with_title("Fra fremtiden"), WHY, after=9)


def test_a_text_that_breaks_a_rule_is_not_published(house, ida):
    with pytest.raises(InvalidContent) as caught:
        house.editorial.publish(ida, TOPIC, house.with_title("Mindst 20.000"), WHY, after=0)
    (problem,) = caught.value.problems
    assert (problem.code, problem.what, problem.keys) == ("figure_in_prose", "20.000", ("title",))
    assert house.editorial.history(TOPIC) == []


def test_a_fact_cannot_take_the_name_of_another_topics(house, ida):
    text = house.editorial.text(TOPIC)
    fields = fields_of(text)
    fields["short"] += " {moms_graense}"
    other = next(iter(house.topics["moms"].facts))
    fields["short"] = fields["short"].replace("{moms_graense}", f"{{{other}}}")
    new = {"id": other, "label": "et tal", "source": fields["facts.kapital_aps.source"], "confidence": "high"}
    fields.update({f"facts.+.{name}": value for name, value in new.items()})
    fields["facts.+.values.0.value"] = "5"
    with pytest.raises(InvalidContent) as caught:
        house.editorial.publish(ida, TOPIC, text_with(text, fields), WHY, after=0)
    assert [problem.code for problem in caught.value.problems] == ["fact_taken"]


@pytest.mark.parametrize(
    ("why", "code"), [("", "reason_missing"), (" \n", "reason_missing"), ("x" * 401, "reason_long")]
)
def test_every_change_needs_its_reason(house, ida, why, code):
    text = house.with_title("Første")
    changes = [
        lambda: house.editorial.publish(ida, TOPIC, text, why, after=0),
        lambda: house.editorial.switch_off(ida, TOPIC, "Vent.", why, after=0),
        lambda: house.editorial.give_notice(ida, "Lukket.", why, after=0),
    ]
    for change in changes:
        with pytest.raises(InvalidInput) as caught:
            change()
        assert caught.value.code == code
    assert house.editorial.everything() == []


def test_only_editors_and_administrators_change_anything(house, staff):
    text = house.with_title("Første")
    case_worker = staff.add("bo", "Bo", StaffRole.STAFF, ("bevilling",), "argon")
    with pytest.raises(NotAllowed):
        house.editorial.publish(case_worker, TOPIC, text, WHY, after=0)
    with pytest.raises(NotAllowed):
        house.editorial.switch_off(case_worker, TOPIC, "Vent.", WHY, after=0)
    with pytest.raises(NotAllowed):
        house.editorial.give_notice(case_worker, "Lukket.", WHY, after=0)
    admin = staff.add("admin", "Admin", StaffRole.ADMIN, (), "argon")
    house.editorial.publish(admin, TOPIC, text, WHY, after=0)
    assert house.topics[TOPIC].title == "Første"


def test_a_switched_off_topic_says_the_message_until_it_is_switched_on(house, another_process, ida):
    house.editorial.publish(ida, TOPIC, house.with_title("Første"), WHY, after=0)
    house.editorial.switch_off(ida, TOPIC, "Reglerne ændres i dag.", WHY, after=1)
    another_process.editorial.follow()
    assert another_process.topics[TOPIC].off == "Reglerne ændres i dag."
    assert another_process.topics[TOPIC].title == "Første"
    house.editorial.switch_on(ida, TOPIC, "Nu er de på plads", after=2)
    another_process.editorial.follow()
    assert another_process.topics[TOPIC].off == ""
    assert [entry.kind for entry in house.editorial.history(TOPIC)] == [
        EntryKind.SWITCHED_ON,
        EntryKind.SWITCHED_OFF,
        EntryKind.PUBLISHED,
    ]


def test_a_notice_is_shown_replaced_and_ended(house, another_process, ida):
    house.editorial.give_notice(ida, "Rådhuset er lukket.", WHY, after=0)
    another_process.editorial.follow()
    assert another_process.editorial.notice == "Rådhuset er lukket."
    house.editorial.give_notice(ida, "Rådhuset er åbent igen kl. 12.", WHY, after=1)
    assert house.editorial.notice == "Rådhuset er åbent igen kl. 12."
    house.editorial.end_notice(ida, "Overstået", after=2)
    another_process.editorial.follow()
    assert another_process.editorial.notice == ""
    assert len(house.editorial.history(WHOLE_CHAT)) == 3


def test_a_text_that_a_later_release_no_longer_takes_gives_way_to_the_releases_own(
    house, database, content, clock, ida
):
    released = house.topics[TOPIC]
    house.editorial.publish(ida, TOPIC, house.with_title("Første"), WHY, after=0)
    log = EditorialRepository(database)
    log.add(TOPIC, 2, EntryKind.PUBLISHED, ida.id, clock(), "title: kun en titel\n", WHY)
    log.add("findes_ikke", 1, EntryKind.PUBLISHED, ida.id, clock(), "title: x\n", WHY)
    house.editorial.follow()
    assert house.topics[TOPIC] == released
    assert "findes_ikke" not in house.topics
    assert set(house.editorial.unreadable) == {TOPIC, "findes_ikke"}


def test_a_figures_new_value_counts_from_its_day(house, ida):
    text = house.editorial.text(TOPIC)
    fields = fields_of(text)
    fields["facts.kapital_aps.values.1.to"] = "2027-12-31"
    fields["facts.kapital_aps.values.2.value"] = "10.000"
    fields["facts.kapital_aps.values.2.from"] = "2028-01-01"
    house.editorial.publish(ida, TOPIC, text_with(text, fields), "Vedtaget i Folketinget", after=0)
    fact = house.topics[TOPIC].facts["kapital_aps"]
    assert [fact.on(day).value for day in (date(2027, 12, 31), date(2028, 1, 1))] == ["20.000", "10.000"]
