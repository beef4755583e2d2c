"""Does a job item by item: so many in a round at most, and one that fails neither stops nor delays the others."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Callable, Dict, Generic, Hashable, Optional, Sequence, Tuple, TypeVar

from bot.core.errors import StorageUnavailable
from bot.core.ports import Clock

log = logging.getLogger(__name__)
Item = TypeVar("Item")
# So few that SQLite's only writer is soon another, and that a round ends within seconds.
MOST = 200
# What failed is left alone for so long. A mistake in it takes people to mend.
AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Done:
    """What a round did. With `more` there is more to do at once; `failing` things failed and are tried again later."""

    count: int = 0
    more: bool = False
    failing: int = 0


def done(count: int, most: int = MOST) -> Done:
    """Return what a round did that takes `most` things at most: as many say that there may be more."""
    return Done(count, more=count >= most)


class OneByOne(Generic[Item]):
    """Remembers what failed, so that it is left alone for a while. The memory ends with the process.

    Args:
        name: what is done, for the log.
        key: gives what an item is known by, in the log too: never a text or an address.
        clock: tells the time.
        most: how many items a round takes.
    """

    def __init__(self, name: str, key: Callable[[Item], Hashable], clock: Clock, most: int = MOST):
        self._name = name
        self._key = key
        self._clock = clock
        self._most = most
        self._again_at: Dict[Hashable, datetime] = {}

    def round(self, find: Callable[[int], Sequence[Item]], work: Callable[[Item], int]) -> Done:
        """Do what is found, and return how it went.

        Args:
            find: gives what is to be done, at least as many as it is asked for when there are so many, in the same
                order each time.
            work: does one and returns how many things that were; 0 when there was nothing to do any more.

        StorageUnavailable when the database is away, that is, when it takes two items running or the last.
        """
        now = self._clock()
        self._again_at = {key: at for key, at in self._again_at.items() if at > now}
        # Those that failed are looked past, however many stand first.
        found = find(self._most + len(self._again_at))
        items = [item for item in found if self._key(item) not in self._again_at][: self._most]
        count, failed = 0, 0
        away: Optional[Tuple[Hashable, StorageUnavailable]] = None
        for item in items:
            key = self._key(item)
            try:
                count += work(item)
                away = None
            except StorageUnavailable as error:
                # It may be this item that takes the database too long.
                if away:
                    del self._again_at[away[0]]
                    raise
                away = key, error
                failed += self._failed(key, error, now)
            except Exception as error:
                away = None
                failed += self._failed(key, error, now)
        if away:
            del self._again_at[away[0]]
            raise away[1]
        # When all failed, the reason is not in them: there is no hurry to try the next.
        return Done(count, len(items) == self._most and failed < len(items), len(self._again_at))

    def _failed(self, key: Hashable, error: Exception, now: datetime) -> int:
        # The error's words may quote somebody.
        log.error("%s: %s failed: %s", self._name, key, type(error).__name__)
        self._again_at[key] = now + AGAIN_AFTER
        return 1
