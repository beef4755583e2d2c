"""`make eval`: how well the trained model understands utterances that it has not seen.

Measures the held-out folds of data/nlu and every .tsv file of a folder (bot/measuring/sets.py says which forms there
are), compares with the recorded figures, and leaves plots and mistakes in var/eval. No utterance is printed.
"""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

from bot.bootstrap import load_content, now
from bot.core import gate
from bot.core.errors import InvalidContent
from bot.core.evaluation import Judged, Kind, Utterance, judged
from bot.core.figures import SetFigures, of_set
from bot.core.reactions import FindAspect, Read, from_message, from_ranking
from bot.measuring import document, outcome, records
from bot.measuring.sets import EvaluationSet, read_folder, themes
from bot.rasa_ext import cross_validation
from bot.rasa_ext.asking import NoModel, ask_all
from bot.rasa_ext.cross_validation import FOLDS, examples
from bot.settings import Settings

MODEL = Path("models/genvej.tar.gz")
FOLDER = Path("data/eval")
DATA = Path("data")
OUTPUT = Path("var/eval/genvej")
NAME = "Genvej"
Measured = Dict[str, Tuple[SetFigures, List[Judged]]]


def find_aspect() -> FindAspect:
    """Return what finds the side of a topic that a text asks for."""
    return load_content(Settings.from_environment(), Path.cwd()).aspects.find


def genvej(find: FindAspect) -> Read:
    """Return the reader of Genvej's own messages."""
    return partial(from_message, find_aspect=find)


def measure(model: Path, sets: Sequence[EvaluationSet], read: Read) -> Measured:
    """Let a model parse all sets, and count; NoModel when there is none that works."""
    found = ask_all(model, {each.name: each.utterances for each in sets}, read)
    places = themes(DATA)
    return {
        each.name: (of_set(each.kind, each.digest, found[each.name], places), found[each.name])
        for each in sets
    }


def cross_validate(found: Sequence[Utterance], folds: int) -> SetFigures:
    """Judge every training example by a model that was trained without it."""
    rankings = cross_validation.held_out_rankings(found, folds)
    items = [judged(utterance, from_ranking(ranking)) for utterance, ranking in zip(found, rankings)]
    return of_set(Kind.QUESTIONS, f"{folds} folds", items, themes(DATA))


def is_ours(folder: Path) -> bool:
    """Tell whether a folder holds the project's own test set."""
    return folder.resolve() == FOLDER.resolve()


def compared(folder: Path, measured: Measured) -> str:
    """Say how the figures stand against the recorded ones; another folder has none."""
    recorded = records.read(records.UNDERSTANDING)
    if not is_ours(folder):
        return f"Only {FOLDER} has recorded figures to compare with."
    if not recorded:
        return "No figures are recorded yet: `make eval RECORD=1`."
    found = gate.problems(recorded.sets, {name: figures for name, (figures, _) in measured.items()})
    against = f"Against the figures of {recorded.day.isoformat()}"
    return "\n".join(
        [f"{against}:", *(f"  WORSE {line}" for line in found)] if found else [f"{against}: no worse."]
    )


def run(folder: Path, folds: int, record: bool) -> None:
    """Measure, print, draw, and record when asked to."""
    trained_on = examples()
    sets = read_folder(folder, {utterance.topics[0] for utterance in trained_on})
    measured = measure(MODEL, sets, genvej(find_aspect()))
    held_out: Optional[SetFigures] = None
    if folds:
        print(f"Cross-validation of {len(trained_on)} training examples, {folds} folds …", flush=True)
        held_out = cross_validate(trained_on, folds)
    ours = records.make(NAME, now().date(), len(trained_on), measured, held_out)
    diet = records.read(records.DIET) if is_ours(folder) else None
    print(outcome.report(ours, diet))
    for path in outcome.leave(OUTPUT, ours, {name: items for name, (_, items) in measured.items()}, diet):
        print(f"Written: {path}")
    print(compared(folder, measured))
    if record:
        records.write(records.UNDERSTANDING, ours)
        write_document()
        print(f"Recorded: {records.UNDERSTANDING}, {document.DOCUMENT}")


def write_document() -> None:
    """Put the recorded figures into the document."""
    document.rewrite(document.DOCUMENT, records.read(records.UNDERSTANDING), records.read(records.DIET))


def main() -> int:
    """Return 0 when everything was measured, 1 when a file or the model is missing or cannot be used."""
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help=f"default: {FOLDER}")
    parser.add_argument("--folds", type=int, default=FOLDS, help="0 leaves cross-validation out")
    parser.add_argument("--record", action="store_true", help=f"keep the figures in {records.FIGURES}")
    parser.add_argument("--document", action="store_true", help=f"only write {document.DOCUMENT} anew")
    options = parser.parse_args()
    if options.folds < 0 or options.folds == 1:
        parser.error("--folds: 0, or 2 and more")
    if options.record and not is_ours(options.folder):
        parser.error(f"only the figures of {FOLDER} are recorded")
    try:
        if options.document:
            write_document()
        else:
            run(options.folder, options.folds, options.record)
    except InvalidContent as error:
        print(error, file=sys.stderr)
        return 1
    except NoModel as error:
        print(f"{error} Run `make train` first.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
