"""What members were told, in the words they were told it, and once before the next page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.deliveries import record_delivery
from sayso.consent.notice_words import accepted, languages_of, words_for
from sayso.consent.notices import (
    Delivery,
    Notice,
    NoticeState,
    NoticeText,
    effective_from,
    predecessor,
    state_at,
    superseded_by,
)
from sayso.consent.regions import region_named
from sayso.errors import NotFound
from sayso.jobs.marks import Marks
from sayso.web.changes import changes, differs
from sayso.web.languages import name_of
from sayso.web.member.portions import of_a_text
from sayso.web.telling import Asked, if_silent, is_looked_at
from sayso.web.visits import Form, Visit, acting, is_signed_in, safe_path, showing, visiting

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the list: a notice in the reader's language, and where it stands."""

    notice: Notice
    words: NoticeText
    state: NoticeState
    replaced_by: NoticeText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language that a notice can be read in."""

    tag: str
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a notice changed, against the one before it."""

    before: Notice
    title: str
    text: Markup
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything that a notice's page says, for whoever reads it."""

    notice: Notice
    words: NoticeText
    state: NoticeState
    starts: datetime | None
    replaced_by: Notice | None
    replaced_by_words: NoticeText | None
    tongues: tuple[Tongue, ...]
    change: Change | None
    asked: tuple[Asked, ...]


@router.get("/notices")
def notices(request: Request) -> Response:
    """List the published notices, newest first."""
    with visiting(request) as visit:
        every = visit.stores.notices.list()
        published = [each for each in reversed(every) if not each.is_draft]
        return visit.page(
            "notices.html", entries=[_entry(visit, each, every) for each in published]
        )


@router.get("/notices/{notice_id}")
def notice(request: Request, notice_id: str, seen: str = "", language: str = "") -> Response:
    """Show one notice. To a member who is signed in, or came by their own link, it is then read."""
    opened = showing if seen or is_signed_in(request) else visiting
    with opened(request) as visit:
        found = _published(visit, notice_id)
        if is_looked_at(request):
            _read(visit, found, seen)
        return visit.page("notice.html", of=_shown(visit, found, language))


@router.get("/notices/{notice_id}/first")
def first(request: Request, notice_id: str, back: str = "/", language: str = "") -> Response:
    """Show a notice before the page that a member was going to; it is then shown."""
    with showing(request) as visit:
        member = visit.member
        found = _published(visit, notice_id)
        if is_looked_at(request):
            record_delivery(visit.stores.ledger, member.id, found.id, Delivery.SHOWN, visit.now)
        back = safe_path(back)
        here = f"/notices/{found.id}/first?{urlencode({'back': back})}"
        shown = _shown(visit, found, language)
        return visit.page("notice_first.html", of=shown, back=back, here=here)


@router.post("/notices/{notice_id}/first")
def go_on(request: Request, notice_id: str, form: Form) -> Response:
    """Go on to where the member was going; the notice is then read."""
    with acting(request, form.get("token", "")) as visit:
        found = _published(visit, notice_id)
        record_delivery(visit.stores.ledger, visit.member.id, found.id, Delivery.READ, visit.now)
        return visit.go(safe_path(form.get("back", "/")))


def _published(visit: Visit, notice_id: str) -> Notice:
    found = visit.stores.notices.get(notice_id)
    if found is None or found.is_draft:
        raise NotFound("There is no notice of that name.", hint="See the list of notices.")
    return found


def _read(visit: Visit, found: Notice, seen: str) -> None:
    """Record who reads: whose link it is, and who is signed in."""
    by_mail = Marks(visit.site.network.keys.suppression).opened_by(found.id, seen)
    readers: list[tuple[MemberId, str]] = [] if by_mail is None else [(by_mail, "mail")]
    if visit.me is not None:
        readers.append((visit.me.id, "site"))
    for member_id, channel in readers:
        if visit.stores.community.member(member_id) is not None:
            record_delivery(
                visit.stores.ledger, member_id, found.id, Delivery.READ, visit.now, channel=channel
            )


