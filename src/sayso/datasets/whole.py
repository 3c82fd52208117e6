"""Whether a dataset's files are what was written, and how damaged ones are mended.

A slice in which nothing changed is one file in two datasets, so damage on the disk reaches both.
Therefore the length and the SHA-256 of each file lie in the workings, as they were when it was
written: a file that is carried over keeps those it had, and is never believed anew. An object
store answers for its own bytes: there the lengths alone are compared.
"""

import filecmp
import hashlib
import os

from sayso.datasets.disk import lay_same, replace_durably
from sayso.datasets.places import Place, is_here
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.sealed import (
    MANIFEST,
    folder_of,
    is_of_refusals,
    read_manifest,
    table_in,
    workings_of,
)
from sayso.datasets.tables import REFUSALS
from sayso.errors import BadInput, Tampered
from sayso.evidence.canonical import JSON, canonical, parse

DIGESTS = "files.json"
MEND = "`sayso build --from-nothing` makes all of it again from the documents."

Weighed = tuple[int, str]
"""A file's length in bytes, and its SHA-256; of one that lies elsewhere none."""


def keep_digests(folder: Place, workings: Place, before: tuple[Place, Place] | None) -> None:
    """Write down what each file of a folder that was just sealed is.

    `before` is an earlier dataset's folder, and its workings: what is one file with a file of
    that dataset is what was written down there.
    """
    known = _known(before[1]) if before else {}
    found: dict[str, JSON] = {}
    for path in sorted(folder.iterdir()):
        earlier = before[0] / path.name if before else None
        is_carried = earlier is not None and path.name in known and _is_one_file(path, earlier)
        found[path.name] = list(known[path.name] if is_carried else _weigh(path))
    replace_durably(workings / DIGESTS, canonical(found))


def is_whole(store: Place, dataset: DatasetId) -> bool:
    """Say whether it is known what the files were, once all of them are found to be that.

    Refusals out of which a member was erased since are told by their number.

    Raises:
        NotFound: there is no such dataset in the store.
        Tampered: a file is gone or damaged; the message names the first, and the mend.
    """
    folder = folder_of(store, dataset)
    if folder.exists() and not (folder / MANIFEST).exists():
        raise Tampered(f"{folder / MANIFEST} is gone from its dataset.", hint=MEND)
    try:
        manifest = read_manifest(store, dataset)
        known = _known(workings_of(store, dataset))
        for name in sorted(manifest.files.keys() & known.keys()):
            _require(folder / name, known[name], manifest)
    except Tampered as error:
        raise Tampered(error.message, hint=MEND) from error
    return manifest.files.keys() <= known.keys()


def mend(made: Place, kept: Place) -> tuple[str, ...]:
    """Lay what was just made over what has its name and is not the same; return those names.

    A damaged file that is in other datasets too is mended in all of them.
    """
    mended = []
    for path in sorted(made.iterdir()) if kept.exists() else ():
        old = kept / path.name
        if _is_same(path, old):
            continue
        mended.append(path.name)
        if not is_here(old):
            old.write_bytes(path.read_bytes())
            continue
        beside = kept.parent.glob(f"*/{path.name}") if old.exists() else ()
        for each in (old, *(other for other in beside if other != old and other.samefile(old))):
            spare = made / f".{path.name}"
            lay_same(path, spare)
            spare.replace(each)
    return tuple(mended)


def _require(path: Place, weighed: Weighed, manifest: Manifest) -> None:
    try:
        found = _weigh(path)
    except FileNotFoundError as error:
        raise Tampered(f"{path} is gone from its dataset.") from error
    if found == weighed or (is_of_refusals(path.name) and _is_blanked(path, manifest)):
        return
    raise Tampered(f"{path} was damaged: it is not the file that was sealed.")


def _is_blanked(path: Place, manifest: Manifest) -> bool:
    documents = table_in(path, REFUSALS)["document_id"].to_pylist()
    return "" in documents and len(documents) == manifest.files[path.name]


def _weigh(path: Place) -> Weighed:
    if not is_here(path):
        return path.stat().st_size, ""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return os.fstat(file.fileno()).st_size, digest


def _known(workings: Place) -> dict[str, Weighed]:
    """Return what was written down; nothing where that is gone or no longer to be read."""
    try:
        said = parse((workings / DIGESTS).read_bytes())
    except (FileNotFoundError, BadInput):
        return {}
    pairs = said.items() if isinstance(said, dict) else ()
    return {
        name: (size, digest)
        for name, pair in pairs
        if isinstance(pair, list)
        for size, digest in [pair]
        if isinstance(size, int) and isinstance(digest, str)
    }


def _is_one_file(path: Place, other: Place) -> bool:
    return is_here(path) and is_here(other) and other.exists() and path.samefile(other)


def _is_same(path: Place, old: Place) -> bool:
    if not old.exists():
        return False
    if is_here(path) and is_here(old):
        return path.samefile(old) or filecmp.cmp(path, old, shallow=False)
    return path.stat().st_size == old.stat().st_size
