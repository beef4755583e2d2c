"""The trained model: a text's topic, the side of it and whether it asks two things, by its words and its meaning."""

import json
import re
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from scipy.special import softmax

from bot.core.calibration import Several
from bot.understanding.calibration import ALONE, DEFAULT, combine, fit_weights
from bot.understanding.danish.pipeline import Read
from bot.understanding.encoder import training
from bot.understanding.encoder.heads import UNLABELLED, Recipe
from bot.understanding.encoder.sentence_encoder import SentenceEncoder
from bot.understanding.ngrams import Labelled, NgramModel

Ranking = List[Tuple[str, float]]
# For every head the scores of each part of the model: (texts, labels) each.
Scores = Dict[str, List[np.ndarray]]
TOPICS, ASPECTS, QUESTIONS = "topics", "aspects", "questions"
HEADS = (TOPICS, ASPECTS, QUESTIONS)
ONE, TWO = "one", "two"
_LETTER = re.compile(r"[^\W\d_]")
_FILE = "model.json"
# Repeated texts are frequent: keywords, greetings, what a visitor sends twice.
_REMEMBERED = 2_000


class Examples(NamedTuple):
    """What the model learns from, as (text, label).

    `several` are messages with one question or two; `calibration` is only for setting the weights; `later` are texts
    that will be ranked as soon as the model is there.
    """

    topics: Labelled
    aspects: Labelled
    several: Sequence[Several] = ()
    calibration: Labelled = ()
    later: Sequence[str] = ()


class UnderstandingModel:
    """Ranks topics and aspects for texts; the probabilities of a ranking add up to 1."""

    def __init__(
        self,
        ngrams: NgramModel,
        encoder: Optional[SentenceEncoder],
        weights: Dict[str, Sequence[float]],
    ):
        self._ngrams = ngrams
        self._encoder = encoder
        self._weights = weights
        self._known: OrderedDict[str, Dict[str, Ranking]] = OrderedDict()
        self._most = _REMEMBERED

    @property
    def has_encoder(self) -> bool:
        """Whether the sentence encoder takes part; without it indirect questions are understood less often."""
        return self._encoder is not None

    def topics(self, texts: Sequence[str]) -> List[Ranking]:
        """Return (topic, probability) for each text, the likeliest first; empty for a text without a letter."""
        return [found.get(TOPICS, []) for found in self._ranked(texts)]

    def aspects(self, text: str) -> Ranking:
        """Return (aspect, probability) for a text, the likeliest first; empty for a text without a letter."""
        return self._ranked([text])[0].get(ASPECTS, [])

    def asks_two(self, text: str) -> float:
        """Return how likely a text asks about two topics, from 0 to 1, by what it says as a whole."""
        return dict(self._ranked([text])[0].get(QUESTIONS, [])).get(TWO, 0.0)

    def rank_ahead(self, texts: Sequence[str]) -> None:
        """Rank texts before they are asked for, and remember all of them: for training, where thousands are known."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known and _LETTER.search(text)]
        self._most = max(self._most, len(self._known) + len(new))
        for some, scores in self._scores_ahead(new):
            self._known.update(zip(some, self._rankings(scores)))

    def _ranked(self, texts: Sequence[str]) -> List[Dict[str, Ranking]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known and _LETTER.search(text)]
        found = dict(zip(new, self._rankings(self._scores(new)))) if new else {}
        rankings = [found.get(text) or self._known.get(text) or {} for text in texts]
        self._known.update(found)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return rankings

    def _rankings(self, scores: Scores) -> List[Dict[str, Ranking]]:
        """Return the rankings of texts by the scores that each part of the model gives them."""
        rankings: List[Dict[str, Ranking]] = [{} for _ in scores[TOPICS][0]]
        for head, parts in scores.items():
            labels = self._ngrams.labels(head)
            shares = softmax(combine(parts, self._weights[head]), axis=1)
            for ranking, row in zip(rankings, shares):
                ranking[head] = [(labels[index], float(row[index])) for index in np.argsort(-row)]
        return rankings

    def _scores(self, texts: Sequence[str], directions: Optional[np.ndarray] = None) -> Scores:
        """Return for every head the scores of each part of the model: (texts, labels) each."""
        scores = {head: [found] for head, found in self._ngrams.scores(texts).items()}
        if self._encoder is not None:
            found = self._encoder.directions(texts) if directions is None else directions
            for head, parts in scores.items():
                parts.append(self._encoder.scores(head, found))
        return scores

    def _scores_ahead(self, texts: Sequence[str]) -> Iterator[Tuple[List[str], Scores]]:
        """Give all texts in another order, some at a time, with their scores; it uses all cores."""
        if self._encoder:
            for places, directions in self._encoder.directions_ahead(texts):
                some = [texts[place] for place in places]
                yield some, self._scores(some, directions)
        elif texts:
            yield list(texts), self._scores(texts)

    def calibrate(self, utterances: Labelled) -> None:
        """Set the weights for topics by (text, topic) pairs that the model has not learned from."""
        labels = self._ngrams.labels(TOPICS)
        topic_of = {text: topic for text, topic in utterances if topic in labels}
        texts: List[str] = []
        scores: List[List[np.ndarray]] = []
        for some, found in self._scores_ahead(list(topic_of)):
            texts += some
            scores.append(found[TOPICS])
        right = np.array([labels.index(topic_of[text]) for text in texts])
        self._weights[TOPICS] = fit_weights([np.concatenate(parts) for parts in zip(*scores)], right)
        self._known.clear()

    @classmethod
    def load(cls, folder: Path, read: Read) -> "UnderstandingModel":
        """Read a model that `train` wrote. Only for files from this project's own training: joblib runs code."""
        settings = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        encoder = SentenceEncoder(folder / "encoder") if settings["encoder"] else None
        return cls(NgramModel.load(folder, read), encoder, settings["weights"])

    def save_settings(self, folder: Path) -> None:
        """Write what lies beside the parts."""
        settings = {"encoder": self.has_encoder, "weights": self._weights}
        (folder / _FILE).write_text(json.dumps(settings), encoding="utf-8")


