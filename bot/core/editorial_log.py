"""The log of what editors changed: its entries, and what holds after them.

It only grows. The newest entry of a kind is in force; all of them are the record of who changed what, when and why.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Iterable, Mapping, NamedTuple

# Stands for the topic of entries that are about the whole chat.
WHOLE_CHAT = ""


class EntryKind(Enum):
    """What an entry of the log did."""

    PUBLISHED = "published"
    RETURNED = "returned"
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


NOTHING = InForce({}, {}, "")


def in_force(entries: Iterable[Entry], before: InForce = NOTHING) -> InForce:
    """Return what holds after `entries`, the oldest first, when `before` held until then."""
    texts, off, notice = dict(before.texts), dict(before.off), before.notice
    for entry in entries:
        if entry.kind in (EntryKind.PUBLISHED, EntryKind.RETURNED):
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
