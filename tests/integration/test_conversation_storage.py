"""Transcripts: numbered without gaps or twins whoever writes at the same time, and gone when erased."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.conversations import (
    CaseLine,
    Choice,
    FactLine,
    Reply,
    Role,
    SourceLine,
    UnitLine,
)
from bot.core.errors import NotFound
from bot.storage import tables
from tests.integration.conftest import GREETING

FULL = Reply(
    role=Role.BOT,
    text="Æøå 😀 »citat« 'quote' \\ \n linje",
    topic="alkoholbevilling",
    aspect="pris",
    clarify=("alkoholbevilling", "nattilladelse"),
    choices=(
        Choice("Hvad koster det?", '/alkoholbevilling{"aspekt":"pris"}', "alkoholbevilling"),
        Choice("Ja", "ja"),
    ),
    sources=(
        SourceLine("Loven", "https://x.dk", "2026-11-01"),
        SourceLine("Siden", "https://y.dk", "2026-11-02"),
    ),
    unit=UnitLine("bevilling", "Bevillinger"),
    facts=(
        FactLine("gebyr", "1.050 kr.", "2026-01-01", None),
        FactLine("uger", "6", "2026-01-01", "2026-12-31"),
    ),
    case=CaseLine("HEL-2026-000001", "Bevillinger", "2026-11-30"),
)


def count(database, table):
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_new_conversation_is_found_by_its_token_alone(conversations, begin, clock):
    begin("a")
    found = conversations.find("hash of a")
    assert (found.id, found.page, found.created_at, found.last_at) == ("a", "https://x.dk", clock(), clock())
    for wrong in ("a", "", "hash of b", "HASH OF A"):
        with pytest.raises(NotFound):
            conversations.find(wrong)


@pytest.mark.parametrize(
    "reply", [FULL, GREETING, Reply(role=Role.SYSTEM, text=" ")], ids=["full", "plain", "blank"]
)
def test_a_message_comes_back_exactly_as_it_was_stored(conversations, begin, clock, reply):
    begin()
    [stored] = conversations.add_replies("a", [reply], 1, clock())
    assert conversations.after("a", 1) == [stored]
    assert (stored.reply, stored.number, stored.at, stored.reply_to) == (reply, 2, clock(), 1)


def test_times_come_back_with_their_zone(conversations, begin, clock):
    begin()
    assert conversations.after("a", 0)[0].at.utcoffset() is not None
    assert conversations.after("a", 0)[0].at == clock()


def test_eight_writers_at_once_leave_no_gap_and_no_twin(conversations, begin, clock, at_once):
    begin()

    def write(writer):
        for turn in range(5):
            asked = conversations.add_visitor_message("a", f"{writer}-{turn}", f"{writer}-{turn}", clock())
            conversations.add_replies("a", [GREETING, FULL], asked.number, clock())

    assert at_once(write, range(8)) == [None] * 8
    assert [message.number for message in conversations.after("a", 0)] == list(range(1, 8 * 5 * 3 + 2))


def test_replies_written_together_stand_together(conversations, begin, clock, at_once):
    begin()
    texts = [[Reply(Role.BOT, f"{writer}-{part}") for part in range(4)] for writer in range(8)]
    written = at_once(lambda replies: conversations.add_replies("a", replies, 1, clock()), texts)
    for messages in written:
        first = messages[0].number
        assert [message.number for message in messages] == [first, first + 1, first + 2, first + 3]


def test_the_same_client_id_at_once_is_stored_once(conversations, begin, clock, at_once):
    begin()
    found = at_once(
        lambda text: conversations.add_visitor_message("a", text, "id-1", clock()), map(str, range(8))
    )
    assert len({message.text for message in found}) == 1
    assert {message.number for message in found} == {2}
    # The losers' rollback took their number back.
    assert conversations.add_visitor_message("a", "næste", None, clock()).number == 3


def test_the_same_client_id_again_returns_what_is_stored(conversations, begin, clock):
    begin()
    first = conversations.add_visitor_message("a", "først", "id-1", clock())
    assert conversations.add_visitor_message("a", "så", "id-1", clock()) == first


def test_messages_without_a_client_id_and_other_conversations_are_not_the_same(conversations, begin, clock):
    begin("a")
    begin("b")
    numbers = [conversations.add_visitor_message("a", "Hej", None, clock()).number for _ in range(2)]
    assert numbers == [2, 3]
    assert conversations.add_visitor_message("a", "Hej", "id-1", clock()).number == 4
    assert conversations.add_visitor_message("b", "Dav", "id-1", clock()).text == "Dav"


def test_the_replies_to_a_message_are_found_by_its_number(conversations, begin, clock):
    begin()
    asked = conversations.add_visitor_message("a", "Hej", None, clock())
    conversations.add_replies("a", [FULL, GREETING], asked.number, clock())
    conversations.add_replies("a", [GREETING], 99, clock())
    assert [message.number for message in conversations.replies_to("a", asked.number)] == [3, 4]


def test_only_a_choice_the_bot_offered_in_this_conversation_is_found(conversations, begin, clock):
    begin("a")
    begin("b")
    conversations.add_replies("a", [FULL], 1, clock())
    visitors_own = Reply(Role.VISITOR, "x", choices=(Choice("Nej", "nej"),))
    conversations.add_replies("a", [visitors_own], 1, clock())
    assert conversations.offered("a", "ja") == Choice("Ja", "ja")
    assert conversations.offered("a", "nej") is None
    assert conversations.offered("a", "j") is None
    assert conversations.offered("b", "ja") is None


def test_feedback_is_kept_with_the_reply_it_is_about(conversations, begin, clock):
    begin()
    conversations.add_visitor_message("a", "Hej", None, clock())
    conversations.give_feedback("a", 1, False, "Nej")
    conversations.give_feedback("a", 1, True, "Jo, alligevel")
    assert [message.useful for message in conversations.after("a", 0)] == [True, None]
    for number in (2, 3, 0):
        with pytest.raises(NotFound):
            conversations.give_feedback("a", number, True, "")
    with pytest.raises(NotFound):
        conversations.give_feedback("b", 1, True, "")


def test_an_erased_conversation_is_gone_and_takes_nothing_new(conversations, begin, clock, database):
    begin("a")
    begin("b")
    conversations.add_visitor_message("a", "Hej", None, clock())
    conversations.erase("a")
    with pytest.raises(NotFound):
        conversations.find("hash of a")
    with pytest.raises(NotFound):
        conversations.add_visitor_message("a", "Hej", "id-1", clock())
    with pytest.raises(NotFound):
        conversations.add_replies("a", [GREETING], 2, clock())
    assert (count(database, tables.conversations), count(database, tables.messages)) == (1, 1)
    conversations.erase("a")


def test_erasing_while_others_write_leaves_no_message_behind(conversations, begin, clock, database, at_once):
    begin()

    def work(writer):
        if writer == 0:
            return conversations.erase("a")
        return [conversations.add_visitor_message("a", "Hej", None, clock()) for _ in range(3)]

    for result in at_once(work, range(8)):
        assert result is None or isinstance(result, (list, NotFound))
    assert count(database, tables.messages) == 0


def test_conversations_that_have_been_silent_are_found(conversations, begin, clock):
    begin("old")
    clock.move(days=30)
    begin("new")
    assert conversations.idle_since(clock() - timedelta(days=29)) == ["old"]
    conversations.add_visitor_message("old", "Hej", None, clock())
    assert conversations.idle_since(clock() - timedelta(days=29)) == []
    assert conversations.idle_since(clock()) == []


def test_an_error_in_the_middle_leaves_nothing(conversations, begin, clock, database):
    begin()
    too_long = Reply(Role.BOT, "Hej", topic=None, unit=UnitLine("x", object()))  # cannot be written as JSON
    with pytest.raises(Exception, match="JSON"):
        conversations.add_replies("a", [GREETING, too_long], 1, clock())
    assert count(database, tables.messages) == 1
    assert conversations.add_replies("a", [GREETING], 1, clock())[0].number == 2
