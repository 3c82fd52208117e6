"""Files a member may take away and check without us: receipts and certificates with proofs."""

from collections.abc import Iterator

from sayso.community import UNKNOWN_REGION, MemberId
from sayso.consent.ledger import EventKind
from sayso.consent.receipts import Controller, Grounds, LogProof, receipt
from sayso.evidence.canonical import JSON
from sayso.rights.stores import Stores
from sayso.training.takeback import StoredCertificate


def certificate_file(stores: Stores, stored: StoredCertificate) -> dict[str, JSON]:
    """Return a certificate with its entry in the log and the proof of that entry.

    The id is the digest of everything but `proof`.
    """
    return {
        **stored.body,
        "proof": {
            "leaf": stores.log.entry(stored.leaf).entry.decode(),
            "log_position": stored.leaf,
            "log_proof": stores.log.proof_text(stored.leaf),
            "vkey": stores.log.vkey,
        },
    }


def receipts(stores: Stores, member_id: MemberId, network: str) -> Iterator[dict[str, JSON]]:
    """Yield a receipt of each of the member's choices, oldest first."""
    world = stores.world()
    member = world.member(member_id)
    notices = {notice.id: notice for notice in world.notices()}
    for recorded in stores.ledger.history(member_id):
        if recorded.event.kind is EventKind.CHOICE:
            yield receipt(
                recorded,
                controller=Controller(name=network),
                grounds=Grounds(
                    region=member.region if member else UNKNOWN_REGION,
                    notice=notices.get(str(recorded.event.body.get("notice_id", ""))),
                ),
                proof=LogProof(text=stores.log.proof_text(recorded.leaf), vkey=stores.log.vkey),
            )
