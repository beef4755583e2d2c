"""`make content`: check every content file and print each problem with file, line and reason."""

import sys
from pathlib import Path

from bot.bootstrap import load_content, load_due
from bot.core.errors import InvalidContent
from bot.settings import Settings


def main() -> int:
    """Return 0 when every file may go live, else 1."""
    try:
        content = load_content(Settings.from_environment(), Path.cwd())
    except InvalidContent as error:
        print(error)
        print(f"{len(error.problems)} problems")
        return 1
    for problem in load_due(Path.cwd()):
        print(f"due: {problem}")
    topics = content.knowledge.topics.values()
    full = sum(1 for topic in topics if topic.full)
    print(f"{len(topics)} topics ({full} in full), {len(content.units.all())} units: no problems")
    return 0


if __name__ == "__main__":
    sys.exit(main())
