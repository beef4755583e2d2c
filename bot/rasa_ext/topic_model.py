"""The model behind the topic classifier: lemmas and character n-grams weighed by TF-IDF, a linear classifier."""

import re
from pathlib import Path
from typing import List, Sequence, Tuple

import joblib
import numpy as np
import spacy
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC
from spacy.language import Language

from bot.rasa_ext.danish import fold, lemmas

_LETTER = re.compile(r"[^\W\d_]")
FOLDS = 5


class TopicModel:
    """Ranks the topics for a text; the probabilities add up to 1 and are calibrated on held-out folds."""

    def __init__(self, pipeline: Language, regularisation: float):
        self._pipeline = pipeline
        self._words = TfidfVectorizer(analyzer=self._word_terms, sublinear_tf=True)
        self._characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, min_df=2
        )
        self._classifier = LinearSVC(C=regularisation)
        self._sharpness = 1.0

    def fit(self, texts: Sequence[str], topics: Sequence[str]) -> "TopicModel":
        """Learn from examples and their topics; every topic needs at least FOLDS examples."""
        features = hstack(
            [self._words.fit_transform(texts), self._characters.fit_transform(texts)], format="csr"
        )
        self._classifier.fit(features, topics)
        self._sharpness = self._calibrate(features, np.asarray(topics))
        return self

    def rank(self, text: str) -> List[Tuple[str, float]]:
        """Return (topic, probability), the likeliest first; empty for a text without a letter."""
        if not _LETTER.search(text):
            return []
        scores = self._classifier.decision_function(self._features([text]))[0]
        probabilities = softmax(scores * self._sharpness)
        order = np.argsort(-probabilities)
        return [(str(self._classifier.classes_[index]), float(probabilities[index])) for index in order]

    def save(self, folder: Path) -> None:
        """Write the model below a folder; the spaCy pipeline keeps its own format."""
        self._pipeline.to_disk(folder / "danish")
        parts = (
            self._words.vocabulary_,
            self._words.idf_,
            self._characters,
            self._classifier,
            self._sharpness,
        )
        joblib.dump(parts, folder / "topics.joblib")

    @classmethod
    def load(cls, folder: Path) -> "TopicModel":
        """Read a model that `save` wrote. Only for files from this project's own training: joblib runs code."""
        model = cls(spacy.load(folder / "danish"), regularisation=1.0)
        vocabulary, weights, model._characters, model._classifier, model._sharpness = joblib.load(
            folder / "topics.joblib"
        )
        model._words.vocabulary_ = vocabulary
        model._words.idf_ = weights
        return model

    def _calibrate(self, features: csr_matrix, topics: np.ndarray) -> float:
        """Return the factor on the scores that makes held-out probabilities true (temperature scaling)."""
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
        scores = cross_val_predict(self._classifier, features, topics, cv=folds, method="decision_function")
        right = np.searchsorted(self._classifier.classes_, topics)
        rows = np.arange(len(topics))

        def loss(sharpness: float) -> float:
            return -float(log_softmax(scores * sharpness, axis=1)[rows, right].mean())

        return float(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)

    def _word_terms(self, text: str) -> List[str]:
        words = lemmas(self._pipeline, text)
        return words + [f"{first} {second}" for first, second in zip(words, words[1:])]

    def _features(self, texts: Sequence[str]) -> csr_matrix:
        return hstack([self._words.transform(texts), self._characters.transform(texts)], format="csr")
