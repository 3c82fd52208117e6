"""Answers put together into pieces that are worth a task, and each made, wherever that is done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from sayso.datasets.admitting.answers import ASKED, Asked
from sayso.datasets.making.making import made, name_of
from sayso.datasets.making.staging import fixed, is_laid, lay
from sayso.datasets.making.steps import Step, digest_of
from sayso.datasets.making.tokens import about
from sayso.datasets.places import place
from sayso.datasets.tables import ABOUT_BYTES

PIECE_BYTES = 4_000_000
"""Documents are worked on in pieces of about so many bytes."""

UNSURE = ASKED.append(pa.field("was", pa.binary(ABOUT_BYTES), nullable=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """Answers, less those that yesterday's dataset has.

    `fresh` are not in it. `unsure` (`UNSURE`) are, but the steps may know more of them today;
    what they knew yesterday is in the column `was`.
    """

    fresh: Asked
    unsure: pa.RecordBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceTask:
    """What a piece is to be made of, and the folder where it is laid down."""

    work: str
    sifted: Sifted


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The name of a piece, and the tokens of those rows in it that yesterday's dataset has too."""

    piece: str
    anew: bytes


def all_fresh(asked: Asked) -> Sifted:
    """Take all answers for new."""
    return Sifted(fresh=asked, unsure=pa.RecordBatch.from_pylist([], schema=UNSURE))


def make_piece(steps: Sequence[Step], task: PieceTask) -> Made:
    """Make a piece and lay it down, unless it lies there."""
    fresh, unsure = task.sifted.fresh, task.sifted.unsure
    changed = unsure
    if len(unsure):
        now = about(pa.Table.from_batches([unsure]), steps)
        changed = unsure.filter(pc.not_equal(now, unsure["was"]))
    anew = pa.chunked_array([changed["token"]])
    asked = fresh
    if len(changed):
        both = [fresh.permitted, changed.select(ASKED.names)]
        asked = Asked(permitted=pa.concat_batches(both), refused=fresh.refused)
    work, name = place(task.work), name_of(asked, digest_of(steps))
    if not is_laid(work, name):
        lay(work, name, made(asked, steps))
    return Made(piece=name, anew=fixed(anew).tobytes())


def pieces_of(answers: Iterable[Sifted]) -> Iterator[Sifted]:
    """Put answers together until they are worth a task; nothing makes no piece."""
    held: list[Sifted] = []
    size = 0
    for each in answers:
        batches = (*each.fresh, each.unsure)
        if any(map(len, batches)):
            held.append(each)
            size += sum(batch.nbytes for batch in batches)
        if size >= PIECE_BYTES:
            yield _joined(held)
            held, size = [], 0
    if held:
        yield _joined(held)


def _joined(answers: Sequence[Sifted]) -> Sifted:
    if len(answers) == 1:
        return answers[0]
    return Sifted(
        fresh=Asked(
            permitted=pa.concat_batches([each.fresh.permitted for each in answers]),
            refused=pa.concat_batches([each.fresh.refused for each in answers]),
        ),
        unsure=pa.concat_batches([each.unsure for each in answers]),
    )
