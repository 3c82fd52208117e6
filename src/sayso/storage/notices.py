"""Notices in the database; a published text never changes."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from sayso.community import Category, Region, Visibility
from sayso.consent.notices import Notice, NoticeState, digest_of
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
        """Keep a notice; a draft may be replaced, a published text may only be superseded.

        Raises:
            Conflict: it would change a text that members were told.
        """
        before = self.get(notice.id)
        told = before is not None and before.state is not NoticeState.DRAFT
        if told and (notice.state is NoticeState.DRAFT or _differ(before, notice)):
            raise Conflict(
                f"Notice {notice.id!r} is published, and a published text never changes.",
                hint="Draft a new notice under another id.",
            )
        self._connection.execute(sa.delete(notices).where(notices.c.id == notice.id))
        self._connection.execute(
            sa.insert(notices).values(
                id=notice.id,
                body=_body(notice),
                state=notice.state.value,
                published_at=notice.published_at,
                effective_at=notice.effective_at,
            )
        )


def _differ(before: Notice | None, after: Notice) -> bool:
    return before is not None and digest_of(before) != digest_of(after)


def _in_order(notice: Notice) -> tuple[bool, str, str]:
    at = notice.published_at
    return (at is not None, at.isoformat() if at else "", notice.id)


def _body(notice: Notice) -> dict[str, object]:
    return {
        "title": notice.title,
        "text": notice.text,
        "purposes": [purpose.value for purpose in notice.purposes],
        "categories": [category.value for category in notice.categories],
        "regions": list(notice.regions),
        "material": notice.material,
        "notice_days": notice.notice_days,
        "digest": notice.digest,
        "visibilities": [visibility.value for visibility in notice.visibilities],
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
        state=NoticeState(row.state),
        published_at=published,
        effective_at=effective,
        digest=str(body["digest"]),
        visibilities=tuple(Visibility(name) for name in _names(body, "visibilities")),
    )


def _names(body: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = body[field]
    assert isinstance(value, list)
    return tuple(str(name) for name in value)
