"""Text to the pieces the encoder knows: its own unigram vocabulary, cut down to what our visitors write."""

from typing import Iterable, List, Sequence, Set, Tuple

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from bot.understanding.encoder.nano_e5 import Pretrained

# Pieces up to this length stay whatever the texts are: misspelt words fall apart into them.
_SHORT = 3
# So many texts are cut as one where only the pieces count, not whose they are: it takes a third of the time.
_JOINED = 100
_LATIN = set(
    "abcdefghijklmnopqrstuvwxyzæøåäöüßéèêëáàíóúñçABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖÜÉ0123456789▁.,:;!?-'\"()/%&+*=@#§€$£°²³"
)
# What has no shape of its own: controls, zero-width characters, marks of writing direction.
_INVISIBLE = "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"


def build_tokenizer(pieces: Sequence, unknown: int) -> Tokenizer:
    """Build the tokenizer of XLM-RoBERTa from its pieces; `unknown` is the number of the piece for the rest."""
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_INVISIBLE), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


def kept_pieces(pretrained: Pretrained, texts: Iterable[str]) -> np.ndarray:
    """Return the numbers of the pieces to keep, in order: those the texts are made of, and all short Latin ones."""
    whole = build_tokenizer(pretrained.pieces, pretrained.unknown)
    kept: Set[int] = {pretrained.begin, pretrained.end, pretrained.padding, pretrained.unknown}
    each = list(dict.fromkeys(texts))
    joined = [" ".join(each[start : start + _JOINED]) for start in range(0, len(each), _JOINED)]
    for encoding in whole.encode_batch(joined, add_special_tokens=False):
        kept.update(encoding.ids)
    kept.update(
        number
        for number, (piece, _) in enumerate(pretrained.pieces)
        if len(piece.strip("▁")) <= _SHORT and _LATIN.issuperset(piece)
    )
    return np.array(sorted(kept))


def numbers(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> List[List[int]]:
    """Return the pieces of each text between the marks for begin and end, at most `longest` with them."""
    begin, end = (int(tokenizer.token_to_id(mark) or 0) for mark in ("<s>", "</s>"))
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [[begin, *encoding.ids[: longest - 2], end] for encoding in encoded]


def padded(texts: Sequence[Sequence[int]], padding: int) -> Tuple[np.ndarray, np.ndarray]:
    """Return piece numbers filled up to the longest text, and 1.0 where a piece is real: (texts, pieces) each."""
    width = max(map(len, texts))
    pieces = np.full((len(texts), width), padding, np.int64)
    real = np.zeros((len(texts), width), np.float32)
    for row, text in enumerate(texts):
        pieces[row, : len(text)] = text
        real[row, : len(text)] = 1.0
    return pieces, real
