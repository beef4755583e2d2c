"""`make content`: check every content file and print each problem with file, line, reason and the words it is about."""

import sys
from pathlib import Path
from typing import Iterable, Iterator, Tuple

from bot.bootstrap import load_content, load_due
from bot.commands.options import settings_or_exit
from bot.content.checks import TO_REVIEW
from bot.content.excerpts import Excerpts
from bot.content.reading import Problem
from bot.core.errors import InvalidContent


def lines(problems: Iterable[object], root: Path) -> Iterator[str]:
    """Give each problem as `path:line: reason`, as programs read it, and below it the words in which it stands."""
    excerpts = Excerpts(root)
    for problem in sorted(problems, key=_place):
        yield str(problem)
        words = excerpts.of(problem) if isinstance(problem, Problem) else ""
        if words:
            yield f"    {words}"


def _place(problem: object) -> Tuple[str, int, str]:
    """Line 9 stands before line 10, unlike in the order of letters."""
    if isinstance(problem, Problem):
        return problem.path, problem.line, problem.reason
    return str(problem), 0, ""


def main() -> int:
    """Return 0 when every file may go live, else 1; SystemExit with a sentence when a file is missing.

    A figure that has run out is a problem here, though the service starts with it (docs/adr/0009).
    """
    settings, root = settings_or_exit(), Path.cwd()
    try:
        content = load_content(settings, root)
    except InvalidContent as error:
        for line in lines(error.problems, root):
            print(line)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}")
        return 1
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read: {error.strerror}.")
    late = load_due(root)
    for line in lines((problem for problem in late if problem.code != TO_REVIEW), root):
        print(line)
    for problem in late:
        if problem.code == TO_REVIEW:
            print(f"due: {problem}")
    topics = content.knowledge.topics.values()
    full = sum(1 for topic in topics if topic.full)
    count = sum(problem.code != TO_REVIEW for problem in late)
    found = f"{count} problem{'s' if count > 1 else ''} that the bot copes with" if count else "no problems"
    print(f"{len(topics)} topics ({full} in full), {len(content.units.all())} units: {found}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
