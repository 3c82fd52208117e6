"""Signing in as a sample member of a made-up community, and signing out."""

import json
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import AgeBand, Member, MemberId, Standing
from sayso.errors import BadInput, NotFound, Refused
from sayso.jobs.samples import SAMPLES_FILE
from sayso.web.sessions import COOKIE, Role
from sayso.web.visits import Form, Visit, acting, keep_session, safe_path, visiting

_MOST = 8

router = APIRouter()


_CONSOLE = "/console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A made-up member to look through the eyes of."""

    member: Member
    sentence: str


@router.get("/sign-in")
def sign_in(request: Request, back: str = "/") -> Response:
    """Show who one can be, or where signing in really happens."""
    with visiting(request) as visit:
        samples = _samples(visit) if visit.site.network.settings.demo else ()
        response = visit.page("sign_in.html", samples=samples, back=safe_path(back))
        keep_session(response, request, visit.site.sessions.write(visit.session))
        return response


@router.post("/sign-in")
def signed_in(request: Request, form: Form) -> Response:
    """Start a new session as the chosen member or operator; in a demo only."""
    with acting(request, form.get("token", "")) as visit:
        if not visit.site.network.settings.demo:
            raise Refused(
                "Sample members can be signed in as in a demo only.",
                rule="demo_only",
                hint="Sign in through the network itself.",
            )
        sessions = visit.site.sessions
        if form.get("operator") == "yes":
            session = sessions.start(Role.OPERATOR, visit.now)
            path = _in_console(form.get("back", ""))
        else:
            member_id = MemberId(form.get("member", ""))
            if visit.stores.community.member(member_id) is None:
                raise NotFound(f"There is no member {member_id!r}.", hint="Choose one of those.")
            session = sessions.start(Role.MEMBER, visit.now, member_id)
            path = safe_path(form.get("back", "/"))
        response = visit.go(path)
        keep_session(response, request, sessions.write(session))
        return response


@router.post("/sign-out")
def sign_out(request: Request, form: Form) -> Response:
    """End the session in this browser."""
    with acting(request, form.get("token", "")) as visit:
        response = visit.go("/")
        response.delete_cookie(COOKIE, path="/")
        return response


def _in_console(back: str) -> str:
    """Return the page of the console that was asked for; its first one for any other."""
    is_inside = back == _CONSOLE or back.startswith(f"{_CONSOLE}/")
    return safe_path(back, _CONSOLE) if is_inside else _CONSOLE


def _samples(visit: Visit) -> tuple[Sample, ...]:
    path = visit.site.network.settings.store / SAMPLES_FILE
    if not path.is_file():
        return _first_members(visit)
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        told = {MemberId(str(one["member_id"])): str(one["story"]) for one in written}
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} is not a list of samples: {error}.") from error
    found = visit.stores.community.members_by_id(list(told))
    return tuple(
        Sample(member=found[member_id], sentence=sentence)
        for member_id, sentence in told.items()
        if member_id in found
    )


def _first_members(visit: Visit) -> tuple[Sample, ...]:
    samples: list[Sample] = []
    for member in visit.stores.community.members():
        if member.standing is Standing.ACTIVE and member.age_band is AgeBand.ADULT:
            about = ", ".join(each for each in (member.profile.role, member.region) if each)
            samples.append(Sample(member=member, sentence=about))
        if len(samples) == _MOST:
            break
    return tuple(samples)
