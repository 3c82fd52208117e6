"""Files a member may take away and check without us: receipts and certificates with proofs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from sayso.community import UNKNOWN_REGION, Member, MemberId, Region
from sayso.consent.ledger import EventKind, Recorded
from sayso.consent.purposes import PURPOSES, Purpose, PurposeText
from sayso.consent.receipts import Controller, Grounds, LogProof, receipt
from sayso.errors import NotFound
from sayso.evidence.canonical import JSON
from sayso.rights.stores import GatheredWorld, Stores
from sayso.settings import Settings
from sayso.training.takeback import StoredCertificate

Receipt: TypeAlias = dict[str, JSON]


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


def controller_of(settings: Settings) -> Controller:
    """Return who answers for a network, as far as its settings say."""
    return Controller(
        name=settings.network,
        address=settings.controller_address,
        contact=settings.controller_contact,
        authority=settings.controller_authority,
        storage_locations=(settings.storage_location,) if settings.storage_location else (),
    )


def receipts(stores: Stores, member_id: MemberId, controller: Controller) -> Iterator[Receipt]:
    """Yield a receipt of each of the member's choices, oldest first."""
    history = stores.ledger.history(member_id)
    choices = [each for each in history if each.event.kind is EventKind.CHOICE]
    yield from receipts_for(stores, choices, controller)


def receipt_of(stores: Stores, event_id: str, controller: Controller) -> Receipt:
    """Return the receipt of the choice with that id.

    Raises:
        NotFound: there is none, or it is no choice, or its record was erased.
    """
    return receipts_for(stores, [_choice(stores, event_id)], controller)[0]


def receipts_for(
    stores: Stores,
    choices: Sequence[Recorded],
    controller: Controller,
    world: GatheredWorld | None = None,
) -> tuple[Receipt, ...]:
    """Return the receipt of each recorded choice: whenever it is asked for, the same bytes.

    Its proof leads to the checkpoint that was signed with it. Inside the transaction that
    recorded a choice, hand its receipt out only after the commit.

    Raises:
        NotFound: one is no choice, or its record was erased.
    """
    world = world or stores.world()
    members = {each.event.member_id for each in choices}
    histories = dict(stores.ledger.histories(members, have=choices))
    world.meet(members)
    notices = {notice.id: notice for notice in world.notices()}
    proofs = stores.log.first_proofs({each.leaf for each in choices})
    told = []
    for each in choices:
        member_id = each.event.member_id
        history = histories.get(member_id, ())
        member = world.member(member_id)
        told.append(
            receipt(
                each,
                controller=controller,
                grounds=Grounds(
                    region=_region_then(each, history, member),
                    notice=notices.get(str(each.event.body.get("notice_id"))),
                    purposes=_purposes_then(stores, each),
                ),
                proof=LogProof(text=proofs[each.leaf], vkey=stores.log.vkey),
                history=history,
            )
        )
    return tuple(told)


def choice_named(stores: Stores, beginning: str) -> str:
    """Return the id of the one choice whose id is, or begins with, `beginning`.

    Raises:
        NotFound: none does, or several do.
    """
    found = stores.ledger.choices_beginning(beginning) if beginning else ()
    if beginning in found or len(found) == 1:
        return beginning if beginning in found else found[0]
    if found:
        raise NotFound(
            f"{len(found)} choices begin with {beginning!r}.", hint="Give more of the event id."
        )
    raise _no_choice(beginning)


def proof_of(stores: Stores, event_id: str) -> str:
    """Return the log's proof of that choice's entry alone, as a `.tlog-proof` file has it.

    Raises:
        NotFound: there is none, or it is no choice, or its record was erased.
    """
    return stores.log.proof_text(_choice(stores, event_id).leaf)


def _choice(stores: Stores, event_id: str) -> Recorded:
    recorded = stores.ledger.known([event_id]).get(event_id)
    if recorded is None or recorded.event.kind is not EventKind.CHOICE:
        raise _no_choice(event_id)
    return recorded


def _no_choice(event_id: str) -> NotFound:
    return NotFound(
        f"There is no choice {event_id!r}.",
        hint="`sayso choices show MEMBER` shows the ids of what they said.",
    )


def _purposes_then(stores: Stores, recorded: Recorded) -> Mapping[Purpose, PurposeText]:
    """Return how its purpose was said when the choice was made: a policy may drop it later."""
    purpose = recorded.event.body.get("purpose")
    if purpose not in PURPOSES:
        for used in reversed(stores.policies.history()):
            if purpose in used.policy.purposes and used.used_from <= recorded.recorded_at:
                return used.policy.purposes
    return PURPOSES


def _region_then(recorded: Recorded, history: Sequence[Recorded], member: Member | None) -> Region:
    """Return where the member lived when they said it: before the first move since."""
    for later in history:
        if later.seq > recorded.seq and later.event.kind is EventKind.REGION:
            return Region(str(later.event.body["before"]))
    return member.region if member else UNKNOWN_REGION
