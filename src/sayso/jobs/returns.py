"""Mail that came back: what it says of a notice's way, written into the ledger."""

import mailbox
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sayso.community import MemberId
from sayso.consent.bounces import Report, read_report
from sayso.consent.deliveries import record_delivery
from sayso.consent.notices import Delivery
from sayso.errors import BadInput, NotFound
from sayso.jobs.marks import Marks
from sayso.jobs.post import CHANNEL
from sayso.storage.stores import Stores
from sayso.wiring import Network

_AT_ONCE = 200
_LARGEST_BYTES = 8 * 1024 * 1024


@dataclass(slots=True, kw_only=True)
class Returned:
    """What came back. `unknown` reports carry no mark of ours: forged, or of a member gone."""

    read: int = 0
    bounced: int = 0
    delivered: int = 0
    pending: int = 0
    known: int = 0
    unknown: int = 0
    others: int = 0
    notices: set[str] = field(default_factory=set)


def take_back(
    network: Network,
    paths: Sequence[Path],
    *,
    report: Callable[..., None] = lambda *_: None,
) -> Returned:
    """Read mailboxes (mbox, Maildir, folders of .eml, single mails); the same again is once.

    A report counts only with a mark that we made for that member and that notice.

    Raises:
        NotFound: there is no such file.
        BadInput: a file is no mail.
    """
    returned = Returned()
    batch: list[Report] = []
    known = _marks_made(network)
    for path in paths:
        for message in _messages(path):
            returned.read += 1
            found = read_report(message)
            if found is None:
                returned.others += 1
            else:
                batch.append(found)
            if len(batch) == _AT_ONCE:
                _record(network, batch, known, returned)
                batch.clear()
                report(returned.read, None, "Reading what came back")
    _record(network, batch, known, returned)
    return returned


_Sent = tuple[str, MemberId]


def _marks_made(network: Network) -> dict[str, _Sent]:
    """Every mark there can be: one for each notice and member it may have been sent to."""
    marks = Marks(network.keys.suppression)
    with network.reading() as stores:
        notices = [each.id for each in stores.notices.list() if not each.is_draft]
        return {
            marks.envelope(notice_id, member.id): (notice_id, member.id)
            for member in stores.community.members()
            for notice_id in notices
        }


def _record(
    network: Network, batch: Sequence[Report], known: dict[str, _Sent], returned: Returned
) -> None:
    with network.writing() as stores:
        for found in batch:
            sent = next((known[mark] for mark in found.marks if mark in known), None)
            if sent is None or stores.community.member(sent[1]) is None:
                returned.unknown += 1
            elif found.delivery is None:
                returned.pending += 1
            else:
                _record_one(network, stores, sent, found.delivery, returned)


def _record_one(
    network: Network, stores: Stores, sent: _Sent, delivery: Delivery, returned: Returned
) -> None:
    notice_id, member_id = sent
    is_new = record_delivery(
        stores.ledger, member_id, notice_id, delivery, network.clock(), channel=CHANNEL
    )
    if not is_new:
        returned.known += 1
        return
    returned.notices.add(notice_id)
    if delivery is Delivery.DELIVERED:
        returned.delivered += 1
    else:
        returned.bounced += 1


def _messages(path: Path) -> Iterator[bytes]:
    if not path.exists():
        raise NotFound(f"There is no {path}.", hint="Name an mbox, a Maildir, or .eml files.")
    if path.is_dir():
        yield from _maildir(path) if (path / "cur").is_dir() else _folder(path)
        return
    with path.open("rb") as file:
        beginning = file.read(5)
    if beginning == b"From ":
        box = mailbox.mbox(path, create=False)
        try:
            for key in box.iterkeys():
                yield box.get_bytes(key)[:_LARGEST_BYTES]
        finally:
            box.close()
    else:
        yield _one(path)


def _maildir(path: Path) -> Iterator[bytes]:
    for place in ("new", "cur"):
        for file in sorted((path / place).glob("*")):
            if file.is_file():
                yield _one(file)


def _folder(path: Path) -> Iterator[bytes]:
    files = sorted(path.glob("*.eml"))
    if not files:
        raise BadInput(
            f"{path} is neither a Maildir nor a folder of .eml files.",
            hint="Name the folder that holds `cur` and `new`, or files that end in .eml.",
        )
    for file in files:
        yield _one(file)


def _one(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_BYTES)
