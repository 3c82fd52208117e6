"""A sealed dataset small enough to train on in a second: a few members, short rows."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes.seats import SEATS
from harbour import know_tokenizer
from sayso.community import DocumentId, Kind, MemberId
from sayso.datasets.rows import DatasetId, Row, row_digest
from sayso.datasets.sealing.seal import SealFacts, seal
from sayso.datasets.shards import Partition
from sayso.datasets.successors import Change, successor
from sayso.training.learner import in_this_process
from sayso.training.models import TrainedModel
from sayso.training.recipes import SHARDS_ALONE, TINY, Blend, Recipe
from sayso.training.train import train

PARTITION = Partition(key=b"\x07" * 32, shards=2, slices=3)
_WORDS = (
    "we met a new team today and learnt that good tools help people write with care about "
    "their work in schools hospitals farms rail yards and small shops by the river"
)
_FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one test member wrote, and whether a default alone lets it in."""

    member: str
    text: str
    is_default: bool = False


def writings(members: Iterable[str], *, each: int = 2, seed: int = 1) -> list[Written]:
    """Some made-up sentences of every member; a member's own depend on nobody else."""
    found = []
    for member in members:
        chance = random.Random(f"{seed} {member}")
        for _ in range(each):
            words = chance.choices(_WORDS.split(), k=chance.randint(8, 24))
            found.append(Written(member=member, text=f"{member}: {' '.join(words)}."))
    return found


def row(written: Written, number: int, partition: Partition = PARTITION) -> Row:
    """Make a row as admission would; `number` tells a member's documents apart."""
    member, document = MemberId(written.member), DocumentId(f"{written.member}-{number}")
    shard, slice_ = partition.place(member, is_default=written.is_default)
    bare = Row(
        id=partition.row_id(document),
        document_id=document,
        member_id=member,
        members=(member,),
        kind=Kind.POST,
        title="",
        text=written.text,
        language="en",
        licence="",
        source="test",
        created_at=_FIRST + timedelta(minutes=number),
        rule="choice",
        reason="The member said yes.",
        evidence=(),
        is_default=written.is_default,
        redactions={},
        marks=(),
        shard=shard,
        slice=slice_,
        digest="",
    )
    return replace(bare, digest=row_digest(bare))


def rows(written: Iterable[Written], partition: Partition = PARTITION) -> list[Row]:
    """Make rows of all of them."""
    counts: dict[str, int] = {}
    made = []
    for each in written:
        counts[each.member] = counts.get(each.member, 0) + 1
        made.append(row(each, counts[each.member], partition))
    return made


def sealed(store: Path, made: Iterable[Row], partition: Partition = PARTITION) -> DatasetId:
    """Seal rows into a dataset."""
    facts = SealFacts(
        purpose="genai-training",
        policy="test",
        notices=(),
        detectors="none",
        directory="none",
        partition=partition,
        seats=SEATS,
    )
    return seal(store, made, facts).dataset_id


def without(
    store: Path,
    dataset: DatasetId,
    made: Iterable[Row],
    member: str,
    partition: Partition = PARTITION,
) -> DatasetId:
    """Seal the successor from which a member's rows are gone."""
    gone = {each.id for each in made if each.member_id == member}
    return successor(store, dataset, Change(removed=gone), partition, SEATS).dataset_id


def new_store(tmp_path: Path, name: str = "store") -> Path:
    """Make an empty store that has its tokenizer already, to save the seconds of making it."""
    store = tmp_path / name
    know_tokenizer(store)
    return store


def trained(
    store: Path, dataset: DatasetId, recipe: Recipe = TINY, blend: Blend = SHARDS_ALONE
) -> TrainedModel:
    """Train here, without processes: quick, and the bytes are the same."""
    return train(store, dataset, recipe=recipe, blend=blend, launch=in_this_process)


def bytes_of(model: TrainedModel) -> dict[tuple[int, int], tuple[str, str]]:
    """Every checkpoint's digests, weights and optimizer, by shard and slice."""
    return {
        (chain.shard, point.slice): (point.weights_digest, point.optimizer_digest)
        for chain in model.shards
        for point in chain.checkpoints
    }
