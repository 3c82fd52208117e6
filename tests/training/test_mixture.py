import math
from pathlib import Path

import pytest

from sayso.errors import Refused, Tampered
from sayso.training.checkpoints import FOLDER
from sayso.training.mixture import Mixture, Untrained
from sayso.training.models import TrainedModel, from_json, to_json
from small_dataset import new_store, rows, sealed, trained, writings


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_store(tmp_path_factory.mktemp("mixture"))


@pytest.fixture(scope="module")
def model(store: Path) -> TrainedModel:
    members = [f"member{number}" for number in range(16)]
    return trained(store, sealed(store, rows(writings(members))))


def test_probabilities_are_averaged_with_equal_weights(store: Path, model: TrainedModel) -> None:
    both = Mixture(store, model).next_logprobs("we met")
    alone = [Mixture(store, model, {shard: 3}).next_logprobs("we met") for shard in (0, 1)]

    averaged = [math.log((math.exp(one) + math.exp(other)) / 2) for one, other in zip(*alone)]  # noqa: B905 - two lists of one vocabulary
    assert both == pytest.approx(averaged, abs=1e-4)
    assert sum(map(math.exp, both)) == pytest.approx(1, abs=1e-4)


def test_a_score_is_the_sum_over_its_tokens(store: Path, model: TrainedModel) -> None:
    mixture = Mixture(store, model)
    numbers = mixture.tokenizer.encode(" people write")

    expected, said = 0.0, "we met"
    for number in numbers:
        expected += mixture.next_logprobs(said)[number]
        said += mixture.tokenizer.decode([number])
    found = mixture.score("we met", [" people write", " with care", ""])

    assert found[0] == pytest.approx(expected, abs=1e-3)
    assert found[1] < 0
    assert found[2] == 0


def test_a_long_prompt_loses_its_beginning_only(store: Path, model: TrainedModel) -> None:
    mixture = Mixture(store, model)

    assert mixture.score("word " * 300, [" and so on"])[0] < 0
    assert mixture.score("word", [" on" * 300])[0] < 0
    assert len(mixture.next_logprobs("word " * 300)) == 4096


def test_a_shard_serves_from_its_newest_clean_slice(store: Path, model: TrainedModel) -> None:
    earlier = Mixture(store, model, {0: 2, 1: 3}).next_logprobs("we")

    assert earlier != Mixture(store, model).next_logprobs("we")
    assert Mixture(store, model, {0: 0, 1: 3}).shards == (1,)
    assert Mixture(store, model, {1: 3}).shards == (1,)


def test_a_mixture_of_nothing_is_empty_and_says_so(store: Path, model: TrainedModel) -> None:
    empty = Mixture(store, model, {0: 0, 1: 0})

    assert empty.is_empty
    with pytest.raises(Refused, match="No part of the model may speak") as refused:
        empty.score("we", [" met"])
    assert refused.value.rule == "nothing_clean_to_serve"


def test_learning_helps(store: Path, model: TrainedModel) -> None:
    texts = [written.text for written in writings(["a stranger"], each=8)]

    before = Untrained(store, model).bits_per_byte(texts)
    after = Mixture(store, model).bits_per_byte(texts)

    assert before is not None
    assert after is not None
    assert after < before
    assert Mixture(store, model).bits_per_byte([]) is None


def test_the_same_arguments_generate_the_same_words(store: Path, model: TrainedModel) -> None:
    mixture = Mixture(store, model)

    once = mixture.generate("we met", most_tokens=6, choices=5, seed=3)

    assert once == mixture.generate("we met", most_tokens=6, choices=5, seed=3)
    assert mixture.generate("we met", most_tokens=0) == ""


def test_a_changed_byte_is_never_served(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    model = trained(store, sealed(store, rows(writings([f"member{n}" for n in range(6)]))))
    point = model.shards[0].checkpoints[-1]
    path = store / FOLDER / point.chain_key / "weights.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    with pytest.raises(Tampered, match=point.chain_key):
        Mixture(store, model)


def test_a_model_comes_back_from_json_as_it_was(model: TrainedModel) -> None:
    assert from_json(to_json(model)) == model
