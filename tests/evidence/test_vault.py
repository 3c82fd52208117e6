from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.evidence import MemoryKeys
from sayso.community import MemberId
from sayso.errors import NotFound, Tampered
from sayso.evidence.vault import Vault, commitment, suppression_token

ANA, BEN = MemberId("ana"), MemberId("ben")
MASTER = bytes(32)


def counting() -> Callable[[int], bytes]:
    numbers = count(1)
    return lambda size: next(numbers).to_bytes(size, "big")


def vault_over(keys: MemoryKeys) -> Vault:
    return Vault(keys, MASTER, counting())


@given(st.text(), st.binary())
def test_what_is_sealed_opens_for_the_same_member(name: str, plain: bytes) -> None:
    vault = vault_over(MemoryKeys())

    assert vault.open(MemberId(name), vault.seal(MemberId(name), plain)) == plain


def test_two_seals_of_one_text_differ_and_hold_none_of_it() -> None:
    vault = vault_over(MemoryKeys())

    first, second = vault.seal(ANA, b"plain words"), vault.seal(ANA, b"plain words")

    assert first != second
    assert b"plain" not in first


def test_one_members_text_never_opens_as_anothers() -> None:
    keys = MemoryKeys()
    vault = vault_over(keys)
    sealed = vault.seal(ANA, b"words")
    vault.seal(BEN, b"other words")

    with pytest.raises(Tampered, match="ben"):
        vault.open(BEN, sealed)

    keys.held[BEN] = keys.held[ANA]
    with pytest.raises(Tampered, match="ben"):
        vault.open(BEN, sealed)


@given(st.data())
def test_a_changed_byte_is_found(data: st.DataObject) -> None:
    vault = vault_over(MemoryKeys())
    sealed = bytearray(vault.seal(ANA, b"words"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Tampered):
        vault.open(ANA, bytes(sealed))


@pytest.mark.parametrize("size", [0, 1, 13, 20])
def test_a_text_cut_short_is_found(size: int) -> None:
    vault = vault_over(MemoryKeys())

    with pytest.raises(Tampered):
        vault.open(ANA, vault.seal(ANA, b"words")[:size])


def test_a_destroyed_key_opens_nothing_and_is_destroyed_once() -> None:
    keys = MemoryKeys()
    vault = vault_over(keys)
    sealed = vault.seal(ANA, b"words")

    assert vault.destroy(ANA)
    assert not vault.destroy(ANA)
    assert keys.held == {}
    with pytest.raises(NotFound, match="ana"):
        vault.open(ANA, sealed)


def test_a_key_made_after_the_first_was_destroyed_does_not_open_old_texts() -> None:
    vault = vault_over(MemoryKeys())
    old = vault.seal(ANA, b"old words")
    vault.destroy(ANA)
    vault.seal(ANA, b"new words")

    with pytest.raises(Tampered):
        vault.open(ANA, old)


def test_a_key_replaced_behind_the_vaults_back_is_noticed() -> None:
    keys = MemoryKeys()
    vault = vault_over(keys)
    vault.open(ANA, vault.seal(ANA, b"words"))

    keys.held.clear()
    sealed = vault.seal(ANA, b"later words")

    assert vault.open(ANA, sealed) == b"later words"


def test_without_the_master_key_nothing_opens() -> None:
    keys = MemoryKeys()
    sealed = vault_over(keys).seal(ANA, b"words")

    with pytest.raises(Tampered):
        Vault(keys, bytes([1] * 32), counting()).open(ANA, sealed)


def test_a_commitment_is_hmac_sha256() -> None:
    """RFC 4231, test case 2."""
    assert commitment(b"Jefe", b"what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_a_suppression_token_depends_on_key_and_member_alone() -> None:
    token = suppression_token(MASTER, ANA)
    others = {suppression_token(MASTER, BEN), suppression_token(bytes([1] * 32), ANA)}

    assert token == suppression_token(MASTER, ANA)
    assert len(others - {token}) == 2
