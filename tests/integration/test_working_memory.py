"""Rasa's working memory on a real database."""

import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_ext.working_memory import WorkingMemory
from bot.storage.database import Database
from bot.storage.tracker import TrackerMemory

DOMAIN = Domain.from_dict(
    {"intents": ["hils"], "slots": {"topic": {"type": "text", "mappings": [{"type": "custom"}]}}}
)


def memory(tmp_path) -> WorkingMemory:
    """Open the memory as Rasa does, by an address."""
    return WorkingMemory(DOMAIN, host=f"sqlite:///{tmp_path / 'tracker.db'}")


def remember(store, sender, *events):
    """Store events of a conversation."""
    tracker = DialogueStateTracker.from_events(sender, list(events), DOMAIN.slots)
    asyncio.run(store.save(tracker))


def test_what_was_stored_is_there_for_the_next_message_and_for_the_next_process(tmp_path):
    store = memory(tmp_path)
    remember(store, "one", UserUttered("hej"), SlotSet("topic", "moms"))
    for reader in (store, memory(tmp_path)):
        found = asyncio.run(reader.retrieve("one"))
        assert found.get_slot("topic") == "moms"
        assert found.latest_message.text == "hej"


def test_what_is_erased_is_gone_at_once(tmp_path):
    store = memory(tmp_path)
    remember(store, "one", UserUttered("hej"))
    remember(store, "two", UserUttered("farvel"))
    TrackerMemory(Database(f"sqlite:///{tmp_path / 'tracker.db'}")).erase("one")
    assert asyncio.run(store.retrieve("one")) is None
    assert asyncio.run(store.retrieve("two")).latest_message.text == "farvel"


def test_a_write_does_not_wait_for_the_disk(tmp_path):
    with memory(tmp_path).engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
