"""A member's own profile: what they say of themself, and suggestions made from just that."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import Member, MemberId, Profile
from sayso.errors import Refused
from sayso.web import suggesting
from sayso.web.suggesting import Offer
from sayso.web.visits import Flash, Form, acting, may_act, visiting
from sayso.writing.suggest import SuggestionKind

_LONGEST_LINE = 300
_LONGEST_ABOUT = 4_000
_MOST_WORDS = 30
_MOST_YEARS = 80

router = APIRouter()


@router.get("/members/{member_id}/edit")
def edit(request: Request, member_id: MemberId) -> Response:
    """Show the member's own profile as a form."""
    with visiting(request) as visit:
        _require_own(visit.member, member_id)
        return visit.page(
            "profile_edit.html", profile=visit.member.profile, suggestion=None, error=None
        )


@router.post("/members/{member_id}/edit")
def edited(request: Request, member_id: MemberId, form: Form) -> Response:
    """Save the profile, or suggest a line for it, which changes nothing until saved."""
    act, _, what = form.get("act", "save").partition("-")
    if act == "save":
        return _saved(request, member_id, form)
    member = may_act(request, form.get("token", ""))
    _require_own(member, member_id)
    typed = replace(member, profile=_read(member.profile, form))
    shown: Offer | None = None
    error: Refused | None = None
    if act == "suggest":
        try:
            shown = suggesting.ask(request, typed, what, "")
        except Refused as refusal:
            error = refusal
    elif act == "use":
        kind, _, number = what.partition("-")
        typed = replace(typed, profile=_with(typed.profile, kind, form.get(f"variant-{number}")))
    with visiting(request) as visit:
        return visit.page("profile_edit.html", profile=typed.profile, suggestion=shown, error=error)


def _saved(request: Request, member_id: MemberId, form: Form) -> Response:
    with acting(request, form.get("token", "")) as visit:
        member = visit.member
        _require_own(member, member_id)
        profile = _read(member.profile, form)
        visit.stores.community.save_member(replace(member, profile=profile))
        return visit.go(f"/members/{member.id}", Flash(sentence="Your profile is saved."))


def _require_own(member: Member, member_id: MemberId) -> None:
    if member.id != member_id:
        raise Refused(
            "Only its owner changes a profile.",
            rule="own_profile",
            hint="Your own is in the menu, at the top.",
        )


def _with(profile: Profile, kind: str, words: str | None) -> Profile:
    if words and kind == SuggestionKind.HEADLINE:
        return replace(profile, headline=words)
    if words and kind == SuggestionKind.SUMMARY:
        return replace(profile, about=words)
    return profile


def _read(before: Profile, form: Mapping[str, str]) -> Profile:
    def line(name: str) -> str:
        return " ".join(form.get(name, "").split())[:_LONGEST_LINE]

    years = form.get("years", "").strip()
    return replace(
        before,
        headline=line("headline"),
        role=line("role"),
        organisation=line("organisation"),
        industry=line("industry"),
        location=line("location"),
        looking_for=line("looking_for"),
        years=min(int(years[:4]), _MOST_YEARS) if years.isdecimal() else 0,
        skills=_parted(form.get("skills", "")),
        topics=_parted(form.get("topics", "")),
        about=form.get("about", "").strip()[:_LONGEST_ABOUT],
    )


def _parted(text: str) -> tuple[str, ...]:
    words = (" ".join(word.split())[:_LONGEST_LINE] for word in text.split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:_MOST_WORDS]
