"""What is handed over says, in others' tools, what the shard says here."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

import tiny_bases
from sayso.training.backends import learnt_networks
from sayso.training.backends.export import shard_files
from sayso.training.bases import starting_from
from sayso.training.checkpoints import FOLDER, load_weights
from sayso.training.mixture import Mixture
from sayso.training.models import TrainedModel
from sayso.training.recipes import TINY
from sayso.training.tokenizer import END, load_tokenizer
from small_dataset import new_store, rows, sealed, trained, writings

_TEXT = "we met a new team today, and <|end|> learnt <|endoftext|> that caf\u00e9s help"
_PROMPT = "we met a new team"
Make = Callable[[Path], Path]


def _model(tmp_path: Path, make: Make | None) -> tuple[Path, TrainedModel]:
    store = new_store(tmp_path)
    recipe = starting_from(TINY, tiny_bases.know_base(store, make)) if make else TINY
    members = [f"member{number}" for number in range(12)]
    return store, trained(store, sealed(store, rows(writings(members))), recipe)


def _exported(store: Path, model: TrainedModel, folder: Path) -> bytes:
    weights = load_weights(store / FOLDER, model.shards[0].checkpoints[-1])
    folder.mkdir()
    files = shard_files(store, model.recipe, model.tokenizer_digest, weights)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return weights


def _loaded(folder: Path, base: Path | None) -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: PLC0415 - slow to load
    from transformers.utils import logging  # noqa: PLC0415 - likewise

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if base is None:
        found: Any = AutoModelForCausalLM.from_pretrained(folder)
    else:
        from peft import PeftModel  # noqa: PLC0415 - likewise

        with warnings.catch_warnings():  # peft 0.21 calls transformers 5 by its older names
            warnings.simplefilter("ignore", FutureWarning)
            found = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), folder)
    return found.eval(), AutoTokenizer.from_pretrained(folder)


@pytest.mark.parametrize("make", [None, tiny_bases.llama, tiny_bases.gpt2])
def test_others_tools_give_the_same_logits_and_the_same_greedy_text(
    tmp_path: Path, make: Make | None
) -> None:
    store, model = _model(tmp_path, make)
    weights = _exported(store, model, tmp_path / "folder")
    theirs, pieces = _loaded(tmp_path / "folder", tiny_bases.folder_of(make) if make else None)
    tokenizer = load_tokenizer(store, model.tokenizer_digest)
    (ours,) = learnt_networks(store, model.recipe, {0: weights}).values()
    numbers = [tokenizer.end, *tokenizer.encode(_TEXT)][: TINY.context]
    prompt = [tokenizer.end, *tokenizer.encode(_PROMPT)]

    with torch.inference_mode():
        told = theirs(input_ids=torch.tensor([numbers])).logits
        expected = ours(torch.tensor([numbers]))
        said = theirs.generate(
            input_ids=torch.tensor([prompt]), max_new_tokens=8, do_sample=False, pad_token_id=1
        )[0]

    assert torch.allclose(told, expected, atol=1e-6, rtol=1e-5)
    alone = Mixture(store, model, {0: model.slices[0]})
    text = pieces.decode(said[len(prompt) :], skip_special_tokens=True)
    assert text == alone.generate(_PROMPT, most_tokens=8)
    assert text


def test_the_decoders_tokenizer_gives_the_same_numbers_with_the_mark_before_each_text(
    tmp_path: Path,
) -> None:
    store, model = _model(tmp_path, None)
    _exported(store, model, tmp_path / "folder")
    _, pieces = _loaded(tmp_path / "folder", None)
    tokenizer = load_tokenizer(store, model.tokenizer_digest)

    assert pieces(_TEXT).input_ids == [tokenizer.end, *tokenizer.encode(_TEXT)]
    assert pieces.eos_token == pieces.bos_token == END
    assert len(pieces) == TINY.vocabulary


def test_an_adapters_folder_has_the_bases_own_tokenizer_and_names_the_base(tmp_path: Path) -> None:
    store, model = _model(tmp_path, tiny_bases.llama)
    _exported(store, model, tmp_path / "folder")
    _, pieces = _loaded(tmp_path / "folder", tiny_bases.folder_of(tiny_bases.llama))
    tokenizer = load_tokenizer(store, model.tokenizer_digest)
    said = json.loads((tmp_path / "folder" / "adapter_config.json").read_text())

    assert pieces(_PROMPT).input_ids == tokenizer.encode(_PROMPT)
    assert pieces(_TEXT, split_special_tokens=True).input_ids == tokenizer.encode(_TEXT)
    assert said["base_model_name_or_path"] == "llama"
    assert (said["r"], said["lora_alpha"], said["lora_dropout"]) == (2, 4, 0.0)


def test_exporting_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for make in (None, tiny_bases.llama):
        folder = tmp_path / str(make is None)
        folder.mkdir()
        store, model = _model(folder, make)
        _exported(store, model, folder / "one")
        _exported(store, model, folder / "other")

        names = [path.name for path in (folder / "one").iterdir()]
        for name in names:
            one, other = (folder / "one" / name), (folder / "other" / name)
            assert one.read_bytes() == other.read_bytes()
