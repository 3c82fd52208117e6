"""What shards start from, on the disk."""

from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.torch import save

from sayso.errors import BadInput, NotFound, Tampered
from sayso.training.backends import fresh_network
from sayso.training.backends.gpt import GPT
from sayso.training.bases import (
    DECODER,
    FOLDER,
    WEIGHTS,
    Base,
    base_file,
    base_folder,
    bases_in,
    find_base,
    keep_base,
    shape_of,
    starting_from,
)
from sayso.training.recipes import SMALL, TINY


def _kept(store: Path, content: bytes = b"weights", made_of: str = "word lists") -> Base:
    return keep_base(
        store,
        {WEIGHTS: content},
        name="public",
        architecture=DECODER,
        tokenizer="0" * 64,
        made_of=made_of,
        shape=shape_of(TINY),
    )


def test_a_base_is_named_by_its_bytes_and_comes_back_as_it_was(tmp_path: Path) -> None:
    one, other = _kept(tmp_path), _kept(tmp_path, b"others")

    assert find_base(tmp_path, one.digest) == one
    assert {base.digest for base in bases_in(tmp_path)} == {one.digest, other.digest}
    assert base_file(tmp_path, one.digest, WEIGHTS) == b"weights"
    assert base_folder(tmp_path, one.digest) == tmp_path / FOLDER / one.digest


def test_a_base_that_is_there_already_stays(tmp_path: Path) -> None:
    first = _kept(tmp_path)

    assert _kept(tmp_path, made_of="something else") == first
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [first.digest]


def test_files_are_copied_from_where_they_lie(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere"
    path.write_bytes(b"weights")
    store = tmp_path / "store"

    base = keep_base(
        store,
        {WEIGHTS: path},
        name="public",
        architecture=DECODER,
        tokenizer="",
        made_of="word lists",
        shape=shape_of(TINY),
    )

    assert base.digest == _kept(tmp_path / "other").digest
    assert path.exists()


def test_an_altered_or_missing_base_is_refused_by_name(tmp_path: Path) -> None:
    base = _kept(tmp_path)
    folder = tmp_path / FOLDER / base.digest

    (folder / WEIGHTS).write_bytes(b"other")
    with pytest.raises(Tampered, match=f"{WEIGHTS} is not what was kept") as why:
        base_file(tmp_path, base.digest, WEIGHTS)
    assert "bring the same base again" in why.value.hint
    with pytest.raises(Tampered, match=f"{WEIGHTS} is not what was kept"):
        base_folder(tmp_path, base.digest)
    (folder / WEIGHTS).unlink()
    with pytest.raises(NotFound, match=f"{WEIGHTS} is gone"):
        base_folder(tmp_path, base.digest)
    about = (folder / "base.json").read_text()
    (folder / "base.json").write_text(about.replace(base.files[WEIGHTS], "0" * 64))
    with pytest.raises(Tampered, match="speaks of another base"):
        find_base(tmp_path, base.digest)
    with pytest.raises(NotFound, match="no base"):
        find_base(tmp_path, "f" * 64)


def test_a_small_decoder_starts_from_a_base_of_its_own_size_only(tmp_path: Path) -> None:
    base = _kept(tmp_path)

    assert starting_from(TINY, base) == replace(TINY, base=base.digest)
    assert starting_from(TINY, base).digest != TINY.digest
    with pytest.raises(BadInput, match="not of size small") as why:
        starting_from(SMALL, base)
    assert "--size" in why.value.hint


def test_a_base_from_elsewhere_keeps_its_shape_and_gets_an_adapter(tmp_path: Path) -> None:
    elsewhere = replace(_kept(tmp_path), architecture="bloom", reads_apart=False)

    recipe = starting_from(SMALL, elsewhere)

    assert recipe.adapter is not None
    assert shape_of(recipe) == elsewhere.shape
    assert not recipe.documents_apart
    assert recipe.packages == ("peft", "transformers")


def test_a_decoder_begins_with_its_bases_weights(tmp_path: Path) -> None:
    weights = GPT(replace(TINY, seed=5)).state_dict()
    base = _kept(tmp_path, save(weights))

    network = fresh_network(tmp_path, starting_from(TINY, base))

    assert all((network.learnt()[name] == weights[name]).all() for name in network.learnt())
