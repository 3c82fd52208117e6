"""Trained weights made whole numbers, so that every machine sums them to the same."""

import math

import numpy as np
import numpy.typing as npt
from torch import Tensor

from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.features import BUCKETS
from sayso.redact.tagger.network import Layer, Network
from sayso.redact.tagger.paths import PERSON
from sayso.redact.tagger.weights import Weights
from sayso.redact.tagger.words import Commonness, Lexicon
from tagger.fit import Net

_KNOWN = 32
"""What 1.0 becomes in the sum of a token's features: clipped at 127, so at about 4."""
_SUMMED = 16
"""What 1.0 becomes in what a layer gives on: clipped at 127, so at about 8."""
_TABLE_EXTRA = 1
"""The table itself is twice as fine as its sums."""

_LESS_EAGER = 0.25
"""Taken off every score of a name, in natural logarithms, so that 0 is the dial's middle.

Chosen on btc, wnut17, presidio_synth and so_tech with weights that had not seen them: of steps
of a quarter the most eager at which none loses half a per cent of its characters. Two steps
more would keep to that on these four since words have kinds, but not on other languages.
"""


def pack(net: Net, *, characters: Characters, lexicon: Lexicon, common: Commonness) -> Weights:
    """Return `net` as whole numbers, with the tables it was trained on."""
    table = _numbers(net.table.weight)
    scale = _KNOWN << _TABLE_EXTRA
    small = np.clip(np.rint(table * scale), -127, 127).astype(np.int8)
    first, first_scale = _layer(_numbers(net.first.weight), _numbers(net.first.bias), _KNOWN)
    second, _ = _layer(_numbers(net.second.weight), _numbers(net.second.bias), _SUMMED)
    del first_scale
    labels = 64
    bias = _numbers(net.from_second.bias).copy()
    bias[list(PERSON)] -= _LESS_EAGER
    unit = _SUMMED * labels
    network = Network(
        hashed=small[:BUCKETS],
        flags=small[BUCKETS:],
        table_shift=_TABLE_EXTRA,
        first=first,
        second=second,
        from_first=_whole(_numbers(net.from_first.weight).T, labels),
        from_second=_whole(_numbers(net.from_second.weight).T, labels),
        bias=_whole(bias, unit),
        steps=_whole(_numbers(net.steps), unit).astype(np.int32),
    )
    return Weights(
        characters=characters,
        lexicon=lexicon,
        common=common,
        network=network,
        unit=unit,
        digest="",
    )


def _layer(
    weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32], scale: int
) -> tuple[Layer, int]:
    """Return a layer whose input has `scale` for 1.0 and whose output has _SUMMED."""
    most = float(np.quantile(np.abs(weights), 0.9995))
    finer = 2 ** math.floor(math.log2(127 / most))
    whole = np.clip(np.rint(weights * finer), -127, 127).astype(np.float32)
    shift = round(math.log2(finer * scale / _SUMMED))
    return Layer(
        weights=np.ascontiguousarray(whole.transpose(2, 1, 0)),
        bias=_whole(bias, finer * scale),
        shift=shift,
    ), finer


def _numbers(tensor: Tensor | None) -> npt.NDArray[np.float32]:
    assert tensor is not None
    return np.asarray(tensor.detach().numpy(), dtype=np.float32)


def _whole(numbers: npt.NDArray[np.float32], scale: int) -> npt.NDArray[np.float32]:
    return np.rint(numbers * scale).astype(np.float32)
