"""A verifiable random function: for every text one output, unguessable, and of nobody's choosing.

The construction is that of RFC 9381 section 4 (RSA-FDH-VRF): the proof is the RSA root of a hash
of the text that fills the modulus, and the output is the hash of the proof. Its hash is encoded
as EMSA-PSS does with no salt (RFC 8017 section 9.1.1) and not by MGF1 alone, because that is a
signature that OpenSSL makes: twenty times as fast as `pow`, and in constant time. Such a
signature is deterministic; RFC 9474 section 5 uses the same one (PSSZERO) for that reason.

What is claimed, and on what it rests:

- *One output.* RFC 9381 section 7.1.1 claims this only for a key made honestly: where the
  exponent divides the group's order, a number has many roots, and whoever made such a key could
  choose among them. So a key comes with `roots`: the roots of eight numbers that are hashes of
  its modulus (after Goldberg, Reyzin, Sagga and Baldimtsi, "Efficient Noninteractive
  Certification of RSA Moduli and Beyond", 2019). 65537 is prime: if it divides the order, at most
  one unit in 65537 has any root, and eight given by a hash all have one with a chance below
  2^-128. If it does not, every unit has exactly one root, for any modulus at all. Numbers that
  are no units are refused. None of this rests on factoring being hard.
- *Unguessable.* Without the key, the output for a text whose proof one was not given is random
  bits: to know a hash of the proof is to know the proof (in the random oracle model), which is a
  forged signature (Coron, "On the Exact Security of Full Domain Hash", 2000). This does rest on
  the key's length.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sayso.errors import NotHere, Tampered

BITS = 3072
"""The length of new keys: as strong as AES-128 (NIST SP 800-57 part 1, table 2)."""
EXPONENT = 65_537
ROOTS = 8
_SHORTEST, _LONGEST = 2048, 4096
_PADDING = padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=0)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half of a key that checks."""

    modulus: int

    def __post_init__(self) -> None:
        """Refuse a modulus whose length is not that of any key of ours."""
        bits = self.modulus.bit_length()
        if bits % 8 or not _SHORTEST <= bits <= _LONGEST:
            raise Tampered(f"A key of {bits} bits is none of ours.")

    @property
    def length(self) -> int:
        """How many bytes the modulus has, and each proof."""
        return self.modulus.bit_length() // 8

    @property
    def fingerprint(self) -> str:
        """Name the key: the hex SHA-256 of its modulus."""
        return hashlib.sha256(b"sayso vrf key\0" + self._bytes()).hexdigest()

    def output(self, text: bytes, proof: bytes) -> bytes:
        """Return the 32 bytes that `proof` proves to be the output for `text`.

        Raises:
            Tampered: it is no proof for this text under this key.
        """
        key = rsa.RSAPublicNumbers(EXPONENT, self.modulus).public_key()
        try:
            key.verify(proof, text, _PADDING, SHA256())
        except InvalidSignature as error:
            raise Tampered("This is not the proof for that text under this key.") from error
        if math.gcd(int.from_bytes(proof), self.modulus) != 1:
            raise Tampered("This proof is no unit: another might do as well.")
        return output_of(proof)

    def is_sound(self, roots: Sequence[bytes]) -> bool:
        """Say whether `roots` prove that under this key every text has one output only."""
        return len(roots) == ROOTS and all(
            len(root) == self.length
            and math.gcd(number, self.modulus) == 1
            and int.from_bytes(root) < self.modulus
            and pow(int.from_bytes(root), EXPONENT, self.modulus) == number
            for root, number in zip(roots, self._numbers(), strict=True)
        )

    def _numbers(self) -> list[int]:
        """Return the numbers whose roots certify the key: nobody chose them."""
        head = b"sayso vrf roots\0" + self._bytes()
        return [
            int.from_bytes(_stretched(head + bytes([number]), self.length + 16)) % self.modulus
            for number in range(ROOTS)
        ]

    def _bytes(self) -> bytes:
        return self.modulus.to_bytes(self.length)


class SecretKey:
    """The half of a key that proves. It can be used by many threads at once."""

    def __init__(self, pem: bytes) -> None:
        """Read a PKCS #8 file.

        Raises:
            NotHere: it is not an RSA key with the exponent 65537 that can be read.
        """
        try:
            key = load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=True)
        except (ValueError, TypeError) as error:
            raise NotHere(f"This is not a private key: {error}.") from error
        if not isinstance(key, rsa.RSAPrivateKey):
            raise NotHere("This is a private key of another kind than RSA.")
        numbers = key.public_key().public_numbers()
        if numbers.e != EXPONENT:
            raise NotHere(f"This key has the exponent {numbers.e}, and not {EXPONENT}.")
        self._key = key
        self._modulus = numbers.n

    @cached_property
    def public(self) -> PublicKey:
        """The half that is published."""
        return PublicKey(self._modulus)

    def prove(self, text: bytes) -> bytes:
        """Return the proof for `text`, always the same."""
        return self._key.sign(text, _PADDING, SHA256())

    def roots(self) -> tuple[bytes, ...]:
        """Return what proves that this key leaves no choice; see `PublicKey.is_sound`."""
        secret = self._key.private_numbers()
        return tuple(
            _root(number, secret).to_bytes(self.public.length)
            for number in self.public._numbers()  # noqa: SLF001 - the other half of this key
        )


def output_of(proof: bytes) -> bytes:
    """Return the output of a proof that was checked before, or was made here."""
    return hashlib.sha256(b"sayso vrf output\0" + proof).digest()


def _root(number: int, secret: rsa.RSAPrivateNumbers) -> int:
    """RSADP with the primes apart (RFC 8017 section 5.1.2, 2b)."""
    first, second = pow(number, secret.dmp1, secret.p), pow(number, secret.dmq1, secret.q)
    return second + secret.q * ((first - second) * secret.iqmp % secret.p)


def _stretched(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-256 (RFC 8017 appendix B.2.1)."""
    blocks = (
        hashlib.sha256(seed + count.to_bytes(4)).digest() for count in range(-(-length // 32))
    )
    return b"".join(blocks)[:length]
