"""A low-rank adapter for each shard on a base that stays as it is (Hu et al. 2021), with `peft`.

Networks of one base in a process share it: it lies in memory once, and each asks it with its own
adapter switched on.
"""
# ruff: noqa: N803 - tensors carry their shapes

import json
import math
import threading
import warnings
import weakref
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

import torch
from torch import Tensor, nn

from sayso.errors import BadInput, NotHere
from sayso.training.backends.hugging_face import ask, load_model
from sayso.training.bases import base_folder
from sayso.training.plan import seed_for
from sayso.training.recipes import Adapter, Recipe

if TYPE_CHECKING:  # an optional part, and slow to load
    from peft import LoraConfig, PeftModel
    from transformers import PreTrainedModel

_EVERYWHERE = "all-linear"
"""Where `peft` has no modules of its own choice for an architecture."""
_LORA = "lora_"


class Lora:
    """A base with one shard's adapter. Its first weights depend on recipe and base alone.

    The base always computes as in answering: nothing in it is dropped by chance.
    """

    def __init__(self, store: Path, recipe: Recipe) -> None:
        self._shared = _shared(store, recipe)
        self._name = self._shared.add(recipe)
        self._learnt = self._shared.weights_of(self._name)
        weakref.finalize(self, self._shared.gone.append, self._name)

    def __call__(self, tokens_BT: Tensor, documents_BT: Tensor | None = None) -> Tensor:
        """Return the logits (B, T, V) of what follows each token."""
        return self._shared.ask(self._name, tokens_BT, documents_BT)

    def learnt(self) -> Mapping[str, nn.Parameter]:
        """Return the adapter's weights, called as `peft` calls them in a file."""
        return self._learnt

    def train(self, mode: bool = True) -> Self:  # noqa: FBT001, FBT002 - as torch has it
        """Do nothing: learning and answering compute alike."""
        del mode
        return self

    def settings(self) -> dict[str, object]:
        """Return the adapter's configuration as `peft` writes it."""
        said = self._shared.peft.peft_config[self._name].to_dict()
        said["inference_mode"] = True
        found: dict[str, object] = json.loads(json.dumps(said, default=sorted))  # sets, in order
        return found


class _Shared:
    """A base in memory, and the adapters on it."""

    def __init__(self, model: "PreTrainedModel", adapter: Adapter) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._adapter = adapter
        self.gone: deque[str] = deque()
        """Adapters that nobody holds any more; the next that comes takes them away."""
        first = self._next_name()
        with _quietly():
            self.peft = _with_adapter(model, self._adapter, first)
        self.gone.append(first)

    def add(self, recipe: Recipe) -> str:
        with self._lock:
            name = self._next_name()
            with _quietly():
                self.peft.add_adapter(name, self.peft.peft_config[self.peft.active_adapter])
                self.peft.set_adapter(name)
                while self.gone:
                    self.peft.delete_adapter(self.gone.popleft())
            _begin(self.weights_of(name), recipe)
        return name

    def weights_of(self, name: str) -> dict[str, nn.Parameter]:
        """Return an adapter's weights by their names in a file, always in the same order."""
        found = {
            ".".join(part for part in each.split(".") if part != name): weight
            for each, weight in self.peft.named_parameters()
            if _LORA in each and name in each.split(".")
        }
        return dict(sorted(found.items()))

    def ask(self, name: str, tokens_BT: Tensor, documents_BT: Tensor | None) -> Tensor:
        with self._lock:
            if self.peft.active_adapter != name:
                self.peft.set_adapter(name)
            return ask(self.peft, tokens_BT, documents_BT)

    def _next_name(self) -> str:
        return f"sayso{next(self._numbers)}"


_HERE: weakref.WeakValueDictionary[tuple[Path, str, Adapter], _Shared] = (
    weakref.WeakValueDictionary()
)
_COMING = threading.Lock()


def _shared(store: Path, recipe: Recipe) -> _Shared:
    adapter = recipe.adapter or Adapter()
    key = (store.resolve(), recipe.base, adapter)
    with _COMING:
        found = _HERE.get(key)
        if found is None:
            found = _Shared(load_model(base_folder(store, recipe.base)), adapter)
            _HERE[key] = found
    return found


def _with_adapter(model: "PreTrainedModel", adapter: Adapter, name: str) -> "PeftModel":
    try:
        import peft  # noqa: PLC0415 - an optional part, and slow to load
    except ImportError as error:
        raise NotHere(
            "The back end `peft` needs the package peft, which is not installed.",
            hint="pip install 'sayso[peft]'",
        ) from error
    from transformers.pytorch_utils import Conv1D  # noqa: PLC0415 - likewise

    known = peft.utils.constants.TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING
    own = None if model.config.model_type in known else _EVERYWHERE
    config: LoraConfig = peft.LoraConfig(
        r=adapter.rank,
        lora_alpha=adapter.alpha,
        lora_dropout=0.0,
        target_modules=list(adapter.targets) or own,
        fan_in_fan_out=any(isinstance(module, Conv1D) for module in model.modules()),
        task_type="CAUSAL_LM",
    )
    try:
        made = peft.get_peft_model(model, config, adapter_name=name)
    except ValueError as error:
        raise BadInput(
            f"No adapter can be put on this base: {error}",
            hint="Name modules that it has as the recipe's targets.",
        ) from error
    return made.eval()


def _begin(weights: Mapping[str, nn.Parameter], recipe: Recipe) -> None:
    """Give an adapter its first weights, as the paper has them: one factor by chance, one zero."""
    generator = torch.Generator().manual_seed(seed_for(recipe))
    with torch.no_grad():
        for name, weight in weights.items():
            if "lora_A" in name:
                bound = math.sqrt(1 / weight.shape[-1])
                weight.uniform_(-bound, bound, generator=generator)
            elif "lora_embedding_B" in name:
                weight.normal_(generator=generator)
            else:
                weight.zero_()


@contextmanager
def _quietly() -> Iterator[None]:
    """Let `peft` make weights, which are replaced: chance elsewhere is left as it was."""
    with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
        # peft 0.21 asks transformers 5 for properties by names that it will drop.
        warnings.simplefilter("ignore", FutureWarning)
        yield
