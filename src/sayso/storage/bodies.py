"""How a member and a document are written as JSON in the database, and read back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sayso.community import (
    AgeBand,
    Code,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Mention,
    Position,
    Profile,
    Quote,
    Region,
    Signal,
    Standing,
    State,
    Visibility,
)
from sayso.evidence.canonical import JSON, digest


def member_body(member: Member) -> dict[str, JSON]:
    """Say everything of `member`; `member_from` reads it back equal."""
    profile = member.profile
    body: dict[str, JSON] = {
        "id": member.id,
        "name": member.name,
        "handle": member.handle,
        "pseudonym": member.pseudonym,
        "region": member.region,
        "age_band": member.age_band.value,
        "languages": list(member.languages),
        "standing": member.standing.value,
        "joined_at": _said(member.joined_at),
        "profile": {
            "headline": profile.headline,
            "role": profile.role,
            "organisation": profile.organisation,
            "industry": profile.industry,
            "location": profile.location,
            "years": profile.years,
            "skills": list(profile.skills),
            "topics": list(profile.topics),
            "positions": [
                {
                    "title": position.title,
                    "organisation": position.organisation,
                    "since": position.since,
                    "until": position.until,
                }
                for position in profile.positions
            ],
            "education": list(profile.education),
            "about": profile.about,
            "looking_for": profile.looking_for,
        },
    }
    if member.former_names:  # absent where there are none, as in every body before them
        body["former_names"] = list(member.former_names)
    return body


def member_from(body: Mapping[str, JSON]) -> Member:
    """Read what `member_body` wrote."""
    profile = _part(body["profile"])
    return Member(
        id=MemberId(_text(body, "id")),
        name=_text(body, "name"),
        handle=_text(body, "handle"),
        pseudonym=_text(body, "pseudonym"),
        region=Region(_text(body, "region")),
        age_band=AgeBand(_text(body, "age_band")),
        languages=_texts(body, "languages"),
        standing=Standing(_text(body, "standing")),
        joined_at=_moment(body["joined_at"]),
        profile=Profile(
            headline=_text(profile, "headline"),
            role=_text(profile, "role"),
            organisation=_text(profile, "organisation"),
            industry=_text(profile, "industry"),
            location=_text(profile, "location"),
            years=cast("int", profile["years"]),
            skills=_texts(profile, "skills"),
            topics=_texts(profile, "topics"),
            positions=tuple(
                Position(
                    title=_text(part, "title"),
                    organisation=_text(part, "organisation"),
                    since=_text(part, "since"),
                    until=_text(part, "until"),
                )
                for part in _parts(profile["positions"])
            ),
            education=_texts(profile, "education"),
            about=_text(profile, "about"),
            looking_for=_text(profile, "looking_for"),
        ),
        former_names=tuple(cast("Sequence[str]", body.get("former_names", ()))),
    )


def document_body(document: Document) -> dict[str, JSON]:
    """Say everything of `document`; `document_from` reads it back equal."""
    body: dict[str, JSON] = {
        "id": document.id,
        "member_id": document.member_id,
        "kind": document.kind.value,
        "text": document.text,
        "created_at": document.created_at.isoformat(),
        "updated_at": _said(document.updated_at),
        "title": document.title,
        "visibility": document.visibility.value,
        "state": document.state.value,
        "language": document.language,
        "source": document.source,
        "licence": document.licence,
        "parents": list(document.parents),
        "co_authors": list(document.co_authors),
        "quotes": [
            {"start": quote.start, "end": quote.end, "member_id": quote.member_id}
            for quote in document.quotes
        ],
    }
    if document.mentions:
        body["mentions"] = [
            {"start": each.start, "end": each.end, "member_id": each.member_id}
            for each in document.mentions
        ]
    if document.code:
        body["code"] = [{"start": each.start, "end": each.end} for each in document.code]
    if document.signals:  # absent where there are none, as in every body before them
        body["signals"] = [
            {"standard": each.standard, "value": each.value, "seen_at": each.seen_at.isoformat()}
            for each in document.signals
        ]
    return body


def document_from(body: Mapping[str, JSON]) -> Document:
    """Read what `document_body` wrote."""
    return Document(
        id=DocumentId(_text(body, "id")),
        member_id=MemberId(_text(body, "member_id")),
        kind=Kind(_text(body, "kind")),
        text=_text(body, "text"),
        created_at=datetime.fromisoformat(_text(body, "created_at")),
        updated_at=_moment(body["updated_at"]),
        title=_text(body, "title"),
        visibility=Visibility(_text(body, "visibility")),
        state=State(_text(body, "state")),
        language=_text(body, "language"),
        source=_text(body, "source"),
        licence=_text(body, "licence"),
        parents=tuple(DocumentId(parent) for parent in _texts(body, "parents")),
        co_authors=tuple(MemberId(author) for author in _texts(body, "co_authors")),
        quotes=tuple(
            Quote(
                start=cast("int", part["start"]),
                end=cast("int", part["end"]),
                member_id=MemberId(_text(part, "member_id")),
            )
            for part in _parts(body["quotes"])
        ),
        signals=tuple(
            Signal(
                standard=_text(part, "standard"),
                value=_text(part, "value"),
                seen_at=datetime.fromisoformat(_text(part, "seen_at")),
            )
            for part in _parts(body.get("signals", ()))
        ),
        mentions=tuple(
            Mention(
                start=cast("int", part["start"]),
                end=cast("int", part["end"]),
                member_id=MemberId(_text(part, "member_id")),
            )
            for part in _parts(body.get("mentions", ()))
        ),
        code=tuple(
            Code(start=cast("int", part["start"]), end=cast("int", part["end"]))
            for part in _parts(body.get("code", ()))
        ),
    )


def member_row(member: Member) -> dict[str, Any]:
    """Return the row that `members` holds for `member`."""
    body = member_body(member)
    return {
        "id": member.id,
        "name": member.name,
        "handle": member.handle,
        "standing": member.standing.value,
        "body": body,
        "digest": digest(body),
    }


def document_row(document: Document) -> dict[str, Any]:
    """Return the row that `documents` holds for `document`."""
    body = document_body(document)
    return {
        "id": document.id,
        "member_id": document.member_id,
        "kind": document.kind.value,
        "source": document.source,
        "created_at": document.created_at,
        "visibility": document.visibility.value,
        "state": document.state.value,
        "body": body,
        "digest": digest(body),
    }


def document_parts(document: Document) -> list[dict[str, str]]:
    """Return who has a part in `document`: authors, the quoted and the mentioned, each once."""
    authors = dict.fromkeys(document.authors)
    quoted = dict.fromkeys(quote.member_id for quote in document.quotes if quote.member_id)
    mentioned = dict.fromkeys(each.member_id for each in document.mentions if each.member_id)
    return [
        {"document_id": document.id, "member_id": member_id, "part": part}
        for part, ids in (("author", authors), ("quoted", quoted), ("mentioned", mentioned))
        for member_id in ids
    ]


def _text(body: Mapping[str, JSON], name: str) -> str:
    return cast("str", body[name])


def _texts(body: Mapping[str, JSON], name: str) -> tuple[str, ...]:
    return tuple(cast("Sequence[str]", body[name]))


def _part(value: JSON) -> Mapping[str, JSON]:
    return cast("Mapping[str, JSON]", value)


def _parts(value: JSON) -> Sequence[Mapping[str, JSON]]:
    return cast("Sequence[Mapping[str, JSON]]", value)


def _moment(value: JSON) -> datetime | None:
    return datetime.fromisoformat(cast("str", value)) if value else None


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
