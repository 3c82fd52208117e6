"""Causal models of Hugging Face's, kept as bases: loaded in float32 and asked as they are."""
# ruff: noqa: N803, N806 - tensors carry their shapes: B windows, T tokens, V vocabulary

import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from torch import Tensor

from sayso.errors import BadInput, NotHere

if TYPE_CHECKING:  # an optional part, and slow to load
    from transformers import PreTrainedModel

CONFIG = "config.json"
_NEVER = torch.finfo(torch.float32).min
_CODE_OF_ITS_OWN = "auto_map"
_QUANTIZED = "quantization_config"


def load_model(folder: Path) -> "PreTrainedModel":
    """Load the model of a folder in float32, every weight of it frozen, nothing left to chance.

    Raises:
        BadInput: the folder holds no causal model that `transformers` knows, or not all of it.
        NotHere: the package transformers is not installed.
    """
    transformers = _transformers()
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    if _QUANTIZED in config:
        raise BadInput(
            f"{folder / CONFIG}: its weights are quantized ({_QUANTIZED}).",
            hint="Take the model's unquantized weights: shards learn in float32.",
        )
    try:
        model, told = transformers.AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=torch.float32,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise BadInput(
            f"transformers {transformers.__version__} cannot load {folder}: {_first(error)}",
            hint="It takes folders of causal models that `save_pretrained` wrote"
            + (", without code of their own." if _CODE_OF_ITS_OWN in config else "."),
        ) from error
    lacking = sorted({*told["missing_keys"], *map(str, told["mismatched_keys"])})
    if lacking:
        raise BadInput(
            f"{folder} lacks weights, {lacking[0]} among them; they would be made up by chance.",
            hint="Bring the whole model, as its maker published it.",
        )
    found: PreTrainedModel = model.eval().requires_grad_(requires_grad=False)
    for weight in found.parameters():
        # Copied, not mapped: what was checked on the disk could be changed there later, and
        # torch's own memory is aligned, a file's is not.
        weight.data = weight.data.clone()
    return found


def ask(model: Any, tokens_BT: Tensor, documents_BT: Tensor | None) -> Tensor:  # noqa: ANN401 - peft's or transformers'
    """Return the logits (B, T, V); documents do not see each other, and each begins at place 0."""
    if documents_BT is None:
        found: Tensor = model(input_ids=tokens_BT, use_cache=False).logits
        return found
    same_BTT = (documents_BT[:, :, None] == documents_BT[:, None, :]).tril()
    mask_B1TT = torch.zeros(same_BTT.shape).masked_fill(~same_BTT, _NEVER)[:, None]
    place_T = torch.arange(tokens_BT.shape[1])
    begins_BT = torch.ones_like(documents_BT, dtype=torch.bool)
    begins_BT[:, 1:] = documents_BT[:, 1:] != documents_BT[:, :-1]
    first_BT = torch.where(begins_BT, place_T, 0).cummax(1).values
    apart: Tensor = model(
        input_ids=tokens_BT,
        attention_mask=mask_B1TT,
        position_ids=place_T - first_BT,
        use_cache=False,
    ).logits
    return apart


def reads_apart(model: "PreTrainedModel") -> bool:
    """Try whether a second document's logits are those that it has alone."""
    size = min(int(model.config.get_text_config().vocab_size), 97)
    one, other = [(3 * n + 1) % size for n in range(6)], [(5 * n + 2) % size for n in range(6)]
    second = [(7 * n + 3) % size for n in range(6)]
    documents_BT = torch.tensor([[0] * 6 + [1] * 6])
    with torch.inference_mode():
        try:
            beside, elsewhere = (
                ask(model, torch.tensor([first + second]), documents_BT)[0, 6:]
                for first in (one, other)
            )
        except (TypeError, ValueError, RuntimeError, IndexError):
            return False
        alone = ask(model, torch.tensor([second]), None)[0]
    return torch.equal(beside, elsewhere) and torch.allclose(beside, alone, atol=1e-4, rtol=1e-3)


def shape_said(model: "PreTrainedModel") -> Mapping[str, int]:
    """Return what `bases.Shape` asks of a model.

    Raises:
        BadInput: its configuration does not say.
    """
    config = model.config.get_text_config()
    width = getattr(config, "hidden_size", 0)
    said = {
        "width": width,
        "layers": getattr(config, "num_hidden_layers", 0),
        "heads": getattr(config, "num_attention_heads", 0),
        "hidden": getattr(config, "intermediate_size", None) or 4 * width,
        "context": getattr(config, "max_position_embeddings", None) or 1_048_576,
        "vocabulary": getattr(config, "vocab_size", 0),
    }
    if not (isinstance(width, int) and width and isinstance(said["vocabulary"], int)):
        raise BadInput(f"{CONFIG} does not say how large the model is.")
    return {name: value if isinstance(value, int) else 0 for name, value in said.items()}


def _transformers() -> Any:  # noqa: ANN401 - the package, whose logging has no types
    try:
        package: Any = importlib.import_module("transformers")  # optional, and slow to load
    except ImportError as error:
        raise NotHere(
            "Bases of Hugging Face's need the package transformers, which is not installed.",
            hint="pip install 'sayso[peft]'",
        ) from error
    package.utils.logging.set_verbosity_error()
    package.utils.logging.disable_progress_bar()
    return package


def _first(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
