"""Labels by the words and letters of a text: TF-IDF of terms and character n-grams, a linear classifier for each head.

The words of a text are counted once, whatever is asked of it: counting costs as much as classifying.
"""

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Mapping, NamedTuple, Sequence, Tuple

import joblib
import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.understanding.danish.pipeline import Read

Labelled = Sequence[Tuple[str, str]]
_FILE = "ngrams.joblib"
# The default is 500 times as strict: a quarter more time, and the same likeliest topics.
_CLOSE_ENOUGH = 0.05


class _Counted(NamedTuple):
    """What a fitted vectorizer counts: what it finds in a text, the place and the rarity of each that it knows."""

    find: Callable[[str], Sequence[str]]
    places: Mapping[str, int]
    rarity: np.ndarray


class _Head(NamedTuple):
    """The labels of a head, and how much each of what is counted says for each of them: (counted, labels)."""

    labels: List[str]
    weights: np.ndarray
    bias: np.ndarray


class NgramModel:
    """Scores texts for the labels of its heads; higher is likelier, and the scores are no probabilities.

    Args:
        read: gives what is counted of a text (bot/understanding/danish).
        regularisation: LinearSVC's C.
    """

    def __init__(self, read: Read, regularisation: float = 0.5):
        self._read = read
        # What stands in one example only tells nothing, and would be half of the model.
        words = TfidfVectorizer(analyzer=lambda text: self._read(text).terms, sublinear_tf=True, min_df=2)
        characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 5),
            preprocessor=lambda text: self._read(text).text,
            sublinear_tf=True,
            min_df=2,
        )
        self._vectorizers = (words, characters)
        self._regularisation = regularisation
        self._counted: List[_Counted] = []
        self._heads: Dict[str, _Head] = {}

    def fit(self, labelled: Mapping[str, Labelled]) -> None:
        """Learn from the examples of each head, given as (text, label)."""
        texts = list(dict.fromkeys(text for examples in labelled.values() for text, _ in examples))
        with self._reading_once(texts):
            features = hstack([each.fit_transform(texts) for each in self._vectorizers], format="csr")
        # Plain numbers: they are looked up for every message.
        places = [
            {item: int(place) for item, place in each.vocabulary_.items()} for each in self._vectorizers
        ]
        self._keep(list(zip(places, (each.idf_ for each in self._vectorizers))))
        rows = {text: row for row, text in enumerate(texts)}
        for head, examples in labelled.items():
            classifier = LinearSVC(C=self._regularisation, tol=_CLOSE_ENOUGH, random_state=0)
            classifier.fit(features[[rows[text] for text, _ in examples]], [label for _, label in examples])
            self._heads[head] = _head(classifier)

    @contextmanager
    def _reading_once(self, texts: Sequence[str]) -> Iterator[None]:
        """Remember what was read of `texts`: reading takes half of the time, and words and letters ask for it each."""
        read = self._read
        known = {text: read(text) for text in texts}
        self._read = known.__getitem__
        try:
            yield
        finally:
            self._read = read

    def _keep(self, counted: Sequence[Tuple[Mapping[str, int], np.ndarray]]) -> None:
        """Keep what each vectorizer counts, given as (vocabulary, inverse document frequencies)."""
        self._counted = [
            _Counted(vectorizer.build_analyzer(), places, rarity)
            for vectorizer, (places, rarity) in zip(self._vectorizers, counted)
        ]

    def labels(self, head: str) -> List[str]:
        """Return the labels of a head in the order of its scores."""
        return self._heads[head].labels

    def scores(self, texts: Sequence[str]) -> Dict[str, np.ndarray]:
        """Return the scores of each text for every head: (texts, labels)."""
        features = [self._features(text) for text in texts]
        return {
            name: np.stack([shares @ head.weights[places] + head.bias for places, shares in features])
            for name, head in self._heads.items()
        }

    def _features(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """Return where what stands in a text is counted, and the TF-IDF of each.

        The vectorizers' own `transform` gives the same; for a single text it takes several times as long, most of it
        for sparse matrices and for checking that it was fitted.
        """
        places: List[np.ndarray] = []
        shares: List[np.ndarray] = []
        before = 0
        for counted in self._counted:
            counts = Counter(counted.places[item] for item in counted.find(text) if item in counted.places)
            found = np.fromiter(counts, np.intp, len(counts))
            times = np.fromiter(counts.values(), np.float64, len(counts))
            share = (1 + np.log(times)) * counted.rarity[found]
            places.append(found + before)
            shares.append(share / (np.linalg.norm(share) or 1.0))
            before += len(counted.places)
        return np.concatenate(places), np.concatenate(shares).astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write the model to a folder; what reads the texts is kept elsewhere."""
        counted = [(each.places, each.rarity) for each in self._counted]
        joblib.dump((counted, {name: tuple(head) for name, head in self._heads.items()}), folder / _FILE)

    @classmethod
    def load(cls, folder: Path, read: Read) -> "NgramModel":
        """Read a model that `save` wrote. Only for files from this project's own training: joblib runs code."""
        model = cls(read)
        counted, heads = joblib.load(folder / _FILE)
        model._keep(counted)
        model._heads = {name: _Head(*head) for name, head in heads.items()}
        return model


def _head(classifier: LinearSVC) -> _Head:
    """Return what a classifier has learned; of two labels it scores the second only."""
    weights, bias = classifier.coef_.T, classifier.intercept_
    if weights.shape[1] == 1:
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    # Half the memory, and the same answers: the weights are sums of small numbers.
    return _Head(list(map(str, classifier.classes_)), np.ascontiguousarray(weights, np.float32), bias)
