"""Where datasets lie: a folder of this machine, or an address that fsspec knows, as `s3://`."""

import sys
from pathlib import Path
from typing import TypeAlias, cast

from upath import UPath

from sayso.errors import BadInput

Place: TypeAlias = Path
"""A folder or a file, here or elsewhere: elsewhere it is a `UPath`, which speaks as `Path` does."""

POINTER = "datasets.address"
"""The file in a store that says where its datasets lie, if that is not in the store itself."""


def place(address: str | Path) -> Place:
    """Return what the address names: a path of this machine, or something elsewhere.

    Raises:
        BadInput: nothing that is installed speaks this kind of address.
    """
    if isinstance(address, Path) or "://" not in address:
        return Path(address)
    try:
        found = UPath(address)
    except (ImportError, ValueError) as error:
        kind = address.partition("://")[0]
        raise BadInput(
            f"Nothing here speaks {kind}://: {error}.",
            hint=f"Install fsspec's package for {kind} (for S3: `pip install s3fs`).",
        ) from error
    return Path(found.path) if found.protocol in {"file", "local", ""} else cast("Path", found)


def is_here(somewhere: Place) -> bool:
    """Whether it lies on this machine's own disks."""
    return not isinstance(somewhere, UPath)


def shelf(store: Place) -> Place:
    """Return where the datasets of a store lie: in it, or where its file `POINTER` says."""
    pointer = store / POINTER
    return place(pointer.read_text().strip()) if pointer.exists() else store / "datasets"


def unreachable() -> tuple[type[Exception], ...]:
    """Return what is raised where a place does not answer; S3's client has errors of its own."""
    s3 = sys.modules.get("botocore.exceptions")
    return (OSError,) if s3 is None else (OSError, s3.BotoCoreError)
