"""The site: `make_app(network)` joins its routes, its safety and its problems."""

from importlib.resources import as_file, files

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import sayso
from sayso.jobs.scribe import Scribe
from sayso.jobs.suggest import Assistant
from sayso.web import tiles, transparency, wellknown
from sayso.web.api import choices, me, signals, suggestions
from sayso.web.console import debt, redaction, state
from sayso.web.member import (
    choosing,
    composing,
    crediting,
    history,
    mine,
    notices,
    privacy,
    profile,
    reading,
    signing,
)
from sayso.web.problems import add_problems
from sayso.web.safety import Safety
from sayso.web.sessions import Sessions
from sayso.web.signals import Signals
from sayso.web.site import Site, site_of, templates
from sayso.wiring import Network

ROUTES: tuple[APIRouter, ...] = (
    signing.router,
    choosing.router,
    composing.router,
    privacy.router,
    crediting.router,
    mine.router,
    history.router,
    notices.router,
    profile.router,
    state.router,
    redaction.router,
    debt.router,
    choices.router,
    suggestions.router,
    me.router,
    signals.router,
    tiles.router,
    transparency.router,
    wellknown.router,
    reading.router,
)
"""Every group of pages and endpoints; one more group is one file and one line."""


def make_app(network: Network) -> FastAPI:
    """Return the site over `network`. It starts nothing and holds no transaction open."""
    app = FastAPI(
        title=f"Sayso: {network.settings.network}",
        version=sayso.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.site = Site(
        network=network,
        sessions=Sessions(network.keys.session, network.entropy),
        templates=templates(),
        assistant=Assistant(network),
        scribe=Scribe(network),
    )
    with as_file(files("sayso.web").joinpath("static")) as folder:
        app.mount("/static", _Static(directory=folder), name="static")
    for router in ROUTES:
        app.include_router(router)
    app.add_api_route("/healthz", _healthz, include_in_schema=False)
    app.add_middleware(Safety)
    app.add_middleware(Signals)
    add_problems(app)
    return app


class _Static(StaticFiles):
    """Our own files; their links carry a hash, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve one file."""
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _healthz(request: Request) -> PlainTextResponse:
    """Say that the site and its database answer."""
    with site_of(request).network.reading() as stores:
        stores.takebacks.epoch()
    return PlainTextResponse("ok\n")
