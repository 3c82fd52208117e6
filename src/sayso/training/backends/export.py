"""A shard as others' tools read it: a Llama for `transformers`, or an adapter for `peft`."""

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load as tensors_of
from safetensors.torch import save as bytes_of
from tokenizers.processors import TemplateProcessing
from torch import Tensor

from sayso.evidence.canonical import JSON
from sayso.training.backends.gpt import ROTARY_BASE
from sayso.training.bases import base_file, find_base
from sayso.training.recipes import Recipe
from sayso.training.tokenizer import Tokenizer, load_tokenizer

WEIGHTS = "model.safetensors"
ADAPTER = "adapter_model.safetensors"
_OF_TOKENIZER = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "chat_template.jinja",
)
_LEAST = torch.finfo(torch.float32).eps
"""What torch's RMSNorm adds under the root where nothing is said."""


def shard_files(store: Path, recipe: Recipe, tokenizer: str, weights: bytes) -> dict[str, bytes]:
    """Return the files of a folder that says what the shard with these weights says.

    Raises:
        NotFound: the store does not hold its tokenizer or base.
        Tampered: one of them is not what its name says.
        NotHere: packages that it needs are not installed.
    """
    if recipe.adapter is not None:
        return _adapter_files(store, recipe, weights)
    return _decoder_files(recipe, load_tokenizer(store, tokenizer), weights)


def _decoder_files(recipe: Recipe, tokenizer: Tokenizer, weights: bytes) -> dict[str, bytes]:
    end = tokenizer.end
    marks: dict[str, JSON] = {"bos_token_id": end, "eos_token_id": end}
    return {
        "config.json": _json(_llama(recipe) | marks),
        "generation_config.json": _json({**marks, "pad_token_id": end, "do_sample": False}),
        WEIGHTS: bytes_of(_as_llama(recipe, tensors_of(weights)), {"format": "pt"}),
        "tokenizer.json": _beginning_each(tokenizer).encode(),
        "tokenizer_config.json": _json(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "bos_token": tokenizer.mark,
                "eos_token": tokenizer.mark,
                "clean_up_tokenization_spaces": False,
                "split_special_tokens": True,  # the mark's letters in a text are no mark
                "model_max_length": recipe.context,
            }
        ),
    }


def _llama(recipe: Recipe) -> dict[str, JSON]:
    return {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
        "dtype": "float32",
        "hidden_size": recipe.width,
        "intermediate_size": recipe.hidden,
        "num_hidden_layers": recipe.layers,
        "num_attention_heads": recipe.heads,
        "num_key_value_heads": recipe.heads,
        "head_dim": recipe.width // recipe.heads,
        "max_position_embeddings": recipe.context,
        "vocab_size": recipe.vocabulary,
        "hidden_act": "silu",
        "rms_norm_eps": _LEAST,
        "rope_theta": ROTARY_BASE,
        "rope_parameters": {"rope_type": "default", "rope_theta": ROTARY_BASE},
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": True,
    }


def _as_llama(recipe: Recipe, ours: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Call the small decoder's weights as Llama's are called, and part those we keep joined."""
    found = {"embed_tokens": ours["embedding.weight"], "norm": ours["norm.weight"]}
    for number in range(recipe.layers):
        block, layer = f"blocks.{number}", f"layers.{number}"
        query, key, value = ours[f"{block}.query_key_value.weight"].chunk(3)
        gate, up = ours[f"{block}.gate_up.weight"].chunk(2)
        found |= {
            f"{layer}.input_layernorm": ours[f"{block}.before_attention.weight"],
            f"{layer}.self_attn.q_proj": query,
            f"{layer}.self_attn.k_proj": key,
            f"{layer}.self_attn.v_proj": value,
            f"{layer}.self_attn.o_proj": ours[f"{block}.out.weight"],
            f"{layer}.post_attention_layernorm": ours[f"{block}.before_gate.weight"],
            f"{layer}.mlp.gate_proj": gate,
            f"{layer}.mlp.up_proj": up,
            f"{layer}.mlp.down_proj": ours[f"{block}.down.weight"],
        }
    return {f"model.{name}.weight": weight.contiguous() for name, weight in found.items()}


def _beginning_each(tokenizer: Tokenizer) -> str:
    """Describe the tokenizer so that it puts the end mark before each text, as in learning."""
    pairs = type(tokenizer.pairs).from_str(tokenizer.pairs.to_str())
    pairs.post_processor = TemplateProcessing(
        single=f"{tokenizer.mark} $A", special_tokens=[(tokenizer.mark, tokenizer.end)]
    )
    return pairs.to_str(pretty=True)


def _adapter_files(store: Path, recipe: Recipe, weights: bytes) -> dict[str, bytes]:
    from sayso.training.backends.lora import Lora  # noqa: PLC0415 - its packages load slowly

    base = find_base(store, recipe.base)
    settings = Lora(store, recipe).settings() | {"base_model_name_or_path": base.name}
    return {
        "adapter_config.json": json.dumps(settings, indent=2, sort_keys=True).encode(),
        ADAPTER: bytes_of(tensors_of(weights), {"format": "pt"}),
        **{
            name: base_file(store, recipe.base, name)
            for name in _OF_TOKENIZER
            if name in base.files
        },
    }


def _json(said: Mapping[str, JSON]) -> bytes:
    return json.dumps(said, indent=2).encode() + b"\n"
