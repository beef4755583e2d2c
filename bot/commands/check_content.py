"""`make content`: check every file of every municipality; each problem with file, line, reason and words."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Iterable, Iterator, List, Set, Tuple

from bot.bootstrap import load_content, load_due, load_municipalities
from bot.commands.options import settings_or_exit
from bot.content.checks import TO_REVIEW
from bot.content.excerpts import Excerpts
from bot.content.loading import Content
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
    told: List[str] = []
    wrong: Set[object] = set()
    late: Set[Problem] = set()
    for municipality in load_municipalities(root):
        chosen = replace(settings, municipality=municipality)
        try:
            content = load_content(chosen, root)
            late.update(load_due(chosen, root))
        except InvalidContent as error:
            wrong.update(error.problems)
        except OSError as error:
            sys.exit(f"{error.filename} cannot be read: {error.strerror}.")
        else:
            told.append(f"{municipality}: {_counted(content)}")
    if wrong:
        for line in lines(wrong, root):
            print(line)
        print(_problems(len(wrong)))
        return 1
    for line in lines((problem for problem in late if problem.code != TO_REVIEW), root):
        print(line)
    for problem in sorted((problem for problem in late if problem.code == TO_REVIEW), key=_place):
        print(f"due: {problem}")
    count = sum(problem.code != TO_REVIEW for problem in late)
    for line in told:
        print(line)
    print(f"{_problems(count)} that the bot copes with" if count else "no problems")
    return 1 if count else 0


def _counted(content: Content) -> str:
    topics = content.knowledge.topics.values()
    full = sum(1 for topic in topics if topic.full)
    plans = f", {len(content.plans)} plans" if content.plans else ""
    return f"{len(topics)} topics ({full} in full), {len(content.units.all())} units{plans}"


def _problems(count: int) -> str:
    return f"{count} problem{'s' if count > 1 else ''}"


if __name__ == "__main__":
    sys.exit(main())
