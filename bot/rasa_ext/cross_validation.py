"""What the topic model makes of training examples that it has not seen."""

import tempfile
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence

import numpy as np
from rasa.shared.importers.importer import TrainingDataImporter
from scipy.special import softmax
from sklearn.model_selection import StratifiedKFold

from bot.core.evaluation import Utterance
from bot.core.reactions import Ranking
from bot.understanding.calibration import ALONE, DEFAULT, combine
from bot.understanding.danish import pipeline
from bot.understanding.encoder import training
from bot.understanding.encoder.heads import Recipe, learn
from bot.understanding.encoder.sentence_encoder import directions
from bot.understanding.ngrams import NgramModel

FOLDS = 5
_TOPICS = "topics"


class _Fold(NamedTuple):
    """Places of the examples that are learned, and of those held out."""

    learned: np.ndarray
    held_out: np.ndarray


def examples(nlu: str = "data/nlu") -> List[Utterance]:
    """Return the training examples with their topics."""
    importer = TrainingDataImporter.load_from_dict({}, None, "domain.yml", [nlu])
    found = importer.get_nlu_data().intent_examples
    return [Utterance((example.get("intent"),), "-", example.get("text")) for example in found]


def held_out_rankings(found: Sequence[Utterance], folds: int = FOLDS) -> List[Ranking]:
    """Train on all folds but one, rank the one, and so on; return the rankings in the order of the examples."""
    texts = [utterance.text for utterance in found]
    topics = [utterance.topics[0] for utterance in found]
    labels = sorted(set(topics))
    numbers = np.array([labels.index(topic) for topic in topics])
    # The encoder itself learns nothing from the examples: what they mean is the same in every fold.
    embedded = _embedded(texts)
    rankings: List[Ranking] = [()] * len(found)
    for fold in map(_Fold._make, StratifiedKFold(folds, shuffle=True, random_state=1).split(texts, topics)):
        parts = [_by_words(texts, topics, fold)]
        if embedded is not None:
            parts.append(_by_meaning(embedded, numbers, fold))
        shares = softmax(combine(parts, ALONE if embedded is None else DEFAULT), axis=1)
        for index, row in zip(fold.held_out, shares):
            rankings[index] = [(labels[place], float(row[place])) for place in np.argsort(-row)]
    return rankings


def _embedded(texts: Sequence[str]) -> Optional[np.ndarray]:
    """Return what texts mean to the encoder; None where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        return training.embed(texts, Path(folder)) if training.build(texts, Path(folder)) else None


def _by_words(texts: Sequence[str], topics: Sequence[str], fold: _Fold) -> np.ndarray:
    """Return the scores that words and letters give those held out, for the topics in order: (texts, topics)."""
    learned = [texts[index] for index in fold.learned]
    model = NgramModel(pipeline.reader(pipeline.build_pipeline(learned)))
    model.fit({_TOPICS: list(zip(learned, (topics[index] for index in fold.learned)))})
    return model.scores([texts[index] for index in fold.held_out])[_TOPICS]


def _by_meaning(embedded: np.ndarray, numbers: np.ndarray, fold: _Fold) -> np.ndarray:
    """Return the scores that the encoder gives those held out, for the topics in order: (texts, topics)."""
    centre = embedded[fold.learned].mean(0)
    classes = {_TOPICS: np.stack([numbers[fold.learned]] * 2, axis=1)}
    head = learn(directions(embedded[fold.learned], centre), classes, Recipe(), lambda line: None)[_TOPICS]
    return head.scores(directions(embedded[fold.held_out], centre))
