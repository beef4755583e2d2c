"""What editors change while Genvej runs: the text of a topic, whether it is answered, and an emergency notice.

Every change is an entry in a log (bot/core/editorial_log.py).
"""

from dataclasses import replace
from datetime import date, datetime
from threading import Lock
from typing import Dict, List, Mapping, Optional, Protocol, Tuple

from bot.core.editorial_log import NOTHING, WHOLE_CHAT, Entry, EntryKind, InForce, in_force
from bot.core.errors import Conflict, InvalidContent, InvalidInput, NotAllowed, NotFound
from bot.core.knowledge import Topic
from bot.core.ports import Clock
from bot.core.privacy import storable
from bot.core.published import PublishedTopics
from bot.core.staff import StaffMember

LONGEST_MESSAGE = 400
LONGEST_REASON = 400


class EditorialLog(Protocol):
    """Where the entries are kept; see bot/storage/editorial.py."""

    def newest(self) -> int:
        """Return a number that grows with every entry; 0 before the first."""

    def after(self, mark: int) -> Tuple[int, List[Entry]]:
        """Return the newest number, and the entries that came after the number `mark`, oldest first."""

    def entries(self, topic: Optional[str] = None) -> List[Entry]:
        """Return the entries of a topic, or all of them, oldest first."""

    def add(
        self, topic: str, number: int, kind: EntryKind, staff_id: int, at: datetime, text: str, why: str
    ) -> None:
        """Add an entry; Conflict when the topic has one with this number already."""


class TopicTexts(Protocol):
    """Reads the files of topics; see bot/content/topic_texts.py."""

    def released(self, topic_id: str) -> str:
        """Return the file of the release as YAML; NotFound for an unknown topic."""

    def read(self, topic_id: str, text: str, others: Mapping[str, Topic], *, among: bool = True) -> Topic:
        """Return the topic that `text` describes; InvalidContent names every problem.

        With `among` a figure must not have the name of another topic's: a rule for editors, not for running.
        """

    def untimely(self, topic_id: str, text: str, today: date) -> List[object]:
        """Return the days in a right text that make no sense on `today`: a review in the past and the like."""


