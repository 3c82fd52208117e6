"""What was used of mine: the picture, the texts as a model saw them, the certificates."""

import json
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.errors import NotFound
from sayso.rights.proofs import certificate_file
from sayso.rights.used import TakenOut, Used, UsedDocument, taken_out, used
from sayso.web.flow import Flow, Station, draw
from sayso.web.visits import Visit, visiting
from sayso.web.words import counted, second

router = APIRouter()


@router.get("/mine")
def mine(request: Request) -> Response:
    """Show a member all that was used of theirs, and all that was not."""
    with visiting(request) as visit:
        member = visit.member
        found = used(visit.stores, visit.site.network.settings.store, member.id)
        own = [each for each in found.documents if each.is_own]
        taken = taken_out(visit.stores, member.id, visit.now)
        return visit.page(
            "mine.html",
            used=found,
            own=own,
            quoting=[each for each in found.documents if not each.is_own],
            flow=_flow(visit, own, found),
            summary=_summary(own, taken),
            past=_past(taken),
            pending=[each for each in taken if each.withdrawal.certified_at is None],
            is_coming_back=any(each.coming_back for each in taken),
            log_key=visit.stores.log.vkey,
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


def _flow(visit: Visit, own: Sequence[UsedDocument], found: Used) -> Flow:
    sealed = {each.document_id for each in own}
    left_out = {each.document_id for each in found.refused} - sealed
    documents, accounts = visit.stores.documents, visit.stores.accounts.of(visit.member.id)
    wrote = sealed | left_out | {d.id for each in accounts for d in documents.of_member(each)}
    learnt = {each.document_id for each in own if each.serving and not each.held_out}
    aside = {each.document_id for each in own if each.held_out}
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


def _summary(own: Sequence[UsedDocument], taken: Sequence[TakenOut]) -> str:
    serving = len({each.document_id for each in own if each.serving and not each.held_out})
    aside = len({each.document_id for each in own if each.serving and each.held_out})
    if not serving and not aside:
        if taken:
            return "Nothing you wrote is in use any more."
        if own:
            return "Nothing you wrote is in use."
        return "Nothing you wrote is in any dataset, and no model has learned from it."
    said = f"A model learned from {counted(serving, 'text')} of yours"
    if aside:
        said += f", and {aside:,} only measure how good it is"
    return f"{said}. Beside each stands the rule that allowed it."


def _past(taken: Sequence[TakenOut]) -> list[str]:
    """Say what models had learned before each no, newest first."""
    return [_had_learned(each) for each in reversed(taken) if each.learnt or not each.quoting]


def _had_learned(taken: TakenOut) -> str:
    withdrawal = taken.withdrawal
    texts = f"{counted(taken.learnt, 'text')} of yours" if taken.learnt else "texts of yours"
    them = "it" if taken.learnt == 1 else "them"
    until = f" until {second(withdrawal.contained_at)}" if withdrawal.contained_at else ""
    if withdrawal.forgotten_at is None:
        return f"A model had learned from {texts}{until}; it is being retrained without {them}."
    forgotten = second(withdrawal.forgotten_at)
    return (
        f"A model had learned from {texts}{until}; it was retrained without {them} at {forgotten}."
    )
