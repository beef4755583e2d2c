"""What one editor publishes reaches every process and thread, once and in order; what makes no sense is refused."""

import threading

import pytest
from sqlalchemy import insert

from bot.content.topic_fields import fields_of, text_with
from bot.core.editorial_log import WHOLE_CHAT, EntryKind
from bot.core.errors import InvalidContent, InvalidInput
from bot.storage.editorial import EditorialRepository
from bot.storage.tables import editorial_log
from tests.integration.editors import TOPIC, WHY
from tests.servers import after_the_last_check


@pytest.fixture
def clock(content):
    return after_the_last_check(content)


def test_an_entry_that_is_committed_after_a_later_one_is_noticed(
    house, another_process, database, ida, clock
):
    """PostgreSQL hands out ids before the commit: writers must queue, or the first of the two is never seen."""
    log, begun, done = EditorialRepository(database), threading.Event(), threading.Event()

    def slow():
        with database.writing() as connection:
            values = {"topic": "moms", "number": 1, "kind": "off", "staff_id": ida.id, "at": clock()}
            connection.execute(insert(editorial_log).values(**values, text="Vent.", why="Fejl"))
            begun.set()
            done.wait(1)

    writer = threading.Thread(target=slow)
    writer.start()
    begun.wait(5)
    log.add(WHOLE_CHAT, 1, EntryKind.NOTICE, ida.id, clock(), "Lukket.", WHY)
    another_process.editorial.follow()
    done.set()
    writer.join()
    another_process.editorial.follow()
    assert another_process.topics["moms"].off == "Vent."
    assert another_process.editorial.notice == "Lukket."


def test_many_threads_that_follow_at_once_end_with_the_newest_state(house, another_process, ida, at_once):
    for number in range(6):
        house.editorial.switch_off(ida, TOPIC, f"Besked {number}.", WHY, after=number)
        at_once(lambda _: another_process.editorial.follow(), range(8))
    another_process.editorial.follow(wait=True)
    assert another_process.topics[TOPIC].off == "Besked 5."


def test_a_published_text_is_read_once_and_not_with_every_change(house, another_process, ida, monkeypatch):
    house.editorial.publish(ida, TOPIC, house.with_title("Første"), WHY, after=0)
    another_process.editorial.follow()
    read = []
    monkeypatch.setattr(another_process.texts, "read", lambda *args, **kept: read.append(args))
    house.editorial.give_notice(ida, "Lukket.", WHY, after=0)
    another_process.editorial.follow()
    assert another_process.editorial.notice == "Lukket."
    assert (read, another_process.topics[TOPIC].title) == ([], "Første")


def test_a_figure_may_take_the_name_that_another_topics_figure_has_given_up(house, another_process, ida):
    text = house.editorial.text(TOPIC)
    renamed = text.replace("kapital_aps", "kapital_i_et_aps")
    house.editorial.publish(ida, TOPIC, f"{renamed}\n".replace("title: ", "title: Ny ", 1), WHY, after=0)
    moms = house.editorial.text("moms")
    fields = fields_of(moms)
    fields["aspects.klage"] = "Det koster {kapital_aps}."
    source = next(name.split(".")[1] for name in fields if name.startswith("sources."))
    new = {"id": "kapital_aps", "label": "et tal", "source": source, "confidence": "high"}
    fields.update({f"facts.+.{name}": value for name, value in new.items()})
    fields["facts.+.values.0.value"] = "5"
    house.editorial.publish(ida, "moms", text_with(moms, fields), WHY, after=0)
    another_process.editorial.follow()
    assert another_process.topics["moms"].aspects["klage"] == "Det koster {kapital_aps}."
    assert another_process.editorial.unreadable == {}


def test_what_changes_nothing_is_not_published(house, ida):
    text = house.editorial.text(TOPIC)
    for same in (text, text_with(text, fields_of(text))):
        with pytest.raises(InvalidInput) as caught:
            house.editorial.publish(ida, TOPIC, same, WHY, after=0)
        assert caught.value.code == "nothing_changed"


@pytest.mark.parametrize(
    ("field", "day", "code"),
    [("review_by", "2020-01-01", "to_review"), ("sources.selskabsloven.checked", "2099-01-01", "in_future")],
)
def test_days_that_make_no_sense_are_refused(house, ida, field, day, code):
    text = house.editorial.text(TOPIC)
    with pytest.raises(InvalidContent) as caught:
        house.editorial.publish(ida, TOPIC, text_with(text, {**fields_of(text), field: day}), WHY, after=0)
    assert [problem.code for problem in caught.value.problems] == [code]
