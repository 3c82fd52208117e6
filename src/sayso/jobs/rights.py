"""A member's copy, and a member's erasure: the acts that reach every holding."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from sayso.community import MemberId
from sayso.consent.ledger import erased_event
from sayso.errors import BadInput, NotFound
from sayso.evidence.vault import suppression_token
from sayso.jobs.forget import forget_pending
from sayso.jobs.requests import answered, answered_by_erasing
from sayso.jobs.samples import drop_samples
from sayso.jobs.tidy import tidy
from sayso.jobs.turn import turn
from sayso.rights.clocks import calendar_of
from sayso.rights.copy import copy_files
from sayso.rights.holdings import HOLDINGS
from sayso.rights.proofs import controller_of
from sayso.rights.requests import RequestKind
from sayso.rights.say import record_and_contain
from sayso.storage.stores import Stores
from sayso.wiring import Network


def copy_member(network: Network, member_id: MemberId, to: Path) -> int:
    """Write everything held of a member into the new zip file `to`; return how many files.

    Raises:
        NotFound: no such member.
        BadInput: the file is there already.
    """
    if to.exists():
        raise BadInput(f"{to} is there already.", hint="Name a new file.")
    calendar_of(network.settings)  # a setting that is wrong is said before anything is written
    aside = to.with_name(f".{to.name}.unfinished")
    count = 0
    try:
        with network.reading() as stores, aside.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                controller = controller_of(network.settings)
                files = copy_files(stores, network.settings.store, member_id, controller)
                for name, content in files:
                    archive.writestr(name, content)
                    count += 1
            file.flush()
            os.fsync(file.fileno())
        aside.replace(to)
    finally:
        aside.unlink(missing_ok=True)
    with network.writing() as stores:
        answered(network, stores, member_id, RequestKind.ACCESS, "A copy was made.")
    return count


def erase_member(
    network: Network, member_id: MemberId, *, report: Callable[..., None] = lambda *_: None
) -> tuple[str, ...]:
    """Erase a member from every holding and every model; return what each holding answered.

    First the word is recorded and their rows go out of service; then the models learn again
    without them; then every holding is emptied and their key destroyed, in one transaction.
    Stopped at any moment, the same call goes on.

    Raises:
        NotFound: no such member.
    """
    now = network.clock()
    calendar_of(network.settings)  # a setting that is wrong is said before anything is begun
    token = suppression_token(network.keys.suppression, member_id)
    with network.writing() as stores:
        accounts = _accounts(stores, member_id)
        is_there = stores.community.member(member_id) is not None
        if not is_there and not stores.community.is_suppressed(token):
            raise NotFound(
                f"There is no member {member_id!r}.",
                hint="`sayso members list` shows who there is.",
            )
        for account in accounts if is_there else ():
            word = f"erased-{suppression_token(network.keys.suppression, account)}"
            if not _was_asked(stores, account, word):
                event = erased_event(event_id=word, member_id=account, occurred_at=now)
                record_and_contain(stores, event, now)
    if not is_there:
        _sweep(network, member_id)
        return ("They were erased before. What that may have left behind is swept up.",)
    certificates = forget_pending(network, report=report)
    report(1.0, 1.0, "Emptying every holding")
    with network.writing() as stores:
        answered_by_erasing(network, stores, member_id)
        answers: list[str] = []
        for account in accounts:
            token = suppression_token(network.keys.suppression, account)
            answers += (
                holding.erase(stores, network.settings.store, account, token)
                for holding in HOLDINGS
            )
            stores.community.suppress(token, network.clock())
        stores.log.append("erased", {"at": network.clock().date().isoformat()})
    _sweep(network, *accounts)
    return (*(f"Certificate {each.id}" for each in certificates), *answers)


def _accounts(stores: Stores, member_id: MemberId) -> tuple[MemberId, ...]:
    """Return every account of the person; each goes, or none does."""
    accounts = stores.accounts.of(member_id)
    if accounts[0] != member_id and stores.community.member(accounts[0]) is not None:
        raise BadInput(
            f"Account {member_id!r} has become {accounts[0]!r}.",
            hint=f"`sayso erase {accounts[0]}` erases both: they are one person's.",
        )
    return accounts


def _sweep(network: Network, *accounts: MemberId) -> None:
    """Clear what no transaction covers: the demo's list, unfinished checkpoints, freed pages."""
    drop_samples(network, accounts)
    with turn(network.settings, "erasing"):
        tidy(network)
    network.scrub()


def _was_asked(stores: Stores, member_id: MemberId, event_id: str) -> bool:
    return any(each.event.event_id == event_id for each in stores.ledger.history(member_id))
