"""Check who is in a sealed dataset, and who is not, with Python alone, without Sayso.

    python offline_membership.py [--vkey KEY] [--witness KEY]... FILE...

Copy this file and offline_verifier.py into one folder; FILE is what `sayso datasets prove` wrote,
or anything that offline_verifier.py checks. It is checked that
(1) the log signed the dataset's manifest: its digest is the dataset's id, and the id is in an
    entry of kind `seal`, as offline_verifier.py checks entries;
(2) the key in the file is the one that the manifest names, and gives one seat to each member: the
    eight roots (Goldberg et al. 2019) show that the operator had no choice;
(3) the member's seat is the one in the file: RSASSA-PSS over the member's id, without a salt
    (RFC 8017 section 8.1.2);
(4) the way from that seat through the tree leads to the manifest's `members_root`, and what is
    there is what the file says: the root of the member's own tree of documents, or nothing, or
    the one leaf of somebody else that this part of the tree holds;
(5) where a document was asked for: the same in the member's own tree; and that the row with that
    digest is in the shard and slice that the file says, and has the text that the file shows.
Exit codes are those of offline_verifier.py.
"""

import json
import math
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

if __package__:
    from sayso.audit import offline_verifier as log
else:  # beside this file, which isolated Python does not look for
    sys.path.insert(0, str(Path(__file__).parent))
    import offline_verifier as log  # type: ignore[import-not-found, no-redef]

KIND, FORMAT = "sayso-proof-of-membership", 1
PARTS = {"kind", "format", "says", "dataset", "member", "document", "proof"}
EXPONENT, ROOTS, BITS, HELD_OUT = 65_537, 8, 256, -1
EMPTY = sha256(b"\x02").digest()


class Key:
    """The key that gives members their seats."""

    def __init__(self, modulus: bytes) -> None:
        self.modulus, self.length = int.from_bytes(modulus, "big"), len(modulus)
        if not 256 <= self.length <= 512 or self.modulus.bit_length() != 8 * self.length:
            raise log.Failed("The key that gives seats has a length that is none of ours.")
        self.name = sha256(b"sayso vrf key\0" + modulus).hexdigest()
        self._text = modulus

    def leaves_no_choice(self, roots: Sequence[bytes]) -> bool:
        """Say whether these are roots of the numbers that the modulus itself gives."""
        head = b"sayso vrf roots\0" + self._text
        wanted = (
            int.from_bytes(stretched(head + bytes([each]), self.length + 16), "big") % self.modulus
            for each in range(ROOTS)
        )
        return len(roots) == ROOTS and all(map(self._is_root, roots, wanted))

    def seat(self, member: str, proof: bytes) -> bytes:
        """Return the member's seat: the hash of the one root of their padded id."""
        hashed = sha256(bytes(8) + sha256(b"sayso member\0" + member.encode()).digest()).digest()
        mask = int.from_bytes(stretched(hashed, self.length - 33), "big") ^ 1
        masked = mask % (1 << 8 * (self.length - 33) - 1)  # without its first bit
        if not self._is_root(proof, masked << 264 | int.from_bytes(hashed + b"\xbc", "big")):
            raise log.Failed(f"This is not the seat of member {member}.")
        return sha256(b"sayso vrf output\0" + proof).digest()

    def _is_root(self, root: bytes, number: int) -> bool:
        base = int.from_bytes(root, "big")
        fits = len(root) == self.length and base < self.modulus
        is_unit = math.gcd(number, self.modulus) == 1  # else it could have several roots
        return fits and is_unit and pow(base, EXPONENT, self.modulus) == number


