"""From examples to a saved encoder: vocabulary, graph, and the classifiers above it."""

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable, Dict, Iterable, Mapping, Sequence

import numpy as np
import wordfreq

from bot.understanding.encoder import nano_e5, onnx_graph
from bot.understanding.encoder.files import GRAPH, SETTINGS, TOKENS
from bot.understanding.encoder.heads import Recipe, learn
from bot.understanding.encoder.nano_e5 import Pretrained
from bot.understanding.encoder.sentence_encoder import Embedder, directions, save_heads
from bot.understanding.encoder.tokens import build_tokenizer, kept_pieces

# What a word is comes early, what a sentence means late: classifiers that get both know more (docs/adr/0011).
LAYERS = (4, 8, 10, 12)
_LANGUAGES = ("da", "nb", "sv", "de", "en")
_WORDS = 30_000


def build(texts: Sequence[str], folder: Path) -> bool:
    """Write the pretrained encoder, cut down to the pieces of `texts` and of common words, to `folder`.

    Returns:
        Whether there is one: its weights are not installed on every platform.
    """
    weights = nano_e5.weights_file()
    if weights is None:
        return False
    write(_pruned(nano_e5.read(weights), [*texts, *_common_words()]), folder)
    return True


def write(pretrained: Pretrained, folder: Path) -> None:
    """Write an encoder to `folder`, as Embedder reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    build_tokenizer(pretrained.pieces, pretrained.unknown).save(str(folder / TOKENS))
    onnx_graph.write(pretrained.tensors, pretrained.heads, LAYERS, folder / GRAPH)
    (folder / SETTINGS).write_text(json.dumps({"padding": pretrained.padding}), encoding="utf-8")


def train(
    texts: Sequence[str],
    classes: Mapping[str, np.ndarray],
    folder: Path,
    recipe: Recipe,
    report: Callable[[str], None],
    later: Sequence[str] = (),
) -> Dict[str, np.ndarray]:
    """Learn classes of texts with the encoder that `build` wrote to `folder`, and write there what was learned.

    Args:
        texts: what to learn from.
        classes: for each head the numbers of their two classes: (texts, 2), as `heads.learn` takes them.
        folder: where the encoder is.
        recipe: how the classifiers are learned.
        report: takes a line for each thing that is done.
        later: texts that will be asked for. They are read while the classifiers are learned, which takes one core.

    Returns:
        What each of `later` means, as `Embedder.embedded` gives it.
    """
    embedded = embed(texts, folder)
    report(f"encoder: {len(texts)} examples read")
    centre = embedded.mean(0)
    with ThreadPoolExecutor(1) as beside:
        ahead = beside.submit(embed, later, folder)
        heads = learn(directions(embedded, centre), classes, recipe, report)
        save_heads(folder, heads, centre)
        return dict(zip(later, ahead.result()))


def embed(texts: Sequence[str], folder: Path) -> np.ndarray:
    """Return what texts mean to the encoder in `folder`: (texts, layers, hidden); it uses all cores."""
    found: Dict[int, np.ndarray] = {}
    for places, some in Embedder(folder).embedded_ahead(texts):
        found.update(zip(places, some))
    return np.array([found[place] for place in range(len(texts))])


def _common_words() -> Iterable[str]:
    """Give the words our visitors' languages use most, as they stand in and at the head of a sentence."""
    for language in _LANGUAGES:
        for word in wordfreq.top_n_list(language, _WORDS):
            yield word
            yield word.capitalize()


def _pruned(pretrained: Pretrained, texts: Sequence[str]) -> Pretrained:
    """Return the encoder with the pieces that `texts` need: a sixth of the words, the same answers."""
    kept = kept_pieces(pretrained, texts)
    place = {int(number): index for index, number in enumerate(kept)}
    return dataclasses.replace(
        pretrained,
        pieces=[pretrained.pieces[number] for number in kept],
        begin=place[pretrained.begin],
        end=place[pretrained.end],
        padding=place[pretrained.padding],
        unknown=place[pretrained.unknown],
        tensors={**pretrained.tensors, "emb.word": pretrained.tensors["emb.word"][kept]},
    )
