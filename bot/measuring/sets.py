"""Reads evaluation sets: a folder of .tsv files, each with a kind that its name tells.

| file | columns |
|---|---|
| multi.tsv | `a+b`, utterance |
| ambiguous.tsv | `a|b`, utterance |
| followup.tsv | topic, aspect, first utterance, follow-up |
| context.tsv | topic of the first utterance, first utterance, second utterance, its topic |
| languages.tsv | topic, language, utterance |
| any other | topic, style, utterance |

What follows an underscore is only a name: multi_b.tsv is read as multi.tsv is.
"""

import hashlib
from pathlib import Path
from typing import Callable, Collection, Dict, List, NamedTuple, Sequence, Tuple

from bot.core.errors import InvalidContent
from bot.core.evaluation import Kind, Utterance

NO_STYLE = "-"


class EvaluationSet(NamedTuple):
    """A file's utterances; `digest` changes when the file does."""

    name: str
    kind: Kind
    digest: str
    utterances: List[Utterance]


class _Form(NamedTuple):
    kind: Kind
    columns: int
    build: Callable[[Sequence[str]], Utterance]


def _single(kind: Kind) -> _Form:
    return _Form(kind, 3, lambda row: Utterance((row[0],), row[1], row[2], kind))


def _pair(kind: Kind, border: str) -> _Form:
    return _Form(kind, 2, lambda row: Utterance(tuple(row[0].split(border)), NO_STYLE, row[1], kind))


FORMS: Dict[str, _Form] = {
    "multi": _pair(Kind.SEVERAL, "+"),
    "ambiguous": _pair(Kind.EITHER, "|"),
    "followup": _Form(
        Kind.FOLLOW_UPS,
        4,
        lambda row: Utterance((row[0],), row[1], row[3], Kind.FOLLOW_UPS, aspect=row[1], before=row[2]),
    ),
    "context": _Form(
        Kind.CONTEXT,
        4,
        lambda row: Utterance((row[3],), NO_STYLE, row[2], Kind.CONTEXT, before=row[1]),
    ),
    "languages": _single(Kind.LANGUAGES),
}


def read(path: Path, topics: Collection[str]) -> EvaluationSet:
    """Read one file; `topics` are those that there are.

    Raises:
        InvalidContent: lines have another number of columns, an empty one or an unknown topic, or there is no line.
            It names file and line, and quotes no utterance.
    """
    form = FORMS.get(path.stem.split("_")[0]) or _single(Kind.QUESTIONS)
    content = path.read_bytes()
    utterances, problems = [], []
    for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        row = [cell.strip() for cell in line.split("\t")]
        if len(row) != form.columns or not all(row):
            problems.append(f"{path.name}:{number}: expected {form.columns} columns with something in each")
            continue
        utterance = form.build(row)
        utterances.append(utterance)
        if not set(utterance.topics) <= set(topics):
            # Not quoted: in a line with its columns in another order it is the utterance.
            problems.append(f"{path.name}:{number}: unknown topic")
    if not utterances and not problems:
        problems.append(f"{path.name} has no utterances")
    if problems:
        raise InvalidContent(problems)
    return EvaluationSet(path.name, form.kind, hashlib.sha256(content).hexdigest()[:16], utterances)


def read_folder(folder: Path, topics: Collection[str]) -> Tuple[EvaluationSet, ...]:
    """Read every .tsv file of a folder, in the order of their names.

    Raises:
        InvalidContent: a file cannot be used, or there is none.
    """
    found = tuple(read(path, topics) for path in sorted(folder.glob("*.tsv")))
    if not found:
        raise InvalidContent([f"there is no .tsv file in {folder}"])
    return found


def themes(data: Path) -> Dict[str, str]:
    """Return the theme of every topic of all municipalities: the folder that its answer lies in."""
    own = data.glob("municipalities/*/knowledge/*/*.yml")
    return {path.stem: path.parent.name for path in sorted([*own, *data.glob("knowledge/*/*.yml")])}
