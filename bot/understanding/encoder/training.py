"""From examples to a saved encoder: vocabulary, tuning, graph."""

import dataclasses
from pathlib import Path
from typing import Callable, Iterable, List, Mapping, NamedTuple, Optional, Sequence

import numpy as np
import wordfreq
from tokenizers import Tokenizer

from bot.understanding.encoder import nano_e5, onnx_graph, sentence_encoder
from bot.understanding.encoder.nano_e5 import Pretrained
from bot.understanding.encoder.tokens import build_tokenizer, kept_pieces, numbers
from bot.understanding.encoder.tuning import Recipe, Tuner

# Longer examples are cut while the encoder is tuned: they cost time by the square.
LONGEST_EXAMPLE = 64
_LANGUAGES = ("da", "nb", "sv", "de", "en")
_WORDS = 30_000


class Ready(NamedTuple):
    """What tuning begins with: the encoder cut down to our words, its tokenizer, and the pieces of every example."""

    pretrained: Pretrained
    tokenizer: Tokenizer
    pieces: List[List[int]]


def prepare(texts: Sequence[str]) -> Optional[Ready]:
    """Read the pretrained encoder and cut `texts` into its pieces; None where its weights are not installed."""
    weights = nano_e5.weights_file()
    if weights is None:
        return None
    pretrained = _pruned(nano_e5.read(weights), [*texts, *_common_words()])
    tokenizer = build_tokenizer(pretrained.pieces, pretrained.unknown)
    return Ready(pretrained, tokenizer, numbers(tokenizer, texts, LONGEST_EXAMPLE))


def train(
    ready: Ready,
    classes: Mapping[str, np.ndarray],
    folder: Path,
    recipe: Recipe,
    report: Optional[Callable[[str], None]] = None,
) -> None:
    """Tune the encoder on the texts it is ready for, with their class numbers for each head; write it to `folder`."""
    pretrained = ready.pretrained
    tuned = Tuner(pretrained, recipe, report).tune(ready.pieces, classes)
    folder.mkdir(parents=True, exist_ok=True)
    onnx_graph.write(
        {**pretrained.tensors, **tuned.tensors},
        pretrained.layers,
        pretrained.heads,
        sentence_encoder.graph_file(folder),
    )
    sentence_encoder.save(
        folder,
        ready.tokenizer,
        heads=tuned.heads,
        centre=tuned.centre,
        padding=pretrained.padding,
        sharpness=recipe.sharpness,
    )


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
