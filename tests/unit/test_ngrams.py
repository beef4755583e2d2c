"""What the words and letters of a text say, counted without the vectorizers' own transform."""

import numpy as np
import pytest
from scipy.sparse import hstack

from bot.understanding.danish.pipeline import Reading
from bot.understanding.ngrams import NgramModel

TOPICS = [
    (text, topic)
    for topic, texts in {
        "moms": ("hvornår skal jeg betale moms", "skal jeg betale moms af moms", "indberette moms"),
        "skilt": ("skilt på facaden", "må jeg sætte et skilt op", "et skilt på et skilt"),
        "kontakt": ("jeres telefonnummer", "hvor er rådhuset", "jeres adresse på rådhuset"),
    }.items()
    for text in texts
]
COUNTS = [(text, "one") for text, _ in TOPICS] + [
    ("moms og et skilt", "two"),
    ("skilt og jeres adresse", "two"),
]


def words(text):
    return Reading(text.split(), text)


@pytest.fixture(scope="module")
def model():
    made = NgramModel(words)
    made.fit({"topics": TOPICS, "questions": COUNTS})
    return made


@pytest.mark.parametrize(
    "text", ["moms moms moms og et skilt", "hvornår skal jeg betale moms", "zzz qqq", "", " ", "æøå 123 🙂"]
)
def test_the_scores_are_those_of_the_vectorizers(model, text):
    features = hstack([each.transform([text]) for each in model._vectorizers], format="csr")
    for head, found in model.scores([text]).items():
        weights, bias = model._heads[head].weights, model._heads[head].bias
        assert found == pytest.approx(features @ weights + bias, abs=1e-5)


def test_of_two_labels_the_likelier_one_has_the_higher_score(model):
    for text, label in COUNTS:
        scores = dict(zip(model.labels("questions"), model.scores([text])["questions"][0]))
        assert max(scores, key=scores.get) == label


def test_it_comes_back_as_it_was_saved(model, tmp_path):
    model.save(tmp_path)
    back = NgramModel.load(tmp_path, words)
    assert back.labels("topics") == model.labels("topics")
    assert np.array_equal(back.scores(["betale moms"])["topics"], model.scores(["betale moms"])["topics"])
