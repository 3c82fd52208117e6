import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import Tampered
from sayso.evidence.checkpoint import Checkpoint, Proof, parse, parse_proof

ROOT = base64.b64encode(bytes(32)).decode()
hashes = st.binary(min_size=32, max_size=32)
origins = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1)


@given(origins, st.integers(0, 10**17), hashes)
def test_a_checkpoint_reads_back(origin: str, size: int, root: bytes) -> None:
    head = Checkpoint(origin=origin, size=size, root=root.hex())

    assert parse(head.body()) == head


def test_a_checkpoint_is_origin_size_and_root_on_three_lines() -> None:
    head = Checkpoint(origin="example.org/log", size=7, root=bytes(32).hex())

    assert head.body() == f"example.org/log\n7\n{ROOT}\n"


def test_extension_lines_are_passed_over() -> None:
    assert parse(f"example.org/log\n7\n{ROOT}\nmore\n").size == 7


@pytest.mark.parametrize(
    "body",
    [
        "",
        "example.org/log\n7\n",
        f"example.org/log\n7\n{ROOT}",
        f"\n7\n{ROOT}\n",
        f"example.org/log\n07\n{ROOT}\n",
        f"example.org/log\n-7\n{ROOT}\n",
        f"example.org/log\n\N{ARABIC-INDIC DIGIT SEVEN}\n{ROOT}\n",
        f"example.org/log\n{'9' * 19}\n{ROOT}\n",
        "example.org/log\n7\nAAAA\n",
        "example.org/log\n7\n????\n",
        "example.org/log\n7\né\n",
        f"example.org/log\n7\n{ROOT[:-2]}B=\n",
        f"example.org/log\n7\n{ROOT}\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(body: str) -> None:
    with pytest.raises(Tampered):
        parse(body)


@given(st.integers(0, 10**17), st.lists(hashes, max_size=5))
def test_a_proof_reads_back(position: int, path: list[bytes]) -> None:
    proof = Proof(position=position, path=tuple(path), checkpoint="any note\n\n— a AAAA\n")

    assert parse_proof(proof.text()) == proof


def test_a_proof_is_written_as_the_format_says() -> None:
    proof = Proof(position=5, path=(bytes(32),), checkpoint="note\n")

    assert proof.text() == f"c2sp.org/tlog-proof@v1\nindex 5\n{ROOT}\n\nnote\n"


def test_extra_data_in_a_proof_is_not_trusted_and_passed_over() -> None:
    proof = parse_proof("c2sp.org/tlog-proof@v1\nextra AAAA\nindex 5\n\nnote\n")

    assert proof == Proof(position=5, path=(), checkpoint="note\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v2\nindex 5\n\nnote\n",
        "c2sp.org/tlog-proof@v1\n\nnote\n",
        "c2sp.org/tlog-proof@v1\nindex five\n\nnote\n",
        "c2sp.org/tlog-proof@v1\nindex 05\n\nnote\n",
        "c2sp.org/tlog-proof@v1\nindex 5\nAAAA\n\nnote\n",
        "c2sp.org/tlog-proof@v1\nindex 5",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(Tampered):
        parse_proof(text)
