"""A choice made by a program on a member's behalf, in the member's own session."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sayso.consent.choices import Answer, Choice, Scope, named_id
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput
from sayso.web import receipts
from sayso.web.site import site_of
from sayso.web.visits import header_token, may_act

router = APIRouter(prefix="/api", tags=["choices"])


def _named(text: str) -> str:
    try:
        return named_id(text)
    except BadInput as error:
        raise ValueError(f"{error.message} {error.hint}") from error


class ChoiceIn(BaseModel):
    """What is chosen. Send the same `event_id` and body again and nothing happens twice."""

    model_config = ConfigDict(extra="forbid")

    event_id: Annotated[
        str,
        AfterValidator(_named),
        Field(max_length=100, description="A UUID of version 4 or 7, new for each act."),
    ]
    purpose: Annotated[
        str,
        AfterValidator(Purpose),
        Field(max_length=40, description="A purpose that the policy in use declares; see /api/me."),
    ]
    answer: Answer
    occurred_at: datetime
    scope: Scope = Scope.PURPOSE
    target: str = Field("", max_length=500)
    conflict_shown: bool = False


@router.post("/choices", status_code=201)
def choose(request: Request, chosen: ChoiceIn) -> Response:
    """Record a choice and return its receipt; 409 where the event id was used otherwise."""
    member = may_act(request, header_token(request))
    acknowledged = site_of(request).scribe.say(
        Choice(
            event_id=chosen.event_id,
            member_id=member.id,
            purpose=Purpose(chosen.purpose),
            answer=chosen.answer,
            occurred_at=receipts.utc(chosen.occurred_at),
            scope=chosen.scope,
            target=chosen.target,
            mechanism="api",
            after_conflict=chosen.conflict_shown,
        )
    )
    status = 200 if acknowledged.said.is_repeated else 201
    return JSONResponse(acknowledged.receipt, status)


@router.get("/choices/{event_id:path}/receipt")
def receipt(request: Request, event_id: str) -> Response:
    """Return the receipt of one of the member's choices again."""
    return JSONResponse(receipts.of(request, event_id))


@router.get("/choices/{event_id:path}/proof", response_class=PlainTextResponse)
def proof(request: Request, event_id: str) -> Response:
    """Return the log's proof alone (c2sp.org/tlog-proof), to be kept beside the receipt."""
    return PlainTextResponse(receipts.proof(request, event_id))