class Editorial:
    """Publishes, takes back, switches off and on, and lets the running service follow.

    Args:
        log: where entries are kept.
        texts: reads topics' files.
        topics: the topics that visitors meet; exchanged when something was published.
        clock: the time now.
    """

    def __init__(self, log: EditorialLog, texts: TopicTexts, topics: PublishedTopics, clock: Clock):
        self._log = log
        self._texts = texts
        self._topics = topics
        self._clock = clock
        self._seen = 0
        self._now = NOTHING
        # What each published text became: a topic, or what is wrong with it.
        self._read: Dict[Tuple[str, str], object] = {}
        self._unreadable: Dict[str, List[object]] = {}
        self._following = Lock()

    @property
    def notice(self) -> str:
        """The emergency notice; empty: none."""
        return self._now.notice

    def follow(self, wait: bool = False) -> None:
        """Take over what was published since the last call, by this process or another one.

        While another thread does so, the state before counts, unless the caller wants to `wait`.
        """
        if self._log.newest() == self._seen or not self._following.acquire(blocking=wait):
            return
        try:
            newest, entries = self._log.after(self._seen)
            now = in_force(entries, self._now)
            self._topics.exchange(self._published(now))
            self._now = now
            self._seen = newest
        finally:
            self._following.release()

    def _published(self, now: InForce) -> Dict[str, Topic]:
        read = {key: self._read.get(key) or self._parsed(*key) for key in now.texts.items()}
        topics = {topic_id: found for (topic_id, _), found in read.items() if isinstance(found, Topic)}
        self._unreadable = {
            topic_id: found for (topic_id, _), found in read.items() if isinstance(found, list)
        }
        self._read = read
        for topic_id, message in now.off.items():
            topic = topics.get(topic_id) or self._topics.released.get(topic_id)
            if topic:
                topics[topic_id] = replace(topic, off=message)
        return topics

    def _parsed(self, topic_id: str, text: str) -> object:
        try:
            return self._texts.read(topic_id, text, self._topics.released, among=False)
        except (InvalidContent, NotFound) as error:
            # A later release may have taken away what the text points to. Then the release's own text counts.
            return list(getattr(error, "problems", [error]))

    @property
    def unreadable(self) -> Mapping[str, List[object]]:
        """What is wrong with published texts that no longer fit the release, by topic; visitors meet the release's."""
        return self._unreadable

    def text(self, topic_id: str) -> str:
        """Return a topic's file as it counts now; NotFound for an unknown topic."""
        return self.text_at(topic_id, None)

    def text_at(self, topic_id: str, number: Optional[int]) -> str:
        """Return a topic's file as it counted after its entry `number` (None: the newest); NotFound as for `text`."""
        entries = [entry for entry in self._log.entries(topic_id) if number is None or entry.number <= number]
        published = in_force(entries).texts.get(topic_id)
        return published if published is not None else self._texts.released(topic_id)

    def history(self, topic_id: str) -> List[Entry]:
        """Return what was done to a topic (WHOLE_CHAT: to the notice), the newest first."""
        return self._log.entries(topic_id)[::-1]

    def released(self, topic_id: str) -> str:
        """Return a topic's file as the release has it; NotFound for an unknown topic."""
        return self._texts.released(topic_id)

    def everything(self) -> List[Entry]:
        """Return every entry, the oldest first."""
        return self._log.entries()

    def draft(self, topic_id: str, text: str) -> Topic:
        """Return the topic as `text` would make it, without publishing it; InvalidContent names every problem."""
        self.follow(wait=True)
        topic = self._texts.read(topic_id, text, self._topics)
        untimely = self._texts.untimely(topic_id, text, self._clock().date())
        if untimely:
            raise InvalidContent(untimely)
        return topic

    def as_it_was(self, topic_id: str, text: str) -> Topic:
        """Return the topic that an earlier text described; InvalidContent when it no longer fits the release."""
        return self._texts.read(topic_id, text, self._topics.released, among=False)

    def publish(self, staff: StaffMember, topic_id: str, text: str, why: str, after: int) -> None:
        """Let `text` count from now on.

        Args:
            staff: who publishes.
            topic_id: the topic.
            text: its file as YAML.
            why: the reason; InvalidInput `reason_missing` when there is none, `nothing_changed` when nothing did.
            after: the number of the topic's newest entry that the editor has seen. Conflict when there is a newer one.
        """
        self._check_may(staff)
        topic = self.draft(topic_id, text)
        if topic == replace(self._topics[topic_id], off=""):
            raise InvalidInput("nothing_changed")
        self._add(staff, topic_id, EntryKind.PUBLISHED, text, _reason(why), after)

    def take_back(self, staff: StaffMember, topic_id: str, number: int, why: str, after: int) -> None:
        """Let an earlier text count again: entry `number`, or 0 for the file of the release; Args as for `publish`."""
        self._check_may(staff)
        reason = _reason(why)
        if number == 0:
            self._texts.released(topic_id)
            self._add(staff, topic_id, EntryKind.RESTORED, "", reason, after)
            return
        earlier = [entry for entry in self._log.entries(topic_id) if entry.number == number]
        if not earlier or earlier[0].kind is not EntryKind.PUBLISHED:
            raise NotFound("no such version")
        self.as_it_was(topic_id, earlier[0].text)
        self._add(staff, topic_id, EntryKind.RETURNED, earlier[0].text, reason, after)

    def switch_off(self, staff: StaffMember, topic_id: str, message: str, why: str, after: int) -> None:
        """Say `message` instead of the answer until the topic is switched on again; Args as for `publish`."""
        self._check_may(staff)
        self._texts.released(topic_id)
        self._add(staff, topic_id, EntryKind.SWITCHED_OFF, _message(message), _reason(why), after)

    def switch_on(self, staff: StaffMember, topic_id: str, why: str, after: int) -> None:
        """Answer the topic again; Args as for `publish`."""
        self._check_may(staff)
        self._texts.released(topic_id)
        self._add(staff, topic_id, EntryKind.SWITCHED_ON, "", _reason(why), after)

    def give_notice(self, staff: StaffMember, message: str, why: str, after: int) -> None:
        """Show `message` above every chat until it is ended; Args as for `publish`."""
        self._check_may(staff)
        self._add(staff, WHOLE_CHAT, EntryKind.NOTICE, _message(message), _reason(why), after)

    def end_notice(self, staff: StaffMember, why: str, after: int) -> None:
        """Show no notice any more; Args as for `publish`."""
        self._check_may(staff)
        self._add(staff, WHOLE_CHAT, EntryKind.NOTICE_ENDED, "", _reason(why), after)

    def _add(
        self, staff: StaffMember, topic_id: str, kind: EntryKind, text: str, why: str, after: int
    ) -> None:
        entries = self._log.entries(topic_id)
        if after != (entries[-1].number if entries else 0):
            raise Conflict("the topic was changed by somebody else")
        self._log.add(topic_id, after + 1, kind, staff.id, self._clock(), text, why)
        self.follow(wait=True)

    @staticmethod
    def _check_may(staff: StaffMember) -> None:
        if not staff.may_edit:
            raise NotAllowed("only editors change what the bot says")


def _reason(why: str) -> str:
    kept = storable(why)
    if not kept:
        raise InvalidInput("reason_missing", "why")
    if len(kept) > LONGEST_REASON:
        raise InvalidInput("reason_long", "why")
    return kept


def _message(message: str) -> str:
    kept = storable(message)
    if not kept:
        raise InvalidInput("message_missing", "message")
    if len(kept) > LONGEST_MESSAGE:
        raise InvalidInput("message_long", "message")
    return kept
