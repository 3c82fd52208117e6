"""A member's own declaration, for them to publish where they like; nobody else can read it."""

import json
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from sayso.consent.outside import declared
from sayso.consent.signals import aipref, content_signal, lexicon
from sayso.web.visits import visiting

router = APIRouter(prefix="/api/me/signals", tags=["me"])


class SignalsOut(BaseModel):
    """What the member has said, in the words of each standard; empty where nothing was said."""

    since: datetime | None
    content_usage: str
    content_signal: str
    lexicon: dict[str, Any]
    user_intents: dict[str, Any]


@router.get("")
def signals(request: Request) -> SignalsOut:
    """Write the signed-in member's own say as records; what they never answered is left out."""
    with visiting(request) as visit:
        usage, since = declared(visit.stores.world().say(visit.member.id))
        at = since or visit.now
        return SignalsOut(
            since=since,
            content_usage=aipref.emit(usage),
            content_signal=content_signal.emit(usage),
            lexicon=json.loads(lexicon.emit(usage, at)),
            user_intents=json.loads(lexicon.emit_intents(usage, at)),
        )
