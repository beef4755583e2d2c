"""What the topic model makes of training examples that it has not seen."""

from typing import List, Sequence

import numpy as np
from rasa.shared.importers.importer import TrainingDataImporter
from scipy.special import softmax
from sklearn.model_selection import StratifiedKFold

from bot.core.evaluation import Utterance
from bot.core.reactions import Ranking
from bot.understanding.calibration import ALONE, combine
from bot.understanding.danish import pipeline
from bot.understanding.ngrams import NgramModel

FOLDS = 5
_TOPICS = "topics"
# What the figures are called: the sentence encoder, which trains for minutes in every fold, has no part in them.
MODEL = "words and letters alone"


def examples(nlu: str = "data/nlu") -> List[Utterance]:
    """Return the training examples with their topics."""
    importer = TrainingDataImporter.load_from_dict({}, None, "domain.yml", [nlu])
    found = importer.get_nlu_data().intent_examples
    return [Utterance((example.get("intent"),), "-", example.get("text")) for example in found]


def held_out_rankings(found: Sequence[Utterance], folds: int = FOLDS) -> List[Ranking]:
    """Train on all folds but one, rank the one, and so on; return the rankings in the order of the examples."""
    topics = [utterance.topics[0] for utterance in found]
    rankings: List[Ranking] = [()] * len(found)
    for training, held_out in StratifiedKFold(folds, shuffle=True, random_state=1).split(topics, topics):
        learned = _rank(
            [found[index].text for index in training],
            [topics[index] for index in training],
            [found[index].text for index in held_out],
        )
        for index, ranking in zip(held_out, learned):
            rankings[index] = ranking
    return rankings


def _rank(texts: Sequence[str], topics: Sequence[str], unseen: Sequence[str]) -> List[Ranking]:
    """Learn from texts and topics; return the ranking of every unseen text."""
    danish = pipeline.build_pipeline(texts)
    model = NgramModel(pipeline.reader(danish))
    model.fit({_TOPICS: list(zip(texts, topics))})
    labels = model.labels(_TOPICS)
    shares = softmax(combine([model.scores(unseen)[_TOPICS]], ALONE), axis=1)
    return [[(labels[index], float(row[index])) for index in np.argsort(-row)] for row in shares]
