"""A file of one municipality laid over the general one: what counts then, and in which of the two each key stands."""

from copy import deepcopy
from typing import Any, Iterator, Mapping, Sequence, Tuple

from ruamel.yaml.comments import CommentedMap

from bot.content.reading import Document, Problem


class Layered(Document):
    """Two files read as one. A problem is reported in the file, and on the line, where its key really stands.

    Mappings are merged key by key; a list or a text of `over` takes the place of the general one; null takes it away.

    Args:
        general: what every municipality has.
        over: what one municipality says differently. It names its topic; every other key is optional.
    """

    def __init__(self, general: Document, over: Document):
        self.path = general.path
        self.name = general.name
        self._general = general
        self._over = over
        self.problems = [*general.problems, *over.problems]
        self.data = laid(general.data, over.data)
        if not over.problems:
            self.problems += _misplaced(general, over)

    def problem(self, reason: str, *keys: Any, code: str = "", what: str = "") -> Problem:
        """Return a problem in the file that has the key path, or most of it; Args as for `Problem`."""
        over, general = _depth(self._over.data, keys), _depth(self._general.data, keys)
        stands_in = self._over if over == len(keys) or over > general else self._general
        return stands_in.problem(reason, *keys, code=code, what=what)


def laid(general: Mapping[str, Any], over: Mapping[str, Any]) -> CommentedMap:
    """Return a file's data with another one's laid over it, and the comments of both."""
    merged = CommentedMap()
    for key in dict.fromkeys([*general, *over]):
        _put(merged, key, general, over)
    return merged


def _laid(general: Any, over: Any) -> Any:
    if not isinstance(general, dict) or not isinstance(over, dict):
        return deepcopy(over)
    merged = CommentedMap()
    # What a municipality names comes first, in its order: the first source is the one that a visitor should read.
    for key in dict.fromkeys([*over, *general]):
        _put(merged, key, general, over)
    return merged


def _put(merged: CommentedMap, key: Any, general: Mapping, over: Mapping) -> None:
    if key in over and over[key] is None:
        return
    stands_in = over if key in over else general
    both = key in over and key in general
    merged[key] = _laid(general[key], over[key]) if both else deepcopy(stands_in[key])
    if isinstance(stands_in, CommentedMap) and key in stands_in.ca.items:
        merged.ca.items[key] = deepcopy(stands_in.ca.items[key])


def _misplaced(general: Document, over: Document) -> Iterator[Problem]:
    if "topic" not in over.data:
        yield over.problem("topic: field required")
    if over.path.parent.name != general.path.parent.name:
        yield over.problem(f"the general file lies in the theme {general.path.parent.name}", "topic")
    for keys in _taken_away(over.data):
        if _depth(general.data, keys) < len(keys):
            yield over.problem(f"{'.'.join(keys)}: null takes away what is not there", *keys)


def _taken_away(data: Mapping, above: Tuple[str, ...] = ()) -> Iterator[Tuple[str, ...]]:
    for key, value in data.items():
        if value is None:
            yield (*above, key)
        elif isinstance(value, dict):
            yield from _taken_away(value, (*above, key))


def _depth(data: Any, keys: Sequence[Any]) -> int:
    """Return how many keys of a path there are in `data`."""
    for number, key in enumerate(keys):
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return number
    return len(keys)
