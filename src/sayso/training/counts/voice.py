"""The count model as one of those who speak in a mixture."""
# ruff: noqa: N803 - tensors carry their shapes

import torch
from torch import Tensor

from sayso.training.counts.law import Law


class CountVoice:
    """Implements `mixture.Voice`. What it says, `people` members wrote, or single tokens tell."""

    def __init__(self, law: Law) -> None:
        self._law = law

    def known(self, tokens_BT: Tensor) -> Tensor:
        """Return the log probability (B, T - 1) of every token but the first."""
        return torch.from_numpy(self._law.known(tokens_BT.numpy())).to(torch.float32)

    def following(self, tokens_BT: Tensor) -> Tensor:
        """Return the log probabilities (B, V) of what follows each row."""
        return torch.from_numpy(self._law.following(tokens_BT.numpy())).to(torch.float32)
