"""Files of counts: there whole or not at all, and named where they are not what they were."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.datasets.disk import flush_folder, replacing, saying_when_full
from sayso.errors import NotFound, Tampered
from sayso.evidence.canonical import JSON, canonical, parse
from sayso.training.counts.naming import FOLDER

_ASIDE = ".tmp-"
_ABOUT = b"sayso"


def path_of(store: Path, name: str) -> Path:
    """Return where counts of that name are."""
    return store / FOLDER / f"{name}.parquet"


def write(path: Path, columns: pa.Table, about: Mapping[str, JSON]) -> None:
    """Write columns with something to know about them; the first column is in order.

    Raises:
        SaysoError: the disk is full; nothing half-written is left.
    """
    with saying_when_full(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    ordered, *others = columns.schema.names
    with replacing(path) as file:
        pq.write_table(
            columns.replace_schema_metadata({_ABOUT: canonical(dict(about))}),
            file,
            compression="zstd",
            use_dictionary=others,
            column_encoding={ordered: "DELTA_BINARY_PACKED"},
        )


def read(path: Path) -> tuple[pa.Table, Any]:
    """Read columns and what is to be known about them.

    Raises:
        NotFound: the file is gone.
        Tampered: it is broken.
    """
    with _saying_what_is_broken(path):
        columns = pq.read_table(path, partitioning=None)
        return columns, parse(columns.schema.metadata[_ABOUT])


def find(store: Path, name: str) -> str | None:
    """Return the digest of the counts that are kept under this name, or None.

    Raises:
        Tampered: something else is kept there.
    """
    path = path_of(store, name)
    if not path.exists():
        return None
    with _saying_what_is_broken(path):
        about: Any = parse(pq.read_metadata(path).metadata[_ABOUT])
        named, digest = about["name"], str(about["digest"])
    if named != name:
        raise changed(path)
    return digest


def changed(path: Path) -> Tampered:
    """Return the refusal of a file that does not say what it was kept with."""
    return Tampered(f"The counts in {path} are not those that were counted.", hint=_mend(path))


def prune(store: Path, keep: Collection[str]) -> int:
    """Delete all counts whose name is not in `keep`; return how many.

    What a forgotten member left in older counts is gone from the disk after this.
    """
    folder = store / FOLDER
    gone = [path for path in folder.glob("*") if path.suffix != ".parquet" or path.stem not in keep]
    for path in gone:
        path.unlink()
    if gone:
        flush_folder(folder)
    return sum(not path.name.startswith(_ASIDE) for path in gone)


def sweep(store: Path) -> None:
    """Delete what killed counting left half-written. Nobody else may be counting here."""
    for path in (store / FOLDER).glob(f"{_ASIDE}*"):
        path.unlink()


@contextmanager
def _saying_what_is_broken(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound(
            f"The counts {path} are gone.", hint="Train the dataset again to make them again."
        ) from error
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise Tampered(f"The counts {path} are broken: {error}", hint=_mend(path)) from error


def _mend(path: Path) -> str:
    return f"Delete {path}: training the dataset again makes it again."
