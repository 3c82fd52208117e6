"""A base for the small decoder, learnt from an operator's public text that no member wrote.

In a process of its own, as shards learn: `python -m sayso.training.public_text`. Stopped at any
moment, the same call goes on after the last part that was kept.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.errors import BadInput, SaysoError
from sayso.evidence.canonical import digest
from sayso.training.bases import DECODER, FOLDER, WEIGHTS, Base, find_base, keep_base, shape_of
from sayso.training.checkpoints import Passed, find, load, save
from sayso.training.environment import Environment, child_variables
from sayso.training.models import environment_from_json
from sayso.training.plan import chain
from sayso.training.processes import complaint, complaint_in
from sayso.training.recipes import Recipe, recipe_from_json
from sayso.training.shard import Sample
from sayso.training.tokenizer import tokenizer

ENDINGS = (".txt", ".md")
_PARTS = 8
"""So many checkpoints there are on the way, and so many steps down of the learning rate."""
_LONGEST = 100_000
"""A longer text is cut where a paragraph ends, if one does: no part is mostly one text's."""
_OF_NOBODY = -1
_MAKING = ".making"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All that the process that makes a base is told."""

    store: Path
    recipe: Recipe
    environment: Environment
    files: tuple[Path, ...]
    name: str
    made_of: str


def text_files(places: Sequence[Path]) -> tuple[Path, ...]:
    """Return the text files among those places and in those folders, each folder's in order.

    Raises:
        BadInput: a place is not there, or there is no text file in any.
    """
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            found += sorted(each for each in place.rglob("*") if each.suffix.lower() in ENDINGS)
        elif place.is_file():
            found.append(place)
        else:
            raise BadInput(f"There is no file or folder {place}.", hint="Name what is there.")
    if not found:
        raise BadInput(
            f"No text file lies in {', '.join(map(str, places))}.",
            hint=f"Name files, or folders with files that end in {' or '.join(ENDINGS)}.",
        )
    return tuple(found)


def make(work: Work, tell: Callable[[float], None] = lambda _: None) -> Base:
    """Learn the files' text, here, and keep what comes of it as a base.

    Raises:
        BadInput: a file is not text, or all are empty.
        SaysoError: the disk is full.
    """
    from sayso.training.backends.exactly import exactly  # noqa: PLC0415 - loads torch
    from sayso.training.backends.gpt import GPT  # noqa: PLC0415 - likewise
    from sayso.training.backends.trainer import NetworkTrainer  # noqa: PLC0415 - likewise

    parts = _parts(work.files)
    made = tokenizer(work.store, work.recipe.vocabulary)
    names = chain(
        recipe=work.recipe.digest,
        tokenizer=made.digest,
        environment=work.environment.digest,
        shard=_OF_NOBODY,
        roots=[digest([sha256(text.encode()).hexdigest() for text in part]) for part in parts],
    )
    folder = work.store / FOLDER / _MAKING
    with exactly():
        trainer = NetworkTrainer(work.recipe, made, lambda: GPT(work.recipe))
        for number, part in enumerate(parts):
            if (kept := find(folder, names[number + 1])) is not None:
                trainer.resume(load(folder, kept))
                continue

            def tell_part(share: float, _tokens: int, number: int = number) -> None:
                tell((number + share) / len(parts))

            samples = [Sample(members=(), text=text) for text in part]
            tokens = trainer.learn(
                samples, shard=_OF_NOBODY, slice_=number, name=names[number + 1], tell=tell_part
            )
            passed = Passed(rows=len(part), tokens=tokens)
            save(folder, names[number + 1], number, trainer.state(), passed)
            tell((number + 1) / len(parts))
        weights = trainer.state().weights
    base = keep_base(
        work.store,
        {WEIGHTS: weights},
        name=work.name,
        architecture=DECODER,
        tokenizer=made.digest,
        made_of=work.made_of,
        shape=shape_of(work.recipe),
    )
    shutil.rmtree(folder)
    return base


def in_a_process(work: Work, tell: Callable[[float], None] = lambda _: None) -> Base:
    """Do what `make` does, in a process that computes as the environment says.

    Raises:
        as `make`.
    """
    with subprocess.Popen(  # noqa: S603 - our own program, our own arguments
        [sys.executable, "-m", "sayso.training.public_text", _told(work)],
        stdout=subprocess.PIPE,
        env=child_variables(work.environment),
        start_new_session=True,  # Ctrl-C is ours to hear
    ) as process:
        try:
            for line in process.stdout or ():
                said: dict[str, Any] = json.loads(line)
                if "error" in said:
                    raise complaint_in(said)
                if "base" in said:
                    return find_base(work.store, said["base"])
                tell(said["share"])
        finally:
            process.kill()
    raise SaysoError(
        f"Making the base stopped: its process ended with {process.returncode}.",
        hint="Run the same command again; it goes on where it was.",
    )


def main() -> int:
    """Make the base that the argument describes, saying how far it is."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    work = Work(
        store=Path(told["store"]),
        recipe=recipe_from_json(told["recipe"]),
        environment=environment_from_json(told["environment"]),
        files=tuple(map(Path, told["files"])),
        name=told["name"],
        made_of=told["made_of"],
    )
    try:
        base = make(work, lambda share: _say({"share": share}))
    except SaysoError as error:
        _say({**complaint(error)})
        return 1
    _say({"base": base.digest})
    return 0


def _told(work: Work) -> str:
    return json.dumps(asdict(work), default=str)


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _parts(files: Sequence[Path]) -> list[list[str]]:
    """Read the files, cut long ones, and share them out, in order, by how long they are."""
    texts = [piece for path in files for piece in _pieces(_read(path))]
    whole = sum(map(len, texts))
    if not whole:
        raise BadInput("The files hold no text.", hint="Name files with text in them.")
    parts: list[list[str]] = [[] for _ in range(_PARTS)]
    before = 0
    for text in texts:
        parts[before * _PARTS // whole].append(text)
        before += len(text)
    return [part for part in parts if part]


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    left = text.strip()
    while len(left) > _LONGEST:
        end = left.rfind("\n\n", 0, _LONGEST)
        piece, left = left[: end if end > 0 else _LONGEST], left[end if end > 0 else _LONGEST :]
        found.append(piece.strip())
        left = left.strip()
    return [each for each in (*found, left) if each]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not text in UTF-8 (byte {error.start}).") from error


if __name__ == "__main__":
    sys.exit(main())
