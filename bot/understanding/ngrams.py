"""Labels by the words and letters of a text: TF-IDF of terms and character n-grams, a linear classifier for each head.

The words of a text are counted once, whatever is asked of it: counting costs as much as classifying.
"""

from contextlib import contextmanager
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, Sequence, Tuple

import joblib
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.understanding.danish.pipeline import Read

Labelled = Sequence[Tuple[str, str]]
_FILE = "ngrams.joblib"
# The default is 500 times as strict: a quarter more time, and the same likeliest topics.
_CLOSE_ENOUGH = 0.05


class NgramModel:
    """Scores texts for the labels of its heads; higher is likelier, and the scores are no probabilities.

    Args:
        read: gives what is counted of a text (bot/understanding/danish).
        regularisation: LinearSVC's C.
    """

    def __init__(self, read: Read, regularisation: float = 0.5):
        self._read = read
        # What stands in one example only tells nothing, and would be half of the model.
        self._words = TfidfVectorizer(
            analyzer=lambda text: self._read(text).terms, sublinear_tf=True, min_df=2
        )
        self._characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 5),
            preprocessor=lambda text: self._read(text).text,
            sublinear_tf=True,
            min_df=2,
        )
        self._regularisation = regularisation
        self._classifiers: Dict[str, LinearSVC] = {}

    def fit(self, labelled: Mapping[str, Labelled]) -> None:
        """Learn from the examples of each head, given as (text, label)."""
        texts = list(dict.fromkeys(text for examples in labelled.values() for text, _ in examples))
        with self._reading_once(texts):
            features = hstack(
                [self._words.fit_transform(texts), self._characters.fit_transform(texts)], format="csr"
            )
        places = {text: place for place, text in enumerate(texts)}
        for head, examples in labelled.items():
            classifier = LinearSVC(C=self._regularisation, tol=_CLOSE_ENOUGH)
            classifier.fit(features[[places[text] for text, _ in examples]], [label for _, label in examples])
            # Half the memory, and the same answers: the weights are sums of small numbers.
            classifier.coef_ = classifier.coef_.astype(np.float32)
            self._classifiers[head] = classifier

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

    def labels(self, head: str) -> List[str]:
        """Return the labels of a head in the order of its scores."""
        return [str(label) for label in self._classifiers[head].classes_]

    def scores(self, texts: Sequence[str]) -> Dict[str, np.ndarray]:
        """Return the scores of each text for every head: (texts, labels)."""
        features = csr_matrix(
            hstack([self._words.transform(texts), self._characters.transform(texts)], format="csr"),
            dtype=np.float32,
        )
        found = {head: each.decision_function(features) for head, each in self._classifiers.items()}
        # Of two labels the classifier scores the second only.
        return {
            head: np.stack([-each, each], axis=1) if each.ndim == 1 else each for head, each in found.items()
        }

    def save(self, folder: Path) -> None:
        """Write the model to a folder; what reads the texts is kept elsewhere."""
        counted = [(counter.vocabulary_, counter.idf_) for counter in (self._words, self._characters)]
        joblib.dump((counted, self._classifiers), folder / _FILE)

    @classmethod
    def load(cls, folder: Path, read: Read) -> "NgramModel":
        """Read a model that `save` wrote. Only for files from this project's own training: joblib runs code."""
        model = cls(read)
        counted, model._classifiers = joblib.load(folder / _FILE)
        for counter, (vocabulary, weights) in zip((model._words, model._characters), counted):
            counter.vocabulary_ = vocabulary
            counter.idf_ = weights
        return model
