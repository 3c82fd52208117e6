"""What all pages share: the network behind them, the sessions, the templates."""

import hashlib
from dataclasses import dataclass, field
from importlib.resources import files

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from sayso.community import MemberId
from sayso.jobs.scribe import Scribe
from sayso.jobs.suggest import Assistant
from sayso.web import words
from sayso.web.sessions import Sessions
from sayso.web.signals import metas
from sayso.wiring import Network


@dataclass(slots=True, kw_only=True)
class Site:
    """One running site. `gpc_sent_by` holds the sessions that send Global Privacy Control.

    `told` spares a read: members and notices of which it is known that one reached the other.
    """

    network: Network
    sessions: Sessions
    templates: jinja2.Environment
    assistant: Assistant
    scribe: Scribe
    gpc_sent_by: set[str] = field(default_factory=set)
    told: set[tuple[MemberId, str]] = field(default_factory=set)

    def bare_page(
        self, request: Request, template: str, *, status: int = 200, **shown: object
    ) -> HTMLResponse:
        """Render a page for nobody in particular: errors, which must not read the database."""
        text = self.templates.get_template(template).render(
            {
                "network": self.network.settings,
                "path": request.url.path,
                "me": None,
                "signals": metas(request),
            }
            | shown
        )
        return HTMLResponse(text, status)


def site_of(request: Request) -> Site:
    """Return the site that serves `request`."""
    site: Site = request.app.state.site
    return site


def templates() -> jinja2.Environment:
    """Return the environment that every page is rendered in; an unknown name is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sayso.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(words.FILTERS)
    environment.globals["static"] = _static_link
    return environment


def _static_link(name: str) -> str:
    body = files("sayso.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(body).hexdigest()[:12]}"
