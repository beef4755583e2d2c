"""Reads a YAML file and remembers on which line everything stands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, List, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one content file; `line` counts from 1."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class Document:
    """A parsed YAML file that can tell the line of any key path."""

    def __init__(self, path: Path, root: Path):
        self.path = path
        self.name = path.relative_to(root).as_posix()
        self.problems: List[Problem] = []
        self.data: Any = {}
        try:
            self.data = YAML(typ="rt").load(path.read_text(encoding="utf-8")) or {}
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._broken(mark.line + 1 if mark else 1, error.problem)
        except UnicodeDecodeError:
            self._broken(1, "the file is not UTF-8")
        if not isinstance(self.data, dict):
            self._broken(1, "the file must be a mapping")
            self.data = {}

    def _broken(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.name, line, f"not valid YAML: {reason}"))

    def line(self, keys: Sequence[Any]) -> int:
        """Return the line on which the deepest existing key of the path stands."""
        node: Any = self.data
        line = 1
        for key in keys:
            try:
                mark = node.lc.key(key) if hasattr(node, "keys") else node.lc.item(key)
                node = node[key]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
            line = mark[0] + 1
        return line

    def problem(self, reason: str, *keys: Any) -> Problem:
        """Return a problem at the line of the key path."""
        return Problem(self.name, self.line(keys), reason)


def documents(folder: Path, root: Path) -> Iterable[Document]:
    """Read every YAML file below a folder, in the order of their names."""
    return [Document(path, root) for path in sorted(folder.rglob("*.yml"))]
