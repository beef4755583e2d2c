"""What editors change while Genvej runs: the text of a topic, whether it is answered, and an emergency notice.

Every change is an entry in a log that only grows. The newest entry of a kind is in force; all of them are the record of
who changed what, when and why.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Dict, Iterable, List, Mapping, NamedTuple, Optional, Protocol

from bot.core.errors import Conflict, InvalidContent, InvalidInput, NotAllowed, NotFound
from bot.core.knowledge import Topic
from bot.core.ports import Clock
from bot.core.privacy import storable
from bot.core.published import PublishedTopics
from bot.core.staff import StaffMember

LONGEST_MESSAGE = 400
LONGEST_REASON = 400
# Stands for the topic of entries that are about the whole chat.
WHOLE_CHAT = ""


class EntryKind(Enum):
    """What an entry of the log did."""

    PUBLISHED = "published"
    RESTORED = "restored"
    SWITCHED_OFF = "off"
    SWITCHED_ON = "on"
    NOTICE = "notice"
    NOTICE_ENDED = "notice_end"


@dataclass(frozen=True)
class Entry:
    """A change.

    Attributes:
        topic: the topic's id; WHOLE_CHAT for a notice.
        number: counts the entries of a topic from 1.
        text: the topic's file as YAML, or what visitors read instead of the answer, or the notice.
        why: the editor's reason.
        staff: the editor's name.
    """

    topic: str
    number: int
    kind: EntryKind
    at: datetime
    staff: str
    text: str = ""
    why: str = ""


class InForce(NamedTuple):
    """What holds after all entries: topics' texts and messages by topic id, and the notice (empty: none)."""

    texts: Mapping[str, str]
    off: Mapping[str, str]
    notice: str


def in_force(entries: Iterable[Entry]) -> InForce:
    """Return what holds after `entries`, the oldest first."""
    texts: Dict[str, str] = {}
    off: Dict[str, str] = {}
    notice = ""
    for entry in entries:
        if entry.kind is EntryKind.PUBLISHED:
            texts[entry.topic] = entry.text
        elif entry.kind is EntryKind.RESTORED:
            texts.pop(entry.topic, None)
        elif entry.kind is EntryKind.SWITCHED_OFF:
            off[entry.topic] = entry.text
        elif entry.kind is EntryKind.SWITCHED_ON:
            off.pop(entry.topic, None)
        else:
            notice = entry.text
    return InForce(texts, off, notice)


class EditorialLog(Protocol):
    """Where the entries are kept; see bot/storage/editorial.py."""

    def newest(self) -> int:
        """Return a number that grows with every entry; 0 before the first."""

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

    def read(self, topic_id: str, text: str, others: Mapping[str, Topic]) -> Topic:
        """Return the topic that `text` describes; InvalidContent names every problem."""


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
        self._unreadable: Dict[str, List[object]] = {}
        self.notice = ""

    def follow(self) -> None:
        """Take over what was published since the last call, by this process or another one."""
        newest = self._log.newest()
        if newest == self._seen:
            return
        now = in_force(self._log.entries())
        self._topics.exchange(self._published(now))
        self.notice = now.notice
        self._seen = newest

    def _published(self, now: InForce) -> Dict[str, Topic]:
        topics: Dict[str, Topic] = {}
        self._unreadable = {}
        for topic_id, text in now.texts.items():
            try:
                topics[topic_id] = self._texts.read(topic_id, text, self._topics.released)
            except (InvalidContent, NotFound) as error:
                # A later release may have taken away what the text points to. Then the release's own text counts.
                self._unreadable[topic_id] = list(getattr(error, "problems", [error]))
        for topic_id, message in now.off.items():
            topic = topics.get(topic_id) or self._topics.released.get(topic_id)
            if topic:
                topics[topic_id] = replace(topic, off=message)
        return topics

    @property
    def unreadable(self) -> Mapping[str, List[object]]:
        """What is wrong with published texts that no longer fit the release, by topic; visitors meet the release's."""
        return self._unreadable

    def text(self, topic_id: str) -> str:
        """Return a topic's file as it counts now; NotFound for an unknown topic."""
        published = in_force(self._log.entries(topic_id)).texts.get(topic_id)
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
        return self._texts.read(topic_id, text, self._topics)

    def publish(self, staff: StaffMember, topic_id: str, text: str, why: str, after: int) -> None:
        """Let `text` count from now on.

        Args:
            staff: who publishes.
            topic_id: the topic.
            text: its file as YAML.
            why: the reason; InvalidInput `reason_missing` when there is none.
            after: the number of the topic's newest entry that the editor has seen. Conflict when there is a newer one.
        """
        self._check_may(staff)
        self.draft(topic_id, text)
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
        self.draft(topic_id, earlier[0].text)
        self._add(staff, topic_id, EntryKind.PUBLISHED, earlier[0].text, reason, after)

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
        self.follow()

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
