"""`make eval`: how well the trained model understands utterances that it has not seen.

Prints the held-out folds of data/nlu, and every .tsv in the folder named (default ../shared/eval, where it
is there): topic, style, text; or the acceptable topics with | between, and the text.
"""

import asyncio
import logging
import sys
from pathlib import Path
from typing import Iterable, List, Sequence, Tuple

import structlog
from rasa.core.agent import Agent, load_agent
from rasa.shared.importers.importer import TrainingDataImporter
from sklearn.model_selection import StratifiedKFold

from bot.core.evaluation import Result, Utterance, by_style, judge, shares
from bot.rasa_ext.danish import build_pipeline
from bot.rasa_ext.topic_model import FOLDS, TopicModel

MODEL = "models/genvej.tar.gz"
REGULARISATION = 0.3
Judged = List[Tuple[Utterance, Result]]


def read(path: Path) -> List[Utterance]:
    """Read an evaluation file with two columns (topics, text) or three (topic, style, text)."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Utterance(tuple(row[0].split("|")), row[1] if len(row) == 3 else "-", row[-1]) for row in rows]


async def judge_with(agent: Agent, utterances: Iterable[Utterance]) -> Judged:
    """Let the trained pipeline read each utterance, and judge what the bot would have done."""
    judged = []
    for utterance in utterances:
        parsed = await agent.parse_message(utterance.text)
        ranking = [(item["name"], item["confidence"]) for item in parsed.get("intent_ranking", ())]
        judged.append((utterance, judge(utterance, ranking)))
    return judged


def judge_folds(utterances: Sequence[Utterance]) -> Judged:
    """Train on four fifths of the examples and judge the last fifth, five times."""
    topics = [utterance.topics[0] for utterance in utterances]
    judged = []
    for training, held_out in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(topics, topics):
        model = TopicModel(build_pipeline(), REGULARISATION)
        model.fit([utterances[index].text for index in training], [topics[index] for index in training])
        judged += [
            (utterances[index], judge(utterances[index], model.rank(utterances[index].text)))
            for index in held_out
        ]
    return judged


def examples() -> List[Utterance]:
    """Return the examples of data/nlu."""
    importer = TrainingDataImporter.load_from_dict({}, None, "domain.yml", ["data/nlu"])
    found = importer.get_nlu_data().intent_examples
    return [Utterance((example.get("intent"),), "-", example.get("text")) for example in found]


def report(name: str, judged: Judged) -> str:
    """Return the shares of a set, and those right at once in every style."""
    total = shares(result for _, result in judged)
    lines = [f"{name}: {len(judged)} utterances"]
    lines += [f"  {kind.value:32}{share:7.1%}" for kind, share in total.items()]
    styles = by_style(judged)
    if len(styles) > 1:
        parts = (f"{style} {shares(results)[Result.RIGHT]:.0%}" for style, results in styles.items())
        lines.append(f"  right at once by style: {', '.join(parts)}")
    return "\n".join(lines)


def mistakes(judged: Judged) -> str:
    """Return the utterances that were answered wrongly, for somebody who wants to mend them."""
    wrong = [utterance for utterance, result in judged if result is Result.WRONG]
    return "\n".join(f"    {'|'.join(utterance.topics)}: {utterance.text}" for utterance in wrong)


def main(folder: Path) -> int:
    """Print all figures; 1 when there is no trained model."""
    if not Path(MODEL).exists():
        print(f"There is no trained model at {MODEL}: run `make train` first.", file=sys.stderr)
        return 1
    # Rasa would print every utterance as a debug line.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print("Held-out folds of data/nlu (takes about a minute) …", flush=True)
    print(report("data/nlu, five folds", judge_folds(examples())), flush=True)
    agent = asyncio.run(load_agent(MODEL))
    files = [path for path in sorted(folder.glob("*.tsv")) if path.stem in ("dev", "ambiguous")]
    for path in files:
        judged = asyncio.run(judge_with(agent, read(path)))
        print(report(path.name, judged))
        print(mistakes(judged))
    if not files:
        print(f"No evaluation set in {folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/eval")))
