"""Recomputing what was claimed: a log, a dataset, a model, a certificate, or a file of one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.audit.offline_dataset import DATASET, check_folder
from sayso.audit.offline_membership import check_file
from sayso.audit.offline_verifier import Head, Trust, Unsaid
from sayso.datasets.rows import DatasetId
from sayso.datasets.verify import verify_dataset
from sayso.errors import BadInput, NotFound, Tampered
from sayso.evidence.canonical import JSON
from sayso.jobs.learn import noise_key
from sayso.jobs.look import one_named
from sayso.jobs.prove import kept_dataset
from sayso.jobs.seats import seats_of
from sayso.training.certificate import KIND
from sayso.training.train import Progress
from sayso.training.verify import Compared, retrain_and_compare, verify_certificate
from sayso.wiring import Network

LOG = "LOG"
_OURS = "It is signed by this network's log, at size {size}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was recomputed and found equal, in sentences."""

    what: str
    sentences: tuple[str, ...]


def verify(
    network: Network, what: str, *, report: Callable[..., None] = lambda *_: None
) -> Verified:
    """Recompute and compare; `what` is `LOG`, a file, a folder for auditors, or an id's beginning.

    Raises:
        Tampered: something differs; the first difference is named.
        CannotCompare: made on another type of machine.
        NotFound: nothing has that id, or what it named is no longer kept.
    """
    if what.upper() == LOG:
        return _log(network)
    if Path(what).is_file():
        return _file(network, Path(what), report)
    if is_for_auditors(Path(what)):
        return _handed(network, Path(what))
    with network.reading() as stores:
        known: Mapping[str, tuple[str, ...]] = {
            "certificate": tuple(each.id for each in stores.takebacks.certificates()),
            "model": tuple(each.model.model_id for each in stores.models.list()),
            "dataset": tuple(stores.datasets.ids()),
        }
    for kind, ids in known.items():
        if what and any(each.startswith(what) for each in ids):
            return _CHECKS[kind](network, one_named(kind, ids, what), report)
    raise NotFound(
        f"There is no model, certificate or dataset {what!r}, and no such file.",
        hint="`sayso models list`, `sayso datasets list`, or `sayso verify LOG`.",
    )


def is_for_auditors(path: Path) -> bool:
    """Whether it is a folder with a whole dataset, as `datasets prove --all` writes it."""
    return (path / DATASET).is_file()


def check_alone(path: Path) -> Verified:
    """Check a file where there is no home: its signature and its place in the log, no more.

    Of a folder for auditors all is checked that there is.

    Raises:
        BadInput: too little was given to check it.
        Tampered: it does not hold.
    """
    if is_for_auditors(path):
        head, sentences = _checked(path, lambda: check_folder(path, Trust(), {}))
        by = f"It is signed by the log {head.origin}, at size {head.size}."
        return Verified(what=path.name, sentences=(*sentences, by))
    text = _text(path)
    head, sentences = _checked(path, lambda: check_file(text, Trust(), {}))
    return Verified(
        what=path.name,
        sentences=(
            *sentences,
            f"It is signed by the log {head.origin}, at size {head.size}.",
            "In the network's home, `sayso verify` also trains again and compares.",
        ),
    )


def _log(network: Network) -> Verified:
    with network.reading() as stores:
        checked = stores.log.verify()
    return Verified(
        what=LOG,
        sentences=(
            f"The log holds: {checked.size} entries hash to root {checked.root}.",
            f"{checked.checkpoints} signed checkpoints agree with it.",
        ),
    )


def _dataset(network: Network, dataset_id: str, report: Callable[..., None]) -> Verified:
    report(0, 1, "Recomputing the dataset")
    with network.reading() as stores:
        kept_dataset(stores, dataset_id)
    seats = seats_of(network, checking=True)
    checked = verify_dataset(network.settings.store, DatasetId(dataset_id), seats)
    return Verified(
        what=dataset_id,
        sentences=(
            (
                f"Dataset {dataset_id} holds: {checked.rows} rows in {checked.slices} slices, "
                f"{checked.held_out_rows} held out and {checked.refusals} refusals hash to its id."
            ),
        ),
    )


def _model(network: Network, model_id: str, report: Callable[..., None]) -> Verified:
    with network.reading() as stores:
        stored = stores.models.get(model_id)
    compared = retrain_and_compare(
        network.settings.store,
        stored.model,
        workers=network.settings.workers,
        noise_key=noise_key(network),
        progress=_listener(report),
    )
    return Verified(what=model_id, sentences=(f"Model {model_id} holds:", *_equal(compared)))


def _certificate(network: Network, certificate_id: str, report: Callable[..., None]) -> Verified:
    with network.reading() as stores:
        body = stores.takebacks.certificate(certificate_id).body
    return _retrained(network, body, certificate_id, report)


def _retrained(
    network: Network, body: Mapping[str, JSON], name: str, report: Callable[..., None]
) -> Verified:
    compared = verify_certificate(
        network.settings.store,
        body,
        workers=network.settings.workers,
        noise_key=noise_key(network),
        progress=_listener(report),
    )
    return Verified(
        what=name,
        sentences=(
            f"Certificate {name} holds: trained from nothing without them, every part is equal.",
            *_equal(compared),
        ),
    )


def _handed(network: Network, folder: Path) -> Verified:
    with network.reading() as stores:
        vkey = stores.log.vkey
    head, sentences = _checked(folder, lambda: check_folder(folder, Trust(vkey), {}))
    return Verified(what=folder.name, sentences=(*sentences, _OURS.format(size=head.size)))


def _file(network: Network, path: Path, report: Callable[..., None]) -> Verified:
    text = _text(path)
    try:
        content = json.loads(text)
    except json.JSONDecodeError:
        content = None
    is_certificate = isinstance(content, dict) and content.get("kind") == KIND
    proven: tuple[str, ...] = ()
    if not is_certificate or "proof" in content:
        with network.reading() as stores:
            vkey = stores.log.vkey
        head, sentences = _checked(path, lambda: check_file(text, Trust(vkey), {}))
        proven = (*sentences, _OURS.format(size=head.size))
    if is_certificate:
        body = {name: value for name, value in content.items() if name != "proof"}
        compared = _retrained(network, body, path.name, report)
        return Verified(what=path.name, sentences=(*proven, *compared.sentences))
    return Verified(what=path.name, sentences=proven)


def _checked(path: Path, check: Callable[[], tuple[Head, list[str]]]) -> tuple[Head, list[str]]:
    try:
        return check()
    except Unsaid as lacking:
        raise BadInput(
            f"{path}: cannot say whether it holds. {lacking}",
            hint="The offline verifier takes what is lacking; docs/log.md shows how.",
        ) from lacking
    except ValueError as failure:
        raise Tampered(
            f"{path} does not hold: {failure}", hint="Compare it with the original."
        ) from failure


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not text (byte {error.start}).") from error


def _equal(compared: Compared) -> tuple[str, ...]:
    return tuple(
        f"  group {shard + 1}, part {slice_ + 1}: recorded and learnt again, both {weights}"
        for shard, slice_, weights in compared.checkpoints
    ) + tuple(
        f"  group {shard + 1}, part {slice_ + 1}: recorded and counted again, both {counts}"
        for shard, slice_, counts in compared.counts
    )


def _listener(report: Callable[..., None]) -> Callable[[Progress], None]:
    return lambda told: report(told.share, 1.0, told.sentence)


_CHECKS: Mapping[str, Callable[[Network, str, Callable[..., None]], Verified]] = {
    "certificate": _certificate,
    "model": _model,
    "dataset": _dataset,
}
