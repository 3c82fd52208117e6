"""One page that says how the network stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.audit.latency import published
from sayso.audit.state import NetworkState, state
from sayso.datasets.rows import HELD_OUT, Manifest
from sayso.training.models import ModelState, StoredModel
from sayso.training.takeback import Withdrawal
from sayso.web.console.entry import closed
from sayso.web.console.figures import reasons, took
from sayso.web.flow import Flow, Station, draw
from sayso.web.visits import Visit, visiting
from sayso.web.words import age

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A withdrawal that is contained and not yet forgotten."""

    id: str
    acknowledged_at: datetime
    contained_after: str
    age: str
    left: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLine:
    """A model on one line."""

    id: str
    dataset_id: str
    state: str
    is_in_use: bool
    trained_at: datetime
    size: str
    bits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetLine:
    """A dataset on one line."""

    id: str
    sealed_at: datetime
    rows: int
    members: int
    read: int
    held_out: int
    refused: int


@router.get("/console")
def console(request: Request) -> Response:
    """Show datasets, models, withdrawals, log and policy to an operator."""
    with visiting(request) as visit:
        if (shut := closed(visit)) is not None:
            return shut
        found = state(visit.stores, visit.now)
        datasets = visit.stores.datasets.list()
        newest = datasets[-1].manifest if datasets else None
        return visit.page(
            "console.html",
            state=found,
            flow=_flow(visit, found, newest),
            waiting=[_waiting(visit, each) for each in found.pending],
            models=[_model(each) for each in reversed(found.models)],
            datasets=[
                DatasetLine(
                    id=each.id,
                    sealed_at=each.sealed_at,
                    rows=each.manifest.rows,
                    members=each.manifest.members,
                    read=each.manifest.documents_read,
                    held_out=each.manifest.held_out_rows,
                    refused=sum(each.manifest.refusals.values()),
                )
                for each in reversed(datasets)
            ],
            groups=_groups(found),
            reasons=reasons(newest.refusals if newest else {}),
            latency=took(published(visit.stores.log).steps),
            policy=visit.stores.policies.current(),
        )


def _waiting(visit: Visit, withdrawal: Withdrawal) -> Waiting:
    waited = visit.now - withdrawal.acknowledged_at
    left = timedelta(minutes=visit.site.network.settings.forget_within_minutes) - waited
    contained = withdrawal.contained_at
    return Waiting(
        id=withdrawal.id,
        acknowledged_at=withdrawal.acknowledged_at,
        contained_after=_after(contained, withdrawal.acknowledged_at),
        age=age(waited),
        left=age(abs(left)),
        is_late=left < timedelta(),
    )


def _after(contained: datetime | None, acknowledged: datetime) -> str:
    if contained is None:
        return "not yet"
    span = contained - acknowledged
    return age(span) if span >= timedelta(seconds=1) else "at once"


def _model(stored: StoredModel) -> ModelLine:
    model, report = stored.model, stored.model.report
    parts = max(model.slices.values(), default=0)
    bits = "" if report.mixture_bits is None else f"{report.mixture_bits:.2f}"
    untrained = "" if report.untrained_bits is None else f" (untaught {report.untrained_bits:.2f})"
    return ModelLine(
        id=model.model_id,
        dataset_id=model.dataset_id,
        state=_STATES[stored.state],
        is_in_use=stored.state is ModelState.IN_USE,
        trained_at=stored.trained_at,
        size=f"{len(model.shards)} \u00d7 {parts}",
        bits=bits + untrained,
    )


_STATES = {
    ModelState.READY: "ready",
    ModelState.IN_USE: "in use",
    ModelState.RETIRED: "retired",
}


def _groups(found: NetworkState) -> int:
    models = [each for each in found.models if each.state is ModelState.IN_USE]
    return sum(len(each.model.shards) for each in models)


def _removed(visit: Visit) -> int:
    """Count the texts that a member's no took out, of whichever dataset, each once."""
    takebacks = visit.stores.takebacks
    return len({row for each in visit.stores.datasets.ids() for row in takebacks.removed(each)})


def _learnt(visit: Visit) -> int:
    """Count the texts that the model in use has learned from, and that no one took out."""
    in_use = visit.stores.models.in_use()
    if in_use is None:
        return 0
    dataset_id = in_use.model.dataset_id
    out = visit.stores.takebacks.removed_rows(dataset_id)
    rows = visit.stores.datasets.get(dataset_id).rows
    return rows - sum(row.shard != HELD_OUT for row in out)


def _flow(visit: Visit, found: NetworkState, newest: Manifest | None) -> Flow:
    read = newest.documents_read if newest else found.documents
    held_out = newest.held_out_rows if newest else 0
    admitted = newest.rows + held_out if newest else 0
    learnt, removed = _learnt(visit), _removed(visit)
    whole = max(read, 1)
    return draw(
        (
            Station(what="Texts", count=read, more=f"by {found.members:,} members", share=1.0),
            Station(
                what="Admitted",
                count=admitted,
                more=f"{read - admitted:,} left out",
                share=admitted / whole,
            ),
            Station(
                what="Learnt from",
                count=learnt,
                more=f"{held_out:,} held out to measure" if learnt else "no model yet",
                share=learnt / whole,
            ),
            Station(
                what="Taken out",
                count=removed,
                more="by members' no, so far",
                share=removed / whole,
            ),
        )
    )
