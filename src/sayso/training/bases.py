"""What shards start from, made of text that no member wrote: `store/bases/<digest>/`.

All shards share a base, so one that was fitted on members' words could never forget them
(promise P4). Who brings a base says what it was made of; that is kept with it and shown.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.datasets.disk import move_into_place, saying_when_full, write_durably
from sayso.errors import NotFound, Tampered
from sayso.evidence.canonical import canonical, digest, parse

FOLDER = "bases"
WEIGHTS = "weights.safetensors"
_ABOUT = "base.json"
_ASIDE = ".tmp-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base: `digest` names its `files`, which maps each file's name to its hex SHA-256.

    `architecture` is what a network of it is called where it comes from (`gpt`, or the `model_type`
    of a Hugging Face configuration). `made_of` says in words what it learnt from.
    """

    digest: str
    name: str
    architecture: str
    tokenizer: str
    made_of: str
    files: Mapping[str, str]


def base_digest(files: Mapping[str, str]) -> str:
    """Name a base by its files' digests."""
    return digest({"base": 1, "files": dict(files)})


def keep_base(  # noqa: PLR0913 - all that is known of a base
    store: Path,
    files: Mapping[str, bytes],
    *,
    name: str,
    architecture: str,
    tokenizer: str,
    made_of: str,
) -> Base:
    """Keep a base; one that is there already stays.

    Raises:
        SaysoError: the disk is full.
    """
    digests = {each: sha256(content).hexdigest() for each, content in sorted(files.items())}
    base = Base(
        digest=base_digest(digests),
        name=name,
        architecture=architecture,
        tokenizer=tokenizer,
        made_of=made_of,
        files=digests,
    )
    folder = store / FOLDER
    if (folder / base.digest).is_dir():
        return find_base(store, base.digest)
    with saying_when_full(folder):
        aside = folder / f"{_ASIDE}{base.digest}"
        aside.mkdir(parents=True, exist_ok=True)
        for each, content in files.items():
            write_durably(aside / each, content)
        write_durably(aside / _ABOUT, canonical(asdict(base)))
        move_into_place(aside, folder / base.digest)
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
    base = Base(**written)
    if base.digest != wanted or base_digest(base.files) != wanted:
        raise Tampered(f"{path} speaks of another base.", hint="Bring the base again.")
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
        raise NotFound(f"{path} is gone.", hint="Bring the base again.") from error
    if sha256(content).hexdigest() != base.files.get(name):
        raise Tampered(f"{path} is not what was kept.", hint="Bring the base again.")
    return content
