"""One request to a page: who comes, what they said so far, and the page they get back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from sayso.community import Member
from sayso.consent.purposes import Purpose
from sayso.consent.say import Say
from sayso.errors import BadInput, Refused
from sayso.rights.say import StandingAnswer, standing_answer
from sayso.web import gpc
from sayso.web.sessions import COOKIE, LASTS, NotSignedIn, Role, Session
from sayso.web.signals import metas
from sayso.web.site import Site, site_of
from sayso.web.telling import require_told
from sayso.wiring import Stores

_FLASH = "sayso_flash"
_TOKEN_HEADER = "x-sayso-token"  # noqa: S105 - a header's name, not a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """What the last act did, told once on the next page; `undo` is the answer that reverses it."""

    sentence: str
    undo: str = ""
    purpose: str = ""
    scope: str = ""
    target: str = ""


@dataclass(slots=True, kw_only=True)
class Visit:
    """A request inside one transaction. `me` is the signed-in member, if one is."""

    request: Request
    site: Site
    session: Session
    stores: Stores
    me: Member | None
    now: datetime

    @property
    def member(self) -> Member:
        """The signed-in member.

        Raises:
            NotSignedIn: nobody is; the page sends them to sign in.
        """
        if self.me is None:
            raise NotSignedIn
        return self.me

    def require_member(self) -> None:
        """Send a visitor to sign in."""
        if self.me is None:
            raise NotSignedIn

    def standing(self, purpose: Purpose = Purpose.GENAI_TRAINING) -> StandingAnswer | None:
        """Return where the signed-in member stands; None for a visitor."""
        if self.me is None:
            return None
        return standing_answer(self.stores, self.me.id, purpose, self.now)

    def page(self, template: str, *, status: int = 200, **shown: object) -> HTMLResponse:
        """Render a page with all that the frame around it needs."""
        flash, policy = self._flash(), self.stores.policies.current()
        said, standing = self._so_far()
        frame: dict[str, object] = {
            "network": self.site.network.settings,
            "path": self.request.url.path,
            "me": self.me,
            "role": self.session.role,
            "token": self.site.sessions.form_token(self.session),
            "nonce": self.site.sessions.nonce(),
            "signals": metas(self.request),
            "standing": standing,
            "gpc": said is not None and said.gpc is not None,
            "gpc_status": gpc.status(self.request, said, policy),
            "text_of": policy.text_of,
            "flash": flash,
            "now": self.now,
        }
        text = self.site.templates.get_template(template).render(frame | shown)
        response = HTMLResponse(text, status)
        if flash is not None:
            response.delete_cookie(_FLASH, path="/")
        return response

    def go(self, path: str, flash: Flash | None = None) -> RedirectResponse:
        """Send the browser on after an act, with a word about what was done."""
        response = RedirectResponse(path, 303)
        if flash is not None:
            parts = [flash.sentence, flash.undo, flash.purpose, flash.scope, flash.target]
            value = self.site.sessions.sign("flash", [self.session.id, *parts])
            response.set_cookie(_FLASH, value, max_age=60, path="/", httponly=True, samesite="lax")
        return response

    def _so_far(self) -> tuple[Say | None, StandingAnswer | None]:
        """Return what the signed-in member's history amounts to, and where they stand."""
        if self.me is None:
            return None, None
        world = self.stores.world()
        standing = standing_answer(self.stores, self.me.id, Purpose.GENAI_TRAINING, self.now, world)
        return world.say(self.me.id), standing

    def _flash(self) -> Flash | None:
        parts = self.site.sessions.open("flash", self.request.cookies.get(_FLASH, ""))
        if len(parts) != 6 or parts[0] != self.session.id:
            return None
        return Flash(
            sentence=parts[1], undo=parts[2], purpose=parts[3], scope=parts[4], target=parts[5]
        )


@contextmanager
def visiting(request: Request) -> Iterator[Visit]:
    """Open a page: reads only. A change of Global Privacy Control is recorded before.

    Raises:
        NoticeFirst: the member has yet to be shown a notice; it comes before the page.
    """
    site = site_of(request)
    now = site.network.clock()
    session = session_of(request, now)
    if session.member_id:
        gpc.note(site, request, session, now)
    with site.network.reading() as stores:
        visit = _visit(request, site, session, stores, now)
        if visit.me is not None:
            require_told(request, site, stores, visit.me)
        yield visit


@contextmanager
def showing(request: Request) -> Iterator[Visit]:
    """Open a page whose being seen is itself recorded, in one transaction with its reading."""
    site = site_of(request)
    now = site.network.clock()
    with site.network.writing() as stores:
        yield _visit(request, site, session_of(request, now), stores, now)


@contextmanager
def acting(request: Request, token: str) -> Iterator[Visit]:
    """Open one transaction for an act; `token` proves that the act began on a page of ours.

    Raises:
        Refused: the token is another session's, or of a session that is over.
    """
    site = site_of(request)
    now = site.network.clock()
    session = session_of(request, now)
    require_token(site, session, token)
    with site.network.writing() as stores:
        yield _visit(request, site, session, stores, now)


def may_act(request: Request, token: str) -> Member:
    """Return the signed-in member whose own page sent this; for acts that write by themselves.

    Raises:
        NotSignedIn: nobody is signed in.
        Refused: the act began elsewhere.
    """
    with visiting(request) as visit:
        member = visit.member
        require_token(visit.site, visit.session, token)
        return member


def session_of(request: Request, now: datetime) -> Session:
    """Return the browser's session, or a visitor's that no cookie keeps yet."""
    sessions = site_of(request).sessions
    found = sessions.read(request.cookies.get(COOKIE, ""), now)
    return found or sessions.start(Role.VISITOR, now)


def is_signed_in(request: Request) -> bool:
    """Whether the browser's session is a member's."""
    return bool(session_of(request, site_of(request).network.clock()).member_id)


def require_token(site: Site, session: Session, token: str) -> None:
    """Refuse an act that did not begin on one of this session's own pages."""
    if not site.sessions.token_fits(session, token):
        raise Refused(
            "This page was open longer than your session, or came from another site.",
            rule="own_form",
            hint="Nothing was changed. Go back, reload the page and try again.",
        )


def keep_session(response: HTMLResponse | RedirectResponse, request: Request, cookie: str) -> None:
    """Give the browser its session's cookie."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


async def posted(request: Request) -> Mapping[str, str]:
    """Read a form's fields as text; the last of two fields with one name counts."""
    form = await request.form(max_files=0, max_fields=200)
    fields: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            raise BadInput("A form of this site sends no files.", hint="Send text fields only.")
        fields[name] = value.replace("\r\n", "\n").replace("\x00", "")
    return fields


def header_token(request: Request) -> str:
    """Return the token that a script of ours sends along."""
    return request.headers.get(_TOKEN_HEADER, "")


def safe_path(text: str, otherwise: str = "/") -> str:
    """Return `text` where it is a path of this site, never an address elsewhere."""
    is_ours = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if is_ours and text.isprintable() else otherwise


def _visit(request: Request, site: Site, session: Session, stores: Stores, now: datetime) -> Visit:
    me = stores.community.member(session.member_id) if session.member_id else None
    return Visit(request=request, site=site, session=session, stores=stores, me=me, now=now)


Form = Annotated[Mapping[str, str], Depends(posted)]
"""A posted form, read before the page's own function runs in its thread."""
