"""Whether a content file has the shape that schema.py gives it, and what is wrong on which line."""

from typing import Iterable, List, Type

from pydantic import BaseModel, ValidationError

from bot.content.reading import Document, Problem


def valid(found: Iterable[Document], model: Type[BaseModel], problems: List[Problem]) -> List[Document]:
    """Return the documents of the right shape; the others become problems."""
    good = []
    for document in found:
        wrong = document.problems or _shape_problems(document, model, document.data, ())
        problems += wrong
        if not wrong:
            good.append(document)
    return good


def _shape_problems(document, model, data, prefix) -> List[Problem]:
    try:
        model.parse_obj(data)
    except ValidationError as error:
        return [_shape_problem(document, prefix, item) for item in error.errors()]
    return []


def _shape_problem(document, prefix, item) -> Problem:
    # A key that is not among the allowed ones is named in the context only.
    given = item.get("ctx", {}).get("given")
    keys = tuple(given if key == "__key__" else key for key in item["loc"] if key != "__key__" or given)
    name = ".".join(str(key) for key in prefix + keys)
    reason = "unknown key" if item["type"] == "value_error.extra" else item["msg"]
    return document.problem(f"{name}: {reason}", *prefix, *keys, code=_code(item["type"]))


def _code(kind: str) -> str:
    """Return what an editor is told about a wrong value: the last part of pydantic's name for it."""
    if "url" in kind:
        return "not_https"
    return f"shape_{kind.rpartition('.')[2]}"


def entry_problems(document: Document, model: Type[BaseModel]) -> List[Problem]:
    """Return what is wrong with the entries of a file that is a mapping of names to entries."""
    return [
        problem
        for name, entry in document.data.items()
        for problem in _shape_problems(document, model, entry, (name,))
    ]
