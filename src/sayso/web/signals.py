"""What every answer says of its own use: the same in its headers and in its page."""

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.consent import outside
from sayso.consent.signals import aipref, content_signal, noai, tdmrep
from sayso.consent.signals.usage import Usage, Use

POLICY_PATH = "/tdm-policy.json"

_STATE = "usage"


def state(request: Request, usage: Usage) -> None:
    """Say `usage` of the answer to this request, instead of what holds of every page."""
    setattr(request.state, _STATE, usage)


def stated(request: Request) -> Usage:
    """Return what the answer to this request says of its use."""
    usage = getattr(request.state, _STATE, outside.CLOSED)
    assert isinstance(usage, Usage)
    return usage


def headers_of(usage: Usage, policy: str) -> dict[str, str]:
    """Return the header fields that say `usage`; a standard that cannot say it is left out."""
    said = {
        aipref.HEADER: aipref.emit(usage),
        content_signal.HEADER: content_signal.emit(usage),
        noai.HEADER: noai.emit(usage),
        tdmrep.HEADER: tdmrep.emit(usage),
        tdmrep.POLICY: policy if usage.objects_to(Use.MINING) else "",
    }
    return {name.lower(): value for name, value in said.items() if value}


def metas_of(request: Request) -> list[tuple[str, str]]:
    """Return the names and contents of the page's meta elements that say the same."""
    usage = stated(request)
    said = {
        noai.META: noai.emit(usage),
        tdmrep.HEADER: tdmrep.emit(usage),
        tdmrep.POLICY: policy_address(request) if usage.objects_to(Use.MINING) else "",
    }
    return [(name, value) for name, value in said.items() if value]


def policy_address(request: Request) -> str:
    """Return the address of the site's policy on text and data mining."""
    return f"{str(request.base_url).rstrip('/')}{POLICY_PATH}"


class Signals:
    """ASGI middleware: says of every answer what may be done with it.

    A preference goes with the one response it is about (attach-05 section 2: the representation),
    so nobody can read a list of people off it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)

        async def saying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                said = headers_of(stated(request), policy_address(request))
                for name, value in said.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, saying)
