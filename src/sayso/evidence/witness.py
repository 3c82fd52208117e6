"""Witnesses: others who saw the log grow out of what they saw before, and sign that it did.

Their formats are c2sp.org/tlog-cosignature and c2sp.org/tlog-witness. A log cannot show one
history to one reader and another to the next while both ask for the same honest witness.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sayso.errors import BadInput, Conflict, NotFound, Tampered
from sayso.evidence import checkpoint, note
from sayso.evidence.log import Log

_LEEWAY = timedelta(minutes=5)
"""How far ahead of ours a witness's clock may be."""
_LINE = "\N{EM DASH} "


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Someone whose cosignatures we keep and hand on. `vkey` is of kind 0x04."""

    vkey: str
    name: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """That a witness saw the log at `size`, and when; `line` stands under the checkpoint."""

    size: int
    vkey: str
    line: str
    signed_at: datetime


class WitnessStore(Protocol):
    """Keeps witnesses and what they signed, inside one transaction of its owner."""

    def list(self) -> tuple[Witness, ...]:
        """Return the witnesses, those added first first."""
        ...

    def add(self, witness: Witness) -> None:
        """Keep a witness."""
        ...

    def remove(self, vkey: str) -> None:
        """Drop a witness, and all that it signed."""
        ...

    def save(self, cosignature: Cosignature) -> None:
        """Keep a cosignature, in place of an earlier one by the same witness at that size."""
        ...

    def cosignatures(self, size: int) -> tuple[Cosignature, ...]:
        """Return what is kept for the checkpoint of that size, by name of witness."""
        ...

    def newest(self) -> tuple[Cosignature, ...]:
        """Return each witness's cosignature of the largest size it saw, by name of witness."""
        ...


class Witnesses:
    """Who watches a log, and what they said they saw."""

    def __init__(self, store: WitnessStore, log: Log) -> None:
        self._store = store
        self._log = log

    def list(self) -> tuple[Witness, ...]:
        """Return the witnesses, those added first first."""
        return self._store.list()

    def newest(self) -> tuple[Cosignature, ...]:
        """Return each witness's cosignature of the largest size it saw."""
        return self._store.newest()

    def add(self, vkey: str, now: datetime) -> Witness:
        """Believe a witness from now on.

        Raises:
            BadInput: it is not the key of a witness.
            Conflict: that witness is known already.
        """
        verifier = note.Verifier(vkey)
        if not verifier.is_witness:
            raise BadInput(
                f"{vkey!r} is not the key of a witness: its kind is not 4.",
                hint="Ask the witness for its tlog-cosignature key, name+key id+B...",
            )
        if any(known.vkey == verifier.vkey for known in self._store.list()):
            raise Conflict(f"The witness {verifier.name} is known already.")
        witness = Witness(vkey=verifier.vkey, name=verifier.name, added_at=now)
        self._store.add(witness)
        return witness

    def remove(self, named: str) -> Witness:
        """Believe a witness no longer, and hand on none of its cosignatures any more.

        Raises:
            NotFound: no witness has that key or name, or several have the name.
        """
        found = [each for each in self._store.list() if named.strip() in {each.vkey, each.name}]
        if len(found) != 1:
            raise NotFound(
                f"{'Several witnesses are' if found else 'There is no witness'} named {named!r}.",
                hint="`sayso log witness list` shows their keys.",
            )
        self._store.remove(found[0].vkey)
        return found[0]

    def accept(self, text: str, now: datetime) -> tuple[Cosignature, ...]:
        """Keep what known witnesses signed under one of our checkpoints.

        `text` is a whole note, or only signature lines under our newest checkpoint.

        Raises:
            Tampered: it is no note, a known witness's signature does not hold, or the checkpoint
                is one that this log never signed: whoever cosigned it saw another log.
            NotFound: this log signed no checkpoint of that size, or no known witness cosigned.
            BadInput: a witness claims to have seen it in the future.
        """
        whole = self._log.own(self._log.size()) + text if text.startswith(_LINE) else text
        keys = [note.Verifier(each.vkey) for each in self._store.list()]
        body, signed = note.signatures(whole, keys)
        head = checkpoint.parse(body)
        self._require_ours(body, head)
        if not signed:
            raise NotFound(
                "No witness that is known cosigned this checkpoint.",
                hint="Add the witness first: `sayso log witness add KEY`.",
            )
        read = sorted(
            (_cosignature(head.size, each, now) for each in signed), key=lambda each: each.signed_at
        )
        latest = {each.vkey: each for each in read}
        for cosignature in latest.values():
            self._store.save(cosignature)
        return tuple(latest.values())

    def _require_ours(self, body: str, head: checkpoint.Checkpoint) -> None:
        if head.origin != self._log.origin:
            raise NotFound(f"This is a checkpoint of {head.origin}, not of {self._log.origin}.")
        own = note.open_note(self._log.own(head.size), [note.Verifier(self._log.vkey)])
        if own != body:
            raise Tampered(
                f"The witness saw another log at size {head.size} than this one.",
                hint="Keep the note: if the log's own signature is on it, two histories were told.",
            )


def _cosignature(size: int, signed: note.Signed, now: datetime) -> Cosignature:
    try:
        signed_at = datetime.fromtimestamp(signed.time or 0, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadInput(f"The witness's time {signed.time} is no time.") from error
    if signed_at > now + _LEEWAY:
        raise BadInput(
            f"The witness claims to have seen it at {signed_at.isoformat()}, later than now.",
            hint="Check this machine's clock, then the witness's.",
        )
    return Cosignature(size=size, vkey=signed.vkey, line=signed.line, signed_at=signed_at)
