"""The decoder, and what documents in one window see of each other."""

from collections.abc import Sequence

import pytest
import torch
from torch import Tensor

from sayso.training.backends.gpt import GPT
from sayso.training.recipes import TINY

_END = 0
_FIRST, _SECOND, _OTHER = [5, 6, 7, 8], [9, 5, 11], [21, 22, 23, 24]


def _logits(*documents: Sequence[int], apart: bool) -> Tensor:
    stream = [token for document in documents for token in (_END, *document)]
    tokens = torch.tensor([stream])
    numbers = (tokens == _END).cumsum(1) if apart else None
    with torch.inference_mode():
        found: Tensor = GPT(TINY)(tokens, numbers)[0]
    return found


def test_a_document_sees_nothing_of_the_one_before_it_in_its_window() -> None:
    beside, elsewhere = _logits(_FIRST, _SECOND, apart=True), _logits(_OTHER, _SECOND, apart=True)

    assert torch.equal(beside[5:], elsewhere[5:])
    assert torch.allclose(beside[5:], _logits(_SECOND, apart=True), atol=1e-5)
    assert not torch.equal(beside[:5], elsewhere[:5])


def test_one_document_alone_reads_as_it_is_served() -> None:
    masked, plain = _logits(_FIRST, apart=True), _logits(_FIRST, apart=False)

    assert torch.allclose(masked, plain, atol=1e-5)


@pytest.mark.parametrize("apart", [True, False])
def test_no_token_sees_what_follows_it(*, apart: bool) -> None:
    assert torch.allclose(
        _logits(_FIRST, apart=apart)[:3], _logits(_FIRST[:2], apart=apart), atol=1e-5
    )


def test_without_numbers_documents_see_each_other() -> None:
    beside, elsewhere = _logits(_FIRST, _SECOND, apart=False), _logits(_OTHER, _SECOND, apart=False)

    assert not torch.allclose(beside[5:], elsewhere[5:], atol=1e-5)
