"""Checkpoints on disk: `store/checkpoints/<chain key>/`, there whole or not at all."""

import os
import shutil
from collections.abc import Collection
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from sayso.datasets.disk import flush_folder, move_into_place, saying_when_full, write_durably
from sayso.errors import CannotCompare, NotFound, Tampered
from sayso.evidence.canonical import canonical, parse
from sayso.training.models import Checkpoint, checkpoint_from_json

FOLDER = "checkpoints"
_WEIGHTS = "weights.safetensors"
_OPTIMIZER = "optimizer.safetensors"
_ABOUT = "checkpoint.json"
_ASIDE = ".tmp-"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that learning goes on from, as safetensors."""

    weights: bytes
    optimizer: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What a shard has seen so far: rows, and tokens over all epochs."""

    rows: int = 0
    tokens: int = 0


def save(folder: Path, chain_key: str, slice_: int, state: State, passed: Passed) -> Checkpoint:
    """Keep a state under its chain key; when this returns it is on the disk.

    After a crash at any moment the checkpoint is there whole or not at all. One that is there
    already stays, even a thinned one: by its name, the same went in.

    Raises:
        SaysoError: the disk is full.
        CannotCompare: one is there already, and other bytes came of the same.
    """
    checkpoint = Checkpoint(
        chain_key=chain_key,
        slice=slice_,
        weights_digest=sha256(state.weights).hexdigest(),
        optimizer_digest=sha256(state.optimizer).hexdigest(),
        rows=passed.rows,
        tokens=passed.tokens,
    )
    known = find(folder, chain_key)
    if known is not None and known != checkpoint:
        raise CannotCompare(
            f"Learning again what {folder / chain_key} holds gave other bytes.",
            hint="This machine does not compute as it did; `sayso verify` says where they differ.",
        )
    with saying_when_full(folder):
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f"{_ASIDE}{chain_key}-{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            aside.mkdir()
            write_durably(aside / _WEIGHTS, state.weights)
            write_durably(aside / _OPTIMIZER, state.optimizer)
            write_durably(aside / _ABOUT, canonical(asdict(checkpoint)))
            move_into_place(aside, folder / chain_key)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return checkpoint


def find(folder: Path, chain_key: str) -> Checkpoint | None:
    """Return what is kept under that chain key, or None.

    Raises:
        Tampered: something else is kept there.
    """
    path = folder / chain_key / _ABOUT
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    checkpoint = checkpoint_from_json(parse(content))
    if checkpoint.chain_key != chain_key:
        raise Tampered(f"{path} speaks of another checkpoint.", hint=_mend(path.parent))
    return checkpoint


def is_whole(folder: Path, checkpoint: Checkpoint) -> bool:
    """Say whether the checkpoint was not thinned: whether learning can go on from it."""
    return (folder / checkpoint.chain_key / _WEIGHTS).exists()


def thin(folder: Path, checkpoint: Checkpoint) -> None:
    """Keep what a checkpoint is and delete its bytes; they can be learnt again."""
    for name in (_WEIGHTS, _OPTIMIZER):  # gone on from only if both are there: weights go first
        (folder / checkpoint.chain_key / name).unlink(missing_ok=True)


def load(folder: Path, checkpoint: Checkpoint) -> State:
    """Read a checkpoint and check that its bytes are the ones it was kept with.

    Raises:
        NotFound: it is gone.
        Tampered: a byte was changed.
    """
    return State(
        weights=load_weights(folder, checkpoint),
        optimizer=_read(folder, checkpoint, _OPTIMIZER, checkpoint.optimizer_digest),
    )


def load_weights(folder: Path, checkpoint: Checkpoint) -> bytes:
    """Read and check a checkpoint's weights alone: all that serving needs.

    Raises:
        NotFound: they are gone.
        Tampered: a byte was changed.
    """
    return _read(folder, checkpoint, _WEIGHTS, checkpoint.weights_digest)


def prune(folder: Path, keep: Collection[str]) -> int:
    """Delete every checkpoint whose chain key is not in `keep`; return how many.

    What a forgotten member left in older weights is gone from the disk after this.
    """
    gone = [path for path in folder.glob("*") if path.name not in keep]
    for path in gone:
        shutil.rmtree(path)
    if gone:
        flush_folder(folder)
    return sum(not path.name.startswith(_ASIDE) for path in gone)


def sweep(folder: Path) -> None:
    """Delete what killed trainings left half-written. Nobody else may be training here."""
    for path in folder.glob(f"{_ASIDE}*"):
        shutil.rmtree(path)


def _read(folder: Path, checkpoint: Checkpoint, name: str, wanted: str) -> bytes:
    path = folder / checkpoint.chain_key / name
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(
            f"The checkpoint {path} is gone.", hint="Train the dataset again to make it again."
        ) from error
    if sha256(content).hexdigest() != wanted:
        raise Tampered(f"The checkpoint {path} is not what was written.", hint=_mend(path.parent))
    return content


def _mend(folder: Path) -> str:
    return f"Delete {folder}: training the dataset again makes it again."
