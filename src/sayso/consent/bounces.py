"""What mail servers report back of a notice (RFC 3464), read with the standard library alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from sayso.consent.notices import Delivery

MARK = re.compile(r"[a-z2-7]{24}")
"""What `jobs.marks` puts on envelopes."""
_ACTIONS = {"failed": Delivery.BOUNCED, "delivered": Delivery.DELIVERED}
"""Delayed, relayed and expanded (RFC 3464 section 2.3.3) prove neither."""
_CARRIERS = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_STATUS = "message/delivery-status"
_RETURNED = frozenset({"text/rfc822-headers", "message/rfc822", "message/rfc822-headers"})
_MOST_PARTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report: what became of a letter, and every mark it carries, the likeliest first.

    `delivery` is None where the report says that nothing is settled yet.
    """

    delivery: Delivery | None
    marks: tuple[str, ...]


def read_report(message: bytes) -> Report | None:
    """Return what a mail reports; None where it is no delivery status report at all.

    A mail with several recipients' fields failed if any did: proof of delivery is never read
    out of a doubtful report. Nothing in it can raise.
    """
    try:
        mail = BytesParser(policy=compat32).parsebytes(message)
        parts = _parts(mail)
    except (MessageError, ValueError, LookupError, RecursionError):
        return None  # what cannot be parsed reports nothing
    statuses = [part for part in parts if part.get_content_type() == _STATUS]
    if not statuses:
        return None
    groups = [group for part in statuses for group in _groups(part)]
    actions = {_field(group, "action").lower() for group in groups} - {""}
    if not actions:
        return None
    marks = [
        *_marks(_field(mail, name) for name in _CARRIERS),
        *_marks(_field(group, "original-envelope-id") for group in groups),
        *_marks(_message_ids(parts)),
    ]
    return Report(delivery=_settled(actions), marks=tuple(dict.fromkeys(marks)))


def _settled(actions: set[str]) -> Delivery | None:
    settled = {_ACTIONS.get(action) for action in actions}
    if Delivery.BOUNCED in settled:
        return Delivery.BOUNCED
    return Delivery.DELIVERED if settled == {Delivery.DELIVERED} else None


def _parts(mail: Message) -> list[Message]:
    """Return the report's own parts; what lies within a returned letter is not the report."""
    found: list[Message] = []
    waiting: list[object] = [mail]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        if not isinstance(part, Message):
            continue
        found.append(part)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed(inner))
    return found


def _groups(status: Message) -> Iterator[Message]:
    """Yield the groups of fields: one for the message, then one for each recipient."""
    inner = status.get_payload()
    if isinstance(inner, list):
        yield from (group for group in inner if isinstance(group, Message))


def _message_ids(parts: Iterable[Message]) -> Iterator[str]:
    for part in parts:
        if part.get_content_type() not in _RETURNED:
            continue
        inner = part.get_payload()
        if isinstance(inner, list):
            yield from (_field(each, "message-id") for each in inner if isinstance(each, Message))
        elif isinstance(inner, str):
            found = re.search(r"^message-id:\s*(\S{1,200})", inner, re.IGNORECASE | re.MULTILINE)
            yield found[1] if found else ""


def _field(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _marks(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from MARK.findall(text.lower())
