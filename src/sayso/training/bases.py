"""What shards start from, made of text that no member wrote: `store/bases/<digest>/`.

All shards share a base, so one that was fitted on members' words could never forget them
(promise P4). Who brings a base says what it was made of; that is kept with it and shown.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from sayso.datasets.disk import move_into_place, saying_when_full, write_durably
from sayso.errors import BadInput, NotFound, Tampered
from sayso.evidence.canonical import canonical, digest, parse
from sayso.training.recipes import Adapter, Recipe

FOLDER = "bases"
WEIGHTS = "weights.safetensors"
DECODER = "gpt"
"""The architecture of the small decoder."""
_ABOUT = "base.json"
_ASIDE = ".tmp-adding"
_RATE = 1e-3
_ADAPTERS = {"tiny": Adapter(rank=2, alpha=4)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How large a base's network is; `context` is the longest text it can read."""

    width: int
    layers: int
    heads: int
    hidden: int
    context: int
    vocabulary: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base: `digest` names its `files`, which maps each file's name to its hex SHA-256.

    `architecture` is what a network of it is called where it comes from (`gpt`, or the `model_type`
    of a Hugging Face configuration). `made_of` says in words what it learnt from. `reads_apart`:
    it can read documents in one window without one seeing another.
    """

    digest: str
    name: str
    architecture: str
    tokenizer: str
    made_of: str
    shape: Shape
    files: Mapping[str, str]
    reads_apart: bool = True


def base_digest(files: Mapping[str, str]) -> str:
    """Name a base by its files' digests."""
    return digest({"base": 1, "files": dict(files)})


def keep_base(  # noqa: PLR0913 - all that is known of a base
    store: Path,
    files: Mapping[str, bytes | Path],
    *,
    name: str,
    architecture: str,
    tokenizer: str,
    made_of: str,
    shape: Shape,
    reads_apart: bool = True,
) -> Base:
    """Keep a base; one that is there already stays, with what was said of it first.

    A file given as a path is copied. Only one process may bring a base into a store at a time.

    Raises:
        SaysoError: the disk is full.
    """
    folder = store / FOLDER
    aside = folder / _ASIDE
    with saying_when_full(folder):
        shutil.rmtree(aside, ignore_errors=True)  # what a killed one left behind
        try:
            aside.mkdir(parents=True)
            digests: dict[str, str] = {}
            for each, content in sorted(files.items()):
                _lay(aside / each, content)
                digests[each] = _digest_of(aside / each)
            base = Base(
                digest=base_digest(digests),
                name=name,
                architecture=architecture,
                tokenizer=tokenizer,
                made_of=made_of,
                shape=shape,
                files=digests,
                reads_apart=reads_apart,
            )
            if (folder / base.digest).is_dir():
                return find_base(store, base.digest)
            write_durably(aside / _ABOUT, canonical(asdict(base)))
            move_into_place(aside, folder / base.digest)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return base


def bases_in(store: Path) -> tuple[Base, ...]:
    """Return every base that the store holds, by digest."""
    return tuple(find_base(store, path.name) for path in sorted((store / FOLDER).glob("[!.]*")))


def find_base(store: Path, wanted: str) -> Base:
    """Return what is known of a base.

    Raises:
        NotFound: the store does not hold it.
        Tampered: it is another one.
    """
    path = store / FOLDER / wanted / _ABOUT
    try:
        written: Any = parse(path.read_bytes())
    except FileNotFoundError as error:
        raise NotFound(
            f"The store holds no base {wanted[:16]}.",
            hint="`sayso bases list` shows those there are; `sayso bases add` brings one.",
        ) from error
    base = Base(**{**written, "shape": Shape(**written["shape"])})
    if base.digest != wanted or base_digest(base.files) != wanted:
        raise Tampered(f"{path} speaks of another base.", hint=_again(path.parent))
    return base


def base_file(store: Path, wanted: str, name: str) -> bytes:
    """Read one file of a base and check it.

    Raises:
        NotFound: the store does not hold it.
        Tampered: a byte was changed.
    """
    base, path = find_base(store, wanted), store / FOLDER / wanted / name
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"{path} is gone.", hint=_again(path.parent)) from error
    if sha256(content).hexdigest() != base.files.get(name):
        raise Tampered(f"{path} is not what was kept.", hint=_again(path.parent))
    return content


def base_folder(store: Path, wanted: str) -> Path:
    """Return a base's folder, once all that lies in it is what was kept.

    Raises:
        NotFound: the store does not hold it, or a file of it is gone.
        Tampered: a byte was changed, or a file lies there that was not brought.
    """
    base, folder = find_base(store, wanted), store / FOLDER / wanted
    there = {path.name for path in folder.iterdir()}
    if more := sorted(there - base.files.keys() - {_ABOUT}):
        raise Tampered(f"{folder / more[0]} is no part of the base.", hint="Take it away.")
    for name, kept in base.files.items():
        if name not in there:
            raise NotFound(f"{folder / name} is gone.", hint=_again(folder))
        if _digest_of(folder / name) != kept:
            raise Tampered(f"{folder / name} is not what was kept.", hint=_again(folder))
    return folder


def starting_from(size: Recipe, base: Base) -> Recipe:
    """Return the recipe of that size whose shards start from the base.

    A small decoder learns on in all its weights, so the base is of the same size; any other base
    stays as it is and gets an adapter in each shard.

    Raises:
        BadInput: the base is a small decoder of another size.
    """
    if base.architecture != DECODER:
        return replace(
            size,
            name=f"{size.name}-adapter",
            **{**asdict(base.shape), "context": min(size.context, base.shape.context)},
            rate=_RATE,
            documents_apart=base.reads_apart,
            base=base.digest,
            adapter=_ADAPTERS.get(size.name, Adapter()),
        )
    if shape_of(size) != base.shape:
        raise BadInput(
            f"Base {base.digest[:16]} is not of size {size.name}.",
            hint="Give the --size that `sayso bases make` was given.",
        )
    return replace(size, base=base.digest)


def shape_of(recipe: Recipe) -> Shape:
    """Return the shape of a recipe's small decoder."""
    return Shape(
        width=recipe.width,
        layers=recipe.layers,
        heads=recipe.heads,
        hidden=recipe.hidden,
        context=recipe.context,
        vocabulary=recipe.vocabulary,
    )


def _lay(path: Path, content: bytes | Path) -> None:
    if isinstance(content, bytes):
        write_durably(path, content)
        return
    with content.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _again(folder: Path) -> str:
    return f"Delete {folder} and bring the same base again: its id will be the same."
