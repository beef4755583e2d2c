"""`make eval-diet`: the same measurement for Rasa's default pipeline (DIET), trained on the same examples.

An epoch takes about a minute, and training is left out when neither examples nor pipeline have changed since. The
record says how many epochs there were. A trial with other files, or with fewer than ten, records nothing.
"""

import argparse
import hashlib
import sys
from functools import partial
from pathlib import Path

from bot.bootstrap import now
from bot.commands.evaluate import FOLDER, find_aspect, measure, write_document
from bot.commands.model import QUIET, reasons
from bot.core.errors import InvalidContent
from bot.core.reactions import from_plain_rasa
from bot.measuring import outcome, records
from bot.measuring.sets import read_folder
from bot.rasa_ext.asking import NoModel
from bot.rasa_ext.cross_validation import examples
from tools import progress

EPOCHS = 100
# With nine times the examples a round holds nine times the steps that it has in a new project.
FEWEST_EPOCHS = 10
NLU = Path("data/nlu")
OUTPUT = Path("var/eval/diet")
NAME = "Rasa's default pipeline, {epochs} epochs"
# What Rasa 3.6 writes into a new project, without the part that chooses between answers: Genvej's are no intents.
PIPELINE = """\
recipe: default.v1
assistant_id: diet
language: da
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {epochs}
    constrain_similarities: true
    random_seed: 1
  - name: EntitySynonymMapper
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
"""


def train(output: Path, nlu: Path, epochs: int) -> Path:
    """Train Rasa's default pipeline unless there is a model of exactly these inputs; return where it is.

    Raises:
        CommandFailed: Rasa could not train.
    """
    model, config, mark = output / "diet.tar.gz", output / "config.yml", output / "diet.inputs"
    pipeline = PIPELINE.format(epochs=epochs)
    wanted = fingerprint(pipeline, nlu)
    if model.is_file() and mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return model
    output.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)  # broken off here, the next call trains again
    config.write_text(pipeline, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "rasa"), "train", "nlu", "--config", str(config)]
    command += [
        "--nlu",
        str(nlu),
        "--domain",
        "domain.yml",
        "--out",
        str(output),
        "--fixed-model-name",
        "diet",
    ]
    progress.run(f"Training {NAME.format(epochs=epochs)}", command, env=QUIET, log=output / "train.log")
    mark.write_text(wanted, encoding="utf-8")
    return model


def fingerprint(pipeline: str, nlu: Path) -> str:
    """Return a hash over the pipeline and every training example."""
    total = hashlib.sha256(pipeline.encode())
    for path in sorted([nlu] if nlu.is_file() else nlu.rglob("*.yml")):
        total.update(path.read_bytes())
    return total.hexdigest()


def run(options: argparse.Namespace) -> None:
    """Train, measure and print; record unless it is a trial."""
    trained_on = examples(str(options.nlu))
    topics = {utterance.topics[0] for utterance in examples()}
    sets = read_folder(options.folder, topics)
    model = train(options.output, options.nlu, options.epochs)
    measured = measure(model, sets, partial(from_plain_rasa, find_aspect=find_aspect()))
    diet = records.make(NAME.format(epochs=options.epochs), now().date(), len(trained_on), measured, None)
    print(outcome.report(diet, None))
    judged = {name: items for name, (_, items) in measured.items()}
    for path in outcome.leave(options.output, diet, judged, None):
        print(f"Written: {path}")
    if is_trial(options):
        print("A trial: nothing is recorded.")
        return
    records.write(records.DIET, diet)
    write_document()
    print(f"Recorded: {records.DIET}")


def is_trial(options: argparse.Namespace) -> bool:
    """Tell whether the figures are those of hardly any training, or of other files than the recorded ones."""
    same_files = options.folder.resolve() == FOLDER.resolve() and options.nlu.resolve() == NLU.resolve()
    return options.epochs < FEWEST_EPOCHS or not same_files


def main() -> int:
    """Return 0 when it was trained and measured, else 1."""
    parser = argparse.ArgumentParser(prog="make eval-diet", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help=f"default: {FOLDER}")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"default: {EPOCHS}")
    parser.add_argument("--nlu", type=Path, default=NLU, help=f"training examples, default: {NLU}")
    parser.add_argument("--output", type=Path, default=OUTPUT, help=f"default: {OUTPUT}")
    try:
        run(parser.parse_args())
    except (InvalidContent, NoModel) as error:
        print(error, file=sys.stderr)
        return 1
    except progress.CommandFailed as error:
        print("\n".join(["Rasa could not train:", *reasons(error.output)]), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
