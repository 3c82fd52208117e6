"""Notices in the database; a published text never changes."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from sayso.community import Category, Region, Visibility
from sayso.consent.notices import Notice, NoticeState, NoticeText, digest_of
from sayso.consent.purposes import Purpose
from sayso.errors import Conflict
from sayso.storage.schema import notices


class NoticeStore:
    """Keeps notices over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def list(self) -> tuple[Notice, ...]:
        """Return every notice, drafts first, then in the order of publication."""
        rows = self._connection.execute(sa.select(notices)).all()
        found = [_notice(row) for row in rows]
        return tuple(sorted(found, key=_in_order))

    def get(self, notice_id: str) -> Notice | None:
        """Return one notice, or None."""
        row = self._connection.execute(
            sa.select(notices).where(notices.c.id == notice_id)
        ).one_or_none()
        return None if row is None else _notice(row)

    def save(self, notice: Notice) -> None:
        """Keep a notice; a draft may be replaced, a published one stays as it is.

        Raises:
            Conflict: it would change a text that members were told.
        """
        before = self.get(notice.id)
        if before is not None and not before.is_draft and _differ(before, notice):
            raise Conflict(
                f"Notice {notice.id!r} is published, and a published text never changes.",
                hint="Draft a new notice under another id.",
            )
        self._connection.execute(sa.delete(notices).where(notices.c.id == notice.id))
        self._connection.execute(
            sa.insert(notices).values(
                id=notice.id,
                body=_body(notice),
                state=(NoticeState.DRAFT if notice.is_draft else NoticeState.PUBLISHED).value,
                published_at=notice.published_at,
                effective_at=notice.effective_at,
            )
        )


def _differ(before: Notice, after: Notice) -> bool:
    days = (before.published_at, before.effective_at)
    return digest_of(before) != digest_of(after) or days != (after.published_at, after.effective_at)


def _in_order(notice: Notice) -> tuple[bool, str, str]:
    at = notice.published_at
    return (at is not None, at.isoformat() if at else "", notice.id)


def _body(notice: Notice) -> dict[str, object]:
    return {
        "title": notice.title,
        "text": notice.text,
        "purposes": list(notice.purposes),
        "categories": [category.value for category in notice.categories],
        "regions": list(notice.regions),
        "material": notice.material,
        "notice_days": notice.notice_days,
        "digest": notice.digest,
        "visibilities": [visibility.value for visibility in notice.visibilities],
        "language": notice.language,
        "texts": [asdict(text) for text in notice.texts],
        "replaces": notice.replaces,
    }


def _notice(row: sa.Row[tuple[object, ...]]) -> Notice:
    body: Mapping[str, object] = row.body
    published: datetime | None = row.published_at
    effective: datetime | None = row.effective_at
    return Notice(
        id=row.id,
        title=str(body["title"]),
        text=str(body["text"]),
        purposes=tuple(Purpose(name) for name in _names(body, "purposes")),
        categories=tuple(Category(name) for name in _names(body, "categories")),
        regions=tuple(Region(name) for name in _names(body, "regions")),
        material=body["material"] is True,
        notice_days=int(str(body["notice_days"])),
        published_at=published,
        effective_at=effective,
        digest=str(body["digest"]),
        visibilities=tuple(Visibility(name) for name in _names(body, "visibilities")),
        language=str(body.get("language", "en")),
        texts=tuple(_texts(body.get("texts", []))),
        replaces=str(body.get("replaces", "")),
    )


def _texts(kept: object) -> Iterator[NoticeText]:
    assert isinstance(kept, list)
    for each in kept:
        yield NoticeText(
            language=str(each["language"]),
            title=str(each["title"]),
            text=str(each["text"]),
            region=Region(str(each["region"])),
        )


def _names(body: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = body[field]
    assert isinstance(value, list)
    return tuple(str(name) for name in value)
