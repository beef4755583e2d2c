"""What editors must see to soon: topics to look at again, and figures that run out."""

from datetime import date, timedelta
from typing import Iterable, Iterator, List, NamedTuple, Optional

from bot.core.knowledge import Fact, Topic

_DAY = timedelta(days=1)


class Due(NamedTuple):
    """One task of a topic's owner."""

    day: date
    """The day of the review, or the last day on which the figure has a value."""
    topic: Topic
    fact: Optional[Fact] = None
    """The figure that runs out; None: the topic is to be reviewed."""


def due(topics: Iterable[Topic], today: date, days: int) -> List[Due]:
    """Return what is due on `today` or within so many days after it, oldest first.

    A figure with another value from the day after its last one does not run out. One that has no value on `today` is
    due, even when a later value is known.
    """
    until = today + days * _DAY
    found = [item for topic in topics for item in _tasks(topic, today) if item.day <= until]
    return sorted(found, key=lambda item: (item.day, item.topic.id, item.fact.id if item.fact else ""))


def runs_out(fact: Fact, today: date) -> Optional[date]:
    """Return the last day on which a figure has a value without a gap from `today` on; None: until further notice.

    Without a value on `today` it is the last day that had one, and the day before `today` when none had.
    """
    period = fact.on(today)
    if period is None:
        past = [item.valid_to for item in fact.periods if item.valid_to and item.valid_to < today]
        return max(past, default=today - _DAY)
    while period.valid_to is not None and period.valid_to < date.max:
        following = fact.on(period.valid_to + _DAY)
        if following is None:
            return period.valid_to
        period = following
    return None


def _tasks(topic: Topic, today: date) -> Iterator[Due]:
    yield Due(topic.review_by, topic)
    for fact in topic.facts.values():
        last = runs_out(fact, today)
        if last is not None:
            yield Due(last, topic, fact)
