"""`make changes`: show what a visitor reads differently since a revision of git, with the figures filled in."""

import argparse
import sys
import tempfile
import textwrap
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Dict, Iterator, List, Sequence, Tuple

from bot.bootstrap import now
from bot.commands.options import day, settings_or_exit
from bot.content.answers import Answers, read_answers
from bot.content.revisions import unpack
from bot.core.answering import Phrases
from bot.core.changes import ADDED, REMOVED, SAME, Change, compared, texts, words
from bot.core.errors import InvalidContent, NoRevision
from bot.core.knowledge import Topic

SINCE = "HEAD"
WIDTH = 110
CHANGED, NEW, GONE, UNCLEAR = "changed", "new", "removed", "not compared"
_MARKS = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}


def said(answers: Answers, topic: Topic, today: date) -> Dict[str, str]:
    """Return all that is read about a topic, the name of the unit that answers among it."""
    unit = answers.units.for_topic(topic.id)
    return {**texts(topic, today, Phrases(answers.sentences)), "unit": unit.name if unit else ""}


def report(then: Answers, since: Answers, today: date) -> Iterator[Tuple[str, List[str]]]:
    """Give what became of every topic that is not read as it was, and the lines about it, in the order of files."""
    # A sentence that was not written yet at the earlier time is said as it is now.
    then = then._replace(sentences={**since.sentences, **then.sentences})
    wrong = {Path(problem.path).stem: problem for problem in reversed(then.problems)}
    files = {name: topic.file for name, topic in {**then.topics, **since.topics}.items()}
    for name, file in sorted(files.items(), key=lambda item: item[1]):
        before, after = then.topics.get(name), since.topics.get(name)
        if before and after:
            found = compared(said(then, before, today), said(since, after, today))
            if found:
                lines = [line for change in found for line in _lines(change)]
                yield CHANGED, [f"{file}: {after.title}", *lines]
        elif before:
            yield GONE, [f"{GONE}: {file}: {before.title}"]
        elif name in wrong:
            yield UNCLEAR, [f"{UNCLEAR}: {wrong[name]}"]
        elif after:
            yield NEW, [f"{NEW}: {file}: {after.title}"]


def summary(kinds: Sequence[str]) -> str:
    """Count the topics: `2 changed, 1 new`."""
    counts = Counter(kinds)
    told = [f"{counts[kind]} {kind}" for kind in (CHANGED, NEW, GONE, UNCLEAR) if counts[kind]]
    return ", ".join(told) or "nothing is read differently"


def _lines(change: Change) -> Iterator[str]:
    """Give the place and the text; of a list only the lines that differ."""
    marked = _marked(change).split("\n")
    first, *rest = [line for line in marked if "[-" in line or "{+" in line] or marked
    for line, start in ((first, f"  {change.where}: "), *((line, "    ") for line in rest)):
        yield textwrap.fill(
            line,
            WIDTH,
            initial_indent=start,
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _marked(change: Change) -> str:
    """Return the text with [-removed-] and {+added+} words; a mark does not reach over the end of a line."""
    pieces: List[str] = []
    for kind, text in words(change.before, change.after):
        pieces.append("\n".join(_MARKS[kind].format(line) if line else "" for line in text.split("\n")))
    return "".join(pieces)


def _answers(root: Path, municipality: str, when: str) -> Answers:
    try:
        return read_answers(root, municipality)
    except InvalidContent as error:
        sys.exit(f"The content {when} has a mistake: {error.problems[0]}")
    except OSError as error:
        sys.exit(f"{error.filename} {when} cannot be read: {error.strerror}.")


def main() -> int:
    """Print the changes and return 0; SystemExit with a sentence when one of both sides cannot be read."""
    parser = argparse.ArgumentParser(prog="make changes", description=__doc__.splitlines()[0])
    parser.add_argument("--since", default=SINCE, help=f"the revision to compare with; default: {SINCE}")
    parser.add_argument("--day", type=day, help="the day on which it is read; default: today")
    options = parser.parse_args()
    municipality = settings_or_exit().municipality
    today, root = options.day or now().date(), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="genvej-changes-") as folder:
        try:
            name = unpack(options.since, root, Path(folder))
        except NoRevision as error:
            sys.exit(str(error))
        then = _answers(Path(folder), municipality, f"of {options.since}")
    present = _answers(root, municipality, "of now")
    if present.problems:
        sys.exit(f"The content has a mistake: {present.problems[0]} (`make content` lists all of them)")
    found = list(report(then, present, today))
    for _, lines in found:
        print("\n".join(lines))
    print(f"since {options.since} ({name}), read on {today}: {summary([kind for kind, _ in found])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