def stretched(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-256 (RFC 8017 appendix B.2.1)."""
    blocks = (sha256(seed + at.to_bytes(4, "big")).digest() for at in range(-(-length // 32)))
    return b"".join(blocks)[:length]


def check_way(root: bytes, key: bytes, value: bytes, tree: dict[str, Any]) -> None:
    """Check that `value` stands under `key` in the tree of that root; nothing, where it is empty.

    Each bit of the key says on which side of its sibling the way goes on: no key has two places.
    """
    path, other = [raw(each, 32) if each else EMPTY for each in tree["path"]], tree["other"]
    bits, reached = int.from_bytes(key, "big"), EMPTY
    if len(path) > BITS or (value and other):
        raise log.Failed("This is no way through a tree.")
    if value:
        reached = sha256(b"\x00" + key + value).digest()
    elif other:
        its_key, its_value = (raw(each, 32) for each in other)
        alike = BITS - (bits ^ int.from_bytes(its_key, "big")).bit_length()
        if not len(path) <= alike < BITS:
            raise log.Failed("What is said to stand there has its place elsewhere.")
        reached = sha256(b"\x00" + its_key + its_value).digest()
    for level in range(len(path), 0, -1):
        sibling, is_right = path[level - 1], bits >> (BITS - level) & 1
        both = sibling + reached if is_right else reached + sibling
        reached = sha256(b"\x01" + both).digest()
    if reached != root:
        raise log.Failed("The way through the tree does not lead to what was sealed.")


def netstrings(text: str) -> list[str]:
    """Read a row, or a list in it: of each item its length in bytes, a colon, it, a comma."""
    found, left = [], text.encode()
    while left:
        size, _, left = left.partition(b":")
        found.append(left[: int(size)].decode())
        left = left[int(size) + 1 :]
    return found


def place_of(seat: bytes, document: str) -> bytes:
    """Return where a document stands in its member's own tree."""
    return sha256(b"sayso document\0" + seat + document.encode()).digest()


def under_seat(count: int, root: bytes) -> bytes:
    """Return what stands under the seat of a member with so many documents in a tree."""
    return sha256(b"sayso member\0" + count.to_bytes(8, "big") + root).digest()


def sealed_key(manifest: dict[str, Any], proof: dict[str, Any]) -> Key:
    """Return the key that gives seats, once it is the one sealed and leaves nobody a choice."""
    key = Key(raw(proof["modulus"]))
    if key.name != manifest["members_key"]:
        raise log.Failed("The key that gives seats is not the one that was sealed.")
    if not key.leaves_no_choice([raw(each) for each in proof["roots"]]):
        raise log.Failed("The key that gives seats would leave whoever made it a choice.")
    return key


def check_seal(
    dataset: str,
    manifest: dict[str, Any],
    proof: dict[str, Any],
    trust: log.Trust,
    roots: log.Roots,
) -> tuple[log.Head, list[str]]:
    """Check that the log signed the manifest of that dataset; say so."""
    leaf = json.loads(proof["leaf"])
    if (leaf["kind"], leaf["digest"]) != ("seal", dataset):
        raise log.Failed("The entry in the log is not the seal of that dataset.")
    logged = {name: proof[name] for name in ("leaf", "log_proof", "vkey")}
    head, said = log.check_file(json.dumps(manifest | {"proof": logged}), trust, roots)
    return head, ["The dataset's manifest was entered in the log as a seal.", *said[1:]]


def check_row(row: dict[str, Any], digest: bytes, told: dict[str, Any]) -> None:
    """Check that a row is in its shard and slice, and is what the file shows of it."""
    shard, part, text = row["shard"], row["slice"], row["text"]
    manifest, leaf = told["proof"]["manifest"], sha256(b"\x00" + digest).digest()
    roots = [manifest["held_out"]] if shard == HELD_OUT else manifest["shards"][str(shard)]
    path = [raw(each, 32) for each in row["path"]]
    fits = 0 <= part < len(roots) and 0 <= row["position"] < row["size"]
    if not fits or log.climb(row["position"], row["size"] - 1, leaf, path)[1].hex() != roots[part]:
        raise log.Failed("The row is not in the shard and slice that the file says.")
    if text:
        if sha256(text.encode()).digest() != digest:
            raise log.Failed("The text is not that of the row.")
        _, document, author, members, *_ = netstrings(text)
        if document != told["document"] or told["member"] not in {author, *netstrings(members)}:
            raise log.Failed("The row is of another document or member.")


def check_membership(told: dict[str, Any]) -> None:
    """Check that what the file says follows from the manifest in it."""
    proof, asked, count = told["proof"], told["document"], told["proof"]["members"]["count"]
    manifest, documents = proof["manifest"], proof["documents"]
    if set(told) != PARTS or told["format"] != FORMAT or told["says"] != sentence(told):
        raise log.Failed("What the file says in words is not what its proof says.")
    key = sealed_key(manifest, proof)
    seat, root, under = key.seat(told["member"], raw(proof["seat"])), b"", b""
    if count:
        root = raw(proof["members"]["root"], 32)
        under = under_seat(count, root)
    check_way(bytes.fromhex(manifest["members_root"]), seat, under, proof["members"])
    digest = bytes.fromhex(documents["digest"]) if documents else b""
    if bool(documents) != bool(asked and count) or bool(proof["row"]) != bool(digest):
        raise log.Failed("The file does not show what was asked.")
    if documents:
        check_way(root, place_of(seat, asked), digest, documents)
    if digest:
        check_row(proof["row"], digest, told)


def sentence(told: dict[str, Any]) -> str:
    """Return what the file proves, where all of it holds."""
    proof, member, of = told["proof"], f"member {told['member']}", told["document"]
    count, dataset = int(proof["members"]["count"]), f"dataset {told['dataset']}"
    documents = f"{count} document{'s' if count != 1 else ''}"
    if not count:
        return f"No words of {member} are in {dataset}{', from whatever document' if of else ''}."
    if not of:
        return f"Words of {member} are in {dataset}: in {documents}."
    if not proof["row"]:
        others = f"which holds words of theirs from {documents}"
        return f"No words of {member} from document {of} are in {dataset}, {others}."
    shard, part = proof["row"]["shard"], proof["row"]["slice"]
    place = "held out to measure with" if shard == HELD_OUT else f"in shard {shard}, slice {part}"
    return f"Words of {member} from document {of} are in {dataset}, {place}."


def check_file(text: str, trust: log.Trust, roots: log.Roots) -> tuple[log.Head, list[str]]:
    """Check one file, as offline_verifier.py does; proofs of membership too."""
    try:
        told = json.loads(text) if text.lstrip().startswith("{") else {}
        if told.get("kind") != KIND:
            return log.check_file(text, trust, roots)
        proof = told["proof"]
        head, sentences = check_seal(told["dataset"], proof["manifest"], proof, trust, roots)
        check_membership(told)
    except log.BROKEN as error:
        raise (error if isinstance(error, log.Failed) else log.Failed(repr(error))) from None
    row = netstrings(proof["row"]["text"]) if proof["row"] else []
    shown = [f"The row's title and text: {row[5]}\n{row[6]}"] if row else []
    return head, [told["says"], *shown, *sentences]


def raw(text: str, length: int = 0) -> bytes:
    """Return what base64 says, in the one way to write it; of that length where one is given."""
    raw = b64decode(text, validate=True)
    if b64encode(raw).decode() != text or len(raw) != (length or len(raw)):
        raise log.Failed(f"{text[:80]!r} is not the base64 of {length or 'some'} bytes.")
    return raw


if __name__ == "__main__":
    sys.exit(log.main(check=check_file))
