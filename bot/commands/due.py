"""`make due`: list the topics to be reviewed and the figures that run out, oldest first."""

import argparse
from datetime import date
from pathlib import Path
from typing import Iterator, Sequence

from bot.bootstrap import now
from bot.commands.options import content_or_exit, count, settings_or_exit
from bot.core.due import Due, due
from bot.core.knowledge import Fact
from bot.core.units import Units

DAYS = 60


def what(item: Due, today: date) -> str:
    """Say what is to be done: the review, or the figure and how it stands."""
    if item.fact is None:
        return "review" + (", overdue" if item.day < today else "")
    return f"figure {item.fact.id}, {item.fact.label}: {_standing(item.fact, item.day, today)}"


def _standing(fact: Fact, last: date, today: date) -> str:
    period = fact.on(last)
    starts = [item.valid_from for item in fact.periods if item.valid_from and item.valid_from > last]
    following = f"; the next value begins on {min(starts)}" if starts else ""
    if period is None:
        return f"has no value yet{following}"
    verb = "ran out" if last < today else "runs out"
    return f"{fact.shown(period)} {verb}{following or ' and has no successor'}"


def lines(items: Sequence[Due], units: Units, today: date) -> Iterator[str]:
    """Give a line for each task in columns: day, topic, the owner's name, what."""
    rows = [
        (item.day.isoformat(), item.topic.id, units.get(item.topic.owner).name, what(item, today))
        for item in items
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[3]])


def main() -> int:
    """Print the tasks and return 0; SystemExit with a sentence when the content or an option is wrong."""
    parser = argparse.ArgumentParser(prog="make due", description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=count, default=DAYS, help=f"how far ahead to look; default: {DAYS}")
    days = parser.parse_args().days
    content = content_or_exit(settings_or_exit(), Path.cwd())
    today = now().date()
    found = due(content.knowledge.topics.values(), today, days)
    for line in lines(found, content.units, today):
        print(line)
    print(f"{len(found) or 'nothing'} due within {days} days of {today}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
