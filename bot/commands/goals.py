"""`make goals`: write docs/goals.md, the municipality's goals with the topics that serve each."""

import sys
from pathlib import Path
from typing import Dict, Iterable, Mapping

from ruamel.yaml import YAML

from bot.bootstrap import ROOT, load_content
from bot.core.errors import InvalidContent
from bot.core.knowledge import Topic
from bot.settings import Settings

GOALS, PAGE = Path("data/municipalities/helsingor/goals.yml"), Path("docs/goals.md")
_HEAD = """\
# Goals and the topics that serve them

What the municipality wants of Genvej, by the ids in `data/municipalities/helsingor/goals.yml`, and the topics that name
each. A topic serves a goal when its answer makes it easier to reach, not when it only mentions it. Written by
`make goals`: change the topics' files and run it again.
"""


def read_goals(root: Path) -> Dict[str, Dict[str, str]]:
    """Return the goals by id, each with `goal` and `track`."""
    return dict(YAML(typ="safe", pure=True).load((root / GOALS).read_text(encoding="utf-8")))


def written(goals: Mapping[str, Mapping[str, str]], topics: Iterable[Topic]) -> str:
    """Return the page as Markdown."""
    by_title = sorted(topics, key=lambda topic: topic.title)
    lines = [_HEAD]
    track = ""
    for name, goal in goals.items():
        if goal["track"] != track:
            track = goal["track"]
            lines += [f"## {track}", ""]
        serving = [topic for topic in by_title if name in topic.goals]
        listed = "; ".join(f"{topic.title} (`{topic.id}`)" for topic in serving)
        lines += [
            f"### {name}: {goal['goal']}",
            "",
            f"{len(serving)} topics: {listed}." if serving else "No topic.",
            "",
        ]
    return "\n".join(lines)


def main() -> int:
    """Return 0 when the page was written, 1 when the content is not right."""
    try:
        content = load_content(Settings.from_environment(), ROOT)
    except InvalidContent as error:
        print(error, file=sys.stderr)
        return 1
    page = written(read_goals(ROOT), content.knowledge.topics.values())
    (ROOT / PAGE).write_text(page, encoding="utf-8")
    print(f"{PAGE} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
