"""Labels by the words and letters of a text: TF-IDF of terms and character n-grams, a linear classifier."""

from pathlib import Path
from typing import List, Sequence

import joblib
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.understanding.danish.pipeline import Read

_FILE = "ngrams.joblib"


class NgramModel:
    """Scores texts for labels; higher is likelier, and the scores are no probabilities.

    Args:
        read: gives what is counted of a text (bot/understanding/danish).
        regularisation: LinearSVC's C.
    """

    def __init__(self, read: Read, regularisation: float = 0.5):
        self._words = TfidfVectorizer(analyzer=lambda text: read(text).terms, sublinear_tf=True)
        self._characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 5),
            preprocessor=lambda text: read(text).text,
            sublinear_tf=True,
            min_df=2,
        )
        self._classifier = LinearSVC(C=regularisation)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from examples and their labels."""
        features = [self._words.fit_transform(texts), self._characters.fit_transform(texts)]
        self._classifier.fit(hstack(features, format="csr"), labels)
        # Half the memory, and the same answers: the weights are sums of small numbers.
        self._classifier.coef_ = self._classifier.coef_.astype(np.float32)

    @property
    def labels(self) -> List[str]:
        """The labels in the order of the scores."""
        return [str(label) for label in self._classifier.classes_]

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Return the scores of each text: (texts, labels)."""
        features = [self._words.transform(texts), self._characters.transform(texts)]
        found = self._classifier.decision_function(
            csr_matrix(hstack(features, format="csr"), dtype=np.float32)
        )
        # Of two labels the classifier scores the second only.
        return np.stack([-found, found], axis=1) if found.ndim == 1 else found

    def save(self, folder: Path) -> None:
        """Write the model to a folder; what reads the texts is kept elsewhere."""
        counted = [(counter.vocabulary_, counter.idf_) for counter in (self._words, self._characters)]
        joblib.dump((counted, self._classifier), folder / _FILE)

    @classmethod
    def load(cls, folder: Path, read: Read) -> "NgramModel":
        """Read a model that `save` wrote. Only for files from this project's own training: joblib runs code."""
        model = cls(read)
        counted, model._classifier = joblib.load(folder / _FILE)
        for counter, (vocabulary, weights) in zip((model._words, model._characters), counted):
            counter.vocabulary_ = vocabulary
            counter.idf_ = weights
        return model
