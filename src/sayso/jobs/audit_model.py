"""What a model still knows of those who stay, of those who went, and of those it never learnt."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from sayso.community import DocumentId, MemberId
from sayso.datasets.disk import new_folder, write_durably
from sayso.datasets.rows import HELD_OUT, DatasetId, Row
from sayso.datasets.sealed import read_held_out, read_refusals, read_rows
from sayso.datasets.shards import Partition
from sayso.errors import BadInput, Refused
from sayso.jobs.build import partition_of
from sayso.jobs.look import model_of
from sayso.jobs.prove import kept_dataset
from sayso.storage.stores import Stores
from sayso.training.audit.measuring import Asked, Findings, Group, Guarded
from sayso.training.audit.plots import areas, curves
from sayso.training.audit.telling import report as written
from sayso.training.models import ModelId, ModelState, StoredModel, TrainedModel
from sayso.training.shard import text_of
from sayso.training.takeback import RemovedRow, clean_slices
from sayso.wiring import Network
from sayso.writing.corpus import Corpus
from sayso.writing.guard import without
from sayso.writing.overlap import overlap
from sayso.writing.showing import permission
from sayso.writing.words import Hasher

ROWS = 400
"""Of each group, at most so many rows are asked of, where nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an operator asks for.

    `forgotten` is a file of rows that were forgotten, from whoever still has them; with
    `taken_back`, rows that wait to be forgotten are asked of too. `rows` is the most of each group.
    """

    forgotten: Path | None = None
    taken_back: bool = False
    rows: int = ROWS
    with_ids: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A model and what was found."""

    model_id: ModelId
    findings: Findings


def audit_model(
    network: Network,
    beginning: str,
    wanted: Wanted,
    *,
    out: Path | None = None,
    report: Callable[..., None] = lambda *_: None,
) -> Audited:
    """Audit the model whose id begins so; with `out`, write the report into a new folder too.

    Nothing is kept of it in the home, and no text is in it.

    Raises:
        Refused: the model is retired, nothing of it may be served, or there are no rows to compare.
        NotFound: there is no such model, or its dataset gave way.
        BadInput: the folder is there already, or a line of the file is not a row of a member.
        Tampered: a checkpoint or the dataset is not what was kept.
    """
    stored = model_of(network, beginning)
    model = stored.model
    _require_current(stored)
    with nullcontext() if out is None else new_folder(out) as aside:
        with network.reading() as stores:
            kept_dataset(stores, model.dataset_id)
            removed = tuple(stores.takebacks.removed_rows(model.dataset_id))
        rows = _groups(network, model, removed, wanted)
        with network.reading() as stores:
            found = _asked(network, model, removed, rows, _guard(network, stores, model), report)
        if aside is not None:
            for name, content in _files(found, model.model_id, with_ids=wanted.with_ids):
                write_durably(aside / name, content.encode())
    return Audited(model_id=model.model_id, findings=found)


def as_json(audited: Audited, *, with_ids: bool) -> dict[str, object]:
    """Return the findings as they are printed and written; row ids only where they are wanted."""
    told = asdict(audited.findings)
    for each in told["extraction"]:
        if not with_ids:
            del each["row_ids"]
    return {"model": audited.model_id, **told}


def _require_current(stored: StoredModel) -> None:
    if stored.state is ModelState.RETIRED:
        raise Refused(
            f"Model {stored.model.model_id} is retired: what it learnt from is deleted.",
            rule="retired_models_rest",
            hint="`sayso models list` shows the one that came after it.",
        )


