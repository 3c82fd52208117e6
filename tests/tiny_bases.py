"""Hugging Face models small enough to make in a moment: weights by chance, our own word lists."""

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

from sayso.training.bases import Base, find_base

MADE_OF = "weights by chance, for tests"
END, PAD = "<|endoftext|>", "<|pad|>"
_VOCABULARY = 400
_SAID = (
    "The ferry leaves at nine and the ferry comes back at five, so the whole town goes by it.",
    "We met people at work today who write with care about schools, farms and small shops.",
)


def llama(folder: Path) -> Path:
    """Make a Llama of two layers, with its tokenizer, as `save_pretrained` writes them."""
    from transformers import LlamaConfig, LlamaForCausalLM  # noqa: PLC0415 - slow to load

    config = LlamaConfig(
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        vocab_size=_VOCABULARY + 4,  # padded, as many are
        max_position_embeddings=64,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=1,
    )
    return _saved(LlamaForCausalLM, config, folder)


def gpt2(folder: Path) -> Path:
    """Make a GPT-2 of two layers, whose places are learnt and whose layers drop by chance."""
    from transformers import GPT2Config, GPT2LMHeadModel  # noqa: PLC0415 - slow to load

    config = GPT2Config(
        n_embd=16,
        n_layer=2,
        n_head=2,
        vocab_size=_VOCABULARY,
        n_positions=48,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=1,
    )
    return _saved(GPT2LMHeadModel, config, folder)


def bloom(folder: Path) -> Path:
    """Make a Bloom of two layers, which tells places by how far they are and takes no numbers."""
    from transformers import BloomConfig, BloomForCausalLM  # noqa: PLC0415 - slow to load

    config = BloomConfig(
        hidden_size=16,
        n_layer=2,
        n_head=2,
        vocab_size=_VOCABULARY,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=1,
    )
    return _saved(BloomForCausalLM, config, folder)


def _saved(kind: type[Any], config: object, folder: Path) -> Path:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        network = kind(config)
    with redirect_stderr(StringIO()):  # it draws a bar
        network.save_pretrained(folder)
    pairs = Tokenizer(BPE())
    pairs.pre_tokenizer = ByteLevel(add_prefix_space=False)
    pairs.decoder = ByteLevelDecoder()
    trainer = BpeTrainer(
        vocab_size=_VOCABULARY,
        special_tokens=[AddedToken(END, special=True), AddedToken(PAD, special=True)],
        initial_alphabet=sorted(ByteLevel.alphabet()),
        show_progress=False,
    )
    pairs.train_from_iterator(_SAID * 9, trainer)
    pairs.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": END})
    )
    return folder


def folder_of(make: Callable[[Path], Path]) -> Path:
    """Return a folder that `make` made, once for all who ask. Never write in it."""
    return _made(make)[0]


def know_base(store: Path, make: Callable[[Path], Path]) -> Base:
    """Give a store a base of that kind, to save looking it through again."""
    _, kept, digest = _made(make)
    for name in ("bases", "tokenizers"):
        shutil.copytree(kept / name, store / name, dirs_exist_ok=True)
    return find_base(store, digest)


@cache
def _made(make: Callable[[Path], Path]) -> tuple[Path, Path, str]:
    from sayso.training.bringing import bring  # noqa: PLC0415 - loads torch

    whole = Path(tempfile.mkdtemp(prefix="sayso-tests-"))
    atexit.register(shutil.rmtree, whole, ignore_errors=True)
    folder = make(whole / "folder")
    base = bring(whole / "store", folder, name=make.__name__, made_of=MADE_OF)
    return folder, whole / "store", base.digest
