"""How a sealed dataset lies in its home, for the cards that speak of files."""

import hashlib
from pathlib import Path

from sayso.datasets.cards.described import HELD_OUT_SPLIT, TRAIN, File, Layout, Split
from sayso.datasets.manifests import dataset_id
from sayso.datasets.rows import Manifest
from sayso.datasets.sealed import HELD_OUT_FILE, folder_of, is_of_refusals
from sayso.datasets.tables import ROWS
from sayso.errors import NotFound

SPLITS_SAID = {
    TRAIN: "Rows that models learn from.",
    HELD_OUT_SPLIT: "Rows of members whose words only measure models and train none.",
}
_SHARDS = "shard-*.parquet"


def sealed_layout(store: Path, manifest: Manifest, *, hashed: bool) -> Layout:
    """Return the files of a dataset in its home, with their hashes where they are `hashed`.

    Raises:
        NotFound: hashes are asked for and the files are deleted already.
    """
    names = sorted(name for name in manifest.files if not is_of_refusals(name))
    folder = folder_of(store, dataset_id(manifest))
    return Layout(
        schema=ROWS,
        splits=tuple(
            Split(name=split, pattern=pattern, said=SPLITS_SAID[split])
            for split, pattern in ((TRAIN, _SHARDS), (HELD_OUT_SPLIT, HELD_OUT_FILE))
            if split == TRAIN or HELD_OUT_FILE in names
        ),
        files=tuple(
            file_in(folder, name, split_of(name))
            if hashed
            else File(name=name, split=split_of(name), size_bytes=0, sha256="")
            for name in names
        ),
    )


def split_of(name: str) -> str:
    """Return which split a file of a sealed dataset belongs to."""
    return HELD_OUT_SPLIT if name == HELD_OUT_FILE else TRAIN


def file_in(folder: Path, name: str, split: str) -> File:
    """Return what a file in that folder is, weighed and hashed.

    Raises:
        NotFound: it is not there.
    """
    path = folder / name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise NotFound(
            f"{path} is gone: what the dataset held was deleted when nothing stood on it any more.",
            hint="Cards that do not speak of files are still there, as `--card people`.",
        ) from error
    return File(name=name, split=split, size_bytes=path.stat().st_size, sha256=digest)
