"""A copy of everything held of a member: one page for people, JSON for machines."""

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from sayso.community import MemberId
from sayso.consent.receipts import Controller
from sayso.errors import NotFound
from sayso.rights.holdings import HOLDINGS, Holder
from sayso.rights.proofs import certificate_file, receipts

_STYLE = (
    "body{font:16px/1.6 system-ui;max-width:44rem;margin:3rem auto;padding:0 1rem}"
    "pre{white-space:pre-wrap;background:#f4f1ea;padding:1rem;border-radius:.5rem}"
)


def copy_files(
    stores: Holder, store: Path, member_id: MemberId, controller: Controller
) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of each file of the copy (GDPR articles 15 and 20).

    Receipts and certificates lie in folders of their own, each with its proof.

    Raises:
        NotFound: no such member.
    """
    if stores.community.member(member_id) is None:
        raise NotFound(
            f"There is no member {member_id!r}.", hint="`sayso members list` shows who there is."
        )
    parts = {holding.name: holding.copy(stores, store, member_id) for holding in HOLDINGS}
    for number, account in enumerate(stores.accounts.of(member_id)[1:], start=1):
        for holding in HOLDINGS:
            content = _json(holding.copy(stores, store, account))
            yield f"earlier-accounts/{number}/{holding.name}.json", content.encode()
    for holding in HOLDINGS:
        yield f"{holding.name}.json", _json(parts[holding.name]).encode()
    for number, receipt in enumerate(receipts(stores, member_id, controller), start=1):
        yield f"receipts/{number:04d}.json", _json(receipt).encode()
    issued = {each.certificate_id for each in stores.takebacks.of(member_id)}
    for certificate_id in sorted(each for each in issued if each):
        held = certificate_file(stores, stores.takebacks.certificate(certificate_id))
        yield f"certificates/{certificate_id}.json", _json(held).encode()
    yield "index.html", _page(member_id, parts).encode()


def _page(member_id: MemberId, parts: Mapping[str, object]) -> str:
    sections = "".join(
        f"<h2>{html.escape(holding.title)}</h2><p>{html.escape(holding.about)}</p>"
        f"<pre>{html.escape(_json(parts[holding.name]))}</pre>"
        for holding in HOLDINGS
    )
    name = html.escape(member_id)
    return (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        f"<title>Everything held of {name}</title><style>{_STYLE}</style>"
        f"<h1>Everything held of {name}</h1>{sections}</html>\n"
    )


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