def _shown(visit: Visit, found: Notice, language: str) -> Shown:
    every = visit.stores.notices.list()
    words = _words(visit, found, language)
    after = superseded_by(found, every, visit.now)
    state = state_at(found, every, visit.now)
    return Shown(
        notice=found,
        words=words,
        state=state,
        starts=effective_from(found),
        replaced_by=after,
        replaced_by_words=None if after is None else _words(visit, after),
        tongues=_tongues(found, words),
        change=_change(visit, found, every, words),
        asked=_asked(visit, found, state),
    )


def _entry(visit: Visit, found: Notice, every: Sequence[Notice]) -> Entry:
    after = superseded_by(found, every, visit.now)
    return Entry(
        notice=found,
        words=_words(visit, found),
        state=state_at(found, every, visit.now),
        replaced_by=None if after is None else _words(visit, after),
    )


def _words(visit: Visit, found: Notice, language: str = "") -> NoticeText:
    wanted = (
        *((language,) if language else ()),
        *(visit.me.languages if visit.me is not None else ()),
        *accepted(visit.request.headers.get("accept-language", "")),
    )
    return words_for(found, wanted, visit.me.region if visit.me is not None else "")


def _tongues(found: Notice, words: NoticeText) -> tuple[Tongue, ...]:
    tags = languages_of(found)
    return tuple(
        Tongue(tag=tag, name=name_of(tag), is_here=tag == words.language)
        for tag in tags
        if len(tags) > 1
    )


def _change(
    visit: Visit, found: Notice, every: Sequence[Notice], words: NoticeText
) -> Change | None:
    """Compare with the notice before, where both can be read in one language."""
    before = predecessor(found, every)
    if before is None:
        return None
    earlier = words_for(before, (words.language,), visit.me.region if visit.me else "")
    if earlier.language != words.language:
        return None
    uses = tuple(_use_changes(before, found))
    if not uses and not differs(
        earlier.title + "\n\n" + earlier.text, words.title + "\n\n" + words.text
    ):
        return None
    return Change(
        before=before, title=earlier.title, text=changes(earlier.text, words.text), uses=uses
    )


def _use_changes(before: Notice, after: Notice) -> list[str]:
    """Say what a notice's fields change, apart from its words."""
    told: list[str] = []
    for noun, old, new in (
        ("purposes", set(before.purposes), set(after.purposes)),
        ("data", set(before.categories), set(after.categories)),
        ("audiences", set(before.visibilities), set(after.visibilities)),
    ):
        if new - old:
            told.append(f"New {noun}: {', '.join(sorted(new - old))}.")
        if old - new:
            told.append(f"No longer among its {noun}: {', '.join(sorted(old - new))}.")
    if set(before.regions) != set(after.regions):
        told.append("It is for other countries than before.")
    if before.notice_days != after.notice_days:
        told.append(f"The notice period was {before.notice_days} days; it is {after.notice_days}.")
    return told


def _asked(visit: Visit, found: Notice, state: NoticeState) -> tuple[Asked, ...]:
    """The purposes that a member can answer on this page."""
    if visit.me is None or state is NoticeState.SUPERSEDED:
        return ()
    policy = visit.stores.policies.current()
    region = region_named(visit.me.region)
    asked: list[Asked] = []
    for purpose in of_a_text(policy):
        standing = visit.standing(purpose) if purpose in found.purposes else None
        if standing is not None:
            rows = [policy.default_for(region, purpose, each) for each in found.categories]
            silence = if_silent(
                found,
                standing,
                visit.now,
                is_default=any(row is not None and row.default is Answer.YES for row in rows),
                renews=policy.renew_on_material_notice,
            )
            asked.append(Asked(purpose=purpose, standing=standing, if_silent=silence))
    return tuple(asked)
