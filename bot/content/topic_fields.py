"""A topic's file as the fields of a form, and back.

A field's name is the path to its place in the file, with dots between: `aspects.pris`, `facts.gebyr.values.0.to`. What
no field stands for (owner, authority, goals, description) stays as it is in the file.
"""

import re
from datetime import date
from io import StringIO
from typing import Any, Dict, List, Mapping

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.content.reading import Problem
from bot.core.errors import InvalidContent
from bot.core.knowledge import ASPECTS

TEXTS = ("title", "short")
FACT_TEXTS = ("label", "unit", "source", "confidence")
VALUE_TEXTS = ("value", "from", "to", "known")
SOURCE_TEXTS = ("title", "url", "checked")
# The block for a fact or source that is not there yet, and the tick that takes one away.
NEW, REMOVE = "+", "remove"
_DAYS = ("review_by", "from", "to", "checked")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WIDTH = 115

Fields = Dict[str, str]


def fields_of(text: str) -> Fields:
    """Return the fields of a topic's file that has the right shape."""
    data = YAML(typ="rt").load(text)
    fields: Fields = {name: _one_line(data.get(name, "")) for name in TEXTS}
    fields["review_by"] = str(data["review_by"])
    fields["related"] = " ".join(data.get("related") or ())
    fields["steps"] = "\n".join(_one_line(step) for step in data.get("steps") or ())
    for aspect in ASPECTS:
        fields[f"aspects.{aspect}"] = _one_line((data.get("aspects") or {}).get(aspect, ""))
    for name, fact in (data.get("facts") or {}).items():
        fields.update({f"facts.{name}.{key}": str(fact.get(key, "")) for key in FACT_TEXTS})
        for number, value in enumerate(fact["values"]):
            fields.update({f"facts.{name}.values.{number}.{key}": _shown(value, key) for key in VALUE_TEXTS})
    for name, source in data["sources"].items():
        fields.update({f"sources.{name}.{key}": _shown(source, key) for key in SOURCE_TEXTS})
    return fields


def text_with(base: str, fields: Mapping[str, str]) -> str:
    """Return the file `base` as YAML with the fields put in; it may then break the rules of content files.

    Raises:
        InvalidContent: a new figure or source has the name of one that is there, and would take its place.
    """
    _refuse_taken_names(fields)
    data = YAML(typ="rt").load(base)
    for name in TEXTS:
        data[name] = _one_line(fields.get(name, ""))
    data["review_by"] = _day(fields.get("review_by", ""))
    aspects = {aspect: _one_line(fields.get(f"aspects.{aspect}", "")) for aspect in ASPECTS}
    _put(data, "aspects", CommentedMap((aspect, text) for aspect, text in aspects.items() if text))
    steps = (_one_line(line) for line in fields.get("steps", "").splitlines())
    _put(data, "steps", CommentedSeq(line for line in steps if line))
    _put(data, "related", CommentedSeq(re.split(r"[\s,]+", fields.get("related", "").strip())))
    facts, sources = _names(fields, "facts"), _names(fields, "sources")
    _put(data, "facts", CommentedMap((_name(fields, "facts", name), _fact(fields, name)) for name in facts))
    _put(
        data,
        "sources",
        CommentedMap((_name(fields, "sources", name), _source(fields, name)) for name in sources),
    )
    return dumped(data)


def merged(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Fields:
    """Return my fields, with theirs in those that I left as they were in `base`."""

    def same(name: str) -> bool:
        return mine.get(name, "").split() == base.get(name, "").split()

    # A field that is nowhere in my form is one that they have added.
    names = dict.fromkeys([*mine, *(name for name in theirs if name not in base)])
    return {name: theirs.get(name, "") if same(name) else mine.get(name, "") for name in names}


def _refuse_taken_names(fields: Mapping[str, str]) -> None:
    for part in ("facts", "sources"):
        name = fields.get(f"{part}.{NEW}.id", "").strip()
        if any(key.startswith(f"{part}.{name}.") for key in fields if name):
            problem = Problem("", 1, f"{name} is there already", (part, NEW, "id"), "name_taken", name)
            raise InvalidContent([problem])


def _fact(fields: Mapping[str, str], name: str) -> CommentedMap:
    start = f"facts.{name}"
    fact = CommentedMap((key, fields.get(f"{start}.{key}", "").strip()) for key in FACT_TEXTS)
    if not fact["unit"]:
        del fact["unit"]
    rows = sorted(
        {
            int(key.split(".")[3])
            for key in fields
            if re.match(rf"{re.escape(start)}\.values\.\d{{1,3}}\.", key)
        }
    )
    values = (_value(fields, f"{start}.values.{row}") for row in rows)
    fact["values"] = CommentedSeq(value for value in values if value)
    return fact


def _value(fields: Mapping[str, str], start: str) -> CommentedMap:
    texts = {key: fields.get(f"{start}.{key}", "").strip() for key in VALUE_TEXTS}
    if not any(texts.values()):
        return CommentedMap()
    value = CommentedMap(value=DoubleQuotedScalarString(texts["value"]))
    value.update({key: _day(texts[key]) for key in ("from", "to") if texts[key]})
    if texts["known"]:
        value["known"] = DoubleQuotedScalarString(texts["known"])
    value.fa.set_flow_style()
    return value


def _source(fields: Mapping[str, str], name: str) -> CommentedMap:
    texts = {key: fields.get(f"sources.{name}.{key}", "").strip() for key in SOURCE_TEXTS}
    return CommentedMap((key, _day(text) if key in _DAYS else text) for key, text in texts.items())


def _names(fields: Mapping[str, str], part: str) -> List[str]:
    """Return the facts or sources that stay or come, in the order of the fields."""
    names = dict.fromkeys(key.split(".")[1] for key in fields if key.startswith(f"{part}."))
    return [
        name
        for name in names
        if not fields.get(f"{part}.{name}.{REMOVE}")
        and (name != NEW or fields.get(f"{part}.{NEW}.id", "").strip())
    ]


def _name(fields: Mapping[str, str], part: str, name: str) -> str:
    return fields[f"{part}.{NEW}.id"].strip() if name == NEW else name


def _put(data: CommentedMap, name: str, value: Any) -> None:
    """Put a list or mapping in, or take the key out when it is empty; what has not changed keeps its comments."""
    if value in ([], {}, [""]):
        data.pop(name, None)
    elif data.get(name) != value:
        data[name] = value


def dumped(data: CommentedMap) -> str:
    """Return a topic's data as YAML, with the comments that it carries."""
    yaml = YAML(typ="rt")
    yaml.width = _WIDTH  # type: ignore[assignment]
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())


def _shown(entry: Mapping[str, Any], key: str) -> str:
    return str(entry.get(key) or "")


def _day(text: str) -> Any:
    """Return the day a text stands for; the text itself when it is none, so that the check can name it."""
    if _DAY.fullmatch(text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            pass
    return text.strip()
