"""One output a text: under an honest key, and under every key that passes for one."""

import hashlib
import math
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.seats import KEY_FILE
from sayso.errors import NotHere, Tampered
from sayso.evidence.vrf import EXPONENT, ROOTS, PublicKey, SecretKey, output_of

KEY = SecretKey(KEY_FILE.read_bytes())


@cache
def other_key(exponent: int = EXPONENT, bits: int = 2048) -> bytes:
    key = rsa.generate_private_key(exponent, bits)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@given(st.binary(max_size=80))
@settings(max_examples=25, deadline=None)
def test_a_text_has_one_proof_and_one_output(text: bytes) -> None:
    proof = KEY.prove(text)

    assert KEY.prove(text) == proof
    assert KEY.public.output(text, proof) == output_of(proof)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_proof_with_any_bit_changed_or_for_another_text_is_refused(data: st.DataObject) -> None:
    text, proof = b"ana", bytearray(KEY.prove(b"ana"))

    with pytest.raises(Tampered):
        KEY.public.output(b"ben", bytes(proof))
    proof[data.draw(st.integers(0, len(proof) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Tampered):
        KEY.public.output(text, bytes(proof))


def test_the_same_number_written_longer_or_larger_is_no_other_proof() -> None:
    proof = KEY.prove(b"ana")
    larger = int.from_bytes(proof) + KEY.public.modulus
    for forged in (b"\0" + proof, larger.to_bytes(len(proof) + 1), proof[:-1], b""):
        with pytest.raises(Tampered):
            KEY.public.output(b"ana", forged)


def test_another_key_gives_another_output_and_another_name() -> None:
    other = SecretKey(other_key())

    assert output_of(other.prove(b"ana")) != output_of(KEY.prove(b"ana"))
    assert other.public.fingerprint != KEY.public.fingerprint
    with pytest.raises(Tampered):
        KEY.public.output(b"ana", other.prove(b"ana"))


def test_an_honest_key_is_certified_by_its_roots_and_by_no_others() -> None:
    roots, other = KEY.roots(), SecretKey(other_key())

    assert KEY.public.is_sound(roots)
    assert other.public.is_sound(other.roots())
    assert not KEY.public.is_sound(roots[::-1])
    assert not KEY.public.is_sound(roots[:-1])
    assert not KEY.public.is_sound((*roots, roots[0]))
    assert not KEY.public.is_sound(other.roots())
    changed = bytes([roots[0][0], roots[0][1] ^ 1, *roots[0][2:]])
    assert not KEY.public.is_sound((changed, *roots[1:]))


START = (3 << 1022) // (2 * EXPONENT)
FIRST, SECOND = (2 * EXPONENT * (START + number) + 1 for number in (193, 947))
"""Two primes with a predecessor that 65537 divides."""


def test_a_key_that_would_leave_its_maker_a_choice_has_no_roots_to_show() -> None:
    """What has one root under it has 65537 of them, and most numbers have none."""
    modulus = FIRST * SECOND
    key = PublicKey(modulus)
    unit = pow(5, (FIRST - 1) // EXPONENT, FIRST)  # of order 65537 under the first prime
    other_one = unit * SECOND * pow(SECOND, -1, FIRST) + FIRST * pow(FIRST, -1, SECOND)
    wanted = key._numbers()  # noqa: SLF001 - what the roots are asked of

    assert other_one % modulus != 1
    assert pow(other_one, EXPONENT, modulus) == 1
    assert all(pow(number, (FIRST - 1) // EXPONENT, FIRST) != 1 for number in wanted)
    assert not key.is_sound([number.to_bytes(256) for number in wanted])


def test_a_modulus_with_small_factors_is_not_certified() -> None:
    """Numbers that are no units could have several roots; none of them counts."""
    key = PublicKey(3 ** math.ceil(2047 / math.log2(3)))
    roots = [bytes(255) + b"\1"] * ROOTS

    assert not key.is_sound(roots)


@pytest.mark.parametrize("bits", [1024, 2047, 2050, 8192])
def test_a_modulus_of_a_length_that_is_not_ours_is_refused(bits: int) -> None:
    with pytest.raises(Tampered, match="bits"):
        PublicKey((1 << bits - 1) + 1)


@pytest.mark.parametrize("pem", [b"", b"nothing", KEY_FILE.read_bytes()[:400]])
def test_what_is_no_key_is_not_read(pem: bytes) -> None:
    with pytest.raises(NotHere):
        SecretKey(pem)


def test_a_key_with_another_exponent_is_not_read() -> None:
    with pytest.raises(NotHere, match="exponent"):
        SecretKey(other_key(3))


def test_outputs_look_like_chance() -> None:
    """Half of the bits are ones, and no two outputs are alike."""
    outputs = {output_of(KEY.prove(b"m%d" % number)) for number in range(64)}
    ones = sum(int.from_bytes(each).bit_count() for each in outputs)

    assert len(outputs) == 64
    assert abs(ones - 64 * 128) < 64 * 10
    assert hashlib.sha256(b"m1").digest() not in outputs
