"""What every answer says of its own use: the same in its headers and in its page."""

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.consent import outside
from sayso.consent.signals.headers import headers_of, metas_of
from sayso.consent.signals.usage import Usage

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


def metas(request: Request) -> dict[str, str]:
    """Return the page's meta elements, name and content; the page is the answer to `request`."""
    return metas_of(stated(request))


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
