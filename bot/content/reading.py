"""Reads a YAML file and remembers on which line everything stands."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Iterable, List, Optional, Sequence, Tuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one content file.

    Attributes:
        path: the file, below the project's folder.
        line: counts from 1.
        reason: for whoever reads the file.
        keys: the place in the data.
        code: what the reason is called in data/phrases.yml, for an editor who sees a form and no file; empty: no name.
        what: the words that are wrong.
    """

    path: str
    line: int
    reason: str
    keys: Tuple[Any, ...] = field(default=(), compare=False)
    code: str = field(default="", compare=False)
    what: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class Document:
    """A parsed YAML file that can tell the line of any key path.

    Args:
        path: where the file lies.
        root: the project's folder.
        text: what is to stand in the file; None: what stands there.
        commented: keep the comments beside the data, for whoever writes them back; it takes ten times as long.
    """

    def __init__(self, path: Path, root: Path, text: Optional[str] = None, commented: bool = False):
        self.path = path
        self.name = path.relative_to(root).as_posix()
        self.problems: List[Problem] = []
        self.data: Any = {}
        self._text = read = text or ""
        try:
            self._text = read = path.read_text(encoding="utf-8") if text is None else text
            self.data = (_commented(read) if commented else _plain(read)) or {}
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            hint = "; indent with spaces, never with a tab" if "'\\t'" in str(error.problem) else ""
            self._broken(mark.line + 1 if mark else 1, f"{error.problem}{hint}")
        except ReaderError as error:
            self._broken(read.count("\n", 0, error.position) + 1, "a character that may not be in YAML")
        except UnicodeDecodeError as error:
            self._broken(error.object.count(b"\n", 0, error.start) + 1, "the file is not UTF-8")
        except ValueError as error:
            self._broken(_line_of_impossible_day(read), str(error))
        if path.suffix != ".yml":
            self.problems.append(Problem(self.name, 1, "the file must be named .yml"))
        if not isinstance(self.data, dict):
            self._broken(1, "the file must be a mapping")
            self.data = {}

    def _broken(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.name, line, f"not valid YAML: {reason}"))

    def line(self, keys: Sequence[Any]) -> int:
        """Return the line on which the deepest existing key of the path stands."""
        node: Any = self._places
        line = 1
        for key in keys:
            try:
                mark = node.lc.key(key) if hasattr(node, "keys") else node.lc.item(key)
                node = node[key]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
            line = mark[0] + 1
        return line

    @cached_property
    def _places(self) -> Any:
        """The data with the line of each key: asked for only where something is wrong."""
        return _commented(self._text) if self.data else {}

    def problem(self, reason: str, *keys: Any, code: str = "", what: str = "") -> Problem:
        """Return a problem at the line of the key path; Args as for `Problem`."""
        return Problem(self.name, self.line(keys), reason, keys, code, what)


def documents(folder: Path, root: Path) -> Iterable[Document]:
    """Read every YAML file below a folder, in the order of their names."""
    paths = (path for path in folder.rglob("*") if path.suffix in (".yml", ".yaml"))
    return [Document(path, root) for path in sorted(paths)]


def _plain(text: str) -> Any:
    """Return the data alone, read by libyaml.

    It keeps to YAML 1.1 in what may stand without quotes, and refuses a few texts that are right in 1.2: whatever it
    refuses is read once more by the slower parser, which has the last word on what is wrong. So has it on tabs.
    """
    if "\t" in text:
        return _commented(text)
    try:
        return YAML(typ="safe").load(text)
    except (YAMLError, ValueError):
        return _commented(text)


def _commented(text: str) -> Any:
    return YAML(typ="rt").load(text)


def _line_of_impossible_day(text: str) -> int:
    """Return the line of a day such as 2027-02-30, which the YAML reader refuses without saying where."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _DAY.findall(line):
            try:
                date.fromisoformat(found)
            except ValueError:
                return number
    return 1
