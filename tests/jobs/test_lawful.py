"""What was allowed for one use is not trained on for another."""

from pathlib import Path

import pytest

from harbour import MEMBERS, harbour, says
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.errors import Refused
from sayso.jobs.build import build_dataset
from sayso.jobs.learn import train_model


def test_a_dataset_for_research_trains_no_model_that_writes(tmp_path: Path) -> None:
    network = harbour(tmp_path / "harbour")
    built = build_dataset(network, Purpose.AI_RESEARCH)

    with pytest.raises(Refused, match="ai-research") as refused:
        train_model(network, built.dataset_id, size="tiny")

    assert refused.value.rule == "trained_for_what_was_asked"
    with network.reading() as stores:
        assert stores.models.list() == ()
    network.close()


def test_an_empty_dataset_trains_nothing(tmp_path: Path) -> None:
    network = harbour(tmp_path / "harbour")
    for member in MEMBERS:
        says(network, member, Answer.NO)
    built = build_dataset(network, Purpose.GENAI_TRAINING)

    with pytest.raises(Refused, match="nothing to learn"):
        train_model(network, built.dataset_id, size="tiny")

    network.close()
