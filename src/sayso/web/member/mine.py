"""What was used of mine: the picture, the texts as a model saw them, the certificates."""

import json

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.errors import NotFound
from sayso.rights.proofs import certificate_file
from sayso.rights.used import Used, used
from sayso.web.flow import Flow, Station, draw
from sayso.web.visits import Visit, visiting
from sayso.web.words import counted

router = APIRouter()


@router.get("/mine")
def mine(request: Request) -> Response:
    """Show a member all that was used of theirs, and all that was not."""
    with visiting(request) as visit:
        member = visit.member
        found = used(visit.stores, visit.site.network.settings.store, member.id)
        return visit.page(
            "mine.html",
            used=found,
            flow=_flow(visit, found),
            summary=_summary(found),
            pending=[each for each in found.withdrawals if each.certified_at is None],
        )


@router.get("/mine/certificates/{certificate_id}")
def certificate(request: Request, certificate_id: str) -> Response:
    """Give a member one of their certificates as a file that verifies offline."""
    with visiting(request) as visit:
        own = {each.certificate_id for each in visit.stores.takebacks.of(visit.member.id)}
        if certificate_id not in own:
            raise NotFound("You have no certificate of that name.")
        stored = visit.stores.takebacks.certificate(certificate_id)
        return Response(
            json.dumps(
                certificate_file(visit.stores, stored), indent=2, ensure_ascii=False, sort_keys=True
            ),
            media_type="application/json",
            headers={
                "content-disposition": f'attachment; filename="certificate-{stored.id[:12]}.json"'
            },
        )


def _flow(visit: Visit, found: Used) -> Flow:
    sealed = {each.document_id for each in found.documents}
    left_out = {each.document_id for each in found.refused} - sealed
    wrote = sealed | left_out | {d.id for d in visit.stores.community.documents_of(visit.member.id)}
    learnt = {each.document_id for each in found.documents if each.serving and not each.held_out}
    aside = {each.document_id for each in found.documents if each.held_out}
    credited = visit.stores.writing.times_credited(visit.member.id)
    whole = max(len(wrote), 1)
    return draw(
        (
            Station(what="I wrote", count=len(wrote), more="texts of every kind", share=1.0),
            Station(
                what="In datasets",
                count=len(sealed),
                more=f"{len(wrote) - len(sealed):,} left out",
                share=len(sealed) / whole,
            ),
            Station(
                what="In the model now",
                count=len(learnt),
                more=f"{len(aside):,} kept aside to measure it" if aside else "that suggests words",
                share=len(learnt) / whole,
            ),
            Station(
                what="Credited",
                count=credited,
                more="times, in suggestions kept",
                share=len(learnt) / whole if credited else 0.0,
            ),
        )
    )


def _summary(found: Used) -> str:
    serving = len({d.document_id for d in found.documents if d.serving and not d.held_out})
    aside = len({d.document_id for d in found.documents if d.serving and d.held_out})
    if not found.documents:
        return "Nothing you wrote is in any dataset, and no model has learned from it."
    if not serving and not aside:
        return "Nothing you wrote is in use any more."
    said = f"A model learned from {counted(serving, 'text')} of yours"
    if aside:
        said += f", and {aside:,} only measure how good it is"
    return f"{said}. Beside each stands the rule that allowed it."
