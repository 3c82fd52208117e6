"""The file of weights: what it holds, and how it is read and written."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.errors import BadInput
from sayso.redact.tagger.characters import Characters
from sayso.redact.tagger.network import Layer, Network
from sayso.redact.tagger.words import Commonness, Lexicon, commonness

WEIGHTS = Path(__file__).parent.parent / "weights" / "people.npz"

Arrays = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Everything a tagger knows; `unit` is what one natural logarithm is in its scores."""

    characters: Characters
    lexicon: Lexicon
    common: Commonness
    network: Network
    unit: int
    digest: str


def load(path: Path) -> Weights:
    """Return the weights in the file at `path`.

    Raises:
        BadInput: the file is missing, cut short, or no file of weights.
    """
    try:
        raw = path.read_bytes()
        with np.load(io.BytesIO(raw), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        return of_arrays(arrays, digest=hashlib.sha256(raw).hexdigest())
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise BadInput(
            f"{path} is no file of the tagger's weights: {error}",
            hint="Install Sayso again, or name a file that `python -m tagger.train` wrote.",
        ) from error


def of_arrays(arrays: Arrays, digest: str = "") -> Weights:
    """Return the weights that `arrays` hold, as `to_arrays` makes them."""
    characters = Characters(
        sorts=arrays["sorts"].astype(np.uint8),
        folds=_differences(arrays["folds"], back=True),
        scripts=arrays["scripts"].astype(np.uint8),
    )
    flat = {
        name: held.astype(np.float32)
        for name, held in arrays.items()
        if name.startswith(("first", "second", "from", "bias"))
    }
    numbers = arrays["numbers"].astype(np.int64).tolist()
    hashed = np.zeros((numbers[4], arrays["rows"].shape[1]), dtype=np.int8)
    hashed[arrays["rows_at"].astype(np.int64)] = arrays["rows"]
    network = Network(
        hashed=hashed,
        flags=arrays["flags"].astype(np.int8),
        table_shift=numbers[0],
        first=Layer(weights=flat["first"], bias=flat["first_bias"], shift=numbers[1]),
        second=Layer(weights=flat["second"], bias=flat["second_bias"], shift=numbers[2]),
        from_first=flat["from_first"],
        from_second=flat["from_second"],
        bias=flat["bias"],
        steps=arrays["steps"].astype(np.int32),
    )
    return Weights(
        characters=characters,
        lexicon=Lexicon(
            hashes=np.cumsum(arrays["listed"], dtype=np.uint64),
            classes=arrays["classes"].astype(np.uint64),
        ),
        common=commonness(characters),
        network=network,
        unit=numbers[3],
        digest=digest,
    )


def to_arrays(weights: Weights) -> Arrays:
    """Return what is written to the file: rows of the hashed table that are not empty."""
    network = weights.network
    at = np.flatnonzero(network.hashed.any(axis=1))
    return {
        "sorts": weights.characters.sorts,
        "folds": _differences(weights.characters.folds, back=False),
        "scripts": weights.characters.scripts,
        "listed": _steps(weights.lexicon.hashes),
        "classes": weights.lexicon.classes,
        "rows_at": at.astype(np.uint32),
        "rows": network.hashed[at],
        "flags": network.flags,
        "first": network.first.weights.astype(np.int8),
        "first_bias": network.first.bias.astype(np.int32),
        "second": network.second.weights.astype(np.int8),
        "second_bias": network.second.bias.astype(np.int32),
        "from_first": network.from_first.astype(np.int16),
        "from_second": network.from_second.astype(np.int16),
        "bias": network.bias.astype(np.int32),
        "steps": network.steps,
        "numbers": np.array(
            [
                network.table_shift,
                network.first.shift,
                network.second.shift,
                weights.unit,
                len(network.hashed),
            ],
            dtype=np.int64,
        ),
    }


def _steps(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """Return how far each of the sorted hashes is from the one before: far fewer bits."""
    apart = np.diff(hashes, prepend=np.uint64(0))
    if len(apart) and int(apart.max()) >= 1 << 32:
        raise ValueError("too few listed words for their hashes to be kept as steps")
    return apart.astype(np.uint32)


def _differences(folds: npt.NDArray[np.generic], *, back: bool) -> npt.NDArray[np.uint32]:
    """Return how far each fold is from its code point, or the folds again: most are the same."""
    own = np.arange(len(folds), dtype=np.uint32)
    held = folds.astype(np.uint32)
    return held + own if back else held - own