def train(
    reader: Callable[[], Read],
    examples: Examples,
    folder: Path,
    recipe: Recipe,
    report: Callable[[str], None],
) -> UnderstandingModel:
    """Learn from `examples`, write everything to `folder`, and return the model; it uses all cores.

    Args:
        reader: makes what reads a text; called beside the encoder, which does not need it.
        examples: what to learn.
        folder: where the model goes; it must be there.
        recipe: how the encoder's classifiers are learned.
        report: takes a line for each thing that is done.
    """
    single = [(item.text, item.topics[0]) for item in examples.several if len(item.topics) == 1]
    double = [item for item in examples.several if len(item.topics) == 2]
    topics = [*examples.topics, *single]
    counts = [(text, ONE) for text, _ in topics] + [(item.text, TWO) for item in double]
    labelled = dict(zip(HEADS, (topics, examples.aspects, counts)))
    texts, classes = _numbered(labelled, double)
    # Before the words are counted: two that both run in Python hold each other up.
    has_encoder = training.build(texts, folder / "encoder")
    # From here the encoder does without Python, and neither needs what the other finds.
    with ThreadPoolExecutor(1) as beside:
        counted = beside.submit(_count_words, reader, labelled, folder)
        known = (
            training.train(texts, classes, folder / "encoder", recipe, report, examples.later)
            if has_encoder
            else {}
        )
        ngrams = counted.result()
    report("words counted")
    encoder = SentenceEncoder(folder / "encoder", known) if has_encoder else None
    weights = DEFAULT if encoder else ALONE
    model = UnderstandingModel(ngrams, encoder, dict.fromkeys(HEADS, weights))
    if examples.calibration:
        model.calibrate(examples.calibration)
    model.save_settings(folder)
    return model


def _count_words(reader: Callable[[], Read], labelled: Mapping[str, Labelled], folder: Path) -> NgramModel:
    ngrams = NgramModel(reader())
    ngrams.fit(labelled)
    ngrams.save(folder)
    return ngrams


def _numbered(
    labelled: Mapping[str, Labelled], double: Sequence[Several]
) -> Tuple[List[str], Dict[str, np.ndarray]]:
    """Return all texts, and for each head the numbers of their two classes: (texts, 2), as `heads.learn` takes them."""
    by_text: Dict[str, Dict[str, Tuple[str, ...]]] = {
        head: {text: (label, label) for text, label in examples} for head, examples in labelled.items()
    }
    by_text[TOPICS].update({item.text: item.topics for item in double})
    # In the order in which NgramModel has them too.
    labels = {head: sorted({label for _, label in examples}) for head, examples in labelled.items()}
    texts = list(dict.fromkeys(text for head in labelled for text in by_text[head]))
    nothing = (UNLABELLED, UNLABELLED)
    classes = {
        head: np.array(
            [
                [labels[head].index(label) for label in by_text[head][text]]
                if text in by_text[head]
                else nothing
                for text in texts
            ]
        )
        for head in labelled
    }
    return texts, classes
