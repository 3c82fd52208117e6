"""Folders of Hugging Face's, good and bad, and names on its hub."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer as Pieces
from tokenizers.models import Unigram

import tiny_bases
from sayso.errors import BadInput
from sayso.training.bases import FOLDER, Base, find_base
from sayso.training.bringing import bring, fetched
from sayso.training.tokenizer import Tokenizer, keep_tokenizer, load_tokenizer

Spoil = Callable[[Path], object]


@pytest.mark.parametrize("make", [tiny_bases.llama, tiny_bases.gpt2])
def test_a_causal_model_becomes_a_base_with_its_own_tokenizer(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    base = tiny_bases.know_base(tmp_path, make)

    tokenizer = load_tokenizer(tmp_path, base.tokenizer)
    assert base.architecture == make.__name__
    assert base.made_of == tiny_bases.MADE_OF
    assert base.reads_apart
    assert tokenizer.mark == tiny_bases.END
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= base.files.keys()
    again = _brought(tmp_path, tiny_bases.folder_of(make))
    assert again == base


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    store = tmp_path_factory.mktemp("tokenizer")
    return load_tokenizer(store, tiny_bases.know_base(store, tiny_bases.llama).tokenizer)


@settings(deadline=None)
@given(before=st.text(), after=st.text())
def test_a_mark_that_a_member_writes_stays_plain_text(
    tokenizer: Tokenizer, before: str, after: str
) -> None:
    for mark in (tiny_bases.END, tiny_bases.PAD):
        text = f"{before}{mark}{after}"
        numbers = tokenizer.encode(text)

        assert not {0, 1} & set(numbers)
        assert tokenizer.decode(numbers) == text
        lengths = tokenizer.byte_lengths()
        assert sum(lengths[number] for number in numbers) == len(text.encode())


def _edit(name: str, **said: object) -> Spoil:
    def edit(folder: Path) -> None:
        path = folder / name
        path.write_text(json.dumps({**json.loads(path.read_text()), **said}))

    return edit


def _without_end(folder: Path) -> None:
    _edit("tokenizer_config.json", eos_token=None)(folder)
    _edit("config.json", eos_token_id=None)(folder)


def _pickled(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def _half(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-64])


def _deeper(folder: Path) -> None:
    _edit("config.json", num_hidden_layers=3)(folder)


def _index_of_nothing(folder: Path) -> None:
    (folder / "model.safetensors.index.json").write_text('{"weight_map": {"a": "../b"}}')


def _large_tokenizer(folder: Path) -> None:
    said = json.loads((folder / "tokenizer.json").read_text())
    said["model"]["vocab"]["zzz"] = 999
    (folder / "tokenizer.json").write_text(json.dumps(said))


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda folder: (folder / "config.json").unlink(), "has no config.json"),
        (lambda folder: (folder / "model.safetensors").unlink(), "has no weights"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "has no tokenizer.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "config.json"),
        (lambda folder: (folder / "tokenizer.json").write_text("[]"), "no JSON object"),
        (_edit("tokenizer.json", model={"type": "?"}), "tokenizer.json cannot be read"),
        (_edit("config.json", model_type="nobody"), "cannot load"),
        (_edit("config.json", quantization_config={"bits": 4}), "quantized"),
        (_without_end, "does not say what ends a text"),
        (_pickled, "pytorch_model.bin: pickled weights"),
        (_half, "cannot load"),
        (_deeper, "lacks weights"),
        (_index_of_nothing, "names ../b"),
        (
            lambda folder: (folder / "model.safetensors.index.json").write_text('{"a": []}'),
            "names no weights",
        ),
        (_edit("tokenizer.json", added_tokens=[None, 3, {}]), "does not say what ends a text"),
        (_large_tokenizer, "knows more tokens"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_not_whole_is_refused_by_name_and_not_kept(
    tmp_path: Path, spoil: Spoil, named: str
) -> None:
    folder = Path(shutil.copytree(tiny_bases.folder_of(tiny_bases.llama), tmp_path / "model"))
    spoil(folder)

    with pytest.raises(BadInput) as why:
        _brought(tmp_path / "store", folder)

    assert named in why.value.message
    assert str(folder) in why.value.message or "tokenizer" in why.value.message
    assert not list((tmp_path / "store" / FOLDER).glob("*"))


def test_a_base_that_was_damaged_is_mended_by_bringing_it_again(tmp_path: Path) -> None:
    base = tiny_bases.know_base(tmp_path, tiny_bases.llama)
    shutil.rmtree(tmp_path / FOLDER / base.digest)

    again = _brought(tmp_path, tiny_bases.folder_of(tiny_bases.llama))

    assert again.digest == base.digest == find_base(tmp_path, base.digest).digest


def test_what_is_neither_a_folder_nor_a_name_of_the_hubs_is_refused() -> None:
    with pytest.raises(BadInput, match=r"There is no folder \./nowhere/at/all"):
        fetched("./nowhere/at/all")


_FETCH = """
import sys
from sayso.errors import BadInput
from sayso.training.bringing import fetched
try:
    print(fetched(sys.argv[1]))
except BadInput as error:
    print(error.message, error.hint)
"""


def test_a_name_of_the_hubs_is_taken_from_what_was_fetched_before(tmp_path: Path) -> None:
    revision = "c" * 40
    kept = tmp_path / "hub" / "models--example--tiny"
    shutil.copytree(tiny_bases.folder_of(tiny_bases.llama), kept / "snapshots" / revision)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(revision)

    assert _fetch(tmp_path, "example/tiny") == str(kept / "snapshots" / revision)
    assert "the hub does not give a model of that name" in _fetch(tmp_path, "example/other")


def _fetch(cache: Path, name: str) -> str:
    env = {**os.environ, "HF_HOME": str(cache), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", _FETCH, name], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _brought(store: Path, folder: Path) -> Base:
    return bring(store, folder, name="llama", made_of=tiny_bases.MADE_OF)


def test_a_tokenizer_that_reads_marks_out_of_text_is_refused(tmp_path: Path) -> None:
    pairs = Pieces(Unigram([("<unk>", 0.0), ("</s>", 0.0), ("a", -1.0), ("b", -1.0)], unk_id=0))
    pairs.add_special_tokens(["</s>"])

    with pytest.raises(BadInput, match="reads '</s>' as a mark of its own"):
        keep_tokenizer(tmp_path, json.loads(pairs.to_str()), "</s>")

    assert not (tmp_path / "tokenizers").exists()
