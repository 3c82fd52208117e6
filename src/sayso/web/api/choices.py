"""A choice made by a program on a member's behalf, in the member's own session."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.purposes import Purpose
from sayso.rights.say import say
from sayso.web import receipts
from sayso.web.visits import acting, header_token

router = APIRouter(prefix="/api", tags=["choices"])


class ChoiceIn(BaseModel):
    """What is chosen. Send the same `event_id` and body again and nothing happens twice."""

    model_config = ConfigDict(extra="forbid")

    event_id: str = Field(min_length=8, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")
    purpose: Purpose
    answer: Answer
    occurred_at: datetime
    scope: Scope = Scope.PURPOSE
    target: str = Field("", max_length=500)
    conflict_shown: bool = False


@router.post("/choices", status_code=201)
def choose(request: Request, chosen: ChoiceIn) -> Response:
    """Record a choice and return its receipt; 409 where the event id was used otherwise."""
    with acting(request, header_token(request)) as visit:
        choice = Choice(
            event_id=chosen.event_id,
            member_id=visit.member.id,
            purpose=chosen.purpose,
            answer=chosen.answer,
            occurred_at=receipts.utc(chosen.occurred_at),
            scope=chosen.scope,
            target=chosen.target,
            mechanism="api",
            after_conflict=chosen.conflict_shown,
        )
        said = say(visit.stores, receipts.as_first_said(visit, choice), visit.now)
        is_new = said.recorded.recorded_at >= visit.now
    return JSONResponse(receipts.of(request, chosen.event_id), 201 if is_new else 200)


@router.get("/choices/{event_id:path}/receipt")
def receipt(request: Request, event_id: str) -> Response:
    """Return the receipt of one of the member's choices again."""
    return JSONResponse(receipts.of(request, event_id))


@router.get("/choices/{event_id:path}/proof", response_class=PlainTextResponse)
def proof(request: Request, event_id: str) -> Response:
    """Return the log's proof alone (c2sp.org/tlog-proof), to be kept beside the receipt."""
    return PlainTextResponse(receipts.proof(request, event_id))
