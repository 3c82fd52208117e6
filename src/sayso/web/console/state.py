"""One page that says how the network stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.audit.state import NetworkState, state
from sayso.datasets.rows import Manifest
from sayso.training.models import ModelState, StoredModel
from sayso.training.takeback import Withdrawal
from sayso.web.flow import Flow, Station, draw
from sayso.web.sessions import NotSignedIn, Role
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
    refused: int


@router.get("/console")
def console(request: Request) -> Response:
    """Show datasets, models, withdrawals, log and policy to an operator."""
    with visiting(request) as visit:
        if visit.session.role is Role.MEMBER:
            return visit.page("console_closed.html", status=403)
        if visit.session.role is Role.VISITOR:
            raise NotSignedIn
        found = state(visit.stores, visit.now)
        datasets = visit.stores.datasets.list()
        newest = datasets[-1].manifest if datasets else None
        return visit.page(
            "console.html",
            state=found,
            flow=_flow(found, newest),
            waiting=[_waiting(visit, each) for each in found.pending],
            models=[_model(each) for each in reversed(found.models)],
            datasets=[
                DatasetLine(
                    id=each.id,
                    sealed_at=each.sealed_at,
                    rows=each.manifest.rows,
                    members=each.manifest.members,
                    read=each.manifest.documents_read,
                    refused=sum(each.manifest.refusals.values()),
                )
                for each in reversed(datasets)
            ],
            refusals=_most_first(newest),
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


def _most_first(manifest: Manifest | None) -> list[tuple[str, int]]:
    counts = manifest.refusals if manifest else {}
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _flow(found: NetworkState, newest: Manifest | None) -> Flow:
    read = newest.documents_read if newest else found.documents
    rows = newest.rows if newest else 0
    models = [each for each in found.models if each.state is ModelState.IN_USE]
    learnt = sum(len(each.model.shards) for each in models)
    share = rows / max(read, 1)
    return draw(
        (
            Station(what="Texts", count=read, more=f"by {found.members:,} members", share=1.0),
            Station(what="Admitted", count=rows, more=f"{read - rows:,} not used", share=share),
            Station(
                what="Groups taught",
                count=learnt,
                more="the model in use" if models else "no model yet",
                share=share if learnt else 0.0,
            ),
            Station(
                what="Withdrawals done",
                count=len(found.done),
                more=f"{len(found.pending):,} waiting",
                share=min(share, 0.2) if found.done else 0.0,
            ),
        )
    )