def _groups(
    network: Network, model: TrainedModel, removed: Sequence[RemovedRow], wanted: Wanted
) -> dict[Group, list[Asked]]:
    """Return the rows to ask of, by group; by their ids, which are hashes, some of each.

    Raises:
        Refused: there are none that stay, or none that were never learnt.
    """
    store, gone = network.settings.store, {row.row_id for row in removed}
    learnt = [_row(row) for row in read_rows(store, model.dataset_id, held_out=False)]
    never = [_row(row) for row in read_held_out(store, model.dataset_id) if row.id not in gone]
    groups = {Group.STAYS: [row for row in learnt if row.id not in gone], Group.NEVER: never}
    if wanted.taken_back:
        groups[Group.TAKEN_BACK] = [row for row in learnt if row.id in gone]
    if wanted.forgotten is not None:
        groups[Group.FORGOTTEN] = list(_in_file(wanted.forgotten, partition_of(network), model))
    if not never:
        raise Refused(
            f"Dataset {model.dataset_id} has no held-out rows in service to compare with.",
            rule="something_to_compare_with",
            hint="One member in twenty is held out: an audit needs a larger network.",
        )
    if not groups[Group.STAYS]:
        raise Refused(
            f"Model {model.model_id} has learnt from no row that is in service.",
            rule="something_to_compare",
            hint="`sayso build` and `sayso train` make a model of those who say yes.",
        )
    some = {
        group: sorted(rows, key=lambda row: row.id)[: wanted.rows] for group, rows in groups.items()
    }
    return {group: rows for group, rows in some.items() if rows}


def _row(row: Row) -> Asked:
    return Asked(id=row.id, member=row.member_id, shard=row.shard, text=text_of(row))


def _in_file(path: Path, partition: Partition, model: TrainedModel) -> Iterator[Asked]:
    """Yield the rows of JSON lines: `member_id` (or `author`), `text`, and `title` if there is one.

    Raises:
        BadInput: a line is no such row, or its member was held out and so never learnt.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not text (byte {error.start}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _in_line(line, f"{path}:{number}", partition, model)


def _in_line(line: str, where: str, partition: Partition, model: TrainedModel) -> Asked:
    hint = "Each line is a JSON object with member_id, text, and title if there is one."
    try:
        said = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInput(f"{where} is not JSON.", hint=hint) from error
    if not isinstance(said, Mapping):
        raise BadInput(f"{where} is not a JSON object.", hint=hint)
    member, text = said.get("member_id") or said.get("author"), said.get("text")
    title = said.get("title") or ""
    if not all(isinstance(each, str) for each in (member, text, title)) or not (member and text):
        raise BadInput(f"{where} says no member_id, or no text.", hint=hint)
    shard, _ = partition.place(MemberId(member), is_default=False)
    if shard == HELD_OUT or shard not in model.slices:
        raise BadInput(
            f"{where}: this member was held out, so nothing of theirs was ever learnt.",
            hint="Take the line out of the file.",
        )
    whole = f"{title}\n{text}" if title else text
    return Asked(id=where, member=member, shard=shard, text=whole)


def _asked(  # noqa: PLR0913, PLR0917 - the model, what of it may be served, whose rows, who checks
    network: Network,
    model: TrainedModel,
    removed: Sequence[RemovedRow],
    rows: Mapping[Group, Sequence[Asked]],
    guarded: Guarded | None,
    report: Callable[..., None],
) -> Findings:
    # Loading torch takes seconds, and refusing does not need it.
    from sayso.training.audit.asking import audit  # noqa: PLC0415

    return audit(
        network.settings.store,
        model,
        rows,
        serve_slices=clean_slices(model.slices, removed) if removed else None,
        removed=removed,
        guarded=guarded,
        tell=lambda share: report(share, 1.0, "Asking the model of rows"),
    )


def _guard(network: Network, stores: Stores, model: TrainedModel) -> Guarded | None:
    """Return what writing lets pass for somebody who wrote none of it; None where it has no index.

    The index is of the model in use.
    """
    if not stores.writing.is_indexed(model.dataset_id):
        return None
    store, limit = network.settings.store, network.settings.copy_limit_words
    rows = tuple(read_rows(store, model.dataset_id, held_out=False))
    refusals = read_refusals(store, DatasetId(model.dataset_id))
    corpus = Corpus(model.dataset_id, rows, Hasher(network.keys.partition), refusals)
    permitted: Callable[[DocumentId], bool] = permission(stores, network.clock())

    def guarded(text: str) -> str:
        found = overlap(text, stores, corpus, MemberId(""), permitted)
        return without(text, found.too_long(limit))

    return guarded


def _files(found: Findings, model_id: ModelId, *, with_ids: bool) -> Iterator[tuple[str, str]]:
    told = as_json(Audited(model_id=model_id, findings=found), with_ids=with_ids)
    yield "report.json", json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    yield "report.md", written(found, model_id, with_ids=with_ids)
    yield "areas.svg", areas(found)
    yield "curves.svg", curves(found)
